"""Reading ratings of shops: how they stand, how they stood, and the index day by day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sellerdesk.core import rules as dated
from sellerdesk.orders.models import TermDay
from sellerdesk.orders.queries import terms
from sellerdesk.orders.terms import index
from sellerdesk.orders.terms import ratings as rating
from sellerdesk.orders.terms.types import Rating, Thresholds
from sellerdesk.sellers.types import SellerRef

_DAY = timedelta(days=1)
SHIPPING = "shipping"
CODES = (rating.ON_TIME, rating.ERROR_INDEX)


@dataclass(frozen=True, slots=True)
class IndexDay:
    """How a day of a shop ended: the index its errors were charged by, what they cost, and the day's own figures."""

    day: date
    shipped: int
    late: int
    errors: int
    charged_minor: int
    index_errors: int
    index_shipments: int
    index_bp: int
    window_shipped: int
    window_late: int
    blocked: bool


def thresholds(code: str, at: datetime) -> Thresholds:
    value = dated.get("orders.rating", code, at).value
    return Thresholds(value["warning"], value["danger"], value["premium"], value["lower_is_better"])


def status_of(value: int, bounds: Thresholds) -> str:
    """OK, WARNING or CRITICAL."""
    return rating.status(value, bounds)


def is_premium(value: int, bounds: Thresholds) -> bool:
    return rating.premium(value, bounds)


def standing(seller: SellerRef, now: datetime) -> list[Rating]:
    """Each rating over the days before today, beside the same number of days before those. Two queries."""
    today = terms.today_of(now)
    rule = terms.day_rule(today)
    earlier = today - rule.window_days * _DAY
    present, past = terms.counts([terms.window_span(seller.id, day, rule) for day in (today, earlier)])
    values = {
        rating.ON_TIME: (rating.on_time(present.shipped, present.late), rating.on_time(past.shipped, past.late),
                         bool(present.shipped)),
        rating.ERROR_INDEX: (index.measure(present.errors, present.shipments, rule).bp,
                             index.measure(past.errors, past.shipments, rule).bp,
                             present.shipments >= rule.min_shipments)}
    return [rating.rate(code, SHIPPING, value, before, thresholds(code, now), known=known, since=earlier,
                        until=today - _DAY) for code, (value, before, known) in values.items()]


def days(seller: SellerRef, since: date, until: date) -> list[IndexDay]:
    """The days of a stretch that have ended, both ends included, oldest first. One query."""
    return [IndexDay(*row) for row in TermDay.objects.filter(
        seller_id=seller.id, day__gte=since, day__lte=until).order_by("day").values_list(
            "day", "shipped", "late", "errors", "charged_minor", "index_errors", "index_shipments", "index_bp",
            "window_shipped", "window_late", "blocked")]


def history(seller: SellerRef, codes: Collection[str], since: datetime, until: datetime, now: datetime
            ) -> dict[str, list[tuple[date, int]]]:
    """The values of known ratings by day, hundredths of a percent; codes nobody measures here are left out. One query.
    """
    zone = terms.index_rule(now).time_zone
    rows = days(seller, index.day_of(since, zone), index.day_of(until, zone))
    value = {rating.ON_TIME: lambda row: rating.on_time(row.window_shipped, row.window_late),
             rating.ERROR_INDEX: lambda row: row.index_bp}
    return {code: [(row.day, value[code](row)) for row in rows] for code in codes if code in value}


def day_bounds(day: date, now: datetime) -> tuple[datetime, datetime]:
    """When a marketplace's day begins and ends, the end not included."""
    zone = terms.index_rule(now).time_zone
    return index.start_of(day, zone), index.start_of(day + _DAY, zone)


def index_window(now: datetime) -> tuple[date, date]:
    """First and last day of the window of today's index."""
    today = terms.today_of(now)
    first, until = index.window(today, terms.day_rule(today))
    return first, until - _DAY
