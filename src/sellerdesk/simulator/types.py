"""What the simulator hands out and what its plans are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """How the market is set, as plans see it. Hours are virtual."""

    seed: int
    running: bool
    orders_per_day: int
    autopilot: bool
    autopilot_hours: int
    self_running: frozenset[int]
    started_at: datetime | None
    history_until: datetime | None
    simulated_until: datetime | None

    def in_history(self, at: datetime) -> bool:
        return self.history_until is not None and at <= self.history_until


@dataclass(frozen=True, slots=True)
class Planned:
    """An errand to be: what will be done about `reference`, and when."""

    kind: str
    seller_id: int
    reference: str
    due_at: datetime
    position: int = 0
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one call of the market brought about."""

    orders: int = 0
    errands: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that will happen to a shop unless something else happens first."""

    at: datetime
    kind: str
    reference: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Access:
    """How to get into a demo: printed once, kept in demo.json."""

    email: str
    password: str
    client_id: int
    api_key: str
    operator_email: str
    operator_password: str
