"""Buyers who ask to cancel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

REQUEST_STATES = ("ON_APPROVAL", "APPROVED", "REJECTED")


@dataclass(frozen=True, slots=True)
class CancelRequestRow:
    """A buyer's wish to cancel. `due_at` is when silence lets the buyer cancel; `decided_by` is seller or time."""

    id: int
    number: str
    warehouse_id: int
    ordered_at: datetime
    integration: str
    amount_minor: int
    currency: str
    city: str
    reason_id: int
    message: str
    state: str
    created_at: datetime
    due_at: datetime
    decided_at: datetime | None
    decided_by: str
    comment: str


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Empty means no restriction; `search` looks into posting numbers."""

    states: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    warehouse_ids: tuple[int, ...] = ()
    search: str = ""
