"""What the decisions about terms take and give. Shares are basis points, amounts minor units, times UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

#: What went wrong by the seller's fault: a posting ended, or handed over after its term.
FaultKind = Literal["cancellation", "delay"]
CANCELLATION: FaultKind = "cancellation"
DELAY: FaultKind = "delay"


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a warehouse works, in its own time. `working_days` are ISO numbers, Monday is 1."""

    time_zone: str
    working_days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """When a posting that was not handed over ends by itself, the dated rule `orders.late_policy`.

    `unit` is `working_days` (the end of the count-th working day after the deadline's day, in the warehouse's time) or
    `hours` (so many after the deadline). `notice_minutes` is how long before each step the shop is told.
    """

    unit: Literal["working_days", "hours"]
    count: int
    notice_minutes: int
    rule_id: int

    @classmethod
    def of(cls, value: Mapping[str, Any], rule_id: int) -> LatePolicy:
        return cls(value["unit"], value["count"], value["notice_minutes"], rule_id)


@dataclass(frozen=True, slots=True)
class Tariff:
    """What handing over late costs, the dated rule `orders.late_tariff`: (hours after the deadline, share) by time.

    A posting handed over pays the share of the last step reached, at most the cap.
    """

    steps: tuple[tuple[int, int], ...]
    cap_minor: int
    cap_currency: str
    rule_id: int

    @classmethod
    def of(cls, value: Mapping[str, Any], rule_id: int) -> Tariff:
        steps = sorted((int(one["after_hours"]), int(one["bp"])) for one in value["steps"])
        return cls(tuple(steps), value["cap_minor"], value["cap_currency"], rule_id)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a posting's term. `starts_at` is None for the time before the deadline.

    `amount_minor` is what the shop pays if it acts within the step: hands over (`late`) or is ended by it (`cancel`).
    """

    kind: Literal["on_time", "late", "cancel"]
    starts_at: datetime | None
    bp: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Zone:
    """A row of the table of fees: up to this index, inclusive, an error costs this share of the goods' price."""

    up_to_bp: int | None
    fee_bp: int
    block: bool = False


@dataclass(frozen=True, slots=True)
class IndexRule:
    """How errors are counted and charged, the dated rule `orders.error_index`.

    The index of a day looks at the `window_days` before it, without the day itself, in the marketplace's time zone.
    `kinds` are the faults that count; a shop with fewer shipments than `min_shipments` in the window pays nothing.
    """

    window_days: int
    time_zone: str
    kinds: tuple[str, ...]
    min_shipments: int
    zones: tuple[Zone, ...]
    cap_minor: int
    cap_currency: str
    rule_id: int

    @classmethod
    def of(cls, value: Mapping[str, Any], rule_id: int) -> IndexRule:
        zones = tuple(Zone(one["up_to_bp"], one["fee_bp"], one.get("block", False)) for one in value["zones"])
        return cls(value["window_days"], value["time_zone"], tuple(value["kinds"]), value["min_shipments"], zones,
                   value["cap_minor"], value["cap_currency"], rule_id)


@dataclass(frozen=True, slots=True)
class Index:
    """The error index of a shop: `errors` of `shipments`, `bp` of them, and the row of the table it falls into.

    `grace` says that the shop has shipped too little to be judged: errors are counted and cost nothing.
    """

    errors: int
    shipments: int
    bp: int
    zone_at: int
    zone: Zone
    grace: bool

    @property
    def fee_bp(self) -> int:
        return 0 if self.grace else self.zone.fee_bp

    @property
    def blocked(self) -> bool:
        return self.zone.block and not self.grace


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What ending postings by the seller's fault would do.

    `today` is the index errors of today are charged by. `before` and `after` are tomorrow's, as it stands and with
    these errors. `fees_minor` is the fee of each posting, `room` how many more errors today the present zone bears.
    """

    today: Index
    before: Index
    after: Index
    fees_minor: Mapping[str, int] = field(default_factory=dict)
    currency: str = ""
    room: int | None = None

    @property
    def fee_minor(self) -> int:
        return sum(self.fees_minor.values())

    @property
    def worse(self) -> bool:
        """Whether the shop falls into a dearer zone."""
        return self.after.fee_bp > self.before.fee_bp or self.after.blocked > self.before.blocked


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a rating is a warning, when it is a danger and when it is excellent; bounds are inclusive on the good side.

    Values are hundredths of a percent."""

    warning: int
    danger: int
    premium: int
    lower_is_better: bool


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating: its value over the present window and over the one before, both hundredths of a percent."""

    code: str
    group: str
    value: int
    past: int
    thresholds: Thresholds
    status: Literal["OK", "WARNING", "CRITICAL"]
    known: bool
    since: date
    until: date

    @property
    def direction(self) -> str:
        return "NONE" if self.value == self.past else "RISE" if self.value > self.past else "FALL"

    @property
    def meaning(self) -> str:
        """GOOD or BAD, or NONE where nothing moved."""
        if self.value == self.past:
            return "NONE"
        return "GOOD" if (self.value < self.past) == self.thresholds.lower_is_better else "BAD"
