"""What the carrier does not take of a posting as one parcel, and what helps: said before anybody packs."""

from __future__ import annotations

from typing import Any

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
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import permissions, services, states
from sellerdesk.orders.errors import fix_text
from sellerdesk.orders.types import OverLimits, PostingCard
from sellerdesk.orders.web import scope


def context(request: WebRequest, card: PostingCard) -> dict[str, Any]:
    """The warning on the page of a posting that waits to be packed."""
    if card.state != states.AWAITING_PACKAGING or card.scheme == "fbo":
        return {}
    over = services.look_at_limits(request.seller, card)
    return {**words(over, card.currency), "may_reroute": request.can(permissions.SHIP)}


def words(over: OverLimits | None, currency: str) -> dict[str, Any]:
    """Reasons, the fix, and other methods with what they cost."""
    if over is None:
        return {"over": None}
    return {"over": over, "over_reasons": [logistics.refusal_text(one, currency) for one in over.refused],
            "over_fix": fix_text(over),
            "over_methods": [(one, Money(one.amount_minor, currency)) for one in over.methods]}


@require_POST
@seller_view(permissions.SHIP)
def choose_method(request: WebRequest, number: str) -> HttpResponse:
    """Send the posting by another method that takes it."""
    scope.posting(request, number)
    try:
        services.choose_method(
            seller=request.seller, number=number, method_id=posted.number(request.POST.get("method", "")),
            actor=request.actor, now=clock.now())
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("%(number)s goes by the method you chose.") % {"number": number})
    return redirect("orders:posting", number=number)
