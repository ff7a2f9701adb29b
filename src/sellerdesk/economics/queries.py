"""Reading unit economics. Terms are loaded once for any number of products; the engine of `rules` does the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRef
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.economics import rules
from sellerdesk.economics.models import EconomySettings, ReturnShare
from sellerdesk.economics.types import (
    Band,
    Carried,
    Foreseen,
    FreightStep,
    Route,
    Settings,
    Sketch,
    Stored,
    Terms,
    Unit,
    WhatIf,
)
from sellerdesk.finance import queries as finance
from sellerdesk.sellers.types import SellerRef

#: (shop, goods, moment, route or "" for any) → what carrying one unit of each costs at least, by its price.
Freight = Callable[[SellerRef, Sequence[Carried], datetime, str], list[tuple[FreightStep, ...]]]
#: (shop, moment) → the routes that there are.
Routes = Callable[[SellerRef, datetime], list[Route]]
#: (shop, products, moment) → what storing a unit with the marketplace will cost, of those that lie there.
Storage = Callable[[SellerRef, Sequence[ProductRef], datetime], dict[int, Foreseen]]
#: (shop, SKUs, first day, last day) → what storing them was booked at.
Booked = Callable[[SellerRef, Sequence[int], date, date], dict[int, Stored]]
_storage: list[Storage] = []
_booked: list[Booked] = []
_freight: list[Freight] = []
_routes: list[Routes] = []
_NO_FREIGHT = (FreightStep(None, None),)
SCHEME = "fbs"
TAX, RETURNS, FEES_VAT = "economics.tax", "economics.returns", "economics.fees_vat"
#: Over how many days booked storage is told.
STORED_DAYS = 28


def register_freight(steps: Freight, routes: Routes) -> None:
    """Called once, in AppConfig.ready of the domain that knows tariffs, which stands above."""
    _freight[:], _routes[:] = [steps], [routes]


def register_storage(foreseen: Storage, booked: Booked) -> None:
    """Called once, in AppConfig.ready of the domain that keeps goods, which stands above."""
    _storage[:], _booked[:] = [foreseen], [booked]


def stored(seller: SellerRef, skus: Sequence[int], now: datetime) -> dict[int, Stored]:
    """What storing SKUs with the marketplace was booked at over the last 28 days that have ended. Two queries."""
    last = finance.local_day(seller, now) - timedelta(days=1)
    return _booked[0](seller, skus, last - timedelta(days=STORED_DAYS - 1), last) if _booked and skus else {}


def routes(seller: SellerRef, at: datetime) -> list[Route]:
    """The services that carry from the shop's country, as they are preferred. Rules come from the process's memory."""
    return _routes[0](seller, at) if _routes else []


def settings(seller: SellerRef) -> Settings:
    """What the shop has said, or the usual. One query."""
    row = EconomySettings.objects.filter(seller_id=seller.id).values_list(
        "tax", "returns", "fixed_returns_bp", "fx_bp", "packing_minor", "storage_minor", "cost_vat").first()
    # The columns hold what `set_settings` let through.
    return Settings(*row) if row else Settings()  # type: ignore[arg-type]


def units(seller: SellerRef, amounts: Mapping[int, tuple[int, int]], at: datetime, *,
          rates: Mapping[int, str] | None = None, with_break_even: bool = False, what_if: WhatIf | None = None
          ) -> dict[int, Unit]:
    """Each product sold at its (price, cost), by the tariffs in force. Five queries for any number.

    `rates` are VAT rates not saved yet; where none is given the card's counts. A cost of 0 is not known. Products
    without a price, and those of other shops, are left out.
    """
    wanted = {id_: amount for id_, amount in amounts.items() if amount[0] > 0}
    found = terms(seller, {id_: cost for id_, (_price, cost) in wanted.items()}, at, rates=rates, what_if=what_if)
    return {id_: rules.unit(one, wanted[id_][0], with_break_even=with_break_even) for id_, one in found.items()}


def terms(seller: SellerRef, costs: Mapping[int, int], at: datetime, *, rates: Mapping[int, str] | None = None,
          what_if: WhatIf | None = None) -> dict[int, Terms]:
    """What turns prices of these products into margins. Five queries for any number, four where the shop says itself
    what storing costs. Raises Unavailable."""
    refs = catalog.refs(seller, product_ids=list(costs)) if costs else []
    if not refs:
        return {}
    ids = [ref.id for ref in refs]
    known = {**catalog.vat_rates(seller, ids), **(rates or {})}
    own = settings(seller)
    counted = {row[0]: row[1:] for row in ReturnShare.objects.filter(
        seller_id=seller.id, product_id__in=ids).values_list("product_id", "delivered", "returned")} \
        if own.returns == "own" else {}
    base = _base(seller, own, at, what_if or WhatIf())
    departments = finance.departments({ref.category_id for ref in refs})
    carried = _freight[0](seller, refs, at, "") if _freight else [_NO_FREIGHT] * len(refs)
    by_tariff = not own.storage_minor and (what_if is None or what_if.storage_minor is None)
    lying = _storage[0](seller, refs, at) if _storage and by_tariff else {}
    made = {}
    for ref, steps in zip(refs, carried, strict=True):
        department = str(departments.get(ref.category_id, ""))
        one = replace(base[0], commission=bands(seller.currency, department, at), freight=steps,
                      commission_rule=dated.get("finance.commission", department, at).id,
                      vat_bp=rules.vat_bp(known.get(ref.id, "0")) if base[1] else 0,
                      cost_minor=costs[ref.id] or None)
        if ref.id in lying:
            there = lying[ref.id]
            one = replace(one, storage_minor=there.amount_minor, storage_days=there.days,
                          storage_free_days=there.free_days, storage_rule=there.rule_id)
        one = _with_input_vat(one, own, seller, at)
        made[ref.id] = _with_returns(one, own, department, counted.get(ref.id), at, what_if)
    return made


def sketch_terms(seller: SellerRef, sketches: Sequence[Sketch], at: datetime, *,
                 what_if: WhatIf | None = None) -> list[Terms]:
    """Terms of goods that are no products yet, in the order given, by the same engine. Two queries for any number.
    Raises Unavailable."""
    own, asked = settings(seller), what_if or WhatIf()
    base, with_vat = _base(seller, own, at, asked)
    departments = finance.departments({one.category_id for one in sketches})
    made = []
    for sketch in sketches:
        department = str(departments.get(sketch.category_id, ""))
        one = replace(base, commission=bands(seller.currency, department, at),
                      freight=_freight[0](seller, [sketch], at, sketch.route)[0] if _freight else _NO_FREIGHT,
                      commission_rule=dated.get("finance.commission", department, at).id,
                      vat_bp=rules.vat_bp(sketch.vat or usual_vat(seller)) if with_vat else 0,
                      cost_minor=sketch.cost_minor or None)
        made.append(_with_returns(_with_input_vat(one, own, seller, at), own, department, None, at, what_if))
    return made


def usual_vat(seller: SellerRef) -> str:
    """The VAT rate that a new card of the shop begins with, as cards spell it."""
    return "0.2" if seller.country == "RU" else "0"


def commission_bp(currency: str, prices: Mapping[int, int], at: datetime) -> dict[int, int]:
    """The marketplace's share of a price in a category, in basis points, for each (category, price). One query."""
    departments = finance.departments(prices.keys())
    return {id_: rules.bp_at(bands(currency, str(departments.get(id_, "")), at), price)
            for id_, price in prices.items()}


