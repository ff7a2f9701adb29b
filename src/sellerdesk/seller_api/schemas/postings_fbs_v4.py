"""`/v4/posting/fbs/list` and `/v4/posting/fbs/unfulfilled/list`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas import postings_fbs_parts as parts
from sellerdesk.seller_api.schemas.base import Answer, Int, Money, Request, Time


class PostingFbsListRequestStatusDate(Request):
    message: ClassVar[str] = "PostingFbsListRequest_Filter_LastChangedStatusDate"

    from_: Time | None = msgspec.field(default=None, name="from")
    to: Time | None = None


class PostingFbsListRequestFilter(Request):
    message: ClassVar[str] = "PostingFbsListRequest_Filter"

    since: Time
    to: Time
    delivery_method_ids: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    integration_type_flow: Sequence[str] = ()
    is_blr_traceable: bool | None = None
    last_changed_status_date: PostingFbsListRequestStatusDate | None = None
    order_id: Int = 0
    order_numbers: Annotated[Sequence[str], Meta(max_length=100)] = ()
    provider_ids: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    statuses: Sequence[str] = ()
    warehouse_ids: Annotated[Sequence[Int], Meta(max_length=1000)] = ()


class PostingFbsListRequestWith(Request):
    """Which costly blocks to add to each posting."""

    message: ClassVar[str] = "PostingFbsListRequest_With"

    analytics_data: bool = False
    barcodes: bool = False
    financial_data: bool = False
    legal_info: bool = False


class PostingFbsListRequest(Request):
    filter: PostingFbsListRequestFilter
    limit: Annotated[int, Meta(ge=1, le=100)]
    cursor: str = ""
    sort_dir: str = ""
    translit: bool = False
    with_: PostingFbsListRequestWith = msgspec.field(default_factory=PostingFbsListRequestWith, name="with")


class PostingFbsUnfulfilledListRequestStatusDate(Request):
    message: ClassVar[str] = "PostingFbsUnfulfilledListRequest_Filter_LastChangedStatusDate"

    from_: Time | None = msgspec.field(default=None, name="from")
    to: Time | None = None


class PostingFbsUnfulfilledListRequestFilter(Request):
    """Either a range of cut-off times or a range of hand-over dates, not both."""

    message: ClassVar[str] = "PostingFbsUnfulfilledListRequest_Filter"

    cutoff_from: Time | None = None
    cutoff_to: Time | None = None
    delivering_date_from: Time | None = None
    delivering_date_to: Time | None = None
    delivery_method_ids: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    last_changed_status_date: PostingFbsUnfulfilledListRequestStatusDate | None = None
    provider_ids: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    statuses: Sequence[str] = ()
    warehouse_ids: Annotated[Sequence[Int], Meta(max_length=1000)] = ()


class PostingFbsUnfulfilledListRequestWith(Request):
    message: ClassVar[str] = "PostingFbsUnfulfilledListRequest_With"

    analytics_data: bool = False
    barcodes: bool = False
    financial_data: bool = False
    legal_info: bool = False


class PostingFbsUnfulfilledListRequest(Request):
    filter: PostingFbsUnfulfilledListRequestFilter = msgspec.field(
        default_factory=PostingFbsUnfulfilledListRequestFilter
    )
    limit: Annotated[int, Meta(ge=1, le=100)] = 100
    cursor: str = ""
    sort_dir: str = ""
    translit: bool = False
    with_: PostingFbsUnfulfilledListRequestWith = msgspec.field(
        default_factory=PostingFbsUnfulfilledListRequestWith, name="with"
    )


class PostingAddresseeV4(Answer, frozen=True):
    name: str


class FinancialCommissionV4(Answer, frozen=True):
    amount: float
    currency: str
    percent: int


class FinancialProductV4(Answer, frozen=True):
    product_id: int
    quantity: int
    price: float
    old_price: float
    total_discount_value: float
    total_discount_percent: float
    payout: float
    commission: FinancialCommissionV4
    customer_price: Money
    actions: Sequence[str] = ()


class FinancialDataV4(Answer, frozen=True):
    products: Sequence[FinancialProductV4]
    cluster_from: str = ""
    cluster_to: str = ""


class PostingProductV4(Answer, frozen=True):
    sku: int
    offer_id: str
    name: str
    quantity: int
    price: Money
    weight: float = 0.0
    product_color: str = ""
    imei: Sequence[str] = ()
    is_blr_traceable: bool = False
    is_marketplace_buyout: bool = False


class TarifficationV4(Answer, frozen=True):
    current_tariff_rate: float = 0.0
    current_tariff_type: str = ""
    current_tariff_charge: Money | None = None
    current_tariff_min_charge: Money | None = None
    next_tariff_rate: float = 0.0
    next_tariff_type: str = ""
    next_tariff_charge: Money | None = None
    next_tariff_min_charge: Money | None = None
    next_tariff_starts_at: Time | None = None


class PostingV4(Answer, frozen=True):
    posting_number: str
    order_id: int
    order_number: str
    status: str
    substatus: str
    delivery_method: parts.PostingDeliveryMethod
    products: Sequence[PostingProductV4]
    in_process_at: Time
    shipment_date: Time
    shipment_date_without_delay: Time
    available_actions: Sequence[str]
    cancellation: parts.PostingCancellation
    tracking_number: str
    tpl_integration_type: str
    integration_type_flow: str
    delivering_date: Time | None
    parent_posting_number: str
    addressee: PostingAddresseeV4 | None
    customer: parts.PostingListedCustomer | None
    analytics_data: parts.PostingAnalyticsData | None
    barcodes: parts.PostingBarcodes | None
    financial_data: FinancialDataV4 | None
    legal_info: parts.PostingLegalInfo | None
    volume_weight: float = 0.0
    container: parts.PostingContainer | None = None
    container_sort_type: str = ""
    delivery_schema: str = "FBS"
    destination_place_id: int = 0
    destination_place_name: str = ""
    external_order: parts.PostingExternalOrder = parts.PostingExternalOrder()
    is_click_and_collect: bool = False
    is_express: bool = False
    is_multibox: bool = False
    is_presortable: bool = False
    multi_box_qty: int = 1
    optional: parts.PostingOptional = parts.PostingOptional()
    pickup_code_verified_at: Time | None = None
    prr_option: str = ""
    quantum_id: int = 0
    require_blr_traceable_attrs: bool = False
    requirements: parts.PostingRequirements = parts.PostingRequirements()
    scanit: str = ""
    sorting_center: parts.PostingSortingCenter | None = None
    tariffication: TarifficationV4 = TarifficationV4()
    tariffication_steps: Sequence[parts.PostingTarifficationStep] = ()


class PostingFbsListResponse(Answer, frozen=True):
    postings: Sequence[PostingV4]
    cursor: str
    has_next: bool


class PostingFbsUnfulfilledListResponse(Answer, frozen=True):
    postings: Sequence[PostingV4]
    cursor: str
    has_next: bool
    count: int
