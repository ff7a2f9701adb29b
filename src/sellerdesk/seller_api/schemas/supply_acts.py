"""Acts on supplies, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import field

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request, Time


class CancelRequest(Request):
    message: ClassVar[str] = "SupplyOrderCancelRequest"

    order_id: Id


class CancelResponse(Answer, frozen=True):
    operation_id: str = ""


class CancelStatusRequest(Request):
    message: ClassVar[str] = "SupplyOrderCancelStatusRequest"

    operation_id: str


class CancelStatusResponseResultSupply(Answer, frozen=True):
    error_reasons: Sequence[str] = ()
    is_supply_cancelled: bool = False
    supply_id: int = 0


class CancelStatusResponseResult(Answer, frozen=True):
    is_order_cancelled: bool = False
    supplies: Sequence[CancelStatusResponseResultSupply] = ()


class CancelStatusResponse(Answer, frozen=True):
    error_reasons: Sequence[str] = ()
    result: CancelStatusResponseResult | None = None
    status: str = ""


class PassRequestVehicle(Request):
    message: ClassVar[str] = "SupplyOrderPassCreateRequest_Vehicle"

    driver_name: str
    driver_phone: str
    vehicle_model: str
    vehicle_number: str


class PassRequest(Request):
    message: ClassVar[str] = "SupplyOrderPassCreateRequest"

    supply_order_id: Id
    vehicle: PassRequestVehicle


class PassResponse(Answer, frozen=True):
    error_reasons: Sequence[str] = ()
    operation_id: str = ""


class PassStatusRequest(Request):
    message: ClassVar[str] = "SupplyOrderPassStatusRequest"

    operation_id: str


class PassStatusResponse(Answer, frozen=True):
    errors: Sequence[str] = ()
    result: str = "Unknown"


class TimeslotsV1Request(Request):
    message: ClassVar[str] = "GetSupplyOrderTimeslotsRequest"

    supply_order_id: Id


class TimeslotV1(Answer, frozen=True):
    from_: Time = field(name="from")
    to: Time


class TimezoneV1(Answer, frozen=True):
    iana_name: str
    offset: str


class TimeslotsV1Response(Answer, frozen=True):
    timeslots: Sequence[TimeslotV1]
    timezone: Sequence[TimezoneV1]


class TimeslotsRequest(Request):
    message: ClassVar[str] = "SupplyOrderTimeslotListRequest"

    order_id: Id


class TimeslotsResponseLimitExceeded(Answer, frozen=True):
    changes_limit: int = 0


class TimeslotsResponseTimeslotChangeForbidden(Answer, frozen=True):
    error_reasons: Sequence[str] = ()


class TimeslotsResponseTimeslotsInfoLimitations(Answer, frozen=True):
    changes_count: int = 0
    changes_limit: int = 0


class TimeslotsResponseTimeslotsInfoTimeslot(Answer, frozen=True, rename={"from_": "from"}):
    from_: Time | None = None
    to: Time | None = None


class TimeslotsResponseTimeslotsInfoTimezone(Answer, frozen=True):
    iana_name: str = ""
    offset: int = 0


class TimeslotsResponseTimeslotsInfo(Answer, frozen=True):
    limitations: TimeslotsResponseTimeslotsInfoLimitations | None = None
    timeslots: Sequence[TimeslotsResponseTimeslotsInfoTimeslot] = ()
    timezone: TimeslotsResponseTimeslotsInfoTimezone | None = None


class TimeslotsResponse(Answer, frozen=True):
    limit_exceeded: TimeslotsResponseLimitExceeded | None = None
    timeslot_change_forbidden: TimeslotsResponseTimeslotChangeForbidden | None = None
    timeslots_info: TimeslotsResponseTimeslotsInfo | None = None


class TimeslotUpdateRequestTimeslot(Request, rename={"from_": "from"}):
    message: ClassVar[str] = "UpdateSupplyOrderTimeslotRequest_Timeslot"

    from_: Time
    to: Time


class TimeslotUpdateRequest(Request):
    message: ClassVar[str] = "UpdateSupplyOrderTimeslotRequest"

    supply_order_id: Id
    timeslot: TimeslotUpdateRequestTimeslot


class TimeslotUpdateResponse(Answer, frozen=True):
    errors: Sequence[str] = ()
    operation_id: str = ""


class TimeslotStatusRequest(Request):
    message: ClassVar[str] = "GetSupplyOrderTimeslotStatusRequest"

    operation_id: str


class TimeslotStatusResponse(Answer, frozen=True):
    errors: Sequence[str] = ()
    status: str = "STATUS_UNSPECIFIED"


class ContentRequestItem(Request):
    message: ClassVar[str] = "SupplyOrderContentUpdateRequest_Items"

    quant: Int
    quantity: Int
    sku: Id


class ContentRequest(Request):
    message: ClassVar[str] = "SupplyOrderContentUpdateRequest"

    items: Sequence[ContentRequestItem]
    order_id: Id
    supply_id: Id


class ContentResponse(Answer, frozen=True):
    errors: Sequence[str] = ()
    operation_id: str = ""


class ContentStatusRequest(Request):
    message: ClassVar[str] = "SupplyOrderContentUpdateStatusRequest"

    operation_id: str


class ContentStatusResponseErrorDetails(Answer, frozen=True):
    backup_supply_id: int = 0
    code: Sequence[str] = ()
    items_quantity_limit: int = 0


class ContentStatusResponse(Answer, frozen=True):
    errors: Sequence[str] = ()
    new_bundle_id: str = ""
    status: str = ""
    error_details: ContentStatusResponseErrorDetails | None = None
