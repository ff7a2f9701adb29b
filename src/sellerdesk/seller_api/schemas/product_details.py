"""What cards say in full, and changing one thing of them: attributes, descriptions, offer ids, barcodes, limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request, Time, Visibility
from sellerdesk.seller_api.schemas.products import ImportProductsRequestAttribute


class AttributesFilter(Request):
    message: ClassVar[str] = "GetProductAttributesV4Request_Filter"

    offer_id: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    product_id: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    sku: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    visibility: Visibility = "ALL"


class ProductAttributesRequest(Request):
    filter: AttributesFilter
    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000
    last_id: str = ""
    sort_by: str = ""
    sort_dir: str = ""


class AttributeText(Answer, frozen=True):
    dictionary_value_id: int
    value: str


class CardAttribute(Answer, frozen=True):
    id: int
    values: Sequence[AttributeText]
    complex_id: int = 0


class ComplexText(Answer, frozen=True):
    """The contract spells the same field in another way here."""

    dictionaryValueId: int
    value: str


class ComplexAttribute(Answer, frozen=True):
    id: int
    complex_id: int
    values: Sequence[ComplexText]


class CardDocument(Answer, frozen=True):
    file_name: str
    name: str


class CardModel(Answer, frozen=True):
    model_id: int
    count: int


class CardDetails(Answer, frozen=True):
    """Millimetres and grams."""

    id: int
    offer_id: str
    sku: int
    name: str
    type_id: int
    description_category_id: int
    barcode: str
    barcodes: Sequence[str]
    depth: int
    width: int
    height: int
    weight: int
    primary_image: str
    images: Sequence[str]
    color_image: str
    attributes: Sequence[CardAttribute]
    complex_attributes: Sequence[ComplexAttribute]
    pdf_list: Sequence[CardDocument]
    model_info: CardModel
    attributes_with_defaults: Sequence[int] = ()
    dimension_unit: str = "mm"
    weight_unit: str = "g"


class ProductAttributesResponse(Answer, frozen=True):
    result: Sequence[CardDetails]
    last_id: str
    total: int


class DescriptionRequest(Request):
    offer_id: str = ""
    product_id: Int = 0


class CardDescription(Answer, frozen=True):
    id: int
    offer_id: str
    name: str
    description: str


class DescriptionResponse(Answer, frozen=True):
    result: CardDescription


class UpdateAttributesItem(Request):
    message: ClassVar[str] = "ProductUpdateAttributesRequest_Item"

    offer_id: str = ""
    attributes: Sequence[ImportProductsRequestAttribute] = ()


class UpdateAttributesRequest(Request):
    items: Annotated[Sequence[UpdateAttributesItem], Meta(min_length=1, max_length=100)]


class UpdateAttributesResponse(Answer, frozen=True):
    task_id: int


class RenamedOffer(Request):
    message: ClassVar[str] = "ProductUpdateOfferIdRequest_UpdateOfferId"

    offer_id: Annotated[str, Meta(max_length=50)] = ""
    new_offer_id: Annotated[str, Meta(max_length=50)] = ""


class UpdateOfferIdRequest(Request):
    update_offer_id: Annotated[Sequence[RenamedOffer], Meta(min_length=1, max_length=25)]


class RenameError(Answer, frozen=True):
    offer_id: str
    message: str


class UpdateOfferIdResponse(Answer, frozen=True):
    errors: Sequence[RenameError]


class CodeOfSku(Request):
    message: ClassVar[str] = "AddBarcodeRequest_Barcode"

    sku: Id
    barcode: Annotated[str, Meta(min_length=1, max_length=100)]


class BarcodesRequest(Request):
    barcodes: Annotated[Sequence[CodeOfSku], Meta(min_length=1, max_length=100)]


class CodeError(Answer, frozen=True):
    code: str
    error: str
    barcode: str
    sku: int


class BarcodesResponse(Answer, frozen=True):
    errors: Sequence[CodeError]


class GenerateBarcodesRequest(Request):
    product_ids: Annotated[Sequence[Int], Meta(min_length=1, max_length=100)]


class GenerateError(Answer, frozen=True):
    code: str
    error: str
    barcode: str
    product_id: int


class GenerateBarcodesResponse(Answer, frozen=True):
    errors: Sequence[GenerateError]


class LimitRequest(Request):
    pass


class DailyLimit(Answer, frozen=True):
    """-1 is no limit."""

    reset_at: Time
    limit: int = -1
    usage: int = 0


class OperationLimit(Answer, frozen=True):
    limit: int = -1
    limit_type: Literal["UNSPECIFIED", "RATE_LIMIT_PER_MINUTE"] = "UNSPECIFIED"


class TotalLimit(Answer, frozen=True):
    limit: int
    usage: int


class LimitResponse(Answer, frozen=True):
    daily_create: DailyLimit
    daily_update: DailyLimit
    operation_limits: OperationLimit
    total: TotalLimit


class RelatedSkuRequest(Request):
    message: ClassVar[str] = "ProductGetRelatedSKURequest"

    sku: Annotated[Sequence[Int], Meta(min_length=1, max_length=200)]


class RelatedSku(Answer, frozen=True):
    """SDS is a SKU that is sold from all warehouses, the marketplace's among them."""

    sku: int
    product_id: int
    availability: str
    delivery_schema: str = "SDS"
    deleted_at: Time | None = None


