"""What crosses the border of the inventory domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sellerdesk.core.errors import FieldError


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
    """present = on the shelf, reserved = promised to open orders."""

    product_id: int
    warehouse_id: int
    present: int
    reserved: int
    updated_at: datetime | None = None

    @property
    def free(self) -> int:
        return self.present - self.reserved


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One line of the stock ledger; `reason` is set, reserve, release, consume or return."""

    at: datetime
    warehouse_id: int
    reason: str
    present_delta: int
    reserved_delta: int
    reference: str
    by: str


@dataclass(frozen=True, slots=True)
class WarehouseRow:
    """A place the seller ships from. `cut_off` is local time of `time_zone`."""

    id: int
    name: str
    city: str
    address: str
    time_zone: str
    cut_off: time
    preparation_hours: int
    state: str
    created_at: datetime

    @property
    def active(self) -> bool:
        return self.state == "active"
