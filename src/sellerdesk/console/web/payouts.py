"""The operator's settlement runs: what is to be paid on a day, what waits, what failed and why."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables as t
from sellerdesk.finance.queries import settling
from sellerdesk.finance.services import paying
from sellerdesk.finance.services.letters import FAILURES
from sellerdesk.finance.types import SettlementRow
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers

_PAGE = {"area": "console", "nav_key": "payouts"}
_STATES = {
    "approval": t.Badge(pgettext_lazy("payout", "To approve"), "warning", "clock"),
    "awaiting": t.Badge(pgettext_lazy("payout", "Goes to the bank"), "info", "send"),
    "held": t.Badge(pgettext_lazy("payout", "Held"), "warning", "player-pause"),
    "paid": t.Badge(pgettext_lazy("payout", "Paid"), "success", "circle-check"),
    "failed": t.Badge(pgettext_lazy("payout", "Failed"), "danger", "alert-triangle"),
}
#: What an operator may choose; a shop without bank details is found by the system.
_REASONS = [(key, FAILURES[key]) for key in ("account_closed", "details_wrong", "bank_refused", "returned", "other")]
_DONE = {"approve": gettext_lazy("Approved: it goes to the bank on its day."),
         "hold": gettext_lazy("Held. The shop reads why."),
         "pay": gettext_lazy("Paid: the amount has left the shop’s balance."),
         "fail": gettext_lazy("Failed. The money stays with the shop, its owners were written to."),
         "retry": gettext_lazy("It is tried again on the bank’s next day.")}


def _state(row: SettlementRow) -> str:
    if row.state == "awaiting":
        return "held" if row.held_at else "awaiting" if row.approved_at else "approval"
    return row.state


@operator_view(permissions.CONSOLE_PAYOUT_DECIDE)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """Runs by their last day, and what the nightly proof of the ledger said."""
    page = settling.runs(cursor=request.GET.get("c"))
    return render(request, "console/payouts.html", {
        **_PAGE, "check": settling.last_check(), "page": page, "rows": [
            {"run": run, "amount": Money(run.amount_minor, run.currency),
             "states": [(_STATES[state], count, Money(amount, run.currency))
                        for state, (count, amount) in sorted(run.states.items())]} for run in page.rows]})


@operator_view(permissions.CONSOLE_PAYOUT_DECIDE)
@require_safe
def run(request: WebRequest, day: str, currency: str) -> HttpResponse:
    """One run, payout by payout."""
    pay_by, now = _day(day), clock.now()
    whole = settling.run_of(pay_by, currency)
    page = settling.run_rows(pay_by, currency, cursor=request.GET.get("c"))
    found = page.rows
    shops = sellers.names(row.seller_id for row, _bank in found)
    rows = [{"row": row, "bank": bank, "shop": shops.get(row.seller_id, ""), "state": _state(row),
             "badge": _STATES[_state(row)], "amount": Money(row.payout_minor, row.currency),
             "why": FAILURES.get(row.reason, "") if row.state == "failed" else "",
             "frozen": bank.frozen_until if bank and bank.frozen_until > now else None} for row, bank in found]
    return render(request, "console/payout_run.html", {
        **_PAGE, "pay_by": pay_by, "day": day, "currency": currency, "page": page, "rows": rows, "reasons": _REASONS,
        "total": Money(whole.amount_minor, currency), "to_approve": whole.states.get("approval", (0, 0))[0]})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound() from None


@operator_view(permissions.CONSOLE_PAYOUT_DECIDE)
@require_POST
def approve(request: WebRequest, day: str, currency: str) -> HttpResponse:
    """Let everything of a run that waits go to the bank."""
    done = paying.approve_run(pay_by=_day(day), currency=currency, actor=request.actor, now=clock.now())
    messages.success(request, ngettext("%(count)s payout approved.", "%(count)s payouts approved.", done)
                     % {"count": done})
    return redirect("console:payout_run", day, currency)


@operator_view(permissions.CONSOLE_PAYOUT_DECIDE)
@require_POST
def decide(request: WebRequest, settlement_id: int) -> HttpResponse:
    """Approve, hold, mark as paid or failed, or try one payout again."""
    row = settling.market_settlement(settlement_id)
    act, remark, now = request.POST.get("act", ""), request.POST.get("remark", ""), clock.now()
    try:
        if act == "approve":
            paying.approve(settlement_ids=[row.id], actor=request.actor, now=now)
        elif act == "hold":
            paying.hold(settlement_id=row.id, remark=remark, actor=request.actor, now=now)
        elif act == "pay":
            paying.pay(settlement_id=row.id, actor=request.actor, now=now)
        elif act == "fail":
            paying.fail(settlement_id=row.id, reason=request.POST.get("reason", "other"), remark=remark,
                        actor=request.actor, now=now)
        elif act == "retry":
            paying.retry(settlement_id=row.id, actor=request.actor, now=now)
        else:
            raise NotFound()
    except NotFound:
        raise
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _DONE[act])
    return redirect("console:payout_run", row.pay_by.isoformat(), row.currency)
