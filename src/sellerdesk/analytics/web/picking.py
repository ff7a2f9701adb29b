"""What pages of the market share: which days are told, and amounts as they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.analytics.queries import insight
from sellerdesk.analytics.types import CURRENCY
from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats

PERIODS: dict[str, Any] = {"7": _("7 days"), "28": pgettext_lazy("analytics", "28 days"), "month": _("Month"),
                           "quarter": _("Quarter"),
                           "year": _("Year")}
_DAYS = {"7": 7, "28": 28, "month": 30, "quarter": 91, "year": 365}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page is about: the last days that are told, ending a day ago."""

    period: str
    since: date
    until: date

    @property
    def query(self) -> str:
        return urlencode({"period": self.period})


def chosen_of(request: WebRequest, period: str = "") -> Chosen:
    period = period or request.GET.get("period", "28")
    period = period if period in PERIODS else "28"
    until = insight.last_day() or clock.now().date() - timedelta(days=1)
    return Chosen(period, until - timedelta(days=_DAYS[period] - 1), until)


def roubles(minor: int | None) -> str:
    """Whole roubles: a market is not told to the kopeck."""
    return "" if minor is None else format_money(Money(minor, CURRENCY), get_language() or "en", whole=True)


def span(prices: tuple[int, int, int] | None) -> str:
    """What the middle half of units sold for, on one line; empty where nothing is known."""
    return f"{roubles(prices[0])}\u00a0–\u00a0{roubles(prices[2])}" if prices else ""


def weight(grams: int | None) -> str:
    """Grams below a kilogram, else kilograms; empty where nothing is known."""
    if grams is None:
        return ""
    text = _("%(number)s g") % {"number": formats.number(grams)} if grams < 1000 else _("%(number)s kg") % {
        "number": formats.number(grams / 1000, 1)}
    return str(text).replace(" ", "\u00a0")
