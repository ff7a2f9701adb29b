"""The operator's room for disputes about penalties: what the shop says, what was seen, and the answer."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.core import clock, tally
from sellerdesk.core.errors import DomainError, Invalid, NotFound
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.media import download
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.components import TabLink
from sellerdesk.orders.queries import ledger
from sellerdesk.orders.services import terms as services
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers

_STATES = {"open": pgettext_lazy("dispute", "Open"), "won": pgettext_lazy("dispute", "Won by the shop"),
           "lost": pgettext_lazy("dispute", "Lost by the shop"), "withdrawn": pgettext_lazy("dispute", "Taken back")}
_KINDS = {"cancellation": gettext_lazy("Cancelled by the shop’s fault"), "delay": gettext_lazy("Handed over late")}
_SEEN = {"ship_by": gettext_lazy("Deadline"), "packed_at": gettext_lazy("Packed"),
         "handed_over_at": gettext_lazy("Handed over"), "cancelled_at": gettext_lazy("Cancelled")}


@operator_view(permissions.CONSOLE_PENALTY_DECIDE)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """Disputes of all shops; open ones by the term for an answer."""
    state = request.GET.get("state", "open")
    state = state if state in _STATES else "open"
    page = ledger.market_disputes(state=state, cursor=request.GET.get("c"))
    rows = page.rows
    here = reverse("console:disputes")
    shops = sellers.names(dispute.seller_id for dispute, _fault in rows)
    return render(request, "console/disputes.html", {
        "area": "console", "nav_key": "disputes", "state": state, "now": clock.now(), "page": page,
        "tabs": [TabLink(label, f"{here}?state={one}", active=one == state,
                         count=tally.ask([ledger.open_disputes()])[0] if one == "open" else None)
                 for one, label in _STATES.items()],
        "rows": [(dispute, fault, _KINDS[fault.kind], shops.get(dispute.seller_id, ""),
                  Money(fault.amount_minor, fault.currency)) for dispute, fault in rows]})


@operator_view(permissions.CONSOLE_PENALTY_DECIDE)
@require_safe
def dispute(request: WebRequest, dispute_id: int) -> HttpResponse:
    return _page(request, dispute_id)


def _page(request: WebRequest, dispute_id: int, *, typed: str = "", error: str = "") -> HttpResponse:
    row, fault = ledger.market_dispute(dispute_id)
    share = formats.number(fault.fee_bp / 100, 2)
    return render(request, "console/dispute.html", {
        "area": "console", "nav_key": "disputes", "row": row, "fault": fault, "kind": _KINDS[fault.kind],
        "state": _STATES[row.state], "shop": sellers.seller_ref(row.seller_id), "now": clock.now(), "typed": typed,
        "error": error, "amount": Money(fault.amount_minor, fault.currency),
        "returned": Money(row.returned_minor, fault.currency), "price": Money(fault.price_minor, fault.currency),
        "cap": Money(fault.cap_minor, fault.currency), "share": share,
        "index": formats.number(fault.index_bp / 100, 2),
        "seen": [(label, datetime.fromisoformat(fault.evidence[name])) for name, label in _SEEN.items()
                 if fault.evidence.get(name)],
        "files": ledger.market_dispute_files(dispute_id), "said": fault.evidence.get("message") or ""},
        status=422 if error else 200)


@operator_view(permissions.CONSOLE_PENALTY_DECIDE)
@require_safe
def file(request: WebRequest, dispute_id: int, dispute_file_id: int) -> HttpResponse:
    """A file that the shop sent with its objection, as a download."""
    found = next((one for one in ledger.market_dispute_files(dispute_id) if one.id == dispute_file_id), None)
    if found is None:
        raise NotFound()
    return download(found.id, found.kind, found.storage_key)


@operator_view(permissions.CONSOLE_PENALTY_DECIDE)
@require_POST
def decide(request: WebRequest, dispute_id: int) -> HttpResponse:
    """The answer to a shop. Won, the error leaves the index and money goes back in the same act."""
    answer = request.POST.get("answer", "")
    won = request.POST.get("decision") == "won"
    try:
        services.decide(dispute_id=dispute_id, won=won, answer=answer, actor=request.actor, now=clock.now())
    except Invalid as refused:
        return _page(request, dispute_id, typed=answer, error=refused.text)
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _("The shop has won: the error is out of its index.") if won
                         else _("The penalty stands. The shop reads your answer."))
    return redirect("console:dispute", dispute_id)
