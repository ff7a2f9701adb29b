"""Buyers' requests to cancel: the list, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables
from sellerdesk.core.ui import tables as t
from sellerdesk.orders import permissions, queries, services
from sellerdesk.orders.types import REQUEST_STATES, CancelRequestRow, PostingCard, RequestFilter

STATUS = {
    "ON_APPROVAL": t.Badge(pgettext_lazy("request", "Waits for you"), "warning"),
    "APPROVED": t.Badge(pgettext_lazy("request", "Cancelled"), "neutral"),
    "REJECTED": t.Badge(pgettext_lazy("request", "Refused"), "info"),
}


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request as the list shows it."""

    row: CancelRequestRow
    reason: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def amount(self) -> Money:
        return Money(self.row.amount_minor, self.row.currency)

    @property
    def href(self) -> str:
        return reverse("orders:posting", args=[self.row.number])

    @property
    def open(self) -> bool:
        return self.row.state == "ON_APPROVAL"


class RequestTable(t.Table):
    page = "orders.cancel_requests"
    caption = gettext_lazy("Requests to cancel")
    columns = (
        t.Column("number", gettext_lazy("Posting"), primary=True, kind="link", value=lambda view: view.row.number,
                 sub=lambda view: view.row.city, href="href"),
        t.Column("reason", gettext_lazy("Reason"), value=lambda view: view.reason,
                 sub=lambda view: view.row.message),
        t.Column("amount", gettext_lazy("Amount"), kind="money"),
        t.Column("state", gettext_lazy("Status"), kind="badge", value=lambda view: view.row.state, choices=STATUS),
        t.Column("due", gettext_lazy("Answer by"), kind="due",
                 value=lambda view: view.row.due_at if view.open else None),
        t.Column("created_at", pgettext_lazy("orders", "Asked"), kind="ago", value=lambda view: view.row.created_at),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(gettext_lazy("Cancel and refund"), "ban", tone="danger", permission=permissions.CANCEL,
                        post=lambda view: reverse("orders:cancel_request_approve", args=[view.id]),
                        confirm=gettext_lazy("The order ends and the buyer gets the money back. Go on?"),
                        show=lambda view: view.open),
            t.RowAction(gettext_lazy("Deliver all the same"), "truck-delivery", drawer=True,
                        permission=permissions.CANCEL,
                        href=lambda view: reverse("orders:cancel_request_reject", args=[view.id]),
                        show=lambda view: view.open))),
    )
    tabs = (*(t.Tab(state, STATUS[state].label, tone="warning" if state == "ON_APPROVAL" else "")
              for state in REQUEST_STATES), t.Tab("all", gettext_lazy("All")))
    filters = (t.SearchFilter("q", gettext_lazy("Posting number")),)
    row_href = "href"
    row_name = staticmethod(lambda view: view.row.number)
    live_seconds = 3
    empty = t.Empty("ban", gettext_lazy("Nobody asks to cancel"),
                    gettext_lazy("Buyers of goods that you deliver yourself ask here before anything is cancelled."))


@require_GET
@seller_view(permissions.VIEW)
def requests(request: WebRequest) -> HttpResponse:
    """What buyers want to cancel, and until when they wait."""
    table = RequestTable(request)
    token = str(queries.latest_change(request.seller))
    if table.unchanged(token):
        return table.nothing_new()
    found = queries.cancel_requests_page(
        request.seller, cursor=table.cursor, limit=table.page_size, filter=RequestFilter(
            states=(table.tab,) if table.tab in REQUEST_STATES else (), search=table.where.get("q", ""),
            warehouse_ids=tuple(request.warehouse_ids)))
    names = _reasons(request)
    table.fill([RequestView(row, names.get(row.reason_id, "")) for row in found.rows], next_cursor=found.next_cursor,
               prev_cursor=found.prev_cursor, live_token=token,
               tab_counts=queries.cancel_request_counts(request.seller, request.warehouse_ids))
    return table.respond("orders/requests.html")


def _reasons(request: WebRequest) -> dict[int, str]:
    return {one.id: localized(one.names, request.language) for one in queries.cancel_reasons(clock.now())}


@require_POST
@seller_view(permissions.CANCEL)
def approve(request: WebRequest, request_id: int) -> HttpResponse:
    """Let the buyer cancel."""
    try:
        services.approve_request(seller=request.seller, request_id=request_id, comment="", actor=request.actor,
                                 now=clock.now(), only_in=request.warehouse_ids)
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("Cancelled. The buyer gets the money back."))
    return redirect(tables.next_url(request, reverse("orders:cancel_requests")))


@require_http_methods(["GET", "POST"])
@seller_view(permissions.CANCEL)
def reject(request: WebRequest, request_id: int) -> HttpResponse:
    """Deliver all the same, and say why; a page, or the inside of the drawer."""
    row = queries.cancel_request(request.seller, request_id, request.warehouse_ids)
    error = ""
    if request.method == "POST":
        try:
            services.reject_request(
                seller=request.seller, request_id=request_id, comment=request.POST.get("comment", ""),
                actor=request.actor, now=clock.now(), only_in=request.warehouse_ids)
        except Invalid as refused:
            error = refusal_text(refused)
        except DomainError as refused:
            messages.error(request, refusal_text(refused))
            return redirect("orders:cancel_requests")
        else:
            messages.success(request, _("Refused. %(number)s must be delivered.") % {"number": row.number})
            return redirect("orders:posting", number=row.number)
    inside = bool(request.htmx) and (request.htmx.target or "").endswith("drawer-body")
    return render(request, "orders/_request_reject.html" if inside else "orders/request_reject.html",
                  {"row": row, "error": error, "typed": request.POST.get("comment", "")},
                  status=422 if error else 200)


def panel(request: WebRequest, card: PostingCard, reasons: Mapping[int, str] | None = None) -> dict[str, Any]:
    """What the posting's page says while the buyer waits for an answer."""
    row = queries.open_cancel_request(request.seller, card.number) if card.scheme == "rfbs" else None
    names = (reasons or _reasons(request)) if row else {}
    return {"cancel_request": row, "cancel_request_reason": names.get(row.reason_id, "") if row else "",
            "may_answer_request": row is not None and request.can(permissions.CANCEL)}
