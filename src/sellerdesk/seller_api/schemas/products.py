"""`/v3/product/import`, `/v1/product/import/info`, `/v3/product/list`, `/v3/product/info/list`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import (
    Answer,
    Id,
    Int,
    Money,
    Request,
    Time,
    Visibility,
)

# --- import -----------------------------------------------------------------------------------------------------


class ImportProductsRequestDictionaryValue(Request):
    message: ClassVar[str] = "ImportProductsRequest_DictionaryValue"

    dictionary_value_id: Int = 0
    value: str = ""


class ImportProductsRequestAttribute(Request):
    message: ClassVar[str] = "ImportProductsRequest_Attribute"

    id: Int = 0
    complex_id: Int = 0
    values: Sequence[ImportProductsRequestDictionaryValue] = ()


class ImportProductsRequestComplexAttribute(Request):
    message: ClassVar[str] = "ImportProductsRequest_ComplexAttribute"

    attributes: Sequence[ImportProductsRequestAttribute] = ()


class ImportProductsRequestPdfList(Request):
    message: ClassVar[str] = "ImportProductsRequest_PdfList"

    index: Int = 0
    name: str = ""
    src_url: str = ""


class ImportProductsRequestPromotion(Request):
    message: ClassVar[str] = "ImportProductsRequest_Promotion"

    operation: Literal["UNKNOWN", "ENABLE", "DISABLE"] = "UNKNOWN"
    type: Literal["REVIEWS_PROMO"] = "REVIEWS_PROMO"


class ImportProductsRequestItem(Request):
    """One card: made new or replaced as a whole, found by `offer_id`.

    What is wrong with an item is told by `/v1/product/import/info`, so nothing here is refused at the door.
    """

    message: ClassVar[str] = "ImportProductsRequest_Item"

    offer_id: str = ""
    name: str = ""
    description_category_id: Int = 0
    new_description_category_id: Int = 0
    type_id: Int = 0
    price: str = ""
    old_price: str = ""
    currency_code: str = ""
    vat: str = ""
    barcode: str = ""
    depth: Int = 0
    width: Int = 0
    height: Int = 0
    dimension_unit: str = ""
    weight: Int = 0
    weight_unit: str = ""
    primary_image: str = ""
    images: Sequence[str] = ()
    color_image: str = ""
    attributes: Sequence[ImportProductsRequestAttribute] = ()
    complex_attributes: Sequence[ImportProductsRequestComplexAttribute] = ()
    pdf_list: Sequence[ImportProductsRequestPdfList] = ()
    promotions: Sequence[ImportProductsRequestPromotion] = ()
    service_type: Literal["IS_CODE_SERVICE", "IS_NO_CODE_SERVICE"] = "IS_CODE_SERVICE"
    geo_names: Sequence[str] = ()


class ImportProductsRequest(Request):
    items: Annotated[Sequence[ImportProductsRequestItem], Meta(min_length=1, max_length=100)]


class ImportProductsResponseResult(Answer, frozen=True):
    task_id: int


class ImportProductsResponse(Answer, frozen=True):
    result: ImportProductsResponseResult


class GetImportProductsInfoRequest(Request):
    task_id: Id


class ImportItemError(Answer, frozen=True):
    code: str
    message: str
    field: str
    attribute_id: int
    attribute_name: str
    state: str = ""
    level: str = "error"
    description: str = ""


class GetImportProductsInfoResponseItem(Answer, frozen=True):
    offer_id: str
    product_id: int
    status: str
    errors: Sequence[ImportItemError]


class GetImportProductsInfoResponseResult(Answer, frozen=True):
    items: Sequence[GetImportProductsInfoResponseItem]
    total: int


class GetImportProductsInfoResponse(Answer, frozen=True):
    result: GetImportProductsInfoResponseResult


# --- list -------------------------------------------------------------------------------------------------------


class GetProductListRequestFilter(Request):
    message: ClassVar[str] = "GetProductListRequest_Filter"

    offer_id: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    product_id: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    skus: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    visibility: Visibility = "ALL"


class GetProductListRequest(Request):
    filter: GetProductListRequestFilter
    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000
    last_id: str = ""


class GetProductListResponseItemQuant(Answer, frozen=True):
    quant_code: str
    quant_size: int


class GetProductListResponseItem(Answer, frozen=True):
    product_id: int
    offer_id: str
    sku: int
    archived: bool
    has_fbs_stocks: bool
    has_fbo_stocks: bool = False
    is_discounted: bool = False
    quants: Sequence[GetProductListResponseItemQuant] = ()


class GetProductListResponseResult(Answer, frozen=True):
    items: Sequence[GetProductListResponseItem]
    last_id: str
    total: int
    total_items: int


class GetProductListResponse(Answer, frozen=True):
    result: GetProductListResponseResult


# --- info -------------------------------------------------------------------------------------------------------


class GetProductInfoListRequest(Request):
    offer_id: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    product_id: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    sku: Annotated[Sequence[Int], Meta(max_length=1000)] = ()


class AvailabilityReasonText(Answer, frozen=True):
    text: str


class AvailabilityReason(Answer, frozen=True):
    id: int
    human_text: AvailabilityReasonText


class ProductAvailability(Answer, frozen=True):
    sku: int
    source: str
    availability: str
    reasons: Sequence[AvailabilityReason] = ()


class ProductCommission(Answer, frozen=True):
    sale_schema: str
    percent: float
    value: float
    delivery_amount: float = 0.0
    return_amount: float = 0.0


class ErrorTextsParam(Answer, frozen=True):
    name: str
    value: str


class ErrorTexts(Answer, frozen=True):
    attribute_name: str = ""
    description: str = ""
    hint_code: str = ""
    message: str = ""
    params: Sequence[ErrorTextsParam] = ()
    short_description: str = ""


class ProductError(Answer, frozen=True):
    code: str
    field: str
    attribute_id: int
    texts: ErrorTexts
    level: Literal[
        "ERROR_LEVEL_UNSPECIFIED",
        "ERROR_LEVEL_ERROR",
        "ERROR_LEVEL_WARNING",
        "ERROR_LEVEL_INTERNAL",
    ] = "ERROR_LEVEL_ERROR"
    state: str = ""


class ProductModelInfo(Answer, frozen=True):
    model_id: int
    count: int = 1


class ProductPriceIndexData(Answer, frozen=True):
    minimal_price: str = ""
    minimal_price_currency: str = ""
    price_index_value: float = 0.0


class ProductPriceIndexes(Answer, frozen=True):
    color_index: Literal[
        "COLOR_INDEX_UNSPECIFIED",
        "COLOR_INDEX_WITHOUT_INDEX",
        "COLOR_INDEX_SUPER",
        "COLOR_INDEX_GREEN",
        "COLOR_INDEX_YELLOW",
        "COLOR_INDEX_RED",
    ] = "COLOR_INDEX_WITHOUT_INDEX"
    external_index_data: ProductPriceIndexData = ProductPriceIndexData()
    ozon_index_data: ProductPriceIndexData = ProductPriceIndexData()
    self_marketplaces_index_data: ProductPriceIndexData = ProductPriceIndexData()


class ProductPromotion(Answer, frozen=True):
    is_enabled: bool = False
    type: Literal["UNSPECIFIED", "REVIEWS_PROMO"] = "REVIEWS_PROMO"


class ProductSource(Answer, frozen=True):
    sku: int
    source: str
    created_at: Time | None
    quant_code: str = ""
    shipment_type: Literal[
        "SHIPMENT_TYPE_UNSPECIFIED",
        "SHIPMENT_TYPE_GENERAL",
        "SHIPMENT_TYPE_BOX",
        "SHIPMENT_TYPE_PALLET",
    ] = "SHIPMENT_TYPE_GENERAL"


class ProductStatuses(Answer, frozen=True):
    status: str
    status_name: str
    status_description: str
    status_updated_at: Time
    validation_status: str
    moderate_status: str
    is_created: bool
    status_failed: str = ""
    status_tooltip: str = ""


class ProductStock(Answer, frozen=True):
    sku: int
    source: str
    present: int
    reserved: int


class ProductStocks(Answer, frozen=True):
    has_stock: bool
    stocks: Sequence[ProductStock]


class ProductVisibilityDetails(Answer, frozen=True):
    has_price: bool
    has_stock: bool


class GetProductInfoListResponseItem(Answer, frozen=True):
    id: int
    offer_id: str
    sku: int
    name: str
    description_category_id: int
    type_id: int
    currency_code: str
    price: str
    old_price: str
    min_price: str
    vat: str
    barcodes: Sequence[str]
    images: Sequence[str]
    primary_image: Sequence[str]
    created_at: Time
    updated_at: Time
    is_archived: bool
    commissions: Sequence[ProductCommission]
    errors: Sequence[ProductError]
    model_info: ProductModelInfo
    sources: Sequence[ProductSource]
    statuses: ProductStatuses
    stocks: ProductStocks
    visibility_details: ProductVisibilityDetails
    volume_weight: float
    availabilities: Sequence[ProductAvailability] = ()
    color_image: Sequence[str] = ()
    declared_price: Money | None = None
    discounted_fbo_stocks: int = 0
    has_discounted_fbo_item: bool = False
    is_autoarchived: bool = False
    is_discounted: bool = False
    is_kgt: bool = False
    is_prepayment_allowed: bool = True
    is_super: bool = False
    price_indexes: ProductPriceIndexes = ProductPriceIndexes()
    promotions: Sequence[ProductPromotion] = ()


class GetProductInfoListResponse(Answer, frozen=True):
    items: Sequence[GetProductInfoListResponseItem]


# --- archive ----------------------------------------------------------------------------------------------------


class ProductArchiveRequest(Request):
    product_id: Annotated[Sequence[Id], Meta(min_length=1, max_length=100)]


class ProductUnarchiveRequest(Request):
    product_id: Annotated[Sequence[Id], Meta(min_length=1, max_length=100)]


class ProductBooleanResponse(Answer, frozen=True):
    result: bool = True


class DeleteProductsRequestProduct(Request):
    message: ClassVar[str] = "DeleteProductsRequest_Product"

    offer_id: str


class DeleteProductsRequest(Request):
    products: Annotated[Sequence[DeleteProductsRequestProduct], Meta(min_length=1, max_length=500)]


class DeleteProductsResponseDeleteStatus(Answer, frozen=True):
    offer_id: str = ""
    is_deleted: bool = False
    error: str = ""


class DeleteProductsResponse(Answer, frozen=True):
    status: Sequence[DeleteProductsResponseDeleteStatus] = ()


# --- by SKU -----------------------------------------------------------------------------------------------------


class ImportProductsBySKURequestItem(Request):
    message: ClassVar[str] = "ImportProductsBySKURequest_Item"

    sku: Id
    name: str = ""
    offer_id: str = ""
    price: str = ""
    old_price: str = ""
    currency_code: str = ""
    vat: str = ""


class ImportProductsBySKURequest(Request):
    items: Annotated[Sequence[ImportProductsBySKURequestItem], Meta(min_length=1, max_length=1000)]


class ImportProductsBySKUResponseResult(Answer, frozen=True):
    task_id: Int
    unmatched_sku_list: Sequence[Int] = ()


class ImportProductsBySKUResponse(Answer, frozen=True):
    result: ImportProductsBySKUResponseResult
