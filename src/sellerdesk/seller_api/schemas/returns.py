"""Goods that the marketplace brings back: listing, return points, disposal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, IdText, Int, Request, Time
from sellerdesk.seller_api.schemas.base import Money as MoneyText


class TimeRange(Request):
    message: ClassVar[str] = "TimeRange"

    time_from: Time | None = None
    time_to: Time | None = None


class GetReturnsListRequestFilter(Request):
    message: ClassVar[str] = "GetReturnsListRequest_Filter"

    logistic_return_date: TimeRange | None = None
    storage_tariffication_start_date: TimeRange | None = None
    visual_status_change_moment: TimeRange | None = None
    order_id: Int = 0
    posting_numbers: Annotated[Sequence[str], Meta(max_length=50)] = ()
    product_name: str = ""
    offer_id: str = ""
    visual_status_name: str = ""
    warehouse_id: Int = 0
    barcode: str = ""
    return_schema: str = ""
    compensation_status_id: Int = 0


class GetReturnsListRequest(Request):
    limit: Annotated[int, Meta(ge=1, le=500)]
    filter: GetReturnsListRequestFilter = msgspec.field(default_factory=GetReturnsListRequestFilter)
    last_id: Int = 0


class Money(Answer, frozen=True):
    currency_code: str
    price: float


class Exemplar(Answer, frozen=True):
    id: int


class Place(Answer, frozen=True):
    id: int
    name: str
    address: str


class Storage(Answer, frozen=True):
    sum: Money
    tariffication_first_date: Time | None
    tariffication_start_date: Time | None
    arrived_moment: Time | None
    days: int
    utilization_sum: Money
    utilization_forecast_date: str


class Product(Answer, frozen=True):
    sku: int
    offer_id: str
    name: str
    price: Money
    price_without_commission: Money
    commission_percent: float
    commission: Money
    quantity: int


class Logistic(Answer, frozen=True):
    technical_return_moment: Time | None
    final_moment: Time | None
    cancelled_with_compensation_moment: Time | None
    return_date: Time | None
    barcode: str


class Status(Answer, frozen=True):
    id: int
    display_name: str
    sys_name: str


class Visual(Answer, frozen=True):
    status: Status
    change_moment: Time


class AdditionalInfo(Answer, frozen=True):
    is_opened: bool
    is_super_econom: bool = False


class Compensation(Answer, frozen=True):
    status: Status
    change_moment: Time


class ReturnsItem(Answer, frozen=True):
    id: int
    company_id: int
    return_reason_name: str
    type: str
    schema: str
    order_id: int
    order_number: str
    place: Place
    target_place: Place
    storage: Storage
    product: Product
    logistic: Logistic
    visual: Visual
    additional_info: AdditionalInfo
    source_id: int
    posting_number: str
    clearing_id: int
    compensation_status: Compensation | None
    return_clearing_id: int = 0
    exemplars: Sequence[Exemplar] = ()


class GetReturnsListResponse(Answer, frozen=True):
    returns: Sequence[ReturnsItem]
    has_next: bool


class ReturnsCompanyFbsInfoRequestFilter(Request):
    message: ClassVar[str] = "ReturnsCompanyFbsInfoRequest_Filter"

    place_id: Int = 0


class ReturnsCompanyFbsInfoRequestPagination(Request):
    message: ClassVar[str] = "ReturnsCompanyFbsInfoRequest_Pagination"

    limit: Annotated[int, Meta(ge=1, le=500)]
    last_id: Int = 0


class ReturnsCompanyFbsInfoRequest(Request):
    pagination: ReturnsCompanyFbsInfoRequestPagination
    filter: ReturnsCompanyFbsInfoRequestFilter = msgspec.field(default_factory=ReturnsCompanyFbsInfoRequestFilter)


class PassInfo(Answer, frozen=True):
    """No pass is needed at return points here."""

    count: int = 0
    is_required: bool = False


class DropOffPoint(Answer, frozen=True):
    address: str
    box_count: int
    id: int
    name: str
    place_id: int
    returns_count: int
    utc_offset: str
    warehouses_ids: Sequence[IdText]
    pass_info: PassInfo = PassInfo()


class ReturnsCompanyFbsInfoResponse(Answer, frozen=True):
    drop_off_points: Sequence[DropOffPoint]
    has_next: bool


class UtilizationSettings(Answer, frozen=True):
    utilization_price: MoneyText | None
    utilization_price_defects: MoneyText | None


class ReturnsSettingsUtilizationInfoResponse(Answer, frozen=True):
    min_price: MoneyText
    utilization_settings: UtilizationSettings


class UtilizationPrice(Request):
    """`value` is in whole units of the shop's currency."""

    message: ClassVar[str] = "ReturnsSettingsUtilizationUpdateRequest_UtilizationPrice"

    enabled: bool
    value: Annotated[int, Meta(ge=0, le=INT64_MAX)] = 0


class UtilizationPriceDefects(Request):
    message: ClassVar[str] = "ReturnsSettingsUtilizationUpdateRequest_UtilizationPriceDefects"

    enabled: bool
    value: Annotated[int, Meta(ge=0, le=INT64_MAX)] = 0


class ReturnsSettingsUtilizationUpdateRequest(Request):
    utilization_price: UtilizationPrice
    utilization_price_defects: UtilizationPriceDefects


class UtilizationChange(Answer, frozen=True):
    descriptions: Sequence[str]
    updated_at: Time
    user_name: str


class ReturnsSettingsUtilizationHistoryResponse(Answer, frozen=True):
    history: Sequence[UtilizationChange]


class Nothing(Answer, frozen=True):
    """The contract names no body."""
