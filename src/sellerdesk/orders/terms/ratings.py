"""How a shop's ratings stand: value, change, and whether they are a warning."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sellerdesk.core.money import round_half_even
from sellerdesk.orders.terms.types import Rating, Thresholds

#: Codes as programs of the compatible API know them.
ON_TIME, ERROR_INDEX = "rating_on_time", "rating_general_indicator_fbs_rfbs"


def on_time(shipped: int, late: int) -> int:
    """The share of postings handed over within their term, hundredths of a percent; all of them where there were none.
    """
    return round_half_even((shipped - late) * 10_000, shipped) if shipped else 10_000


def status(value: int, bounds: Thresholds) -> Literal["OK", "WARNING", "CRITICAL"]:
    """A value at a bound is still on its good side."""
    def beyond(bound: int) -> bool:
        return value > bound if bounds.lower_is_better else value < bound

    return "CRITICAL" if beyond(bounds.danger) else "WARNING" if beyond(bounds.warning) else "OK"


def premium(value: int, bounds: Thresholds) -> bool:
    return value <= bounds.premium if bounds.lower_is_better else value >= bounds.premium


def rate(code: str, group: str, value: int, past: int, bounds: Thresholds, *, known: bool, since: date,
         until: date) -> Rating:
    """A rating with its status. What nobody could measure yet (`known` false) is never a warning."""
    return Rating(code, group, value, past, bounds, status(value, bounds) if known else "OK", known, since, until)
