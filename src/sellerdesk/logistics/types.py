"""What crosses the border of the logistics domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sellerdesk.core.rules import Source
from sellerdesk.logistics.tariffs import Charge
from sellerdesk.logistics.tariffs import Refused as Refused

# How a posting reaches its buyer: carried by the marketplace, carried by the shop, or out of the marketplace's stock.
Scheme = Literal["fbs", "rfbs", "fbo"]
# Who carries a parcel and tells where it is: the marketplace; a carrier behind an aggregator, which gives the tracking
# number; the shop's own carrier, whose tracking the marketplace follows; or nobody but the shop itself. The API spells
# `platform` as ozon.
Integration = Literal["platform", "aggregator", "3pl_tracking", "non_integrated"]

# What a carrier can report, in the order of a parcel's usual life. `registered` is written at registration.
SCAN_CODES = ("registered", "picked_up", "accepted", "sorted", "in_transit", "arrived_in_city", "with_courier",
              "to_pickup_point", "at_pickup_point", "delivered", "not_accepted", "returning", "returned", "lost")


@dataclass(frozen=True, slots=True)
class Quote:
    """What carrying a parcel costs, in minor units of the shop's currency, by which version of which rule."""

    method_id: int
    method_name: str
    amount_minor: int
    rule_id: int
    days: int
    scheme: str = "fbs"
    integration: str = "platform"
    tariff: str = ""


@dataclass(frozen=True, slots=True)
class PackedParcel:
    """A parcel on the packing table. Grams, millimetres, minor units of the shop's currency; a size of 0 is not known.

    `at` is when it was ordered: the bounds of that day hold. Its value is what is declared.
    """

    tariff: str
    at: datetime
    weight_g: int
    sides_mm: tuple[int, int, int]
    price_minor: int
    batteries: bool
    units: int


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """One parcel to be carried. Grams, millimetres, minor units of the shop's currency; a size of 0 is not known.

    `goods` are (type id, category id) of what is inside, as far as it is known.
    """

    warehouse_id: int
    weight_g: int
    city: str
    at: datetime
    region: str = ""
    sides_mm: tuple[int, int, int] = (0, 0, 0)
    price_minor: int = 0
    batteries: bool = False
    country: str = "RU"
    # Of a parcel that is packed so; 0 where an order may still become several parcels.
    units: int = 0
    goods: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What one service says to a parcel. `method_id` is 0 where the warehouse has no such method.

    `chosen` marks the one that an order would take: the cheapest that takes the parcel.
    """

    tariff: str
    names: Mapping[str, str]
    carrier_names: Mapping[str, str]
    integration: str
    method_id: int
    charge: Charge | None
    refused: tuple[Refused, ...]
    rule_id: int
    valid_from: datetime
    source: Source
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with one cell of a sheet. `code` has its words in texts.CELLS; `data` fills them."""

    row: int
    column: str
    code: str
    value: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a new version changes. `what` is a column or `zone`; the amounts are as sheets spell them."""

    what: str
    zone: str
    currency: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TariffPlan:
    """What a sheet would do to one tariff: `state` is new, changed or same."""

    key: str
    names: Mapping[str, str]
    state: str
    differences: tuple[Difference, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class SheetPlan:
    tariffs: tuple[TariffPlan, ...]
    errors: tuple[CellError, ...]
    unknown_columns: tuple[str, ...] = ()

    @property
    def changes(self) -> int:
        return sum(one.state != "same" for one in self.tariffs)


@dataclass(frozen=True, slots=True)
class TariffRow:
    """One tariff with its version in force, or the next one where none is in force yet."""

    key: str
    names: Mapping[str, str]
    carrier_names: Mapping[str, str]
    integration: str
    rule_id: int
    valid_from: datetime
    valid_to: datetime | None
    source: Source
    versions: int


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """A service as one warehouse has it or could have it. `method_id` is 0 where there is no row yet; `offered` is
    False where the service does not carry from there any more."""

    tariff: str
    names: Mapping[str, str]
    carrier_names: Mapping[str, str]
    integration: str
    active: bool
    offered: bool
    method_id: int
    max_weight_g: int | None
    max_price_minor: int | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParcelInput:
    posting_number: str
    method_id: int
    weight_g: int
    city: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ScanInput:
    """One scan. `code` is one of SCAN_CODES; `source` is carrier, platform or seller. `carrier` is who scanned, where
    that is known."""

    tracking_number: str
    code: str
    place: str
    at: datetime
    source: str = "carrier"
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class ScanRow:
    at: datetime
    code: str
    place: str
    source: str


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel as lists show it. `place` and `scanned_at` are those of its latest scan; `stale_since` is when news was
    due, `other_carrier` who seems to have it instead of `carrier`."""

    id: int
    posting_number: str
    tracking_number: str
    carrier_code: str
    carrier_names: Mapping[str, str]
    status: str
    city: str
    scanned_at: datetime
    stale_since: datetime | None
    other_carrier: str
    other_names: Mapping[str, str]
    note_by_hand: bool


@dataclass(frozen=True, slots=True)
class MethodRow:
    """A delivery method with its carrier. `carrier_number` is the API's tpl_provider_id."""

    id: int
    warehouse_id: int
    name: str
    carrier_code: str
    carrier_number: int
    carrier_names: Mapping[str, str]
    tariff: str
    active: bool
    scheme: str = "fbs"
    integration: str = "platform"
    max_weight_g: int | None = None
    max_price_minor: int | None = None
    places: tuple[str, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParcelBounds:
    """What a parcel of one delivery method may be: grams, millimetres of the longest side, minor units of the shop's
    currency; 0 is no bound."""

    min_weight_g: int = 0
    max_weight_g: int = 0
    max_side_mm: int = 0
    max_price_minor: int = 0


@dataclass(frozen=True, slots=True)
class LabelData:
    """What stands on one label, already as text."""

    posting_number: str
    tracking_number: str
    carrier: str
    shop: str
    sender: str
    city: str
    recipient: str
    contents: str
    sort_code: str
    weight_g: int
    date: str
    # What only larger labels have room for.
    service: str = ""
    region: str = ""
    address: str = ""
    order_number: str = ""
    units: int = 0


@dataclass(frozen=True, slots=True)
class LabelSize:
    """A size of labels. On A4 sheets it is what is drawn in the middle of each of `columns` × `rows` equal cells."""

    key: str
    name: str
    width_mm: float
    height_mm: float
    columns: int = 0
    rows: int = 0

    @property
    def cells(self) -> int:
        return self.columns * self.rows
