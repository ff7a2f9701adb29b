"""What customs are told of a posting: the value of each line with its rate. Shown to shops abroad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import posted, refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.finance.queries import rates
from sellerdesk.finance.types import RateRow
from sellerdesk.orders import permissions, queries, services, states
from sellerdesk.orders.types import LineRow, PostingCard
from sellerdesk.orders.web import scope


@dataclass(frozen=True, slots=True)
class ValueView:
    """What one unit of a line is worth to customs, and by which rate."""

    row: LineRow
    currency: str
    rate: RateRow | None

    @property
    def declared(self) -> bool:
        return self.row.declared_minor > 0

    @property
    def value(self) -> Money:
        if self.declared:
            return Money(self.row.declared_minor, self.row.declared_currency)
        return Money(self.row.price_minor, self.currency)

    @property
    def text(self) -> str:
        return str(self.value) if self.declared else ""


def context(request: WebRequest, card: PostingCard) -> dict[str, Any]:
    """Nothing for shops of the marketplace's own country, and for what the marketplace ships."""
    if request.seller.country == settings.MARKETPLACE_COUNTRY or card.scheme == "fbo":
        return {}
    kept = rates.by_version()
    person = queries.buyer(card, clock.now())
    return {
        "latin_name": card.name_in_latin if person.name else "",
        "latin_address": card.address_in_latin if person.address else "",
        "may_latin": bool(person.name) and card.handed_over_at is None and card.state in (
            states.AWAITING_PACKAGING, states.AWAITING_DELIVER) and request.can(permissions.SHIP),
        "customs_base": rates.BASE_CURRENCY,
        "customs_values": [ValueView(line, card.currency, kept.get(
            (line.declared_rate_id if line.declared_minor else line.rate_id) or 0)) for line in card.lines],
        "may_declare": card.state == states.AWAITING_PACKAGING and request.can(permissions.SHIP)}


@require_POST
@seller_view(permissions.SHIP)
def declare(request: WebRequest, number: str) -> HttpResponse:
    """Declare what one unit of a product is worth; an empty field declares its price."""
    scope.posting(request, number)
    try:
        services.declare_value(
            seller=request.seller, number=number, sku=posted.number(request.POST.get("sku", "")),
            text=request.POST.get("value", "")[:60], actor=request.actor, now=clock.now())
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("The value for customs is saved."))
    return redirect("orders:posting", number=number)


@require_POST
@seller_view(permissions.SHIP)
def write_latin(request: WebRequest, number: str) -> HttpResponse:
    """Write how labels and declarations spell the buyer; empty fields are spelled by rule."""
    scope.posting(request, number)
    try:
        services.write_latin(seller=request.seller, number=number, name=request.POST.get("latin_name", "")[:120],
                             address=request.POST.get("latin_address", "")[:300], actor=request.actor, now=clock.now())
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("Labels and declarations spell the buyer like this."))
    return redirect("orders:posting", number=number)
