"""Passes for cars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, IdText, Int, Request, Time

Text = Annotated[str, Meta(min_length=1)]
PassIds = Annotated[Sequence[Int], Meta(min_length=1, max_length=100)]


class PassListFilter(Request):
    message: ClassVar[str] = "ArrivalPassListRequest_Filter"

    arrival_pass_ids: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    arrival_reason: Literal["", "FBS_DELIVERY", "FBS_RETURN"] = ""
    dropoff_point_ids: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    only_active_passes: bool = False
    warehouse_ids: Annotated[Sequence[Int], Meta(max_length=1000)] = ()


class PassListRequest(Request):
    message: ClassVar[str] = "ArrivalPassListRequest"

    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000
    cursor: str = ""
    filter: PassListFilter = msgspec.field(default_factory=PassListFilter)


class ArrivalPass(Answer, frozen=True):
    """`dropoff_point_id` is the return point, 0 for a car that brings parcels."""

    arrival_pass_id: int
    arrival_reasons: Sequence[str]
    arrival_time: Time
    driver_name: str
    driver_phone: str
    dropoff_point_id: int
    is_active: bool
    vehicle_license_plate: str
    vehicle_model: str
    warehouse_id: int


class PassListResponse(Answer, frozen=True):
    arrival_passes: Sequence[ArrivalPass]
    cursor: str


class CarriagePass(Request):
    message: ClassVar[str] = "ArrivalPassCreateRequest_ArrivalPass"

    driver_name: Text
    driver_phone: Text
    vehicle_license_plate: Text
    vehicle_model: Text
    with_returns: bool = False


class CarriagePassCreateRequest(Request):
    message: ClassVar[str] = "ArrivalPassCreateRequest"

    carriage_id: Id
    arrival_passes: Annotated[Sequence[CarriagePass], Meta(min_length=1, max_length=20)]


class PassIdsResponse(Answer, frozen=True):
    arrival_pass_ids: Sequence[IdText]


class CarriagePassChange(Request):
    message: ClassVar[str] = "ArrivalPassUpdateRequest_ArrivalPass"

    id: Id
    driver_name: Text
    driver_phone: Text
    vehicle_license_plate: Text
    vehicle_model: Text
    with_returns: bool = False


class CarriagePassUpdateRequest(Request):
    message: ClassVar[str] = "ArrivalPassUpdateRequest"

    carriage_id: Id
    arrival_passes: Annotated[Sequence[CarriagePassChange], Meta(min_length=1, max_length=20)]


class CarriagePassDeleteRequest(Request):
    message: ClassVar[str] = "ArrivalPassDeleteRequest"

    carriage_id: Id
    arrival_pass_ids: PassIds


class ReturnPass(Request):
    message: ClassVar[str] = "ArrivalPassCreateRequest_ArrivalPass"

    arrival_time: Time
    driver_name: Text
    driver_phone: Text
    dropoff_point_id: Id
    vehicle_license_plate: Text
    vehicle_model: Text
    warehouse_id: Id


class ReturnPassCreateRequest(Request):
    message: ClassVar[str] = "ArrivalPassCreateRequest"

    arrival_passes: Annotated[Sequence[ReturnPass], Meta(min_length=1, max_length=20)]


class ReturnPassChange(Request):
    message: ClassVar[str] = "ArrivalPassUpdateRequest_ArrivalPass"

    arrival_pass_id: Id
    arrival_time: Time
    driver_name: Text
    driver_phone: Text
    vehicle_license_plate: Text
    vehicle_model: Text


class ReturnPassUpdateRequest(Request):
    message: ClassVar[str] = "ArrivalPassUpdateRequest"

    arrival_passes: Annotated[Sequence[ReturnPassChange], Meta(min_length=1, max_length=20)]


class ReturnPassDeleteRequest(Request):
    message: ClassVar[str] = "ArrivalPassDeleteRequest"

    arrival_pass_ids: PassIds
