"""Products: import and its outcome, the short list, the long cards, the archive."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.services import copying, importing, shelving
from sellerdesk.catalog.types import CellError, ImageInfo, ItemOutcome, ProductCard, ProductFilter
from sellerdesk.core.errors import FieldError
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import Commission
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import StockRow
from sellerdesk.pricing import queries as pricing
from sellerdesk.pricing.types import PriceRow
from sellerdesk.seller_api import parsing, product_states, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.product_drafts import copy_of, draft_of
from sellerdesk.seller_api.schemas import products as models
from sellerdesk.sellers.types import SellerRef

MOST_IDENTIFIERS = 1000


@endpoint(
    "/v1/product/import/info",
    request=models.GetImportProductsInfoRequest,
    answer=models.GetImportProductsInfoResponse,
    right="products:read",
)
def import_info(call: Call, request: models.GetImportProductsInfoRequest) -> models.GetImportProductsInfoResponse:
    """Tells what became of each product of an import."""
    catalog.import_task(call.seller, request.task_id)
    items = catalog.import_items(call.seller, request.task_id, language=call.language)
    return models.GetImportProductsInfoResponse(
        result=models.GetImportProductsInfoResponseResult(
            items=[
                models.GetImportProductsInfoResponseItem(
                    offer_id=item.offer_id,
                    product_id=item.product_id,
                    status=item.status,
                    errors=[_import_error(error) for error in item.errors],
                )
                for item in items
            ],
            total=len(items),
        )
    )


@endpoint(
    "/v3/product/import",
    request=models.ImportProductsRequest,
    answer=models.ImportProductsResponse,
    right="products:write",
)
def import_products(call: Call, request: models.ImportProductsRequest) -> models.ImportProductsResponse:
    """Takes in up to 100 cards, made new or replaced by their offer ids; ask for the outcome by the task id."""
    task_id = importing.submit_items(
        seller=call.seller, items=[draft_of(item) for item in request.items], actor=call.actor, now=call.now
    )
    return models.ImportProductsResponse(result=models.ImportProductsResponseResult(task_id=task_id))


@endpoint(
    "/v3/product/list",
    request=models.GetProductListRequest,
    answer=models.GetProductListResponse,
    right="products:read",
)
def product_list(call: Call, request: models.GetProductListRequest) -> models.GetProductListResponse:
    """Lists the shop's products with their three numbers."""
    where = product_filter(
        offer_ids=request.filter.offer_id,
        product_ids=request.filter.product_id,
        skus=request.filter.skus,
        visibility=request.filter.visibility,
    )
    page = catalog.products_page(call.seller, filter=where, cursor=request.last_id or None, limit=request.limit)
    stocks = inventory.stocks(call.seller, [row.id for row in page.rows], call.caller.warehouse_ids)
    total = catalog.products_total(call.seller, where)
    return models.GetProductListResponse(
        result=models.GetProductListResponseResult(
            items=[
                models.GetProductListResponseItem(
                    product_id=row.id,
                    offer_id=row.offer_id,
                    sku=row.sku,
                    archived=row.archived,
                    has_fbs_stocks=any(stock.free > 0 for stock in stocks.get(row.id, ())),
                )
                for row in page.rows
            ],
            last_id=page.next_cursor,
            total=total,
            total_items=total,
        )
    )


@endpoint(
    "/v3/product/info/list",
    request=models.GetProductInfoListRequest,
    answer=models.GetProductInfoListResponse,
    right="products:read",
)
def product_info_list(call: Call, request: models.GetProductInfoListRequest) -> models.GetProductInfoListResponse:
    """Tells everything about up to 1000 products named by any of their numbers."""
    count = len(request.offer_id) + len(request.product_id) + len(request.sku)
    if not count:
        raise ApiError(Code.INVALID_ARGUMENT, "use either offer_id or product_id or sku")
    if count > MOST_IDENTIFIERS:
        raise parsing.refuse(type(request), "offer_id", f"value must contain no more than {MOST_IDENTIFIERS} item(s)")
    refs = catalog.refs(call.seller, product_ids=request.product_id, offer_ids=request.offer_id, skus=request.sku)
    ids = [ref.id for ref in refs]
    cards = catalog.cards(call.seller, ids, call.language)
    prices = pricing.prices(call.seller, ids)
    stocks = inventory.stocks(call.seller, ids, call.caller.warehouse_ids)
    commissions = quoted(call, cards, prices)
    return models.GetProductInfoListResponse(
        items=[
            _card(call, card, prices.get(card.id), stocks.get(card.id, ()), commissions.get(card.id)) for card in cards
        ]
    )


