"""The price as a part of an offer: columns of the product spreadsheet, fields of the editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog.types import PartColumn
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import FieldError
from sellerdesk.core.money import Money
from sellerdesk.pricing import judging, queries, rules, services
from sellerdesk.pricing.errors import field_error
from sellerdesk.pricing.types import PriceInput
from sellerdesk.sellers.types import SellerRef

_KEYS = ("price", "old_price", "min_price", "cost")
_SWITCHES = ("auto_action", "strategy")
_WORDS = {None: "shop", True: "true", False: "false"}


class PricePart:
    """Keys price, old_price, min_price, cost, currency, auto_action, strategy; amounts as people write them."""

    name = "price"
    permission = "pricing:price:edit"
    narrow_permission = ""

    def columns(self, seller: SellerRef, language: str) -> list[PartColumn]:
        return [
            PartColumn("price", _("Price"), True, _("What the buyer pays, for example 1299.99."), "money",
                       seller.currency),
            PartColumn("old_price", _("Price before discount"), False,
                       _("Shown crossed out. 0 removes it."), "money", seller.currency),
            PartColumn("min_price", _("Lowest price"), False,
                       _("Promotions never go below it. At least half of the price."), "money", seller.currency),
            PartColumn("cost", pgettext_lazy("price", "Cost"), False,
                       _("What the goods cost you. Only your shop sees it."), "money", seller.currency),
            PartColumn("auto_action", _("Joins promotions automatically"), False,
                       _("Yes or no; asks for a lowest price and never goes below it. Left empty, it stays as it is."),
                       "switch", options=(("shop", _("As the shop does")), ("true", _("Yes")), ("false", _("No")))),
            PartColumn("strategy", _("Follows its strategy"), False,
                       _("Yes or no: whether a pricing strategy may change this price. Left empty, it stays as it is."),
                       "switch", options=(("true", _("Yes")), ("false", _("No")))),
        ]

    def sheet_columns(self, seller: SellerRef) -> list[PartColumn]:
        return self.columns(seller, "")

    def narrow_keys(self, warehouse_ids: Sequence[int]) -> frozenset[str]:
        """A price is one for the whole shop."""
        return frozenset()

    def check(self, seller: SellerRef, rows: list[dict[str, Any]]) -> list[list[FieldError]]:
        """What is wrong with each row by itself, before anything is saved; amounts left out are judged when saving."""
        bounds = judging.limits(seller.currency, clock.now())
        found = []
        for row in rows:
            asked = _input(0, row)
            wish, _rate, errors = judging.read_wish(asked, seller.currency)
            errors += judging.read_switches(asked, seller.currency)[1]
            if not errors and wish.price is not None:
                _after, problems = rules.judge(None, wish, bounds, 0)
                errors = [field_error(problem, seller.currency) for problem in problems]
            found.append(errors)
        return found

    def apply(self, seller: SellerRef, values: dict[int, dict[str, Any]], actor: Actor, now: datetime
              ) -> dict[int, list[FieldError]]:
        return self._set(seller, values, actor, now)

    def current(self, seller: SellerRef, product_ids: Sequence[int]) -> dict[int, dict[str, str]]:
        return {
            product_id: {**{key: Money(amount, row.currency).decimal_text() if amount else ""
                            for key, amount in zip(_KEYS, (row.price_minor, row.old_price_minor, row.min_price_minor,
                                                           row.cost_minor), strict=True)},
                         "auto_action": _WORDS[row.auto_action], "strategy": _WORDS[row.strategy]}
            for product_id, row in queries.prices(seller, product_ids).items()
        }

    def foresee(self, seller: SellerRef, values: Mapping[int, Mapping[str, Any]], actor: Actor, now: datetime
                ) -> dict[int, list[FieldError]]:
        judged, _current = judging.judge_all(
            seller=seller, changes=[_input(product_id, row) for product_id, row in values.items()], now=now,
            real_now=clock.real_now(), limited=actor.kind != "system", checked=actor.kind == "system")
        held = FieldError("price", "quarantine", _("This change is so large that it will wait for a second look."))
        return {row.product.id: [held] if row.waits else list(row.errors) for row in judged
                if row.product and (row.errors or row.waits)}

    def kept(self, seller: SellerRef, product_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        return {product_id: dict(zip(_KEYS + _SWITCHES, (
            row.price_minor, row.old_price_minor, row.min_price_minor, row.cost_minor, row.auto_action, row.strategy),
            strict=True))
                for product_id, row in queries.prices(seller, product_ids).items()}

    def restore(self, seller: SellerRef, values: Mapping[int, Mapping[str, Any]], actor: Actor, now: datetime
                ) -> dict[int, list[FieldError]]:
        """Products that had no price lose theirs."""
        bare = [product_id for product_id, row in values.items() if "price" in row and row["price"] is None]
        services.remove_prices(seller=seller, product_ids=bare, actor=actor, now=now)
        texts = {product_id: {key: _WORDS[value] if key in _SWITCHES else None if value is None else
                              Money(value, seller.currency).decimal_text() for key, value in row.items()}
                 for product_id, row in values.items() if product_id not in set(bare)}
        # What was live before needs no second look.
        return self._set(seller, texts, actor, now, source="undo", checked=True)

    def _set(self, seller: SellerRef, values: Mapping[int, Mapping[str, Any]], actor: Actor, now: datetime, *,
             source: str = "", checked: bool = False) -> dict[int, list[FieldError]]:
        refused: dict[int, list[FieldError]] = {}
        rows = [_input(product_id, row) for product_id, row in values.items()]
        for start in range(0, len(rows), services.MAX_ROWS):
            outcomes = services.set_prices(seller=seller, changes=rows[start:start + services.MAX_ROWS], actor=actor,
                                           now=now, source=source, checked=checked)
            refused.update({one.product_id: list(one.errors) for one in outcomes if one.errors})
        return refused

    def conditions(self) -> Mapping[str, str]:
        return {"priced": "EXISTS (SELECT 1 FROM pricing_price WHERE pricing_price.product_id = catalog_product.id)",
                "quarantined": "EXISTS (SELECT 1 FROM pricing_quarantinedprice WHERE state = 'waiting'"
                               " AND pricing_quarantinedprice.seller_id = catalog_product.seller_id"
                               " AND pricing_quarantinedprice.product_id = catalog_product.id)"}


def _input(product_id: int, row: Mapping[str, Any]) -> PriceInput:
    price, old_price, min_price, cost, currency, auto_action, strategy = (
        None if row.get(key) is None else str(row[key]) for key in (*_KEYS, "currency", *_SWITCHES))
    return PriceInput("", product_id, price, old_price, min_price, cost, currency, auto_action=auto_action,
                      strategy=strategy)
