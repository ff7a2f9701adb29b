"""`/v1/delivery-method/list` and `/v2/delivery-method/list`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta, field

from sellerdesk.seller_api.schemas.base import Answer, Int, Request, Time

Status = Literal["NEW", "EDITED", "ACTIVE", "DISABLED", "WAITING", "BROKEN"]
StatusV1 = Literal["", "NEW", "EDITED", "ACTIVE", "DISABLED"]


class DeliveryMethodListRequestFilter(Request):
    provider_id: Int = 0
    status: StatusV1 = ""
    warehouse_id: Int = 0


class WarehouseDeliveryMethodListRequest(Request):
    limit: Annotated[int, Meta(ge=1, le=50)]
    offset: Annotated[int, Meta(ge=0)] = 0
    filter: DeliveryMethodListRequestFilter = field(default_factory=DeliveryMethodListRequestFilter)


class DeliveryMethodListResponseDeliveryMethod(Answer, frozen=True):
    id: int
    company_id: int
    name: str
    status: str
    provider_id: int
    template_id: int
    warehouse_id: int
    cutoff: str
    sla_cut_in: int
    created_at: Time | None
    updated_at: Time | None


class WarehouseDeliveryMethodListResponse(Answer, frozen=True):
    result: Sequence[DeliveryMethodListResponseDeliveryMethod]
    has_next: bool


class DeliveryMethodListV2RequestFilter(Request):
    delivery_method_ids: Annotated[Sequence[Int], Meta(max_length=100)] = ()
    provider_ids: Annotated[Sequence[Int], Meta(max_length=100)] = ()
    status: Sequence[Status] = ()
    warehouse_ids: Annotated[Sequence[Int], Meta(max_length=100)] = ()


class DeliveryMethodListV2Request(Request):
    limit: Annotated[int, Meta(ge=1, le=100)]
    cursor: str = ""
    filter: DeliveryMethodListV2RequestFilter = field(default_factory=DeliveryMethodListV2RequestFilter)
    sort_dir: Literal["ASC", "DESC"] = "ASC"


class AddressCoordinates(Answer, frozen=True):
    latitude: float = 0.0
    longitude: float = 0.0


class TPLDropOffPoint(Answer, frozen=True):
    address: str = ""
    address_coordinates: AddressCoordinates = AddressCoordinates()
    code: str = ""
    name: str = ""


class DeliveryMethodListV2ResponseDeliveryMethod(Answer, frozen=True):
    id: int
    name: str
    status: Status
    provider_id: int
    template_id: int
    warehouse_id: int
    cutoff: str
    sla_cut_in: int
    tpl_integration_type: str
    is_express: bool
    created_at: Time | None
    updated_at: Time | None
    tpl_dropoff_point: TPLDropOffPoint = TPLDropOffPoint()


class DeliveryMethodListV2Response(Answer, frozen=True):
    delivery_methods: Sequence[DeliveryMethodListV2ResponseDeliveryMethod]
    cursor: str
    has_next: bool
