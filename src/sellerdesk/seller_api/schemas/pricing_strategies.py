"""Strategies that follow competitors, `/v1/pricing-strategy`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, IdText, Int, Request

Page = Annotated[int, Meta(ge=1)]
Limit = Annotated[int, Meta(ge=1, le=50)]
ProductIds = Annotated[Sequence[Int], Meta(min_length=1, max_length=50)]


class GetCompetitorsRequest(Request):
    message: ClassVar[str] = "v1GetCompetitorsRequest"

    page: Page
    limit: Limit


class CompetitorInfo(Answer, frozen=True):
    name: str
    id: int


class GetCompetitorsResponse(Answer, frozen=True):
    competitor: Sequence[CompetitorInfo]
    total: int


class Competitor(Request):
    message: ClassVar[str] = "v1Competitor"

    coefficient: float
    competitor_id: Int


class CreatePricingStrategyRequest(Request):
    message: ClassVar[str] = "v1CreatePricingStrategyRequest"

    competitors: Annotated[Sequence[Competitor], Meta(min_length=1)]
    strategy_name: str


class CreateResult(Answer, frozen=True):
    strategy_id: str


class CreatePricingStrategyResponse(Answer, frozen=True):
    result: CreateResult


class StrategyRequest(Request):
    message: ClassVar[str] = "v1StrategyRequest"

    strategy_id: str


class UpdatePricingStrategyRequest(Request):
    message: ClassVar[str] = "v1UpdatePricingStrategyRequest"

    competitors: Annotated[Sequence[Competitor], Meta(min_length=1)]
    strategy_id: str
    strategy_name: str


class UpdateStatusStrategyRequest(Request):
    message: ClassVar[str] = "v1UpdateStatusStrategyRequest"

    strategy_id: str
    enabled: bool = False


class CompetitorAnswer(Answer, frozen=True):
    coefficient: float
    competitor_id: int


class StrategyResult(Answer, frozen=True):
    competitors: Sequence[CompetitorAnswer]
    enabled: bool
    name: str
    type: str
    update_type: str


class GetStrategyResponse(Answer, frozen=True):
    result: StrategyResult


class GetStrategyListRequest(Request):
    message: ClassVar[str] = "v1GetStrategyListRequest"

    page: Page
    limit: Limit


class StrategyLine(Answer, frozen=True):
    id: str
    name: str
    type: str
    update_type: str
    updated_at: str
    products_count: int
    competitors_count: int
    enabled: bool


class GetStrategyListResponse(Answer, frozen=True):
    strategies: Sequence[StrategyLine]
    total: int


class ProductInfoRequest(Request):
    message: ClassVar[str] = "v1GetStrategyItemInfoRequest"

    product_id: Int


class ProductInfoResult(Answer, frozen=True):
    strategy_id: str
    is_enabled: bool
    strategy_product_price: int
    price_downloaded_at: str
    strategy_competitor_id: int
    strategy_competitor_product_url: str = ""


class ProductInfoResponse(Answer, frozen=True):
    result: ProductInfoResult


class AddItemsRequest(Request):
    message: ClassVar[str] = "v1AddStrategyItemsRequest"

    product_id: ProductIds
    strategy_id: str


class AddItemsError(Answer, frozen=True):
    code: str
    error: str
    product_id: int


class AddItemsResult(Answer, frozen=True):
    errors: Sequence[AddItemsError]
    failed_product_count: int


class AddItemsResponse(Answer, frozen=True):
    result: AddItemsResult


class ItemIDsRequest(Request):
    message: ClassVar[str] = "v1ItemIDsRequest"

    product_id: ProductIds


class DeleteItemsResult(Answer, frozen=True):
    failed_product_count: int


class DeleteItemsResponse(Answer, frozen=True):
    result: DeleteItemsResult


class ItemsResult(Answer, frozen=True):
    product_id: Sequence[IdText]


class ItemsResponse(Answer, frozen=True):
    result: ItemsResult


class ProductOfStrategy(Answer, frozen=True):
    product_id: int
    strategy_id: str


class IdsByProductsResult(Answer, frozen=True):
    products_info: Sequence[ProductOfStrategy]


class IdsByProductsResponse(Answer, frozen=True):
    result: IdsByProductsResult
