"""What a posting was foreseen to leave, beside what was booked for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.economics import queries as economics
from sellerdesk.economics.types import Compared, Unit
from sellerdesk.finance.types import AccrualRow
from sellerdesk.orders.types import PostingCard
from sellerdesk.pricing import queries as pricing

#: Which part of a unit each kind of booking belongs to; all others are charges of this posting alone.
_PARTS = {"sale": "price", "return_sale": "price", "commission": "commission", "return_commission": "commission",
          "acquiring": "acquiring", "logistics": "delivery", "return_logistics": "returns", "storage": "returns",
          "disposal": "returns", "partial_refund": "price", "instalment": "instalment"}
#: What the marketplace books, and what the shop pays by itself.
_BOOKED = ("price", "commission", "acquiring", "instalment", "delivery", "returns", "storage", "charges")
_OWN = ("packing", "fx", "vat", "input_vat", "cost", "tax")
_LABELS: dict[str, Any] = {
    "price": pgettext_lazy("margin", "Sale"), "commission": pgettext_lazy("margin", "Commission"),
    "acquiring": pgettext_lazy("margin", "Payment processing"),
    "instalment": pgettext_lazy("margin", "Instalments of buyers"), "delivery": pgettext_lazy("margin", "Delivery"),
    "returns": pgettext_lazy("margin", "Returns"), "storage": pgettext_lazy("margin", "Storing"),
    "charges": pgettext_lazy("margin", "Penalties and other charges")}
_WHY: dict[str, Any] = {
    "delivery": _("The estimate takes the nearest zone and one unit in a box; this parcel went by its own "
                  "weight and city."),
    "returns": _("The estimate spreads usual returns over all units; this posting had its own."),
    "price": _("Units came back or a part was refunded."),
    "commission": _("Commission of units that came back was given back."),
    "storage": _("Booked day by day for all that lies there; this is the share of the units sold in 28 days."),
    "acquiring": _("Booked under the tariff of the day of delivery."),
    "instalment": _("The buyer paid in parts; the estimate takes one payment."),
    "charges": _("Charged for this posting alone; no estimate has it.")}


@dataclass(frozen=True, slots=True)
class Row:
    """A part, foreseen and booked."""

    label: Any
    foreseen: Money
    booked: Money
    difference: Money
    why: Any


def context(request: WebRequest, card: PostingCard, booked: Sequence[AccrualRow]) -> dict[str, Any]:
    """The comparison for the page; nothing for those who may not see prices, and nothing before anything is booked."""
    if not booked or not request.can("pricing:price:view"):
        return {}
    seller = request.seller
    products = {line.product_id for line in card.lines}
    costs = {id_: row.cost_minor for id_, row in pricing.prices(seller, sorted(products)).items()}
    terms = economics.terms(seller, {id_: costs.get(id_, 0) for id_ in products}, card.in_process_at)
    if products - terms.keys():
        return {}
    if card.scheme != "fbo":
        # These units lay in the shop's own warehouse, whatever else lies with the marketplace.
        terms = {id_: replace(one, storage_minor=0, storage_rule=None) if one.storage_rule else one
                 for id_, one in terms.items()}
    foreseen: defaultdict[str, int] = defaultdict(int)
    for line in card.lines:
        unit: Unit = economics.unit(terms[line.product_id], line.price_minor)
        for part in unit.parts:
            foreseen[part.key] += (part.amount_minor or 0) * line.quantity
    was_booked: defaultdict[str, int] = defaultdict(int)
    for row in booked:
        was_booked[_PARTS.get(row.kind, "charges")] += row.amount_minor
    was_booked["storage"] = _stored(request, card, foreseen["storage"])
    known = all(costs.get(id_) for id_ in products)
    return {"economy": _view(foreseen, was_booked, card.currency, known)}


def _stored(request: WebRequest, card: PostingCard, foreseen_minor: int) -> int:
    """What storing the units of this posting was booked at; for what the shop stores itself, what was foreseen."""
    if card.scheme != "fbo":
        return foreseen_minor
    found = economics.stored(request.seller, [line.sku for line in card.lines], clock.now())
    return -sum((found[line.sku].per_unit_minor or 0) * line.quantity for line in card.lines if line.sku in found)


def _view(foreseen: Mapping[str, int], booked: Mapping[str, int], currency: str, known: bool) -> dict[str, Any]:
    rows = [Compared(key, foreseen.get(key, 0), booked.get(key, 0)) for key in _BOOKED
            if foreseen.get(key) or booked.get(key)]
    own = sum(foreseen.get(key, 0) for key in _OWN)
    was, became = sum(row.foreseen_minor for row in rows) + own, sum(row.booked_minor for row in rows) + own

    def money(amount: int) -> Money:
        return Money(amount, currency)

    return {
        "rows": [Row(_LABELS[row.key], money(row.foreseen_minor), money(row.booked_minor), money(row.difference_minor),
                     _WHY[row.key] if row.difference_minor else "") for row in rows],
        "own": money(own), "foreseen": money(was), "booked": money(became), "difference": money(became - was),
        "cost_known": known}
