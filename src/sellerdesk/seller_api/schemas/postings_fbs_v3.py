"""`/v3/posting/fbs/list` and `/v3/posting/fbs/get`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas import postings_fbs_parts as parts
from sellerdesk.seller_api.schemas.base import Answer, Int, Request, Time


class GetFbsPostingListRequestStatusDate(Request):
    message: ClassVar[str] = "GetFbsPostingListRequest_Filter_LastChangedStatusDate"

    from_: Time | None = msgspec.field(default=None, name="from")
    to: Time | None = None


class GetFbsPostingListRequestFilter(Request):
    message: ClassVar[str] = "GetFbsPostingListRequest_Filter"

    since: Time
    to: Time
    status: str = ""
    delivery_method_id: Sequence[Int] = ()
    integration_type_flow: Sequence[str] = ()
    is_blr_traceable: bool | None = None
    is_quantum: bool | None = None
    last_changed_status_date: GetFbsPostingListRequestStatusDate | None = None
    order_id: Int = 0
    provider_id: Sequence[Int] = ()
    warehouse_id: Sequence[Int] = ()


class FbsPostingWithParams(Request):
    """Which costly blocks to add to each posting."""

    analytics_data: bool = False
    barcodes: bool = False
    financial_data: bool = False
    legal_info: bool = False
    translit: bool = False


class GetFbsPostingListRequest(Request):
    filter: GetFbsPostingListRequestFilter
    limit: Annotated[int, Meta(ge=1, le=1000)]
    offset: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 0
    dir: str = ""
    with_: FbsPostingWithParams = msgspec.field(default_factory=FbsPostingWithParams, name="with")


class FbsPostingWithParamsExemplars(FbsPostingWithParams):
    product_exemplars: bool = False
    related_postings: bool = False


class GetFbsPostingRequest(Request):
    posting_number: Annotated[str, Meta(min_length=1)]
    with_: FbsPostingWithParamsExemplars = msgspec.field(default_factory=FbsPostingWithParamsExemplars, name="with")


class AddresseeFbsLists(Answer, frozen=True):
    name: str
    phone: str = ""


class AddresseeV3(AddresseeFbsLists, frozen=True):
    pin: str = ""


class FinancialDataProductV3(Answer, frozen=True):
    product_id: int
    quantity: int
    price: float
    old_price: float
    total_discount_value: float
    total_discount_percent: float
    payout: float
    currency_code: str
    commission_amount: float
    commission_percent: int
    commissions_currency_code: str
    customer_price: float
    customer_currency_code: str
    actions: Sequence[str] = ()


class FinancialDataV3(Answer, frozen=True):
    products: Sequence[FinancialDataProductV3]
    cluster_from: str = ""
    cluster_to: str = ""


class FbsPostingProduct(Answer, frozen=True):
    sku: int
    offer_id: str
    name: str
    quantity: int
    price: str
    currency_code: str
    is_blr_traceable: bool = False
    is_marketplace_buyout: bool = False
    imei: Sequence[str] = ()


class FbsTariffication(Answer, frozen=True):
    current_tariff_rate: float = 0.0
    current_tariff_type: str = ""
    current_tariff_charge: str = ""
    current_tariff_charge_currency_code: str = ""
    next_tariff_rate: float = 0.0
    next_tariff_type: str = ""
    next_tariff_charge: str = ""
    next_tariff_starts_at: Time | None = None
    next_tariff_charge_currency_code: str = ""


class FbsPosting(Answer, frozen=True):
    posting_number: str
    order_id: int
    order_number: str
    status: str
    substatus: str
    delivery_method: parts.PostingDeliveryMethod
    products: Sequence[FbsPostingProduct]
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
    addressee: AddresseeFbsLists | None
    customer: parts.PostingListedCustomer | None
    analytics_data: parts.PostingAnalyticsData | None
    barcodes: parts.PostingBarcodes | None
    financial_data: FinancialDataV3 | None
    legal_info: parts.PostingLegalInfo | None
    container: parts.PostingContainer | None = None
    container_sort_type: str = ""
    destination_place_id: int = 0
    destination_place_name: str = ""
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
    sorting_center: parts.PostingSortingCenter | None = None
    tariffication: FbsTariffication = FbsTariffication()
    tariffication_steps: Sequence[parts.PostingTarifficationStep] = ()


class GetFbsPostingListResponseResult(Answer, frozen=True):
    postings: Sequence[FbsPosting]
    has_next: bool


class GetFbsPostingListResponseV3(Answer, frozen=True):
    result: GetFbsPostingListResponseResult


class FbsPostingAdditionalDataItem(Answer, frozen=True):
    key: str
    value: str


class FbsPostingCourier(Answer, frozen=True):
    name: str = ""
    phone: str = ""
    car_model: str = ""
    car_number: str = ""


class FbsPostingExemplar(Answer, frozen=True):
    exemplar_id: int
    mandatory_mark: str = ""
    gtd: str = ""
    is_gtd_absent: bool = True
    rnpt: str = ""
    is_rnpt_absent: bool = True
    weight: float = 0.0
    imei: Sequence[str] = ()


class FbsPostingExemplarProduct(Answer, frozen=True):
    sku: int
    exemplars: Sequence[FbsPostingExemplar]


class FbsPostingProductExemplars(Answer, frozen=True):
    products: Sequence[FbsPostingExemplarProduct]


class ProductDimensions(Answer, frozen=True):
    """Millimetres and grams, as decimal text."""

    height: str
    length: str
    weight: str
    width: str


class PostingProductDetail(Answer, frozen=True):
    sku: int
    offer_id: str
    name: str
    quantity: int
    price: str
    currency_code: str
    dimensions: ProductDimensions | None
    mandatory_mark: Sequence[str] = ()
    jw_uin: Sequence[str] = ()
    is_blr_traceable: bool = False
    is_marketplace_buyout: bool = False
    is_weight_needed: bool = False
    weight_max: float = 0.0
    weight_min: float = 0.0
    has_imei: bool = False


class PostingPrrOption(Answer, frozen=True):
    code: str = ""
    price: str = ""
    currency_code: str = ""
    floor: str = ""


class RelatedPostings(Answer, frozen=True):
    related_posting_numbers: Sequence[str]


class FbsPostingDetail(Answer, frozen=True):
    posting_number: str
    order_id: int
    order_number: str
    status: str
    substatus: str
    previous_substatus: str | None
    delivery_method: parts.PostingDeliveryMethod
    products: Sequence[PostingProductDetail]
    in_process_at: Time
    shipment_date: Time
    shipment_date_without_delay: Time
    available_actions: Sequence[str]
    cancellation: parts.PostingCancellation
    tracking_number: str
    tpl_integration_type: str
    integration_type_flow: str
    delivering_date: Time | None
    fact_delivery_date: Time | None
    parent_posting_number: str
    addressee: AddresseeV3 | None
    customer: parts.PostingCustomer | None
    analytics_data: parts.PostingAnalyticsData | None
    barcodes: parts.PostingBarcodes | None
    financial_data: FinancialDataV3 | None
    legal_info: parts.PostingLegalInfo | None
    product_exemplars: FbsPostingProductExemplars | None
    related_postings: RelatedPostings | None
    additional_data: Sequence[FbsPostingAdditionalDataItem] = ()
    container: parts.PostingContainer | None = None
    container_sort_type: str = ""
    courier: FbsPostingCourier | None = None
    delivery_price: str = ""
    external_order: parts.PostingExternalOrder = parts.PostingExternalOrder()
    is_click_and_collect: bool = False
    is_express: bool = False
    is_multibox: bool = False
    is_presortable: bool = False
    multi_box_qty: int = 1
    optional: parts.PostingOptional = parts.PostingOptional()
    pickup_code_verified_at: Time | None = None
    provider_status: str = ""
    prr_option: PostingPrrOption = PostingPrrOption()
    related_weight_postings: Sequence[str] = ()
    require_blr_traceable_attrs: bool = False
    requirements: parts.PostingRequirements = parts.PostingRequirements()
    scanit: str = ""
    sorting_center: parts.PostingSortingCenter | None = None
    tariffication: FbsTariffication = FbsTariffication()
    tariffication_steps: Sequence[parts.PostingTarifficationStep] = ()


class GetFbsPostingResponseV3(Answer, frozen=True):
    result: FbsPostingDetail
