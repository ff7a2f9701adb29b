"""Prices: changing many at once, and reading them with what the marketplace takes."""

from __future__ import annotations

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductCard, ProductRef
from sellerdesk.finance import queries as finance
from sellerdesk.finance.types import Commission
from sellerdesk.pricing import queries as prices
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput, PriceRow
from sellerdesk.promotions import queries as promotions
from sellerdesk.promotions.types import BuyerPrice
from sellerdesk.seller_api import products, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import prices as models


@endpoint(
    "/v1/product/import/prices",
    request=models.ImportProductsPricesRequest,
    answer=models.ImportProductsPricesResponse,
    right="prices:write",
)
def import_prices(call: Call, request: models.ImportProductsPricesRequest) -> models.ImportProductsPricesResponse:
    """Changes prices and VAT of up to 1000 products; a bad row never spoils the others.

    A price that moves by more than half is accepted (`updated`) and waits: the product is then listed under the
    visibility QUARANTINE, and buyers see the old price until somebody releases the new one. The switches turn joining
    promotions automatically and the pricing strategy on and off for a product, UNKNOWN leaves them. A lowest price
    always holds in promotions; `min_price_for_auto_actions_enabled` refuses rows that would have none.
    """
    outcomes = pricing.set_prices(
        seller=call.seller,
        changes=[
            PriceInput(
                offer_id=row.offer_id,
                product_id=row.product_id,
                price=row.price or None,
                old_price=row.old_price or None,
                min_price=row.min_price or None,
                cost=row.net_price or None,
                currency=row.currency_code or None,
                vat=row.vat or None,
                auto_action=_auto(row),
                strategy=row.price_strategy_enabled,
                min_needed=row.min_price_for_auto_actions_enabled,
            )
            for row in request.prices
        ],
        actor=call.actor,
        now=call.now,
        source="api",
    )
    return models.ImportProductsPricesResponse(
        result=[
            models.ImportProductsPricesResponseResult(
                product_id=outcome.product_id,
                offer_id=outcome.offer_id,
                updated=outcome.updated,
                errors=wire.item_errors(outcome.errors),
            )
            for outcome in outcomes
        ]
    )


@endpoint(
    "/v5/product/info/prices",
    request=models.GetProductInfoPricesV5Request,
    answer=models.GetProductInfoPricesV5Response,
    right="prices:read",
)
def info_prices(call: Call, request: models.GetProductInfoPricesV5Request) -> models.GetProductInfoPricesV5Response:
    """Lists prices with the marketplace's commission."""
    where = products.product_filter(
        offer_ids=request.filter.offer_id,
        product_ids=request.filter.product_id,
        visibility=request.filter.visibility,
    )
    page = catalog.products_page(call.seller, filter=where, cursor=request.cursor or None, limit=request.limit)
    ids = [row.id for row in page.rows]
    cards = catalog.cards(call.seller, ids)
    shop = promotions.auto_join(call.seller)
    found = prices.prices(call.seller, ids)
    commissions = products.quoted(call, cards, found)
    paid = promotions.buyer_prices(call.seller, list(found), call.now, found)
    total = catalog.products_total(call.seller, where)
    return models.GetProductInfoPricesV5Response(
        items=[
            _item(call, card, found.get(card.id), commissions.get(card.id), paid.get(card.id), shop) for card in cards
        ],
        cursor=page.next_cursor,
        total=total,
        total_items=total,
    )


@endpoint(
    "/v1/product/prices/details",
    request=models.ProductPricesDetailsRequest,
    answer=models.ProductPricesDetailsResponse,
    right="prices:read",
)
def details(call: Call, request: models.ProductPricesDetailsRequest) -> models.ProductPricesDetailsResponse:
    """Tells the shop's price of each SKU, and what one unit costs a buyer now, in the buyers' currency."""
    refs = catalog.refs(call.seller, skus=list(dict.fromkeys(request.skus)))
    found = prices.prices(call.seller, [ref.id for ref in refs])
    paid = promotions.buyer_prices(call.seller, list(found), call.now, found)
    wanted = finance.buyer_currency(call.now)

    def detail(ref: ProductRef, row: PriceRow) -> models.ProductPriceDetails:
        now = paid[ref.id].price_minor
        return models.ProductPriceDetails(
            customer_price=wire.money(finance.convert(now, row.currency, wanted, call.now).amount_minor, wanted),
            discount_percent=wire.percent_of(row.price_minor - now, row.price_minor),
            offer_id=ref.offer_id,
            price=wire.money(row.price_minor, row.currency),
            sku=ref.sku,
        )

    return models.ProductPricesDetailsResponse(
        prices=[detail(ref, found[ref.id]) for ref in refs if ref.id in found and found[ref.id].price_minor]
    )


def _auto(row: models.ImportProductsPricesRequestPrice) -> str:
    """The switch under its new name, else under the one that goes away."""
    given = row.auto_add_to_ozon_actions_list_enabled
    return given if given != "UNKNOWN" else row.auto_action_enabled


def _item(
    call: Call, card: ProductCard, price: PriceRow | None, commission: Commission | None, paid: BuyerPrice | None,
    shop: bool
) -> models.GetProductInfoPricesV5ResponseItem:
    currency = price.currency if price else call.seller.currency

    def number(amount_minor: int) -> float:
        return wire.money_number(amount_minor, currency)

    auto = bool(price and price.min_price_minor) and (shop if price is None or price.auto_action is None
                                                      else price.auto_action)
    return models.GetProductInfoPricesV5ResponseItem(
        product_id=card.id,
        offer_id=card.offer_id,
        price=models.ItemPriceV5(
            currency_code=currency,
            price=number(price.price_minor if price else 0),
            old_price=number(price.old_price_minor if price else 0),
            min_price=number(price.min_price_minor if price else 0),
            marketing_seller_price=number(paid.price_minor if paid else 0),
            net_price=number(price.cost_minor if price else 0),
            vat=wire.vat_number(card.vat),
            auto_action_enabled=auto,
            auto_add_to_ozon_actions_list_enabled=auto,
        ),
        commissions=models.ItemCommissionsV5(sales_percent_fbs=wire.percent(commission.bp) if commission else 0.0),
        volume_weight=products.volume_weight(card),
    )
