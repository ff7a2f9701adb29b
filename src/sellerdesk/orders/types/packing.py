"""Units on the packing table, and postings as scan mode works with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sellerdesk.logistics.types import Quote, Refused
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
class CarriedLine:
    """Goods as a carrier sees them. Grams, millimetres and declared value of one unit, minor units of the shop's
    currency."""

    product_id: int
    sku: int
    quantity: int
    weight_g: int
    sides_mm: tuple[int, int, int]
    value_minor: int
    batteries: bool


@dataclass(frozen=True, slots=True)
class OverLimits:
    """Bounds that one parcel breaks. `parts` are parcels of (SKU, units) that keep them, `methods` other methods that
    take it whole, the cheapest first; either may be empty."""

    refused: tuple[Refused, ...]
    parts: tuple[tuple[tuple[int, int], ...], ...]
    methods: tuple[Quote, ...]

    @property
    def fix(self) -> str:
        """What helps: split, method, or none."""
        return "split" if len(self.parts) > 1 else "method" if self.methods else "none"

    @property
    def word(self) -> str:
        """As it is kept with the posting: the fix, then the codes of the bounds."""
        return " ".join((self.fix, *(one.code for one in self.refused)))

    def facts(self, currency: str) -> dict[str, Any]:
        """The first bound that is broken and what helps, for programs and for the history."""
        first = self.refused[0]
        return {"limit_code": first.code, "limit": first.limit, "value": first.value, "currency": currency,
                "fix": self.fix, "parcels": len(self.parts)}


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
