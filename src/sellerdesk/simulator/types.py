"""What the simulator hands out and what its plans are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sellerdesk.sellers.types import SellerRef


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
class TwinRow:
    """A test shop as its page shows it; `state` is copying, ready or leaving. `now` is by its own clock."""

    ref: SellerRef
    state: str
    made_at: datetime
    made_by: str
    copied_at: datetime | None
    products: int
    now: datetime
    speed: int
    paused: bool
    has_keys: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """How an order is going to fare: one of scenarios.types.FATES, or "" for packed, delivered and kept.

    `decided`: a script or a person wants it so, and it happens for certain. `run_id` is the run that decided it.
    """

    kind: str = ""
    run_id: int | None = None
    decided: bool = False
    # What people say about it where a script decides that: words of voices.SHARES.
    talk: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Planned:
    """An errand to be: what will be done about `reference`, and when."""

    kind: str
    seller_id: int
    reference: str
    due_at: datetime
    position: int = 0
    data: dict[str, Any] = field(default_factory=dict)
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """An errand whose time has come; `at` is its moment, never before the stretch of time that is being lived."""

    id: int
    kind: str
    seller_id: int
    reference: str
    at: datetime
    data: dict[str, Any]
    position: int = 0


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
class RunRow:
    """A scenario as a shop lives, or lived, it. `state` is running, done or stopped; `result` comes with the end."""

    id: int
    name: str
    text: str
    state: str
    since: datetime
    until: datetime
    ends_by: datetime
    ended_at: datetime | None
    placed: int
    refused: int
    started_by: str
    result: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Access:
    """How to get into a demo: printed once, kept in demo.json."""

    email: str
    password: str
    client_id: int
    api_key: str
    operator_email: str
    operator_password: str
