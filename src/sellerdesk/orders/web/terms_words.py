"""Wording of terms, errors and disputes for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.orders.terms.types import Step

KINDS = {
    "cancellation": t.Badge(pgettext_lazy("penalty", "Cancelled by your fault"), "danger", "ban"),
    "delay": t.Badge(pgettext_lazy("penalty", "Handed over late"), "warning", "hourglass"),
}
DISPUTES = {
    "open": t.Badge(pgettext_lazy("dispute", "Waits for an answer"), "info", "messages"),
    "won": t.Badge(pgettext_lazy("dispute", "Won"), "success", "check"),
    "lost": t.Badge(pgettext_lazy("dispute", "Lost"), "danger", "x"),
    "withdrawn": t.Badge(pgettext_lazy("dispute", "Taken back"), "neutral", "arrow-back-up"),
}
EXCLUDED = {
    "kind": gettext_lazy("Late hand-overs have a tariff of their own and do not count in the index."),
    "dispute": gettext_lazy("You won the dispute about it."),
}


def share(bp: int) -> str:
    """Basis points as a percentage with as many decimals as they have: 3 %, 4.26 %."""
    decimals = 2 if bp % 10 else 1 if bp % 100 else 0
    gap = "\u00a0" if (get_language() or "en") == "ru" else ""
    return f"{formats.number(bp / 100, decimals)}{gap}%"


def money(amount_minor: int, currency: str) -> str:
    return format_money(Money(amount_minor, currency), get_language() or "en")


def step_badge(step: Step) -> Any:
    """Where a posting stands in its term, as a badge."""
    if step.kind == "on_time":
        return t.Badge(pgettext_lazy("term", "On time"), "success")
    if step.kind == "late":
        return t.Badge(_("Late, %(share)s") % {"share": share(step.bp)}, "danger")
    return t.Badge(pgettext_lazy("term", "Ends by itself"), "danger")


def step_text(step: Step, currency: str) -> str:
    """What a step costs, in words."""
    if step.kind == "on_time":
        return _("costs nothing")
    if step.kind == "late":
        return _("%(share)s of the goods: %(amount)s") % {
            "share": share(step.bp), "amount": money(step.amount_minor, currency)}
    if not step.amount_minor:
        return _("cancelled at your fault; counts in the error index")
    return _("cancelled at your fault: %(amount)s, and counts in the error index") % {
        "amount": money(step.amount_minor, currency)}
