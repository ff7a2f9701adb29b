"""The home of money, the calendar of payouts, one closed period, and where payouts go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.fresh import CRITICAL_MINUTES, fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money, share
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.finance import queries
from sellerdesk.finance.queries import debts, rates, settling
from sellerdesk.finance.rules import BASE_CURRENCY
from sellerdesk.finance.services import banking
from sellerdesk.finance.services import settling as services
from sellerdesk.finance.types import RateRow, SettlementRow
from sellerdesk.finance.web import words
from sellerdesk.finance.web.navigation import tabs
from sellerdesk.finance.web.tables import LINE_KINDS
from sellerdesk.orders import queries as orders
from sellerdesk.sellers import permissions


@seller_view(permissions.BALANCE_VIEW)
@require_safe
def home(request: WebRequest) -> HttpResponse:
    """What the shop gets and when, why not at once, and how the balance came about."""
    seller, now = request.seller, clock.now()
    purse = settling.purse(seller, now)
    coming = orders.expected(seller)

    def of(amount_minor: int) -> Money:
        return Money(amount_minor, seller.currency)

    acquiring = share(coming.amount_minor, queries.acquiring_bp(now))
    return render(request, "finance/home.html", {
        "tabs": tabs(request, "home"), "purse": purse, "say": words.sentence(purse, request.language, now),
        "parts": [words.part(one, purse, request.language) for one in purse.held],
        "opening": of(purse.opening_minor), "accrued": of(purse.accrued_minor), "paid": of(-purse.paid_minor),
        "balance": of(purse.balance_minor), "coming": coming, "coming_amount": of(coming.rest_minor - acquiring),
        "calendar": purse.calendar, "may_edit": request.can(permissions.PAYOUT_EDIT), "running": words.days(
            purse.calendar[0].start_day, purse.calendar[0].end_day),
        "minimum": of(purse.minimum_minor), "in_debt": purse.balance_minor < 0})


class SettlementTable(t.Table):
    page = "finance.settlements"
    caption = pgettext_lazy("money", "Payouts")
    columns = (
        t.Column("period", pgettext_lazy("money", "Period"), primary=True, kind="link",
                 value=lambda row: words.days(row.start_day, row.end_day),
                 href=lambda row: reverse("finance:settlement", args=[row.id]),
                 sub=lambda row: _KINDS.get(row.kind, "")),
        t.Column("state", pgettext_lazy("money", "State"), kind="badge", value=words.state_of,
                 sub=lambda row: words.remark_of(row)),
        t.Column("accrued", gettext_lazy("Accrued"), kind="money", hide_on_phone=True,
                 value=lambda row: Money(row.accrued_minor, row.currency)),
        t.Column("payout", pgettext_lazy("money", "Payout"), kind="money",
                 value=lambda row: Money(row.payout_minor, row.currency)),
        t.Column("at", pgettext_lazy("money", "Paid on"), value=lambda row: _paid_on(row)),
        t.Column("bank", pgettext_lazy("bank", "Account"), hide_on_phone=True,
                 value=lambda row: f"•••• {row.bank_tail}" if row.bank_tail else ""),
    )
    empty = t.Empty("calendar-event", gettext_lazy("No period closed yet"),
                    gettext_lazy("The calendar above says when the first one closes and when it is paid."))


_KINDS: dict[str, Any] = {"manual": gettext_lazy("Paid on your wish"), "closing": gettext_lazy("Shop closing")}


def _paid_on(row: SettlementRow) -> str:
    if row.paid_at:
        return words.formats.day(row.paid_at)
    if row.state == "awaiting" and not row.held_at:
        return _("planned for %(day)s") % {"day": words.formats.day(row.planned_at)}
    return ""


@seller_view(permissions.BALANCE_VIEW)
@require_safe
def payouts(request: WebRequest) -> HttpResponse:
    """The days of payment to come, and every closed period."""
    seller, now = request.seller, clock.now()
    purse = settling.purse(seller, now)
    table = SettlementTable(request)
    page = settling.settlements_page(seller, cursor=table.cursor, limit=table.page_size)
    table.fill(page.rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("finance/payouts.html", lambda: {
        "tabs": tabs(request, "payouts"), "purse": purse,
        "may_edit": request.can(permissions.PAYOUT_EDIT),
        "free": next((Money(one.amount_minor, seller.currency) for one in purse.held if one.why == "manual"), None)})


@seller_view(permissions.BALANCE_VIEW)
@require_safe
def settlement(request: WebRequest, settlement_id: int) -> HttpResponse:
    """One closed period: what it was made of, kind by kind, and what became of its payout."""
    row = settling.settlement(request.seller, settlement_id)
    made = settling.made_of(request.seller, settlement_id)

    def of(amount_minor: int) -> Money:
        return Money(amount_minor, row.currency)

    return render(request, "finance/settlement.html", {
        "row": row, "days": words.days(row.start_day, row.end_day), "badge": words.state_of(row),
        "remark": words.remark_of(row), "opening": of(row.opening_minor), "payout": of(row.payout_minor),
        "minus_payout": of(-row.payout_minor), "closing": of(row.closing_minor), "accrued": of(row.accrued_minor),
        "late": of(row.late_minor), "kind": _KINDS.get(row.kind, ""),
        "made": [(LINE_KINDS[kind], of(amount)) for kind, amount in made.items()]})


class PaymentTable(t.Table):
    caption = pgettext_lazy("money", "Payments received from you")
    columns = (
        t.Column("at", gettext_lazy("Date"), kind="datetime", primary=True),
        t.Column("reference", pgettext_lazy("payment", "Reference"), kind="link",
                 href=lambda row: reverse("finance:transaction", args=[row.id])),
        t.Column("amount", gettext_lazy("Amount"), kind="money",
                 value=lambda row: Money(row.amount_minor, row.currency)),
    )
    empty = t.Empty("building-bank", gettext_lazy("Nothing paid in yet"),
                    gettext_lazy("A payment appears here as soon as the marketplace has booked it."))


@seller_view(permissions.BALANCE_VIEW)
@require_safe
def debt(request: WebRequest) -> HttpResponse:
    """What becomes of a balance below zero: what covers it, how to pay it in, and what was paid in so far."""
    seller, now = request.seller, clock.now()
    purse = settling.purse(seller, now)
    table = PaymentTable(request)
    page = debts.payments(seller, cursor=table.cursor, limit=table.page_size)
    table.fill(page.rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("finance/debt.html", lambda: {
        "tabs": tabs(request, "home"), "purpose": f"{seller.id}", "running": words.days(
            purse.calendar[0].start_day, purse.calendar[0].end_day), "following": purse.calendar[0],
        "owed": Money(-purse.balance_minor, seller.currency) if purse.balance_minor < 0 else None,
        "coming": Money(orders.expected(seller).rest_minor, seller.currency)})


@seller_view(permissions.PAYOUT_EDIT)
@require_POST
def ask(request: WebRequest) -> HttpResponse:
    """Pay out what closed periods have left."""
    try:
        services.ask_payout(seller=request.seller, actor=request.actor, now=clock.now())
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _("The payout is on its way; the bank is asked on its next day."))
    return redirect("finance:home")


class PolicyForm(forms.Form):
    mode = forms.ChoiceField(label=gettext_lazy("When to pay"), widget=forms.RadioSelect, choices=[
        ("auto", gettext_lazy("Every period, by the calendar")), ("manual", gettext_lazy("Only when we ask"))])
    minimum = forms.CharField(label=gettext_lazy("Smallest payout"), required=False, max_length=20,
                              widget=forms.TextInput(attrs={"inputmode": "decimal"}))


class BankForm(forms.Form):
    holder = forms.CharField(label=pgettext_lazy("bank", "Account holder"), max_length=200, help_text=gettext_lazy(
        "The legal name, as your bank writes it. Latin letters for a bank abroad."))
    bank_name = forms.CharField(label=pgettext_lazy("bank", "Bank"), max_length=120)
    code = forms.CharField(label=pgettext_lazy("bank", "BIC or SWIFT"), max_length=20, help_text=gettext_lazy(
        "Nine digits for a Russian bank, 8 or 11 characters otherwise."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    account = forms.CharField(label=pgettext_lazy("bank", "Account number or IBAN"), max_length=60,
                              widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))


@seller_view(permissions.PAYOUT_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def payout_settings(request: WebRequest) -> HttpResponse:
    """Where payouts go and when they are made."""
    seller, now = request.seller, clock.now()
    purse = settling.purse(seller, now)
    own = Money(purse.own_minimum_minor, seller.currency).decimal_text() if purse.own_minimum_minor else ""
    form = PolicyForm(request.POST or None, initial={"mode": purse.payout_mode, "minimum": own})
    if request.method == "POST" and form.is_valid():
        try:
            banking.set_policy(seller=seller, actor=request.actor, now=now, **form.cleaned_data)
        except DomainError as refused:
            add_errors(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("finance:payout_settings")
    return render(request, "finance/settings.html", {
        "tabs": tabs(request, "payout_settings"), "purse": purse, "form": form, "now": now,
        "buyers": queries.buyer_currency(now), "rate": _rate(seller.currency, queries.buyer_currency(now), now),
        "least": Money(purse.least_minor, seller.currency), "may_bank": request.can(permissions.BANK_EDIT),
        "frozen": purse.bank is not None and purse.bank.frozen_until > now}, status=422 if form.errors else 200)


def _rate(own: str, buyers: str, now: datetime) -> RateRow | None:
    """What turns the shop's prices into what buyers pay; nothing where both are the same currency."""
    if own == buyers:
        return None
    return rates.rate_of(own if buyers == BASE_CURRENCY else buyers, now)


@seller_view(permissions.BANK_EDIT)
@fresh_proof(CRITICAL_MINUTES, reading=True)
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: WebRequest) -> HttpResponse:
    """Give other bank details. Asked for a proof before the form is shown, so that no number waits anywhere."""
    form = BankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            banking.set_bank(seller=request.seller, actor=request.actor, now=clock.now(), **form.cleaned_data)
        except DomainError as refused:
            add_errors(form, refused)
        else:
            messages.success(request, _("Saved. Every owner of the shop was written to."))
            return redirect("finance:payout_settings")
    return render(request, "finance/bank.html", {"form": form, "hours": settling.freeze_hours(clock.now())},
                  status=422 if form.errors else 200)
