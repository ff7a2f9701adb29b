"""What closes the pages of a shop: a refusal for good; and its acts alone, an offer that was not accepted in time."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import queries, states
from sellerdesk.sellers.types import SellerRef

#: Pages about the way to selling itself, and those that protect people and keys.
_LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = frozenset({
    "sellers:onboarding", "sellers:offer", "sellers:company", "sellers:document_upload", "sellers:item_confirm",
    "sellers:submit", "sellers:company_edit", "sellers:company_change", "sellers:company_withdraw",
})


def closed(request: WebRequest, seller: SellerRef) -> HttpResponse | None:
    """Where somebody is led instead of the page they asked for; None lets them through. One query."""
    match = request.resolver_match
    if match is not None and match.view_name in _OPEN:
        return None
    if seller.state == states.REJECTED:
        return _lead(request, "sellers:onboarding")
    # Looking goes on; only what would change something is led to the offer. Asking support always works.
    if request.method in _LOOKING or (match is not None and match.namespace == "support"):
        return None
    if not queries.offer_signed(seller, clock.now()):
        return _lead(request, "sellers:offer")
    return None


def _lead(request: WebRequest, name: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse(name)
        return answer
    return redirect(name)
