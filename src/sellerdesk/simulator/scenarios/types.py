"""What a scenario says, once it has been read. Times are virtual; offsets count from the start of the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

#: How an order can fare, in the order in which fates are dealt. The rest is packed, delivered and kept.
FATES = ("buyer_cancels", "marketplace_cancels", "never_packed", "packed_late", "lost", "not_collected", "late",
         "given_back", "asks_to_cancel")


@dataclass(frozen=True, slots=True)
class Portion:
    """Part of all orders: exactly so many, or a share in hundredths of a percent."""

    count: int = 0
    share_bp: int = 0

    def of(self, total: int) -> int:
        """How many of `total` orders; a share is rounded to the nearest order, halves up."""
        if self.count:
            return min(self.count, total)
        return (total * self.share_bp + 5_000) // 10_000


@dataclass(frozen=True, slots=True)
class Stage:
    """The shop that is made for a run in an empty installation: so many products, so many units of each.

    `restock` fills low shelves every morning; without it what is sold out stays sold out.
    """

    country: str = "RU"
    products: int = 40
    stock: int = 60
    restock: bool = False
    # Whether the shop brings its goods to buyers itself (rFBS).
    own_delivery: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that the script brings at a moment: see `reading.HAPPENINGS` for its kinds and what they say."""

    kind: str
    at: timedelta
    lasts: timedelta = timedelta(0)
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One story of a market. `orders` come exactly; with `orders` 0, `per_day` buyers a day come by price and content.

    `settles` is how long time runs on afterwards, at most, until every order has ended.
    """

    name: str
    seed: int
    lasts: timedelta
    settles: timedelta
    title: Mapping[str, str] = field(default_factory=dict)
    story: Mapping[str, str] = field(default_factory=dict)
    starts: datetime | None = None
    stage: Stage = field(default_factory=Stage)
    orders: int = 0
    per_day: int = 0
    fates: Mapping[str, Portion] = field(default_factory=dict)
    talk: Mapping[str, Portion] = field(default_factory=dict)
    happenings: tuple[Happening, ...] = ()
    expect: Mapping[str, int | str] = field(default_factory=dict)
