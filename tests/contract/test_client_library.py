"""A published client library works here unmodified: only its base address is ours."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from ozonapi import SellerAPI, SellerAPIConfig
from ozonapi.seller.core.exceptions import APIClientError, APIForbiddenError, APINotFoundError
from ozonapi.seller.schemas.attributes_and_characteristics import DescriptionCategoryTreeRequest
from ozonapi.seller.schemas.fbs import (
    PostingFBSCancelRequest,
    PostingFBSGetRequest,
    PostingFBSListRequest,
    PostingFBSListV3Request,
    PostingFBSUnfulfilledListRequest,
)
from ozonapi.seller.schemas.fbs_assembly_and_labeling import PostingFBSShipRequest
from ozonapi.seller.schemas.prices_and_stocks import (
    ProductImportPricesRequest,
    ProductInfoPricesRequest,
    ProductInfoStocksRequest,
    ProductsStocksRequest,
)
from ozonapi.seller.schemas.products import ProductInfoListRequest

from sellerdesk.inventory.models import Stock
from sellerdesk.orders.models import Posting
from sellerdesk.pricing.models import Price

# The library spells times as text before its own serializer looks at them.
pytestmark = pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")


@pytest.fixture(scope="module")
def loop():
    """One event loop for all tests: the library keeps its limiters for the life of the process."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def talk(transactional_db, live_server, loop):
    """Runs a conversation with the client, signed in with a key."""

    def run(conversation, program, **more):
        async def main():
            config = SellerAPIConfig(base_url=live_server.url, max_retries=0)
            client = {"client_id": str(program.seller.id), "api_key": program.key, **more}
            async with SellerAPI(**client, config=config) as api:
                try:
                    return await conversation(api)
                finally:
                    await SellerAPI.shutdown()

        return loop.run(main())

    return run


def test_goods_are_listed_priced_and_stocked(talk, program, shelf):
    async def conversation(api):
        listed = await api.product_list()
        cards = await api.product_info_list(ProductInfoListRequest(offer_id=["A-1"]))
        price = await api.product_import_prices(
            ProductImportPricesRequest(
                prices=[{"offer_id": "A-1", "price": "1500", "old_price": "2000", "vat": "0.10"}]
            )
        )
        warehouses = await api.warehouse_list()
        stock = await api.products_stocks(
            ProductsStocksRequest(
                stocks=[{"offer_id": "A-1", "stock": 7, "warehouse_id": warehouses.warehouses[0].warehouse_id}]
            )
        )
        prices = await api.product_info_prices(ProductInfoPricesRequest())
        stocks = await api.product_info_stocks(ProductInfoStocksRequest())
        return listed, cards, price, stock, prices, stocks

    listed, cards, price, stock, prices, stocks = talk(conversation, program)

    assert [row.offer_id for row in listed.result.items] == ["A-1", "A-2", "A-3"]
    assert (cards.items[0].price, cards.items[0].statuses.status) == ("1000.00", "price_sent")
    assert (price.result[0].updated, stock.result[0].updated) == (True, True)
    assert (prices.items[0].price.price, stocks.items[0].stocks[0].present) == (1500.0, 7)
    assert Price.objects.get(pk=shelf.ids["A-1"]).price_minor == 150_000
    assert Stock.objects.get(product_id=shelf.ids["A-1"]).present == 7


def test_a_posting_is_listed_read_shipped_and_another_cancelled(talk, program, shelf, order_of, now):
    number = order_of(program.seller, (shelf.ids["A-1"], 2), ago=timedelta(hours=2))
    other = order_of(program.seller, (shelf.ids["A-2"], 1))
    start, end = now - timedelta(days=7), now + timedelta(days=1)

    async def conversation(api):
        newest = await api.posting_fbs_list(
            PostingFBSListRequest(filter={"since": start.isoformat(), "to": end.isoformat()}, limit=100)
        )
        urgent = await api.posting_fbs_unfulfilled_list(PostingFBSUnfulfilledListRequest())
        older = await api.posting_fbs_list_v3(
            PostingFBSListV3Request(
                filter={"since": start, "to": end}, with_={"analytics_data": True, "financial_data": True}
            )
        )
        first = newest.postings[0]
        shipped = await api.posting_fbs_ship(
            PostingFBSShipRequest(
                posting_number=first.posting_number,
                packages=[{"products": [{"product_id": row.sku, "quantity": row.quantity} for row in first.products]}],
            )
        )
        reasons = await api.posting_fbs_cancel_reason_list()
        reason = next(row for row in reasons.result if row.is_available_for_cancellation)
        cancelled = await api.posting_fbs_cancel(
            PostingFBSCancelRequest(
                posting_number=other, cancel_reason_id=reason.id_, cancel_reason_message="None left"
            )
        )
        read = await api.posting_fbs_get(PostingFBSGetRequest(posting_number=first.posting_number))
        gone = await api.posting_fbs_get(PostingFBSGetRequest(posting_number=other))
        return newest, urgent, older, shipped, cancelled, read, gone

    newest, urgent, older, shipped, cancelled, read, gone = talk(conversation, program)

    assert [row.posting_number for row in newest.postings] == [number, other]
    assert {row.posting_number for row in urgent.postings} == {number, other}
    assert [row.posting_number for row in older.result.postings] == [number, other]
    assert shipped.result == [number]
    assert shipped.additional_data[0].products[0].quantity == 2
    assert cancelled.result is True
    assert (read.result.status.value, read.result.tracking_number != "") == ("awaiting_deliver", True)
    assert (gone.result.status.value, gone.result.cancellation.cancellation_type.value) == ("cancelled", "seller")
    assert dict(Posting.objects.values_list("number", "state")) == {number: "awaiting_deliver", other: "cancelled"}


def test_the_key_the_shop_and_the_categories_are_read(talk, program, shelf):
    async def conversation(api):
        roles = await api.roles()
        info = await api.seller_info()
        tree = await api.description_category_tree(DescriptionCategoryTreeRequest())
        return roles, info, tree

    roles, info, tree = talk(conversation, program)

    assert [role.name for role in roles.roles] == ["Admin"]
    assert (info.company.name, info.company.inn, info.company.currency.value) == ("Anna's Shop", "7707083893", "RUB")
    assert tree.result[0].description_category_id == 17000101


def test_refusals_reach_the_clients_own_errors(talk, program, shop, key_of):
    async def list_products(api):
        return await api.product_list()

    async def ship(api):
        return await api.posting_fbs_ship(
            PostingFBSShipRequest(posting_number="1-1-1", packages=[{"products": [{"product_id": 1, "quantity": 0}]}])
        )

    with pytest.raises(APINotFoundError, match="Invalid Api-Key"):
        talk(list_products, program, api_key="wrong")
    with pytest.raises(APIForbiddenError, match="missing a required role"):
        talk(list_products, key_of(shop, "Posting FBS"))
    with pytest.raises(APIClientError, match="Quantity: value must be greater than 0"):
        talk(ship, program)
