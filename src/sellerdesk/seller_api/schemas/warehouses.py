"""The shop's warehouses in two versions, and taking a warehouse out of use, for a while or for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, field

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Int, Request, Time

Weekday = Literal[
    "UNSPECIFIED",
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
]

#: By ISO number less one.
WEEKDAYS: tuple[Weekday, ...] = (
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
)


class WarehouseListV2Request(Request):
    limit: Annotated[int, Meta(ge=1, le=200)]
    cursor: str = ""
    warehouse_ids: Annotated[Sequence[Int], Meta(max_length=200)] = ()


class WarehouseAddressInfo(Answer, frozen=True):
    address: str
    latitude: float = 0.0
    longitude: float = 0.0
    utc: str = ""


class WarehouseFirstMile(Answer, frozen=True):
    dropoff_point_id: str = ""
    first_mile_is_changing: bool = False
    timeslot_from: str = ""
    timeslot_id: int = 0
    timeslot_to: str = ""
    type: Literal["UNSPECIFIED", "PICK_UP", "DROP_OFF"] = "DROP_OFF"


class WarehouseWorkingHours(Answer, frozen=True):
    time_from: Time | None
    time_to: Time | None


class WarehouseTimetable(Answer, frozen=True):
    timetable_from: Time | None = None
    timetable_to: Time | None = None
    working_hours: Sequence[WarehouseWorkingHours] = ()


class WarehouseListV2ResponseWarehouse(Answer, frozen=True):
    warehouse_id: int
    name: str
    status: str
    address_info: WarehouseAddressInfo
    created_at: Time | None
    updated_at: Time | None
    is_rfbs: bool = False
    phone: str = ""
    working_days: Sequence[Weekday] = ()
    cut_in_time: int = 0
    sla_cut_in: int = 0
    first_mile: WarehouseFirstMile = WarehouseFirstMile()
    timetable: WarehouseTimetable = WarehouseTimetable()
    carriage_label_type: Literal["UNSPECIFIED", "BIG", "SMALL"] = "UNSPECIFIED"
    courier_comment: str = ""
    courier_phones: Sequence[str] = ()
    has_entrusted_acceptance: bool = False
    has_postings_limit: bool = False
    is_auto_assembly: bool = False
    is_comfort: bool = False
    is_express: bool = False
    is_kgt: bool = False
    is_waybill_enabled: bool = False
    min_postings_limit: int = 0
    postings_limit: int = -1
    pause_at: Time | None = None
    warehouse_type: str = ""
    with_item_list: bool = False


class WarehouseListV2Response(Answer, frozen=True):
    warehouses: Sequence[WarehouseListV2ResponseWarehouse]
    cursor: str
    has_next: bool


class WarehouseListWith(Request):
    message: ClassVar[str] = "WarehouseListRequest_With"

    able_to_set_price: bool = False


class WarehouseListRequest(Request):
    limit: Annotated[int, Meta(ge=1, le=200)] = 200
    offset: Annotated[int, Meta(ge=0, le=INT64_MAX)] = 0
    with_: WarehouseListWith | None = field(name="with", default=None)


class FirstMileTypeV1(Answer, frozen=True):
    first_mile_type: Literal["DropOff", "Pickup"]
    dropoff_point_id: str = ""
    dropoff_timeslot_id: int = 0
    first_mile_is_changing: bool = False


class WarehouseV1(Answer, frozen=True):
    """`working_days` are ISO numbers as text; a `postings_limit` of -1 is none."""

    warehouse_id: int
    name: str
    status: str
    is_rfbs: bool
    is_kgt: bool
    is_timetable_editable: bool
    first_mile_type: FirstMileTypeV1
    has_postings_limit: bool
    postings_limit: int
    working_days: Sequence[str]
    min_postings_limit: int = 0
    min_working_days: int = 0
    has_entrusted_acceptance: bool = False
    can_print_act_in_advance: bool = False
    is_able_to_set_price: bool = False
    is_economy: bool = False
    is_karantin: bool = False
    is_presorted: bool = False


class WarehouseListResponse(Answer, frozen=True):
    result: Sequence[WarehouseV1]


class WarehouseArchiveRequest(Request):
    warehouse_id: Int
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    return_point_id: Int = 0


class WarehouseUnarchiveRequest(Request):
    warehouse_id: Int
    return_point_id: Int = 0


class WarehousePauseRequest(Request):
    warehouse_id: Int


class WarehouseOperation(Answer, frozen=True):
    operation_id: str


class WarehouseOperationStatusRequest(Request):
    operation_id: Annotated[str, Meta(min_length=1, max_length=60)]


class WarehouseOperationError(Answer, frozen=True):
    code: str = ""
    message: str = ""


class WarehouseOperationResult(Answer, frozen=True):
    entity_id: int


class WarehouseOperationStatusResponse(Answer, frozen=True):
    status: Literal["UNSPECIFIED", "IN_PROGRESS", "SUCCESS", "ERROR"]
    type: Literal[
        "UNSPECIFIED",
        "CREATE_FBS_WAREHOUSE",
        "UPDATE_FBS_WAREHOUSE",
        "SET_FIRST_MILE",
        "WAREHOUSE_ENABLE_DISABLE",
        "WAREHOUSE_PAUSE_UNPAUSE",
    ]
    result: WarehouseOperationResult
    error: WarehouseOperationError = WarehouseOperationError()
