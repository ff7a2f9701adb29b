"""A line of a sheet, and what the text of a cell is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sellerdesk.catalog import rules


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sheet under its number as people see it."""

    number: int
    cells: list[str]


def cell_text(value: Any) -> str:
    """A cell as a person would have typed it: 12 for 12.0, true for a tick, an ISO date for a date."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return rules.clean(str(value)) if value is not None else ""
