"""Strategies: prices that follow those of other shops."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import minor_digits
from sellerdesk.promotions.errors import reason_text
from sellerdesk.promotions.queries import strategies as queries
from sellerdesk.promotions.services import strategies as services
from sellerdesk.seller_api import errors
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import pricing_strategies as models
from sellerdesk.seller_api.schemas.returns import Nothing

_TYPE = "COMP_PRICE"


@endpoint("/v1/pricing-strategy/competitors/list", request=models.GetCompetitorsRequest,
          answer=models.GetCompetitorsResponse, right="prices:read")
def competitors(call: Call, request: models.GetCompetitorsRequest) -> models.GetCompetitorsResponse:
    """Lists the shops whose prices a strategy can follow."""
    rows = queries.competitors(call.seller)
    start = (request.page - 1) * request.limit
    return models.GetCompetitorsResponse(
        competitor=[models.CompetitorInfo(name=name, id=id_) for id_, name in rows[start:start + request.limit]],
        total=len(rows))


def _put(call: Call, name: str, rows: Sequence[models.Competitor], strategy_id: str = "") -> str:
    try:
        return services.put_strategy(
            seller=call.seller, name=name, actor=call.actor, now=call.now, strategy_id=strategy_id, competitors=[
                (row.competitor_id, int((Decimal(repr(row.coefficient)) * 10_000).to_integral_value()))
                for row in rows])
    except Invalid as error:
        raise errors.validation(f"invalid value of {error.fields[0].field}") from None


@endpoint("/v1/pricing-strategy/create", request=models.CreatePricingStrategyRequest,
          answer=models.CreatePricingStrategyResponse, right="prices:write")
def create(call: Call, request: models.CreatePricingStrategyRequest) -> models.CreatePricingStrategyResponse:
    """Makes a strategy; it is on, and follows nothing until products are added."""
    made = _put(call, request.strategy_name, request.competitors)
    return models.CreatePricingStrategyResponse(result=models.CreateResult(strategy_id=made))


@endpoint("/v1/pricing-strategy/update", request=models.UpdatePricingStrategyRequest, answer=Nothing,
          right="prices:write")
def update(call: Call, request: models.UpdatePricingStrategyRequest) -> Nothing:
    """Gives a strategy another name or other competitors."""
    _put(call, request.strategy_name, request.competitors, queries.strategy(call.seller, request.strategy_id).id)
    return Nothing()


@endpoint("/v1/pricing-strategy/delete", request=models.StrategyRequest, answer=Nothing, right="prices:write")
def delete(call: Call, request: models.StrategyRequest) -> Nothing:
    """Forgets a strategy; prices stay where they are."""
    services.delete_strategy(seller=call.seller, strategy_id=request.strategy_id, actor=call.actor, now=call.now)
    return Nothing()


@endpoint("/v1/pricing-strategy/status", request=models.UpdateStatusStrategyRequest, answer=Nothing,
          right="prices:write")
def status(call: Call, request: models.UpdateStatusStrategyRequest) -> Nothing:
    """Turns a strategy on or off."""
    services.switch_strategy(seller=call.seller, strategy_id=request.strategy_id, enabled=request.enabled,
                             actor=call.actor, now=call.now)
    return Nothing()


@endpoint("/v1/pricing-strategy/info", request=models.StrategyRequest, answer=models.GetStrategyResponse,
          right="prices:read")
def info(call: Call, request: models.StrategyRequest) -> models.GetStrategyResponse:
    """One strategy with its competitors."""
    row = queries.strategy(call.seller, request.strategy_id)
    return models.GetStrategyResponse(result=models.StrategyResult(
        competitors=[models.CompetitorAnswer(coefficient=bp / 10_000, competitor_id=id_)
                     for id_, bp in row.competitors],
        enabled=row.enabled, name=row.name, type=_TYPE, update_type=row.update_type))


@endpoint("/v1/pricing-strategy/list", request=models.GetStrategyListRequest, answer=models.GetStrategyListResponse,
          right="prices:read")
def strategy_list(call: Call, request: models.GetStrategyListRequest) -> models.GetStrategyListResponse:
    """Lists strategies, the latest change first."""
    rows = queries.strategies(call.seller)
    start = (request.page - 1) * request.limit
    return models.GetStrategyListResponse(
        strategies=[
            models.StrategyLine(
                id=row.id, name=row.name, type=_TYPE, update_type=row.update_type,
                updated_at=f"{row.updated_at:%Y-%m-%d %H:%M:%S.%f}+00", products_count=row.products,
                competitors_count=len(row.competitors), enabled=row.enabled)
            for row in rows[start:start + request.limit]
        ],
        total=len(rows))


@endpoint("/v1/pricing-strategy/product/info", request=models.ProductInfoRequest, answer=models.ProductInfoResponse,
          right="prices:read")
def product_info(call: Call, request: models.ProductInfoRequest) -> models.ProductInfoResponse:
    """Which strategy a product follows and what it made of its price, in whole units of the currency."""
    found = queries.strategy_products(call.seller, product_ids=[request.product_id])
    if not found:
        raise errors.ApiError(errors.Code.NOT_FOUND, "PRODUCT_NOT_FOUND")
    one = found[0]
    row = queries.strategy(call.seller, str(one.strategy_id))
    unit = 10 ** minor_digits(call.seller.currency)
    return models.ProductInfoResponse(result=models.ProductInfoResult(
        strategy_id=row.id, is_enabled=row.enabled and one.stopped_at is None,
        strategy_product_price=(one.price_minor or 0) // unit,
        price_downloaded_at=f"{one.checked_at:%Y-%m-%dT%H:%M:%SZ}" if one.checked_at else "",
        strategy_competitor_id=one.competitor_id or 0))


@endpoint("/v1/pricing-strategy/products/add", request=models.AddItemsRequest, answer=models.AddItemsResponse,
          right="prices:write")
def products_add(call: Call, request: models.AddItemsRequest) -> models.AddItemsResponse:
    """Lets up to fifty products follow a strategy; each needs a lowest price and follows one only."""
    refused = services.add_products(seller=call.seller, strategy_id=request.strategy_id,
                                    product_ids=request.product_id, actor=call.actor, now=call.now)
    return models.AddItemsResponse(result=models.AddItemsResult(
        errors=[models.AddItemsError(code=code, error=reason_text(code, {}, call.seller.currency), product_id=id_)
                for id_, code in refused.items()],
        failed_product_count=len(refused)))


@endpoint("/v1/pricing-strategy/products/delete", request=models.ItemIDsRequest, answer=models.DeleteItemsResponse,
          right="prices:write")
def products_delete(call: Call, request: models.ItemIDsRequest) -> models.DeleteItemsResponse:
    """Lets products follow nothing any more; those that followed nothing are counted as failed."""
    failed = services.remove_products(seller=call.seller, product_ids=request.product_id, actor=call.actor,
                                      now=call.now)
    return models.DeleteItemsResponse(result=models.DeleteItemsResult(failed_product_count=failed))


@endpoint("/v1/pricing-strategy/products/list", request=models.StrategyRequest, answer=models.ItemsResponse,
          right="prices:read")
def products_list(call: Call, request: models.StrategyRequest) -> models.ItemsResponse:
    """The products that follow a strategy."""
    row = queries.strategy(call.seller, request.strategy_id)
    return models.ItemsResponse(result=models.ItemsResult(
        product_id=[str(one.product_id) for one in queries.strategy_products(call.seller, strategy_id=row.id)]))


@endpoint("/v1/pricing-strategy/strategy-ids-by-product-ids", request=models.ItemIDsRequest,
          answer=models.IdsByProductsResponse, right="prices:read")
def ids_by_products(call: Call, request: models.ItemIDsRequest) -> models.IdsByProductsResponse:
    """Which strategies these products follow; those that follow none are left out."""
    return models.IdsByProductsResponse(result=models.IdsByProductsResult(products_info=[
        models.ProductOfStrategy(product_id=one.product_id, strategy_id=str(one.strategy_id))
        for one in queries.strategy_products(call.seller, product_ids=request.product_id)]))
