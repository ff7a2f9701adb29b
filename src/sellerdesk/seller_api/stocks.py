"""Stock: setting what is free to sell, and reading what lies there."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductRow
from sellerdesk.inventory import queries as stock
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput, StockRow
from sellerdesk.seller_api import budget, products, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import stocks as models


@endpoint(
    "/v2/products/stocks",
    request=models.ProductsStocksRequest,
    answer=models.ProductsStocksResponse,
    right="stocks:write",
    rate=budget.per_minute(80, "products-stocks"),
)
def set_stocks(call: Call, request: models.ProductsStocksRequest) -> models.ProductsStocksResponse:
    """Sets the free units of up to 100 products in warehouses; a bad row never spoils the others."""
    outcomes = inventory.set_stocks(
        seller=call.seller,
        changes=[
            StockInput(warehouse_id=row.warehouse_id, stock=row.stock, offer_id=row.offer_id, product_id=row.product_id)
            for row in request.stocks
        ],
        only_in=call.caller.warehouse_ids,
        actor=call.actor,
        now=call.now,
    )
    return models.ProductsStocksResponse(
        result=[
            models.ProductsStocksResponseResult(
                warehouse_id=outcome.warehouse_id,
                product_id=outcome.product_id,
                offer_id=outcome.offer_id,
                updated=outcome.updated,
                errors=wire.item_errors(outcome.errors),
            )
            for outcome in outcomes
        ]
    )


@endpoint(
    "/v4/product/info/stocks",
    request=models.GetProductInfoStocksRequest,
    answer=models.GetProductInfoStocksResponse,
    right="stocks:read",
)
def info_stocks(call: Call, request: models.GetProductInfoStocksRequest) -> models.GetProductInfoStocksResponse:
    """Lists what lies in the warehouses that the key reaches, those of the marketplace apart from the shop's own."""
    where = products.product_filter(
        offer_ids=request.filter.offer_id,
        product_ids=request.filter.product_id,
        visibility=request.filter.visibility,
    )
    page = catalog.products_page(call.seller, filter=where, cursor=request.cursor or None, limit=request.limit)
    found = stock.stocks(call.seller, [row.id for row in page.rows], call.caller.warehouse_ids, platform=True)
    total = catalog.products_total(call.seller, where)
    return models.GetProductInfoStocksResponse(
        items=[_item(row, found.get(row.id, ())) for row in page.rows],
        cursor=page.next_cursor,
        total=total,
        total_items=total,
    )


def _item(product: ProductRow, rows: Sequence[StockRow]) -> models.GetProductInfoStocksResponseItem:
    return models.GetProductInfoStocksResponseItem(
        product_id=product.id,
        offer_id=product.offer_id,
        stocks=[
            models.GetProductInfoStocksResponseStock(
                sku=product.sku,
                type=scheme,
                present=sum(row.present for row in group),
                reserved=sum(row.reserved for row in group),
                warehouse_ids=[row.warehouse_id for row in group],
            )
            for scheme, group in (
                ("fbo", [row for row in rows if row.platform]),
                ("fbs", [row for row in rows if not row.platform]),
            )
            if group
        ],
    )
