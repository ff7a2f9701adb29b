"""What crosses the border of the analytics domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sellerdesk.core.activity import Entry
from sellerdesk.orders.types import DayRow, Due


@dataclass(frozen=True, slots=True)
class Figures:
    """Today in the shop's own time, against the same weekday a week ago up to the same minute.

    `days` are the last days up to today, oldest first; `before` sums as many days before them. Amounts are minor units
    of `currency`. `balance_minor` is None for those who may not see money.
    """

    currency: str
    today: DayRow
    week_ago: DayRow
    days: tuple[DayRow, ...]
    before: DayRow
    balance_minor: int | None
    accrued_week_minor: int


@dataclass(frozen=True, slots=True)
class Tasks:
    """What waits for somebody in the shop. `to_pack_today`: to be packed and due on this local day."""

    due: Due
    to_pack_today: int
    returns_arrived: int
    products_with_errors: int
    low_stock: int


@dataclass(frozen=True, slots=True)
class Selling:
    """A product with how it sold in the last days, and what is left of it."""

    product_id: int
    name: str
    offer_id: str
    thumb_url: str
    units: int
    amount_minor: int
    free: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the home board shows but the navigation."""

    day: date
    now: datetime
    figures: Figures
    tasks: Tasks
    best: tuple[Selling, ...]
    low: tuple[Selling, ...]
    news: tuple[Entry, ...]