def unit(terms: Terms, price_minor: int) -> Unit:
    """One unit sold at a price, by terms already loaded; reads nothing."""
    return rules.unit(terms, price_minor, with_break_even=False)


def bands(currency: str, department: str, at: datetime, scheme: str = SCHEME) -> tuple[Band, ...]:
    """The marketplace's share by price, in a department. Rules come from the process's memory. Raises Unavailable."""
    shares = dated.get("finance.commission", department, at).value[scheme]
    bounds = dated.get("finance.price_bands", currency, at).value
    return (*(Band(bound, bp) for bound, bp in zip(bounds, shares, strict=False)), Band(None, shares[-1]))


def _base(seller: SellerRef, own: Settings, at: datetime, what_if: WhatIf) -> tuple[Terms, bool]:
    """What is the same for all products of a shop, and whether VAT is in its prices."""
    scheme = what_if.tax or own.tax
    tax = dated.get(TAX, scheme, at)
    acquiring = dated.get("finance.acquiring", "", at)

    def chosen(asked: int | None, usual: int) -> int:
        return usual if asked is None else asked

    in_parts = dated.get("finance.instalment", "", at) if what_if.in_parts else None
    return Terms(
        (), acquiring.value["bp"], acquiring_rule=acquiring.id,
        instalment_bp=in_parts.value["bp"] if in_parts else 0, instalment_rule=in_parts.id if in_parts else None,
        tax_base=tax.value["base"], tax_bp=tax.value["bp"],
        tax_least_bp=tax.value["least_bp"], tax_rule=tax.id, fx_bp=chosen(what_if.fx_bp, own.fx_bp),
        packing_minor=chosen(what_if.packing_minor, own.packing_minor),
        storage_minor=chosen(what_if.storage_minor, own.storage_minor)), tax.value["vat"]


def _with_input_vat(one: Terms, own: Settings, seller: SellerRef, at: datetime) -> Terms:
    """Who pays VAT in full deducts what is within the cost and the fees."""
    rule = dated.get(FEES_VAT, seller.country, at)
    if one.vat_bp not in rule.value["deduct_at"]:
        return one
    return replace(one, cost_vat_bp=rules.vat_bp(own.cost_vat), fees_vat_bp=int(rule.value["bp"]),
                   fees_vat_rule=rule.id)


def _with_returns(one: Terms, own: Settings, department: str, counted: tuple[int, int] | None, at: datetime,
                  what_if: WhatIf | None) -> Terms:
    if what_if and what_if.returns_bp is not None:
        return replace(one, returns_bp=what_if.returns_bp, returns_source="fixed")
    if own.returns == "fixed":
        return replace(one, returns_bp=own.fixed_returns_bp, returns_source="fixed")
    rule = dated.get(RETURNS, department, at)
    if counted and counted[0] >= rule.value["least_units"]:
        return replace(one, returns_bp=rules.returns_bp(*counted), returns_source="own")
    return replace(one, returns_bp=rule.value["bp"], returns_source="rule", returns_rule=rule.id)


def counted_at() -> datetime | None:
    """When returns were last counted, of any shop of the clock in force. One query."""
    return ReturnShare.objects.filter(clock.shops()).order_by("-counted_at").values_list(
        "counted_at", flat=True).first()
