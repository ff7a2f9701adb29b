"""Postings counted: what is due, at risk, sold, and on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AtRisk:
    """What still has to leave the shop: due until a moment, late ones among them, and the late ones alone. Amounts are
    minor units of the price sold."""

    due: int
    due_minor: int
    late: int
    late_minor: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """Orders of one local day. `amount_minor` and `units` leave cancelled postings out; `orders` counts all."""

    day: date
    orders: int
    units: int
    amount_minor: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class Urgent:
    """How many postings of a list are late, due within rules.SOON, and due later today."""

    overdue: int
    soon: int
    today: int


@dataclass(frozen=True, slots=True)
class Due:
    """What waits for the seller. `overdue` and `due_today` count postings not yet handed over."""

    to_pack: int
    to_hand_over: int
    overdue: int
    due_today: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Postings that wait for the same step until the same moment; `number` is the first of them."""

    ship_by: datetime
    count: int
    amount_minor: int
    number: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An open posting as couriers see it, whoever sells it. `since` is when it came into its present place."""

    seller_id: int
    number: str
    tracking_number: str
    state: str
    substate: str
    city: str
    in_process_at: datetime
    ship_by: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class MarketPosting:
    """A posting of any shop, as operators see it: no buyer, only what keeps the market running."""

    id: int
    seller_id: int
    number: str
    state: str
    city: str
    currency: str
    units: int
    amount_minor: int
    in_process_at: datetime
    ship_by: datetime


@dataclass(frozen=True, slots=True)
class MarketFigures:
    """The whole market at a glance."""

    ordered: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Expected:
    """Postings that have not reached their buyers: what is paid for them, and what will be kept of it."""

    postings: int
    amount_minor: int
    logistics_minor: int
    commission_minor: int

    @property
    def rest_minor(self) -> int:
        return self.amount_minor - self.logistics_minor - self.commission_minor


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a posting comes from."""

    scheme: str
    ordered_at: datetime
    warehouse_id: int
