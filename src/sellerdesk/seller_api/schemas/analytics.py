"""`/v1/analytics/…` and `/v1/search-queries/…`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request, Time

Dimension = Literal["unknownDimension", "sku", "spu", "day", "week", "month", "year", "category1", "category2", "brand",
                    "modelID", "descriptionType"]


class DataFilter(Request):
    key: str = ""
    op: str = "EQ"
    value: str = ""


class DataSorting(Request):
    key: str = ""
    order: str = "DESC"


class GetDataRequest(Request):
    date_from: str
    date_to: str
    dimension: Annotated[Sequence[Dimension], Meta(min_length=1, max_length=4)]
    metrics: Annotated[Sequence[str], Meta(min_length=1, max_length=14)]
    limit: Annotated[int, Meta(ge=1, le=1000)]
    filters: Sequence[DataFilter] = ()
    sort: Sequence[DataSorting] = ()
    offset: Annotated[int, Meta(ge=0)] = 0


class DataDimension(Answer, frozen=True):
    id: str
    name: str


class DataRow(Answer, frozen=True):
    dimensions: Sequence[DataDimension]
    metrics: Sequence[float]


class DataResult(Answer, frozen=True):
    data: Sequence[DataRow]
    totals: Sequence[float]


class GetDataResponse(Answer, frozen=True):
    result: DataResult
    timestamp: str


class TurnoverRequest(Request):
    limit: Annotated[int, Meta(ge=0, le=1000)] = 0
    offset: Annotated[int, Meta(ge=0)] = 0
    sku: Annotated[Sequence[Id], Meta(max_length=1000)] = ()


class TurnoverItem(Answer, frozen=True):
    ads: float
    current_stock: Int
    idc: float
    idc_grade: str
    name: str
    offer_id: str
    sku: Int
    turnover: float
    turnover_grade: str


class TurnoverResponse(Answer, frozen=True):
    items: Sequence[TurnoverItem]


SortBy = Literal["BY_SEARCHES", "BY_VIEWS", "BY_POSITION", "BY_CONVERSION", "BY_GMV"]
SortDir = Literal["DESCENDING", "ASCENDING"]


class ProductQueriesRequest(Request):
    date_from: Time
    page_size: Annotated[int, Meta(ge=1, le=1000)]
    skus: Annotated[Sequence[Id], Meta(min_length=1, max_length=1000)]
    date_to: Time | None = None
    page: Annotated[int, Meta(ge=0)] = 0
    sort_by: SortBy = "BY_SEARCHES"
    sort_dir: SortDir = "DESCENDING"


class QueryDetailsRequest(ProductQueriesRequest):
    limit_by_sku: Annotated[int, Meta(ge=1, le=15)] = 15


class AnalyticsPeriod(Answer, frozen=True):
    date_from: str
    date_to: str


class ProductQueriesItem(Answer, frozen=True):
    category: str
    currency: str
    gmv: float
    name: str
    offer_id: str
    position: float
    sku: Int
    unique_search_users: Int
    unique_view_users: Int
    view_conversion: float


class ProductQueriesResponse(Answer, frozen=True):
    analytics_period: AnalyticsPeriod
    items: Sequence[ProductQueriesItem]
    page_count: Int
    total: Int


class QueryDetails(Answer, frozen=True):
    currency: str
    gmv: float
    order_count: Int
    position: float
    query: str
    query_index: Int
    sku: Int
    unique_search_users: Int
    unique_view_users: Int
    view_conversion: float


class QueryDetailsResponse(Answer, frozen=True):
    analytics_period: AnalyticsPeriod
    page_count: Int
    queries: Sequence[QueryDetails]
    total: Int


class TopQueriesRequest(Request):
    limit: Annotated[int, Meta(ge=1, le=1000)]
    offset: Annotated[int, Meta(ge=0)]


class TextQueriesRequest(TopQueriesRequest, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=120)]
    sort_by: Literal["CLIENT_COUNT", "ADD_TO_CART", "CONVERSION_TO_CART", "AVG_PRICE"] = "CLIENT_COUNT"
    sort_dir: Literal["ASC", "DESC"] = "DESC"


class SearchQuery(Answer, frozen=True):
    add_to_cart: float
    avg_price: float
    client_count: float
    conversion_to_cart: float
    items_views: float
    query: str
    sellers_count: float


class SearchQueriesResponse(Answer, frozen=True):
    offset: str
    search_queries: Sequence[SearchQuery]
    total: str
