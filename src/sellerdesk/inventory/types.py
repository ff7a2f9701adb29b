"""What crosses the border of the inventory domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from sellerdesk.core.errors import FieldError


#: Kinds of warehouses that shops have; platform and receiving are the marketplace's own.
SHOP_KINDS = ("drop_off", "pick_up", "own", "partner", "express")


@dataclass(frozen=True, slots=True)
class StockInput:
    """A wished stock: `stock` counts FREE units, without those reserved for open orders.

    The product is named by `offer_id` or `product_id`; the offer id wins where both are given.
    """

    warehouse_id: int
    stock: int
    offer_id: str = ""
    product_id: int = 0


@dataclass(frozen=True, slots=True)
class StockOutcome:
    """What became of one row, in the order asked."""

    product_id: int
    offer_id: str
    warehouse_id: int
    updated: bool
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class StockLine:
    """Units of one product in one warehouse, moved for a reason that `reference` names (a posting, a return)."""

    product_id: int
    warehouse_id: int
    quantity: int
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StockRow:
    """present = on the shelf, reserved = promised to open orders, safety = never offered, short = promised units that
    a count did not find. `daily_milli` is what sells a day, in thousandths of a unit."""

    product_id: int
    warehouse_id: int
    present: int
    reserved: int
    updated_at: datetime | None = None
    safety: int = 0
    daily_milli: int = 0
    short: int = 0
    # Whether it lies in a warehouse of the marketplace.
    platform: bool = False

    @property
    def free(self) -> int:
        return self.present - self.reserved

    @property
    def sellable(self) -> int:
        """What buyers can order now."""
        return max(self.free - self.safety, 0)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One line of the stock ledger; `reason` is set, count, reserve, release, consume, write_off or return."""

    at: datetime
    warehouse_id: int
    reason: str
    present_delta: int
    reserved_delta: int
    reference: str
    by: str
    product_id: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What of a shop's ledger is asked for; empty means all. `days` are the shop's own, both included."""

    warehouse_ids: tuple[int, ...] = ()
    product_ids: tuple[int, ...] | None = None
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alerts:
    """How many products and warehouses of a shop need a look, for each kind of need."""

    out: int = 0
    low: int = 0
    soon: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class CountInput:
    """What somebody found on the shelf: all units of the product there, promised ones among them."""

    product_id: int
    warehouse_id: int
    found: int


@dataclass(frozen=True, slots=True)
class CountOutcome:
    """`delta` is what the count changed, `short` how many promised units are not there."""

    product_id: int
    warehouse_id: int
    delta: int
    short: int
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class WarehouseRow:
    """A place the seller ships from. `cut_off`, `opens`, `closes` and `holidays` are local to `time_zone`.

    `kind` is drop_off, pick_up, own, partner or express, and of the marketplace's own platform or receiving;
    `working_days` are ISO numbers, Monday is 1.
    """

    id: int
    name: str
    city: str
    address: str
    time_zone: str
    cut_off: time
    preparation_hours: int
    state: str
    created_at: datetime
    code: str = ""
    kind: str = "drop_off"
    country: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    phone: str = ""
    opens: time = time(9)
    closes: time = time(21)
    working_days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    holidays: tuple[date, ...] = ()
    bulky: bool = False
    return_address: str = ""
    return_note: str = ""
    postings_limit: int | None = None
    safety_stock: int = 0
    low_stock: int | None = None
    pause_from: datetime | None = None
    pause_until: datetime | None = None
    pause_reason: str = ""
    updated_at: datetime | None = None
    # Of the marketplace's own warehouses only: the part of the country it serves.
    cluster_id: int | None = None

    @property
    def active(self) -> bool:
        return self.state == "active"

    @property
    def by_seller(self) -> bool:
        """Whether the seller or a partner of theirs delivers, and not the marketplace."""
        return self.kind in ("own", "partner", "express")


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A part of the country that the marketplace keeps goods for. `names` by language; `regions` are its regions."""

    id: int
    names: Mapping[str, str]
    country: str
    regions: tuple[str, ...]
    rule_id: int


@dataclass(frozen=True, slots=True)
class PlatformChange:
    """What some acts changed of a product in the marketplace's warehouses, all of them together, and when."""

    product_id: int
    at: datetime
    old_present: int
    old_reserved: int
    new_present: int
    new_reserved: int


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """A product in one warehouse of the marketplace: `present` there, `reserved` for buyers."""

    product_id: int
    warehouse_id: int
    present: int
    reserved: int
    updated_at: datetime
    daily_milli: int

    @property
    def free(self) -> int:
        return self.present - self.reserved


@dataclass(frozen=True, slots=True)
class StorageTariff:
    """What lying in the marketplace's warehouses costs: `minor_100l` for 100 litres and a day, after `free_days` since
    a unit came. A unit counts as at least `least_ml`."""

    free_days: int
    minor_100l: int
    least_ml: int
    currency: str
    rule_id: int


@dataclass(frozen=True, slots=True)
class StoredDay:
    """A day of the shop that has been counted."""

    day: date
    units: int
    paid_units: int
    volume_ml: int
    paid_ml: int
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class StoredRow:
    """Units of a SKU in one warehouse of the marketplace at the end of a day, and what they cost."""

    day: date
    sku: int
    warehouse_id: int
    units: int
    paid_units: int
    unit_ml: int
    amount_minor: int
    currency: str
    rule_id: int
    rate_id: int | None = None


@dataclass(frozen=True, slots=True)
class StoredSku:
    """What storing a SKU cost over some days; `unit_days` are units times days, `paid_days` those paid for."""

    sku: int
    unit_days: int
    paid_days: int
    amount_minor: int
    currency: str


class WarehouseWish(TypedDict, total=False):
    """What may be said of a warehouse; what is left out stays, or is as usual for a new one."""

    name: str
    code: str
    kind: str
    country: str
    city: str
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    phone: str
    time_zone: str
    cut_off: time
    opens: time
    closes: time
    working_days: list[int]
    holidays: list[date]
    preparation_hours: int
    bulky: bool
    return_address: str
    return_note: str
    postings_limit: int | None
    safety_stock: int
    low_stock: int | None
