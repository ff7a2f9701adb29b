"""The steps of a posting's term: on time, late by ever dearer steps, ended by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.core.money import share
from sellerdesk.orders.terms.types import Calendar, LatePolicy, Step, Tariff

_DAY = timedelta(days=1)
# A warehouse that never works would otherwise never reach its next working day.
_LONGEST_REST = 400


def cancels_at(ship_by: datetime, calendar: Calendar, policy: LatePolicy) -> datetime:
    """When a posting not handed over ends by itself. UTC.

    By working days: due Monday 18:00, one working day → the midnight that ends Tuesday, in the warehouse's own time,
    also over a change of the clocks. Due Friday without work at weekends → the midnight that ends Monday.
    """
    if policy.unit == "hours":
        return ship_by + timedelta(hours=policy.count)
    zone = ZoneInfo(calendar.time_zone)
    day = ship_by.astimezone(zone).date()
    for _ in range(policy.count):
        day = _next_day_of_work(day, calendar)
    return datetime.combine(day + _DAY, time(), zone).astimezone(ship_by.tzinfo)


def _next_day_of_work(day: date, calendar: Calendar) -> date:
    for later in range(1, _LONGEST_REST):
        found = day + later * _DAY
        if found.isoweekday() in calendar.working_days and found not in calendar.holidays:
            return found
    return day + _DAY


def earliest_cancel(policy: LatePolicy) -> timedelta:
    """The least time between a deadline and its automatic cancellation, to narrow what has to be looked at."""
    return timedelta(hours=policy.count) if policy.unit == "hours" else (policy.count - 1) * _DAY


def schedule(ship_by: datetime, ends_at: datetime, amount_minor: int, tariff: Tariff, cap_minor: int,
             end_fee_minor: int, end_bp: int = 0) -> tuple[Step, ...]:
    """All steps of a posting, in time order. Steps of the tariff after the automatic end never come and are left out.

    `cap_minor` is the tariff's cap in the posting's currency, `end_fee_minor` what the automatic end costs.
    """
    late = [Step("late", ship_by + timedelta(hours=hours), bp, min(share(amount_minor, bp), cap_minor))
            for hours, bp in tariff.steps]
    return (Step("on_time", None, 0, 0), *(step for step in late if step.starts_at and step.starts_at < ends_at),
            Step("cancel", ends_at, end_bp, end_fee_minor))


def standing(steps: Sequence[Step], now: datetime) -> tuple[Step, Step | None]:
    """The step a posting is in and the one that comes next, if any."""
    at = max(index for index, step in enumerate(steps) if step.starts_at is None or step.starts_at <= now)
    return steps[at], steps[at + 1] if at + 1 < len(steps) else None


def late_bp(ship_by: datetime, handed_over_at: datetime, tariff: Tariff) -> int:
    """The share that a hand-over at this moment costs; 0 up to the deadline, inclusive."""
    late = handed_over_at - ship_by
    if late <= timedelta(0):
        return 0
    return max((bp for hours, bp in tariff.steps if timedelta(hours=hours) <= late), default=0)
