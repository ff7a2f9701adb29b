"""What becomes of money, in words: why an amount is held, when it is free, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.finance.services.letters import FAILURES
from sellerdesk.finance.types import Held, Purse, SettlementRow

STATES = {
    "forming": t.Badge(pgettext_lazy("payout", "Forming"), "neutral", "hourglass"),
    "awaiting": t.Badge(pgettext_lazy("payout", "Awaiting payment"), "info", "clock"),
    "held": t.Badge(pgettext_lazy("payout", "Held"), "warning", "player-pause"),
    "paid": t.Badge(pgettext_lazy("payout", "Paid"), "success", "circle-check"),
    "failed": t.Badge(pgettext_lazy("payout", "Failed"), "danger", "alert-triangle"),
    "carried": t.Badge(pgettext_lazy("payout", "Carried over"), "neutral", "arrow-narrow-right"),
}
CARRIED: dict[str, Any] = {
    "nothing": gettext_lazy("Nothing was left to be paid."),
    "negative": gettext_lazy("The balance was below zero; the next sales cover it."),
    "minimum": gettext_lazy("Below the smallest payout; it is added to the next period."),
    "manual": gettext_lazy("Your shop is paid only when you ask."),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the balance, ready to be read."""

    title: str
    amount: Money
    why: str
    when: str
    href: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the shop gets and when."""

    text: str
    more: str
    tone: str
    icon: str


def days(start: date | None, end: date | None) -> str:
    """1–15 November in the words of the language; a single day as such."""
    if start is None or end is None:
        return ""
    if start == end:
        return formats.day(start)
    return pgettext("period", "%(first)s – %(last)s") % {"first": formats.day(start, year=False),
                                                         "last": formats.day(end)}


def state_of(row: SettlementRow) -> t.Badge:
    return STATES["held" if row.state == "awaiting" and row.held_at else row.state]


def failure(row: SettlementRow | Held) -> str:
    text = str(FAILURES.get(row.reason, FAILURES["other"]))
    return f"{text} {row.remark}" if row.remark else text


def remark_of(row: SettlementRow) -> str:
    """Why a payout is in its state, where that needs saying."""
    if row.state == "failed":
        return failure(row)
    if row.held_at and row.state == "awaiting":
        return row.remark
    return str(CARRIED.get(row.reason, "")) if row.state == "carried" else ""


def money(amount_minor: int, currency: str, language: str) -> str:
    return format_money(Money(amount_minor, currency), language)


def sentence(purse: Purse, language: str, now: datetime) -> Sentence:
    """The one sentence of the page, and what must be said after it."""

    def text(amount_minor: int) -> str:
        return money(amount_minor, purse.currency, language)

    by_why = {part.why: part for part in purse.held}
    if (part := by_why.get("failed")) is not None:
        return Sentence(_("%(amount)s could not be paid out.") % {"amount": text(part.amount_minor)},
                        f"{failure(part)} {_('The money stays yours and is paid as soon as this is mended.')}",
                        "danger", "alert-triangle")
    coming = purse.next_payout
    if coming is not None and coming.free_at is not None:
        where = f"{purse.bank.bank_name} •••• {purse.bank.tail}" if purse.bank else ""
        said = {"day": formats.day(coming.free_at), "amount": text(coming.amount_minor), "where": where}
        if coming.why == "forming":
            line = (_("On %(day)s you get what the running period brings, %(amount)s so far.") if purse.payout_mode
                    == "auto" else _("The running period has brought %(amount)s so far; you are paid when you ask."))
        else:
            line = _("On %(day)s you get %(amount)s.")
        more = _("It goes to %(where)s.") % said if where else _(
            "Give your bank details before that, so that it can be paid.")
        if (forming := by_why.get("forming")) is not None and coming.why != "forming" and forming.amount_minor > 0:
            more += " " + _("Another %(amount)s is being collected for %(day)s.") % {
                "amount": text(forming.amount_minor),
                "day": formats.day(forming.free_at) if forming.free_at else ""}
        return Sentence(line % said, more, "" if where else "warning", "calendar-event" if where else "building-bank")
    if purse.balance_minor < 0:
        return Sentence(_("Your balance is %(amount)s: returns and fees were more than sales.") % {
            "amount": text(purse.balance_minor)}, _("The next sales cover it, or you pay it in."), "danger",
            "trending-down")
    if purse.balance_minor > 0:
        why = purse.held[0]
        return Sentence(_("%(amount)s is waiting to be paid out.") % {"amount": text(purse.balance_minor)},
                        _explain(why, purse, language), "warning", "hourglass")
    return Sentence(_("Nothing is owed to you at the moment."),
                    _("When a parcel reaches its buyer, the sale less all fees appears here with the day it is paid."),
                    "", "wallet")


def _explain(part: Held, purse: Purse, language: str) -> str:
    least = money(purse.minimum_minor, purse.currency, language)
    texts: dict[str, str] = {
        "forming": _("Deliveries, returns and fees of these days are still coming in."),
        "awaiting": _("The period is closed; the bank is asked on this day."),
        "approval": _("The period is closed; the marketplace still has to approve the payout."),
        "frozen": _("The bank details were changed. Payouts stop for a while after that, to protect you."),
        "held": _("The marketplace has stopped this payout: %(remark)s") % {"remark": part.remark},
        "no_bank": _("There are no bank details to pay to."),
        "failed": failure(part) if part.why == "failed" else "",
        "manual": _("Your shop is paid only when you ask."),
        "minimum": _("It is below the smallest payout, %(least)s.") % {"least": least},
        "negative": _("Returns and fees were more than the sales of closed periods."),
    }
    return texts[part.why]


def part(one: Held, purse: Purse, language: str) -> Part:
    """Why it is held and when it is free."""
    period = days(one.start_day, one.end_day)
    titles = {"forming": _("Running period, %(days)s") % {"days": period},
              "negative": _("Debt of closed periods"), "manual": _("Free to be paid out"),
              "minimum": _("Left from closed periods")}
    whens = {
        "manual": _("Free now: ask for it below."), "minimum": _("Free with the next period that lifts it above that."),
        "negative": _("Covered by the next sales."), "held": _("Free when the marketplace releases it."),
        "failed": _("Paid again once the reason is gone."), "no_bank": _("Free once you have given bank details."),
    }
    when = whens.get(one.why, "")
    if one.free_at is not None:
        when = _("Free on %(day)s") % {"day": formats.when(one.free_at) if one.why == "frozen"
                                       else formats.day(one.free_at)}
        if one.why == "forming" and purse.payout_mode == "manual":
            when = _("Free for asking once the period is closed.")
        elif one.pay_by is not None and one.why != "frozen":
            when += ", " + _("at the latest on %(day)s") % {"day": formats.day(one.pay_by)}
    href = reverse("finance:settlement", args=[one.settlement_id]) if one.settlement_id else ""
    mend = one.why in ("no_bank", "frozen") or (one.why == "failed" and one.reason in (
        "no_bank", "account_closed", "details_wrong"))
    return Part(titles.get(one.why, _("Payout for %(days)s") % {"days": period}),
                Money(one.amount_minor, purse.currency), _explain(one, purse, language), when, href,
                "settings" if mend else "ask" if one.why == "manual" else "")
