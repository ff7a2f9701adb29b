"""Units on the packing table, and postings as scan mode works with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.orders.types.given import UnitInput


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as it is kept: what is known, what is wrong with it by need, what is still missing.

    `proposed` is what shall replace it after packing, not confirmed yet.
    """

    unit: UnitInput
    faults: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    proposed: UnitInput | None = None


@dataclass(frozen=True, slots=True)
class PackingLine:
    """One product of a posting as packing sees it. `wanted` are the needs of each unit now, `needs` all of its rule's.

    Bounds are grams, `most_g` 0 where the card has no weight. `units` is empty until somebody asked for them.
    """

    product_id: int
    sku: int
    offer_id: str
    name: str
    quantity: int
    needs: tuple[str, ...]
    wanted: tuple[str, ...]
    country: str
    country_missing: bool
    least_g: int
    most_g: int
    units: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class Packing:
    """What a posting needs before it may be packed. `open_needs` counts the answers that are missing."""

    number: str
    state: str
    substate: str
    version: int
    boxes: int
    open_needs: int
    lines: tuple[PackingLine, ...]

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in at all."""
        return any(line.needs for line in self.lines)


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One product of a posting as a scanner needs it: what may be read from it and what packing still asks."""

    sku: int
    offer_id: str
    name: str
    quantity: int
    codes: tuple[str, ...]
    # Needs that a scanner can answer, in the order they are asked for, and whether there are others.
    scans: tuple[str, ...]
    asks_more: bool
    least_g: int
    most_g: int


@dataclass(frozen=True, slots=True)
class ScanPosting:
    """A posting that waits to be packed; `codes` is what opens it: its number and its barcodes."""

    number: str
    order_number: str
    ship_by: datetime
    codes: tuple[str, ...]
    lines: tuple[ScanLine, ...]


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What became of an act of a scanner. `code` is empty where it was done, `text` says why it was not."""

    number: str
    code: str
    text: str
    repeated: bool = False
