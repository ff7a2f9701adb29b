"""The operator's room for claims that buyers and shops could not settle."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.core import clock, storage
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.returns import queries, services
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers


@operator_view(permissions.CONSOLE_POSTING_VIEW)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """Disputes of all shops with what both sides showed, those whose term ends first on top."""
    page = queries.disputed_claims(cursor=request.GET.get("c"))
    rows = page.rows
    shops = sellers.names(row.seller_id for row in rows)
    photos = queries.photos_of([row.id for row in rows])
    return render(request, "console/claims.html", {
        "area": "console", "nav_key": "claims", "now": clock.now(), "page": page,
        "may_decide": request.can(permissions.CONSOLE_CLAIM_DECIDE),
        "rows": [{"row": row, "number": queries.claim_number(row.id), "shop": shops.get(row.seller_id, ""),
                  "amount": Money(row.amount_minor, row.currency), "reason": queries.reason_text(row.reason),
                  "rejection": queries.rejection_text(row.rejection),
                  "photos": [(storage.url(one.key), one.by) for one in photos.get(row.id, ())]} for row in rows]})


@operator_view(permissions.CONSOLE_CLAIM_DECIDE)
@require_POST
def decide(request: WebRequest, claim_id: int) -> HttpResponse:
    """End a dispute before its term."""
    for_buyer = request.POST.get("side") == "buyer"
    try:
        services.platform_decides(claim_id=claim_id, for_buyer=for_buyer, comment=request.POST.get("comment", ""),
                                  actor=request.actor, now=clock.now())
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("Decided for the buyer, who is refunded.") if for_buyer
                         else _("Decided for the shop."))
    return redirect("console:claims")
