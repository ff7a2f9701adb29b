"""Plain values that components take as parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class TabLink:
    """One tab that is a page of its own."""

    label: Any
    href: str
    count: int | None = None
    active: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened (or will): newest or oldest first, as the screen likes."""

    title: Any
    when: datetime | None = None
    text: Any = ""
    icon: str = ""
    tone: str = ""
    by: Any = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a journey: ``done``, ``now`` or ``todo``."""

    label: Any
    state: str = "todo"
