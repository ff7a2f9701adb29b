"""Times and sizes of supplies in words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sellerdesk.core.ui import formats


def slot_text(start: datetime, end: datetime | None, time_zone: str) -> str:
    """The day and the hours, in the time of the place."""
    zone = ZoneInfo(time_zone)
    local = start.astimezone(zone)
    hours = f"{local:%H:%M}" + (f"–{end.astimezone(zone):%H:%M}" if end else "")
    return f"{formats.day(local.date())}, {hours}"


def litres(volume_ml: int) -> str:
    return formats.number(volume_ml / 1000, 1 if volume_ml < 100_000 else 0)