class RelatedSkuError(Answer, frozen=True):
    code: str
    sku: int
    message: str


class RelatedSkuResponse(Answer, frozen=True):
    items: Sequence[RelatedSku]
    errors: Sequence[RelatedSkuError]


class StocksByWarehouseRequest(Request):
    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000
    cursor: str = ""
    offer_id: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    sku: Annotated[Sequence[Int], Meta(max_length=1000)] = ()


class StockOfWarehouse(Answer, frozen=True):
    sku: int
    product_id: int
    offer_id: str
    warehouse_id: int
    warehouse_name: str
    present: int
    reserved: int
    free_stock: int


class StocksByWarehouseResponse(Answer, frozen=True):
    products: Sequence[StockOfWarehouse]
    cursor: str
    has_next: bool


class StocksByWarehouseV1Request(Request):
    message: ClassVar[str] = "GetProductInfoStocksByWarehouseFbsRequest"

    sku: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    offer_id: Annotated[Sequence[str], Meta(max_length=1000)] = ()


class StockOfWarehouseV1(Answer, frozen=True):
    sku: int
    product_id: int
    offer_id: str
    warehouse_id: int
    warehouse_name: str
    present: int
    reserved: int


class StocksByWarehouseV1Response(Answer, frozen=True):
    result: Sequence[StockOfWarehouseV1]


class WarehouseStocksRequest(Request):
    message: ClassVar[str] = "ProductInfoWarehouseStocksRequest"

    warehouse_id: Id
    limit: Annotated[int, Meta(ge=1, le=1000)]
    cursor: str = ""


class WarehouseStock(Answer, frozen=True):
    sku: int
    product_id: int
    offer_id: str
    warehouse_id: int
    present: int
    reserved: int
    free_stock: int
    updated_at: Time | None


class WarehouseStocksResponse(Answer, frozen=True):
    stocks: Sequence[WarehouseStock]
    cursor: str
    has_next: bool


class SearchValuesRequest(Request):
    attribute_id: Id
    description_category_id: Id
    type_id: Id
    value: Annotated[str, Meta(min_length=2)]
    limit: Annotated[int, Meta(ge=1, le=100)] = 100


class FoundValue(Answer, frozen=True):
    id: int
    value: str
    info: str
    picture: str = ""


class SearchValuesResponse(Answer, frozen=True):
    result: Sequence[FoundValue]
