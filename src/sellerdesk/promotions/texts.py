"""Promotions in words. Lazy, so that each reader gets them in their own language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.tables.cells import money_text
from sellerdesk.promotions.types import Terms

KINDS: dict[str, Any] = {
    "platform": pgettext_lazy("promotion", "Of the marketplace"), "discount": pgettext_lazy("promotion", "Discount"),
    "order_sum": pgettext_lazy("promotion", "Discount from a sum"),
    "multi_level": pgettext_lazy("promotion", "Discount in levels"), "voucher": pgettext_lazy("promotion", "Voucher"),
    "instalment": pgettext_lazy("promotion", "Instalment")}
KIND_HINTS: dict[str, Any] = {
    "discount": _("Every product gets a price of its own, at least so much below the usual one."),
    "order_sum": _("From one sum of the order on, a percentage or an amount is taken off."),
    "multi_level": _("The larger the order, the more is taken off: up to ten levels."),
    "voucher": _("Whoever enters a code gets the discount. Codes come as a file."),
    "instalment": _("Buyers may pay in parts, at the usual price. You get the money at delivery, less a fee.")}
STATES: dict[str, t.Badge] = {
    "draft": t.Badge(pgettext_lazy("promotion", "Draft"), "neutral", "pencil"),
    "planned": t.Badge(pgettext_lazy("promotion", "Coming"), "info", "calendar"),
    "active": t.Badge(pgettext_lazy("promotion", "Running"), "success", "player-play"),
    "paused": t.Badge(pgettext_lazy("promotion", "Paused"), "warning", "player-pause"),
    "ended": t.Badge(pgettext_lazy("promotion", "Ended"), "neutral", "check"),
    "archived": t.Badge(pgettext_lazy("promotion", "Archived"), "neutral", "archive"),
    "cancelled": t.Badge(pgettext_lazy("promotion", "Cancelled"), "danger", "ban")}
MOVES: dict[str, Any] = {"active": pgettext_lazy("promotion", "Start"), "paused": pgettext_lazy("promotion", "Pause"),
                         "archived": pgettext_lazy("promotion", "Archive")}
VOUCHERS: dict[str, Any] = {
    "MULTIPLE": _("One code, for any number of orders"), "ONE": _("One code, once for each buyer"),
    "UNIQUE": _("Many codes, each for one order")}
REQUESTS: dict[str, t.Badge] = {
    "NEW": t.Badge(pgettext_lazy("discount request", "New"), "primary", "star"),
    "SEEN": t.Badge(pgettext_lazy("discount request", "Seen"), "info", "eye"),
    "APPROVED": t.Badge(pgettext_lazy("discount request", "Approved"), "success", "check"),
    "DECLINED": t.Badge(pgettext_lazy("discount request", "Declined"), "neutral", "x"),
    "AUTO_DECLINED": t.Badge(pgettext_lazy("discount request", "Ran out"), "neutral", "clock"),
    "PURCHASED": t.Badge(pgettext_lazy("discount request", "Bought"), "success", "shopping-cart")}
OUTCOMES: dict[str, Any] = {
    "changed": pgettext_lazy("strategy", "Changed"), "held": pgettext_lazy("strategy", "In quarantine"),
    "stopped": pgettext_lazy("strategy", "Stopped at the loss limit"), "same": pgettext_lazy("strategy", "Stays"),
    "paused": pgettext_lazy("strategy", "Paused for this product"),
    "alone": pgettext_lazy("strategy", "No competitor sells it")}


def share(bp: int) -> str:
    return formats.percent(bp / 100)


def promise(terms: Terms, currency: str) -> str:
    """What an action takes off, in a line."""
    if terms.kind in ("platform", "discount"):
        return _now("from %(share)s") % {"share": share(terms.discount_bp)}

    if terms.kind == "instalment":
        return _now("payment in parts")

    def value(amount: int) -> str:
        return share(amount) if terms.discount_type == "PERCENT" else money_text(Money(amount, currency))

    return "; ".join(
        value(level.value) if not level.from_minor else _now("%(value)s from %(sum)s") % {
            "value": value(level.value), "sum": money_text(Money(level.from_minor, currency))}
        for level in terms.levels)
