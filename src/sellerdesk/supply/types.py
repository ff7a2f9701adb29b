"""What crosses the border of the supply domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# Straight to the warehouse where goods will lie, or handed in at a receiving point and carried on from there.
Kind = Literal["direct", "crossdock"]
CargoKind = Literal["box", "pallet"]


@dataclass(frozen=True, slots=True)
class ItemInput:
    """So many units of a product, named by its SKU or, where that is 0, by its offer id."""

    sku: int
    quantity: int
    offer_id: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that cannot be supplied, with the Seller API's reasons."""

    sku: int
    offer_id: str
    quantity: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goods:
    """What deciding about a supply needs to know of a product."""

    product_id: int
    sku: int
    offer_id: str
    name: str
    sellable: bool
    priced: bool
    weight_g: int
    sides_mm: tuple[int, int, int]
    barcode: str = ""

    @property
    def volume_ml(self) -> int:
        """Of one packed unit; where the size is not known, as if a gram filled a millilitre."""
        depth, width, height = self.sides_mm
        return depth * width * height // 1000 or max(self.weight_g, 1)


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A line that passed the check."""

    product_id: int
    sku: int
    quantity: int
    volume_ml: int
    bulky: bool


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What was checked. `state` is ready, failed (with the Seller API's word in `error`) or used."""

    id: int
    kind: Kind
    cluster_id: int
    drop_off_id: int | None
    state: str
    error: str
    created_at: datetime
    expires_at: datetime
    items: tuple[DraftItem, ...]
    rejected: tuple[Rejected, ...]
    supply_id: int | None

    @property
    def units(self) -> int:
        return sum(item.quantity for item in self.items)

    @property
    def volume_ml(self) -> int:
        return sum(item.quantity * item.volume_ml for item in self.items)


@dataclass(frozen=True, slots=True)
class WarehouseChoice:
    """A warehouse that a draft may go to. `state` is full, partial (some goods are too large for it) or none."""

    warehouse_id: int
    name: str
    address: str
    state: Literal["full", "partial", "none"]
    units: int


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour in which a place takes supplies in. `left` is how many more it takes then."""

    start: datetime
    end: datetime
    left: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What deciding about a supply needs to know.

    `packed`: every unit lies in a box or on a pallet. `changes_left`: how often the time may still be changed.
    `closed`: the time for filling in is over.
    """

    state: str
    kind: Kind = "direct"
    slot: bool = True
    packed: bool = False
    car: bool = False
    cargoes: bool = False
    changes_left: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Car:
    """What the gate has to know."""

    number: str
    model: str
    driver: str
    phone: str


@dataclass(frozen=True, slots=True)
class CargoInput:
    """A box or pallet with what lies in it: (SKU, units)."""

    key: str
    kind: CargoKind
    items: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """A product of a supply: declared, and once counted how many were good and how many damaged."""

    product_id: int
    sku: int
    offer_id: str
    name: str
    barcode: str
    volume_ml: int
    quantity: int
    good: int | None = None
    damaged: int | None = None

    @property
    def short(self) -> int:
        return max(self.quantity - (self.good or 0) - (self.damaged or 0), 0) if self.good is not None else 0

    @property
    def surplus(self) -> int:
        return max((self.good or 0) + (self.damaged or 0) - self.quantity, 0) if self.good is not None else 0


@dataclass(frozen=True, slots=True)
class CargoRow:
    """A box or pallet. `number` counts within the supply."""

    id: int
    number: int
    key: str
    kind: CargoKind
    items: tuple[tuple[int, int], ...]

    @property
    def units(self) -> int:
        return sum(units for _, units in self.items)


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """A supply as lists show it."""

    id: int
    number: str
    state: str
    kind: Kind
    cluster_id: int
    storage_id: int
    storage_name: str
    drop_off_id: int
    drop_off_name: str
    slot_from: datetime | None
    slot_to: datetime | None
    units: int
    sku_count: int
    volume_ml: int
    created_at: datetime
    changed_at: datetime
    act_due: datetime | None
    # Of the place it is brought to.
    time_zone: str


@dataclass(frozen=True, slots=True)
class SupplyCard:
    """Everything about one supply."""

    id: int
    number: str
    state: str
    kind: Kind
    cluster_id: int
    storage_id: int
    storage_name: str
    storage_address: str
    drop_off_id: int
    drop_off_name: str
    drop_off_address: str
    time_zone: str
    slot_from: datetime | None
    slot_to: datetime | None
    slot_changes: int
    fill_by: datetime | None
    units: int
    sku_count: int
    volume_ml: int
    car: Car | None
    created_at: datetime
    changed_at: datetime
    act_at: datetime | None
    act_due: datetime | None
    comment: str
    version: int
    actions: tuple[str, ...]
    missing: tuple[str, ...]
    lines: tuple[LineRow, ...]
    cargoes: tuple[CargoRow, ...]

    @property
    def different(self) -> bool:
        """Whether what was counted is not what was declared."""
        return any(line.short or line.surplus or line.damaged for line in self.lines)


@dataclass(frozen=True, slots=True)
class SupplyFilter:
    """Empty means no restriction. Slots are from `slot_from` to before `slot_to`."""

    states: tuple[str, ...] = ()
    search: str = ""
    drop_off_ids: tuple[int, ...] = ()
    slot_from: datetime | None = None
    slot_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What the marketplace found of a product: good units go on sale, damaged ones do not."""

    product_id: int
    good: int
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An act that a program asked for, and what came of it. `errors` are the Seller API's words."""

    id: str
    kind: str
    supply_id: int | None
    errors: tuple[str, ...]
    result: Mapping[str, object]

    @property
    def done(self) -> bool:
        return not self.errors


@dataclass(frozen=True, slots=True)
class LabelFile:
    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row of a file, `row` counted as the spreadsheet program does."""

    row: int
    value: str
    text: str
