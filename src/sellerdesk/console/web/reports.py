"""The operator's room for what shops report: fake reviews and abusive chats."""

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
from sellerdesk.messaging import queries, services
from sellerdesk.messaging.types import BUYER
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers


@operator_view(permissions.CONSOLE_REPORT_DECIDE)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """What waits for a decision, the oldest first, with what it is about."""
    page = queries.reports(cursor=request.GET.get("c"))
    rows = page.rows
    shops = sellers.names(row.seller_id for row in rows)
    return render(request, "console/reports.html", {
        "area": "console", "nav_key": "reports", "page": page,
        "rows": [{"row": row, "shop": shops.get(row.seller_id, ""), "reason": queries.reason_text(row.kind, row.reason),
                  "talk": [(one, one.by == BUYER) for one in queries.talk(row.chat_id)] if row.chat_id else [],
                  "photos": [storage.url(one.key) for one in queries.photos(
                      sellers.seller_ref(row.seller_id), [row.review_id]).get(row.review_id, ())]
                  if row.review_id else []} for row in rows]})


@operator_view(permissions.CONSOLE_REPORT_DECIDE)
@require_POST
def decide(request: WebRequest, report_id: int) -> HttpResponse:
    """Agree with the shop, or not."""
    upheld = request.POST.get("decision") == "upheld"
    try:
        services.decide(report_id=report_id, upheld=upheld, answer=request.POST.get("answer", ""), actor=request.actor,
                        now=clock.now())
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("The shop was right.") if upheld else _("The report is declined."))
    return redirect("console:reports")
