"""Pure arithmetic of the boards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.orders.types import DayRow

CHART_DAYS = 28


def day_start(now: datetime, time_zone: str) -> datetime:
    """Midnight of the current local day."""
    zone = ZoneInfo(time_zone)
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


def next_day(start: datetime) -> datetime:
    """The midnight after a midnight of the same zone, also where clocks change."""
    return datetime.combine(start.date() + timedelta(days=1), time(), start.tzinfo)


def a_week_before(now: datetime, time_zone: str) -> tuple[datetime, datetime]:
    """The same weekday a week ago, from its midnight to the same local minute: what today is fairly compared with.

    By the clock on the wall, so that a change of the clocks in between moves nothing.
    """
    zone = ZoneInfo(time_zone)
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=7)
    return datetime.combine(day, time(), zone), datetime.combine(day, local.time(), zone)


def change_percent(value: int, before: int) -> float | None:
    """By how many percent a figure grew; None where there was nothing to grow from. For reading only."""
    return None if before <= 0 else round((value - before) * 100 / before, 1)


def total(day: date, rows: Sequence[DayRow]) -> DayRow:
    """Several days in one row."""
    return DayRow(day, sum(row.orders for row in rows), sum(row.units for row in rows),
                  sum(row.amount_minor for row in rows), sum(row.cancelled for row in rows))
