"""Postings that the marketplace ships, and what lies in its warehouses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Int, Request, Time


class FboGetRequestWith(Request):
    message: ClassVar[str] = "GetFboPostingRequest_With"

    analytics_data: bool = False
    financial_data: bool = False
    legal_info: bool = False


class FboGetRequest(Request, rename={"with_": "with"}):
    message: ClassVar[str] = "GetFboPostingRequest"

    posting_number: str
    translit: bool = False
    with_: FboGetRequestWith | None = None


class FboGetResponseResultAdditionalData(Answer, frozen=True):
    key: str = ""
    value: str = ""


class FboGetResponseResultAnalyticsData(Answer, frozen=True):
    city: str = ""
    delivery_type: str = ""
    is_legal: bool = False
    is_premium: bool = False
    payment_type_group_name: str = ""
    warehouse_id: int = 0
    warehouse_name: str = ""
    client_delivery_date_begin: Time | None = None
    client_delivery_date_end: Time | None = None


class FboGetResponseResultExternalOrder(Answer, frozen=True):
    is_external: bool = False
    platform_name: str = ""


class FboGetResponseResultFinancialDataProduct(Answer, frozen=True):
    actions: Sequence[str] = ()
    currency_code: str = ""
    customer_currency_code: str = ""
    commission_amount: float = 0.0
    commission_percent: int = 0
    commissions_currency_code: str = ""
    old_price: float = 0.0
    payout: float = 0.0
    price: float = 0.0
    customer_price: float = 0.0
    product_id: int = 0
    quantity: int = 0
    total_discount_percent: float = 0.0
    total_discount_value: float = 0.0


class FboGetResponseResultFinancialData(Answer, frozen=True):
    cluster_from: str = ""
    cluster_to: str = ""
    products: Sequence[FboGetResponseResultFinancialDataProduct] = ()


class FboGetResponseResultLegalInfo(Answer, frozen=True):
    company_name: str = ""
    inn: str = ""
    kpp: str = ""


class FboGetResponseResultProduct(Answer, frozen=True):
    digital_codes: dict[str, str] | None = None
    name: str = ""
    offer_id: str = ""
    currency_code: str = ""
    price: str = ""
    is_marketplace_buyout: bool = False
    quantity: int = 0
    sku: int = 0


class FboGetResponseResult(Answer, frozen=True):
    additional_data: Sequence[FboGetResponseResultAdditionalData] = ()
    analytics_data: FboGetResponseResultAnalyticsData | None = None
    cancel_reason_id: int = 0
    created_at: Time | None = None
    external_order: FboGetResponseResultExternalOrder | None = None
    fact_delivery_date: Time | None = None
    financial_data: FboGetResponseResultFinancialData | None = None
    in_process_at: Time | None = None
    legal_info: FboGetResponseResultLegalInfo | None = None
    order_id: int = 0
    order_number: str = ""
    posting_number: str = ""
    products: Sequence[FboGetResponseResultProduct] = ()
    status: str = ""
    substatus: str = ""


class FboGetResponse(Answer, frozen=True):
    result: FboGetResponseResult | None = None


class FboListV2RequestFilter(Request):
    message: ClassVar[str] = "GetFboPostingListRequest_Filter"

    since: Time
    to: Time
    status: str = ""


class FboListV2RequestWith(Request):
    message: ClassVar[str] = "GetFboPostingListRequest_With"

    analytics_data: bool = False
    financial_data: bool = False
    legal_info: bool = False


class FboListV2Request(Request, rename={"with_": "with"}):
    message: ClassVar[str] = "GetFboPostingListRequest"

    filter: FboListV2RequestFilter
    limit: Int
    dir: str = ""
    offset: Int = 0
    translit: bool = False
    with_: FboListV2RequestWith | None = None


class FboListV2ResponseResultAdditionalData(Answer, frozen=True):
    key: str = ""
    value: str = ""


class FboListV2ResponseResultAnalyticsData(Answer, frozen=True):
    city: str = ""
    delivery_type: str = ""
    is_legal: bool = False
    is_premium: bool = False
    payment_type_group_name: str = ""
    warehouse_id: int = 0
    warehouse_name: str = ""
    client_delivery_date_begin: Time | None = None
    client_delivery_date_end: Time | None = None


class FboListV2ResponseResultFinancialDataProduct(Answer, frozen=True):
    actions: Sequence[str] = ()
    currency_code: str = ""
    commission_amount: float = 0.0
    commission_percent: int = 0
    commissions_currency_code: str = ""
    old_price: float = 0.0
    payout: float = 0.0
    price: float = 0.0
    product_id: int = 0
    quantity: int = 0
    total_discount_percent: float = 0.0
    total_discount_value: float = 0.0


class FboListV2ResponseResultFinancialData(Answer, frozen=True):
    cluster_from: str = ""
    cluster_to: str = ""
    products: Sequence[FboListV2ResponseResultFinancialDataProduct] = ()


class FboListV2ResponseResultLegalInfo(Answer, frozen=True):
    company_name: str = ""
    inn: str = ""
    kpp: str = ""


class FboListV2ResponseResultProduct(Answer, frozen=True):
    digital_codes: dict[str, str] | None = None
    name: str = ""
    offer_id: str = ""
    currency_code: str = ""
    price: str = ""
    is_marketplace_buyout: bool = False
    quantity: int = 0
    sku: int = 0


class FboListV2ResponseResult(Answer, frozen=True):
    additional_data: Sequence[FboListV2ResponseResultAdditionalData] = ()
    analytics_data: FboListV2ResponseResultAnalyticsData | None = None
    cancel_reason_id: int = 0
    created_at: Time | None = None
    financial_data: FboListV2ResponseResultFinancialData | None = None
    in_process_at: Time | None = None
    legal_info: FboListV2ResponseResultLegalInfo | None = None
    order_id: int = 0
    order_number: str = ""
    posting_number: str = ""
    products: Sequence[FboListV2ResponseResultProduct] = ()
    status: str = ""
    substatus: str = ""


class FboListV2Response(Answer, frozen=True):
    result: Sequence[FboListV2ResponseResult] = ()


class FboListRequestFilter(Request):
    message: ClassVar[str] = "PostingFboListRequest_Filter"

    order_numbers: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    posting_numbers: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    since: Time | None = None
    statuses: Sequence[str] = ()
    to: Time | None = None


class FboListRequestWith(Request):
    message: ClassVar[str] = "PostingFboListRequest_With"

    analytics_data: bool = False
    financial_data: bool = False
    legal_info: bool = False


class FboListRequest(Request, rename={"with_": "with"}):
    message: ClassVar[str] = "PostingFboListRequest"

    cursor: str = ""
    filter: FboListRequestFilter | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 1
    sort_dir: Literal["ASC", "DESC"] = "ASC"
    translit: bool = False
    with_: FboListRequestWith | None = None


class FboListResponsePostingAdditionalData(Answer, frozen=True):
    key: str = ""
    value: str = ""


class FboListResponsePostingAnalyticsData(Answer, frozen=True):
    city: str = ""
    client_delivery_date_begin: Time | None = None
    client_delivery_date_end: Time | None = None
    delivery_type: str = ""
    is_legal: bool = False
    is_premium: bool = False
    payment_type_group_name: str = ""
    warehouse_id: int = 0
    warehouse_name: str = ""


class FboListResponsePostingCancellation(Answer, frozen=True):
    cancel_reason: str = ""
    cancellation_initiator: str = ""
    cancellation_type: str = ""


class FboListResponsePostingExternalOrder(Answer, frozen=True):
    is_external: bool = False
    platform_name: str = ""


class FboListResponsePostingFinancialDataProductCommission(Answer, frozen=True):
    amount: float = 0.0
    currency: str = ""
    percent: int = 0


class FboListResponsePostingFinancialDataProduct(Answer, frozen=True):
    actions: Sequence[str] = ()
    commission: FboListResponsePostingFinancialDataProductCommission | None = None
    old_price: float = 0.0
    payout: float = 0.0
    price: float = 0.0
    product_id: int = 0
    total_discount_percent: float = 0.0
    total_discount_value: float = 0.0


class FboListResponsePostingFinancialData(Answer, frozen=True):
    cluster_from: str = ""
    cluster_to: str = ""
    products: Sequence[FboListResponsePostingFinancialDataProduct] = ()


class FboListResponsePostingLegalInfo(Answer, frozen=True):
    company_name: str = ""
    inn: str = ""
    kpp: str = ""


class FboListResponsePostingProductPrice(Answer, frozen=True):
    amount: str = ""
    currency: str = ""


class FboListResponsePostingProduct(Answer, frozen=True):
    digital_codes: Sequence[str] = ()
    is_marketplace_buyout: bool = False
    name: str = ""
    offer_id: str = ""
    price: FboListResponsePostingProductPrice | None = None
    quantity: int = 0
    sku: int = 0


class FboListResponsePosting(Answer, frozen=True):
    additional_data: Sequence[FboListResponsePostingAdditionalData] = ()
    analytics_data: FboListResponsePostingAnalyticsData | None = None
    cancel_reason_id: int = 0
    cancellation: FboListResponsePostingCancellation | None = None
    created_at: Time | None = None
    external_order: FboListResponsePostingExternalOrder | None = None
    financial_data: FboListResponsePostingFinancialData | None = None
    in_process_at: Time | None = None
    legal_info: FboListResponsePostingLegalInfo | None = None
    order_id: int = 0
    order_number: str = ""
    posting_number: str = ""
    products: Sequence[FboListResponsePostingProduct] = ()
    status: str = ""
    substatus: str = ""


class FboListResponse(Answer, frozen=True):
    cursor: str = ""
    has_next: bool = False
    postings: Sequence[FboListResponsePosting] = ()


class FboReasonsResponseReason(Answer, frozen=True):
    id: int = 0
    name: str = ""


class FboReasonsResponse(Answer, frozen=True):
    reasons: Sequence[FboReasonsResponseReason] = ()


class FboStocksRequest(Request):
    message: ClassVar[str] = "GetProductInfoStocksByWarehouseFboRequest"

    limit: Annotated[int, Meta(le=1000)]
    cursor: str = ""
    offer_ids: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    skus: Annotated[Sequence[Int], Meta(max_length=1000)] = ()


class FboStocksResponseProduct(Answer, frozen=True):
    offer_id: str = ""
    present: int = 0
    product_id: int = 0
    reserved: int = 0
    sku: int = 0
    warehouse_id: int = 0


class FboStocksResponse(Answer, frozen=True):
    cursor: str = ""
    has_next: bool = False
    products: Sequence[FboStocksResponseProduct] = ()
