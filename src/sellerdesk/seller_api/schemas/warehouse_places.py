"""Warehouses by what they are for supplies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from sellerdesk.seller_api.schemas.base import Answer, Request, Time
from sellerdesk.seller_api.schemas.warehouses import Weekday

PlatformWarehouseType = Literal[
    "UNSPECIFIED",
    "FULL_FILLMENT",
    "FULL_FILLMENT_RETURNS",
    "FULL_FILLMENT_DEFECT",
    "EXPRESS_DARK_STORE",
    "CROSS_DOCK",
    "SORTING_CENTER",
    "PHARMACY",
    "DISTRIBUTION_CENTER",
    "ORDERS_RECEIVING_POINT",
    "OUTSOURCE_FF",
    "B2B",
    "EXTERNAL_FF",
]


class AvailableCapacity(Answer, frozen=True):
    """`value` is how many more supplies are taken in then."""

    start: Time
    end: Time
    value: int


class AvailableSchedule(Answer, frozen=True):
    """`date` is when the day begins at the place."""

    date: Time
    capacity: Sequence[AvailableCapacity]


class AvailableWarehouseName(Answer, frozen=True):
    id: str
    name: str


class AvailableWarehouse(Answer, frozen=True):
    schedule: AvailableSchedule
    warehouse: AvailableWarehouseName


class AvailableWarehousesResponse(Answer, frozen=True):
    result: Sequence[AvailableWarehouse]


class PlatformWarehousesRequest(Request):
    message: ClassVar[str] = "WarehouseOZONListRequest"

    warehouse_types: Sequence[PlatformWarehouseType] = ()


class PlatformWarehouse(Answer, frozen=True):
    warehouse_id: int
    name: str
    short_name: str
    address: str
    timezone: str
    is_active: bool
    warehouse_type: PlatformWarehouseType
    country_iso_numeric: int
    is_cross_dock: bool
    is_for_supply: bool
    is_distribution_center: bool = False
    is_edo: bool = False
    is_express: bool = False


class PlatformWarehousesResponse(Answer, frozen=True):
    warehouses: Sequence[PlatformWarehouse]


class OwnWarehousePoint(Answer, frozen=True):
    latitude: float
    longitude: float


class OwnWarehouseAddress(Answer, frozen=True):
    address: str
    city: str
    coordinates: OwnWarehousePoint
    country_code: str
    macrolocal_cluster_id: int
    region: str
    timezone: str


class OwnWarehouseContacts(Answer, frozen=True):
    phone_numbers: Sequence[str]


class OwnWarehouseDay(Answer, frozen=True):
    """Local hours, `09:00`."""

    day: Weekday
    time_from_local: str
    time_to_local: str


class OwnWarehouse(Answer, frozen=True):
    seller_warehouse_id: int
    seller_warehouse_name: str
    is_active: bool
    is_pickup: bool
    address: OwnWarehouseAddress
    contacts: OwnWarehouseContacts
    working_days: Sequence[OwnWarehouseDay]
    courier_comment: str = ""


class OwnWarehousesResponse(Answer, frozen=True):
    warehouses: Sequence[OwnWarehouse]
