"""Pure arithmetic of figures: slots, days of a reader's zone, changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.analytics.types import DayFacts

CHART_DAYS = 28
SLOT_SECONDS = 900
#: The UTC day 0 of slots.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def slot_of(moment: datetime) -> int:
    """The quarter of an hour that a moment lies in, numbered from 1970 in UTC."""
    return int(moment.timestamp()) // SLOT_SECONDS


def slot_start(slot: int) -> datetime:
    return _EPOCH + timedelta(seconds=slot * SLOT_SECONDS)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, also where clocks change."""
    return datetime.combine(day, time(), zone)


def day_bounds(days: Sequence[date], zone: ZoneInfo) -> list[tuple[int, int]]:
    """The slots of local days, ends exclusive: 92, 96 or 100 of them, and any number where a zone changed by half an
    hour."""
    return [(slot_of(midnight(day, zone)), slot_of(midnight(day + timedelta(days=1), zone))) for day in days]


def last_days(today: date, count: int) -> list[date]:
    """So many days up to and with `today`, oldest first."""
    return [today - timedelta(days=count - 1 - index) for index in range(count)]


def day_start(now: datetime, zone: ZoneInfo) -> datetime:
    """Midnight of the current local day."""
    return midnight(now.astimezone(zone).date(), zone)


def next_day(start: datetime) -> datetime:
    """The midnight after a midnight of the same zone, also where clocks change."""
    return datetime.combine(start.date() + timedelta(days=1), time(), start.tzinfo)


def a_week_before(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The same weekday a week ago, from its midnight to the same local minute: what today is fairly compared with.

    By the clock on the wall, so that a change of the clocks in between moves nothing.
    """
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=7)
    return datetime.combine(day, time(), zone), datetime.combine(day, local.time(), zone)


def change_percent(value: int, before: int) -> float | None:
    """By how many percent a figure grew; None where there was nothing to grow from. For reading only."""
    return None if before <= 0 else round((value - before) * 100 / before, 1)


def total(day: date, rows: Iterable[DayFacts]) -> DayFacts:
    """Several days in one row."""
    listed = list(rows)
    names = [one.name for one in fields(DayFacts) if one.name != "day"]
    return DayFacts(day, *(sum(getattr(row, name) for row in listed) for name in names))