@endpoint(
    "/v1/product/import-by-sku",
    request=models.ImportProductsBySKURequest,
    answer=models.ImportProductsBySKUResponse,
    right="products:write",
)
def import_by_sku(call: Call, request: models.ImportProductsBySKURequest) -> models.ImportProductsBySKUResponse:
    """Takes over cards of other shops by SKU, unless their owners forbid it; ask for the outcome by the task id."""
    asked = copying.copy_by_sku(
        seller=call.seller, items=[copy_of(item) for item in request.items], actor=call.actor, now=call.now
    )
    return models.ImportProductsBySKUResponse(
        result=models.ImportProductsBySKUResponseResult(task_id=asked.task_id, unmatched_sku_list=asked.unmatched)
    )


@endpoint(
    "/v1/product/archive",
    request=models.ProductArchiveRequest,
    answer=models.ProductBooleanResponse,
    right="products:write",
)
def archive(call: Call, request: models.ProductArchiveRequest) -> models.ProductBooleanResponse:
    """Moves up to 100 products into the archive. Refuses the whole call when one of them cannot go."""
    outcomes = shelving.archive(seller=call.seller, product_ids=request.product_id, actor=call.actor, now=call.now)
    return _accepted(outcomes)


@endpoint(
    "/v1/product/unarchive",
    request=models.ProductUnarchiveRequest,
    answer=models.ProductBooleanResponse,
    right="products:write",
)
def unarchive(call: Call, request: models.ProductUnarchiveRequest) -> models.ProductBooleanResponse:
    """Brings up to 100 products back from the archive."""
    outcomes = shelving.unarchive(seller=call.seller, product_ids=request.product_id, actor=call.actor, now=call.now)
    return _accepted(outcomes)


def _accepted(outcomes: Sequence[ItemOutcome]) -> models.ProductBooleanResponse:
    """The contract has no place for single products: what was possible is done, what was not is said as an error."""
    refused = [error for outcome in outcomes for error in outcome.errors]
    if refused:
        raise ApiError(Code.FAILED_PRECONDITION, f"{refused[0].code}: {refused[0].text} ({refused[0].value})")
    return models.ProductBooleanResponse(result=True)


@endpoint(
    "/v2/products/delete",
    request=models.DeleteProductsRequest,
    answer=models.DeleteProductsResponse,
    right="products:write",
)
def delete(call: Call, request: models.DeleteProductsRequest) -> models.DeleteProductsResponse:
    """Deletes up to 500 archived products that were never offered to buyers; a bad one never spoils the others."""
    outcomes = shelving.delete(
        seller=call.seller, offer_ids=[each.offer_id for each in request.products], actor=call.actor, now=call.now
    )
    return models.DeleteProductsResponse(
        status=[
            models.DeleteProductsResponseDeleteStatus(
                offer_id=one.offer_id,
                is_deleted=one.outcome == "updated",
                error=one.errors[0].text if one.errors else "",
            )
            for one in outcomes
        ]
    )


def product_filter(
    *, offer_ids: Sequence[str], product_ids: Sequence[int], skus: Sequence[int] = (), visibility: str
) -> ProductFilter:
    """Where identifiers are given, visibility does not count."""
    named = bool(offer_ids or product_ids or skus)
    return ProductFilter(
        offer_ids=offer_ids,
        product_ids=product_ids,
        skus=skus,
        visibility="ANY" if named else visibility,
        sort="id",
    )


