"""Which days a settlement covers and when it is paid. Pure; the calendar is the dated rule `finance.settlement`.

Days are those of the shop: a period begins at midnight where the shop is.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Calendar:
    """`parts` are (first day, last day, months until payment, last day of payment) of one month; 31 stands for its
    end. `lead_days` before the last day the bank is asked, at `hour` where the shop is. `close_hours` after a period's
    end its figures are final.
    """

    parts: tuple[tuple[int, int, int, int], ...]
    lead_days: int
    hour: int
    close_hours: int
    rule_id: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """Days `start` to `end`, both included, paid until the end of `pay_by`."""

    start: date
    end: date
    pay_by: date


def calendar_of(value: Mapping[str, Any], rule_id: int = 0) -> Calendar:
    return Calendar(tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in value["parts"]), int(value["lead_days"]),
                    int(value["hour"]), int(value["close_hours"]), rule_id)


def period_of(day: date, calendar: Calendar) -> Period:
    """The period a day belongs to. Raises ValueError where the calendar leaves the day out."""
    for first, last, later, pay_day in calendar.parts:
        if first <= day.day <= last:
            end = _day(day.year, day.month, last)
            year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
            return Period(day.replace(day=first), end, _day(year, month + 1, pay_day))
    raise ValueError("the calendar of settlements leaves out a day of the month")


def following(period: Period, calendar: Calendar) -> Period:
    return period_of(period.end + timedelta(days=1), calendar)


def periods_from(day: date, calendar: Calendar) -> Iterator[Period]:
    """The period of a day and all after it, without end."""
    period = period_of(day, calendar)
    while True:
        yield period
        period = following(period, calendar)


def midnight(day: date, zone: str) -> datetime:
    """When a day begins where the shop is, in UTC. Where clocks are put forward at midnight: its first moment."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def hour_of(at: datetime) -> datetime:
    """The hour of UTC that a moment is in, as sums are kept by it."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def bounds(start: date, end: date, zone: str) -> tuple[datetime, datetime]:
    """From the first moment of `start` up to, not including, the first moment after `end`."""
    return midnight(start, zone), midnight(end + timedelta(days=1), zone)


def closes_at(period: Period, calendar: Calendar, zone: str) -> datetime:
    """When the figures of a period are final."""
    return midnight(period.end + timedelta(days=1), zone) + timedelta(hours=calendar.close_hours)


def planned_at(pay_by: date, calendar: Calendar, zone: str) -> datetime:
    """When the bank is asked to pay."""
    day = pay_by - timedelta(days=calendar.lead_days)
    return datetime.combine(day, time(calendar.hour), ZoneInfo(zone)).astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def month_of(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), _day(year, month, 31)


def quarter_of(day: date) -> tuple[date, date]:
    first = (day.month - 1) // 3 * 3 + 1
    return date(day.year, first, 1), _day(day.year, first + 2, 31)


def whole_months(first: date, last: date) -> Sequence[tuple[date, date]]:
    """The months from that of `first` to that of `last`, the newest first."""
    found = []
    at = last.replace(day=1)
    while at >= first.replace(day=1):
        found.append(month_of(at.year, at.month))
        at = (at - timedelta(days=1)).replace(day=1)
    return found


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, months.monthrange(year, month)[1]))
