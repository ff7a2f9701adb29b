"""What a run came to, in words and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.i18n import localized
from sellerdesk.core.money import Money
from sellerdesk.simulator.scenarios import reading
from sellerdesk.simulator.types import RunRow

_LABELS: dict[str, Any] = {
    "orders": _("Orders"), "refused": _("Orders refused"), "delivered": _("Delivered"), "cancelled": _("Cancelled"),
    "cancelled_by_buyer": _("Cancelled by buyers"), "cancelled_by_marketplace": _("Cancelled by the marketplace"),
    "cancelled_by_seller": _("Cancelled by the shop"), "lost": _("Lost"), "not_collected": _("Not collected"),
    "returned_units": _("Units back on the shelf"), "units": _("Units ordered"),
    "delivered_units": _("Units delivered"), "open": pgettext_lazy("simulator", "Still open"),
    "sales_minor": pgettext_lazy("simulator", "Sales"),
    "balance_minor": _("Balance"), "reviews": _("Reviews"), "questions": _("Questions"), "chats": _("Chats"),
    "claims": _("Claims"), "cancel_requests": _("Requests to cancel"),
}
_STATES = {"running": (_("Running"), "info"), "done": (pgettext_lazy("simulator", "Ended"), "success"),
           "stopped": (_("Stopped"), "neutral")}


@dataclass(frozen=True, slots=True)
class Figure:
    label: Any
    value: Any
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """A past run as the list shows it."""

    id: int
    title: str
    state: Any
    tone: str
    since: datetime
    orders: int
    delivered: int
    cancelled: int


def state(row: RunRow) -> tuple[Any, str]:
    """The run's state in words, and its tone."""
    return _STATES[row.state]


def figures(row: RunRow, currency: str) -> list[Figure]:
    """The results of a run, in the order of reading.EXPECTED."""
    found = row.result or {}
    return [Figure(label, found[key], Money(found[key], currency) if key.endswith("_minor") else None)
            for key in reading.EXPECTED if key in found and (label := _LABELS.get(key))]


def brief(row: RunRow, language: str) -> Brief:
    found = row.result or {}
    label, tone = state(row)
    return Brief(row.id, localized(reading.read(row.text).title, language) or row.name, label, tone, row.since,
                 found.get("orders", row.placed), found.get("delivered", 0), found.get("cancelled", 0))


def share(row: RunRow, now: datetime) -> int:
    """How much of the time in which buyers come is over, percent."""
    return min(100, max(0, round(100 * ((now - row.since) / (row.until - row.since)))))
