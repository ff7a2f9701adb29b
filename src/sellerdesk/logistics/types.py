"""What crosses the border of the logistics domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

# What a carrier can report, in the order of a parcel's usual life. `registered` is written at registration.
SCAN_CODES = ("registered", "accepted", "sorted", "in_transit", "arrived_in_city", "with_courier", "to_pickup_point",
              "at_pickup_point", "delivered", "not_accepted", "returning", "returned", "lost")


@dataclass(frozen=True, slots=True)
class Quote:
    """What carrying a parcel costs, in minor units of the shop's currency, by which version of which rule."""

    method_id: int
    method_name: str
    amount_minor: int
    rule_id: int
    days: int


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    warehouse_id: int
    weight_g: int
    city: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ParcelInput:
    posting_number: str
    method_id: int
    weight_g: int
    city: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ScanInput:
    """One scan. `code` is one of SCAN_CODES; `source` is carrier, platform or seller."""

    tracking_number: str
    code: str
    place: str
    at: datetime
    source: str = "carrier"


@dataclass(frozen=True, slots=True)
class ScanRow:
    at: datetime
    code: str
    place: str
    source: str


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