def quoted(call: Call, cards: Sequence[ProductCard], prices: dict[int, PriceRow]) -> dict[int, Commission]:
    """What the marketplace would take of one unit of each priced product."""
    priced = [card for card in cards if card.id in prices]
    quotes = finance.quote_commission(
        seller=call.seller,
        lines=[(card.type_id, card.category_id, prices[card.id].price_minor, 1) for card in priced],
        at=call.now,
    )
    return {card.id: quote for card, quote in zip(priced, quotes, strict=True)}


def volume_weight(card: ProductCard) -> float:
    """Kilograms that the parcel counts for by its size: 5000 cubic centimetres are one kilogram."""
    return round(card.depth_mm * card.width_mm * card.height_mm / 5_000_000, 2)


def _card(
    call: Call, card: ProductCard, price: PriceRow | None, stocks: Sequence[StockRow], commission: Commission | None
) -> models.GetProductInfoListResponseItem:
    currency = price.currency if price else call.seller.currency
    present, reserved = sum(row.present for row in stocks), sum(row.reserved for row in stocks)
    in_stock = present > reserved
    images = [image_address(call, image) for image in card.images if not image.color]
    on_sale = in_stock and card.status == "price_sent" and not card.archived
    return models.GetProductInfoListResponseItem(
        id=card.id,
        offer_id=card.offer_id,
        sku=card.sku,
        name=card.name,
        description_category_id=card.category_id,
        type_id=card.type_id,
        currency_code=currency,
        price=_amount(price.price_minor if price else 0, call.seller),
        old_price=_amount(price.old_price_minor if price else 0, call.seller),
        min_price=_amount(price.min_price_minor if price else 0, call.seller),
        vat=card.vat,
        barcodes=card.barcodes,
        images=images[1:],
        primary_image=images[:1],
        color_image=[image_address(call, image) for image in card.images if image.color],
        created_at=card.created_at,
        updated_at=card.updated_at,
        is_archived=card.archived,
        commissions=[
            models.ProductCommission(
                sale_schema="FBS",
                percent=wire.percent(commission.bp),
                value=wire.money_number(commission.amount_minor, currency),
            )
        ]
        if commission
        else (),
        errors=[_card_error(error) for error in card.errors],
        model_info=models.ProductModelInfo(model_id=card.id),
        sources=[models.ProductSource(sku=card.sku, source="sds", created_at=card.created_at)],
        statuses=product_states.statuses(card, free=max(present - reserved, 0)),
        stocks=models.ProductStocks(
            has_stock=in_stock,
            stocks=[models.ProductStock(sku=card.sku, source="fbs", present=present, reserved=reserved)]
            if stocks
            else (),
        ),
        visibility_details=models.ProductVisibilityDetails(has_price=price is not None, has_stock=in_stock),
        volume_weight=volume_weight(card),
        availabilities=[
            models.ProductAvailability(
                sku=card.sku, source="fbs", availability="AVAILABLE" if on_sale else "UNAVAILABLE"
            )
        ],
    )


def image_address(call: Call, image: ImageInfo) -> str:
    return f"{call.base_url}{image.url}" if image.url else image.source


def _amount(amount_minor: int, seller: SellerRef) -> str:
    """Amounts that are not set are empty text."""
    return wire.money_text(amount_minor, seller.currency) if amount_minor else ""


def _card_error(error: FieldError) -> models.ProductError:
    return models.ProductError(
        code=error.code,
        field=error.field,
        attribute_id=int(error.data.get("attribute_id", 0)),
        level="ERROR_LEVEL_WARNING" if error.data.get("level") == "warning" else "ERROR_LEVEL_ERROR",
        texts=models.ErrorTexts(
            attribute_name=str(error.data.get("attribute", "")),
            description=error.text,
            message=error.text,
            short_description=error.code,
        ),
    )


def _import_error(error: CellError) -> models.ImportItemError:
    return models.ImportItemError(
        code=error.code,
        message=error.message,
        field=error.field,
        attribute_id=error.attribute_id,
        attribute_name=error.attribute_name,
        level=error.level,
        description=error.message,
    )
