"""`/v2/products/stocks` and `/v4/product/info/stocks`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import (
    INT64_MAX,
    Answer,
    Id,
    Int,
    ItemError,
    Request,
    Visibility,
)


class ProductsStocksRequestStock(Request):
    """How many units of a product are free to sell at a warehouse, without those already reserved."""

    message: ClassVar[str] = "ProductsStocksRequest_Stock"

    stock: Annotated[int, Meta(ge=0, le=INT64_MAX)]
    warehouse_id: Id
    offer_id: str = ""
    product_id: Int = 0


class ProductsStocksRequest(Request):
    stocks: Annotated[Sequence[ProductsStocksRequestStock], Meta(min_length=1, max_length=100)]


class ProductsStocksResponseResult(Answer, frozen=True):
    warehouse_id: int
    product_id: int
    offer_id: str
    updated: bool
    errors: Sequence[ItemError]


class ProductsStocksResponse(Answer, frozen=True):
    result: Sequence[ProductsStocksResponseResult]


class GetProductInfoStocksRequestFilterWithQuant(Request):
    message: ClassVar[str] = "GetProductInfoStocksRequest_Filter_WithQuant"

    created: bool = False
    exists: bool = False


class GetProductInfoStocksRequestFilter(Request):
    message: ClassVar[str] = "GetProductInfoStocksRequest_Filter"

    offer_id: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    product_id: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    visibility: Visibility = "ALL"
    with_quant: GetProductInfoStocksRequestFilterWithQuant | None = None


class GetProductInfoStocksRequest(Request):
    filter: GetProductInfoStocksRequestFilter
    limit: Annotated[int, Meta(ge=1, le=1000)]
    cursor: str = ""


class GetProductInfoStocksResponseStock(Answer, frozen=True):
    sku: int
    type: str
    present: int
    reserved: int
    shipment_type: Literal["SHIPMENT_TYPE_GENERAL", "SHIPMENT_TYPE_BOX", "SHIPMENT_TYPE_PALLET"] = (
        "SHIPMENT_TYPE_GENERAL"
    )
    warehouse_ids: Sequence[int] = ()


class GetProductInfoStocksResponseItem(Answer, frozen=True):
    product_id: int
    offer_id: str
    stocks: Sequence[GetProductInfoStocksResponseStock]


class GetProductInfoStocksResponse(Answer, frozen=True):
    items: Sequence[GetProductInfoStocksResponseItem]
    cursor: str
    total: int
    total_items: int
