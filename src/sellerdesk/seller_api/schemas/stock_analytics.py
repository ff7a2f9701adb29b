"""`/v1/analytics/stocks` and the methods it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request


class StocksRequest(Request):
    message: ClassVar[str] = "AnalyticsStocksRequest"

    skus: Annotated[Sequence[Id], Meta(min_length=1, max_length=100)]
    cluster_ids: Sequence[Int] = ()
    macrolocal_cluster_ids: Sequence[Int] = ()
    item_tags: Sequence[str] = ()
    placement_zone: Sequence[str] = ()
    turnover_grades: Sequence[str] = ()
    unmarked_stocks_only: bool = False
    warehouse_ids: Sequence[Int] = ()


class StocksItem(Answer, frozen=True):
    ads: float
    ads_cluster: float
    available_stock_count: int
    cluster_id: int
    cluster_name: str
    days_without_sales: int
    days_without_sales_cluster: int
    excess_stock_count: int
    idc: float
    idc_cluster: float
    macrolocal_cluster_id: int
    name: str
    offer_id: str
    requested_stock_count: int
    sku: int
    turnover_grade: str
    turnover_grade_cluster: str
    valid_stock_count: int
    warehouse_id: int
    warehouse_name: str
    item_tags: Sequence[str] = ()
    placement_zone: Sequence[str] = ()
    expiring_stock_count: int = 0
    other_stock_count: int = 0
    return_from_customer_stock_count: int = 0
    return_to_seller_stock_count: int = 0
    stock_defect_stock_count: int = 0
    transit_defect_stock_count: int = 0
    transit_stock_count: int = 0
    waiting_docs_stock_count: int = 0
    waiting_docs_to_export_stock_count: int = 0
    inbound_replenishment: int = 0
    outbound_pending_delivery: int = 0
    outbound_returns_picking: int = 0
    outbound_returns_ready_to_ship: int = 0
    outbound_returns_return_to_seller: int = 0
    stock_not_being_sold: int = 0


class StocksResponse(Answer, frozen=True):
    items: Sequence[StocksItem]


class ManageStocksFilter(Request):
    message: ClassVar[str] = "AnalyticsManageStocksRequest_Filter"

    skus: Sequence[Int] = ()
    stock_types: Sequence[str] = ()
    warehouse_ids: Sequence[Int] = ()


class ManageStocksRequest(Request):
    message: ClassVar[str] = "AnalyticsManageStocksRequest"

    limit: Annotated[int, Meta(ge=1, le=1000)]
    offset: Annotated[int, Meta(ge=0)] = 0
    filter: ManageStocksFilter | None = None


class ManageStocksItem(Answer, frozen=True):
    name: str
    offer_id: str
    sku: int
    valid_stock_count: int
    warehouse_name: str
    defect_stock_count: int = 0
    expiring_stock_count: int = 0
    waitingdocs_stock_count: int = 0


class ManageStocksResponse(Answer, frozen=True):
    items: Sequence[ManageStocksItem]


class OnWarehousesRequest(Request):
    message: ClassVar[str] = "AnalyticsStockOnWarehouseRequest"

    limit: Annotated[int, Meta(ge=1, le=1000)]
    offset: Annotated[int, Meta(ge=0)] = 0
    warehouse_type: Literal["ALL", "EXPRESS_DARK_STORE", "NOT_EXPRESS_DARK_STORE"] = "ALL"


class OnWarehousesRow(Answer, frozen=True):
    sku: int
    item_code: str
    item_name: str
    free_to_sell_amount: int
    promised_amount: int
    reserved_amount: int
    warehouse_name: str


class OnWarehousesResult(Answer, frozen=True):
    rows: Sequence[OnWarehousesRow]


class OnWarehousesResponse(Answer, frozen=True):
    result: OnWarehousesResult
