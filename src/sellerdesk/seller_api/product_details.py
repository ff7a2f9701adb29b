"""Cards in full, and changing one thing of them: attributes, offer ids, barcodes; what limits a shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.errors import ProductUnknown
from sellerdesk.catalog.services import amending
from sellerdesk.catalog.types import AttributeInput, AttributeValue, ProductCard, ProductRef, ValueInput
from sellerdesk.core.errors import FieldError
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.seller_api import budget, products, wire
from sellerdesk.seller_api.categories import check_pair
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import product_details as models

_MOSCOW = ZoneInfo("Europe/Moscow")
_SORTS = {"sku": "sku", "offer_id": "offer_id", "id": "id", "title": "name"}
#: When the contract's day of limits begins, Moscow time.
_DAY_BEGINS = time(3)


@endpoint(
    "/v4/product/info/attributes",
    request=models.ProductAttributesRequest,
    answer=models.ProductAttributesResponse,
    right="products:read",
)
def attributes(call: Call, request: models.ProductAttributesRequest) -> models.ProductAttributesResponse:
    """Tells all that cards say: attributes, sizes, pictures, documents."""
    where = products.product_filter(
        offer_ids=request.filter.offer_id,
        product_ids=request.filter.product_id,
        skus=request.filter.sku,
        visibility=request.filter.visibility,
    )
    column = _SORTS.get(request.sort_by.lower(), "id")
    where = replace(where, sort=f"-{column}" if wire.descending(request.sort_dir) else column)
    page = catalog.products_page(call.seller, filter=where, cursor=request.last_id or None, limit=request.limit)
    found = {card.id: card for card in catalog.cards(call.seller, [row.id for row in page.rows], call.language)}
    cards = [found[row.id] for row in page.rows]
    models_of = catalog.card_models(call.seller, [card.id for card in cards])
    return models.ProductAttributesResponse(
        result=[_details(call, card, *models_of[card.id]) for card in cards],
        last_id=page.next_cursor,
        total=catalog.products_total(call.seller, where),
    )


def _details(call: Call, card: ProductCard, model_id: int, count: int) -> models.CardDetails:
    images = [products.image_address(call, image) for image in card.images]
    colours = [address for image, address in zip(card.images, images, strict=True) if image.color]
    return models.CardDetails(
        id=card.id,
        offer_id=card.offer_id,
        sku=card.sku,
        name=card.name,
        type_id=card.type_id,
        description_category_id=card.category_id,
        barcode=card.barcodes[0] if card.barcodes else "",
        barcodes=card.barcodes,
        depth=card.depth_mm,
        width=card.width_mm,
        height=card.height_mm,
        weight=card.weight_g,
        primary_image=images[0] if images else "",
        images=images[1:],
        color_image=colours[0] if colours else "",
        attributes=[
            models.CardAttribute(
                id=each.id,
                values=[
                    models.AttributeText(dictionary_value_id=value.dictionary_value_id, value=value.value)
                    for value in each.values
                ],
            )
            for each in card.attributes
        ],
        complex_attributes=[_complex(complex_id, each) for complex_id, row in card.complexes for each in row],
        pdf_list=[models.CardDocument(file_name=each.name, name=each.name) for each in card.documents],
        model_info=models.CardModel(model_id=model_id, count=count),
    )


def _complex(complex_id: int, each: AttributeValue) -> models.ComplexAttribute:
    return models.ComplexAttribute(
        id=each.id,
        complex_id=complex_id,
        values=[
            models.ComplexText(dictionaryValueId=value.dictionary_value_id, value=value.value) for value in each.values
        ],
    )


@endpoint(
    "/v1/product/info/description",
    request=models.DescriptionRequest,
    answer=models.DescriptionResponse,
    right="products:read",
)
def description(call: Call, request: models.DescriptionRequest) -> models.DescriptionResponse:
    """Tells the description of one product, named by either of its numbers."""
    if not (request.offer_id or request.product_id):
        raise ApiError(Code.INVALID_ARGUMENT, "use either offer_id or product_id")
    found = catalog.refs(
        call.seller,
        offer_ids=[request.offer_id] if request.offer_id else None,
        product_ids=[request.product_id] if request.product_id else None,
    )
    card = catalog.product(call.seller, found[0].id if found else 0, call.language)
    return models.DescriptionResponse(
        result=models.CardDescription(
            id=card.id, offer_id=card.offer_id, name=card.name, description=card.description
        )
    )


@endpoint(
    "/v1/product/attributes/update",
    request=models.UpdateAttributesRequest,
    answer=models.UpdateAttributesResponse,
    right="products:write",
)
def update_attributes(call: Call, request: models.UpdateAttributesRequest) -> models.UpdateAttributesResponse:
    """Changes the named attributes of up to 100 cards; ask for the outcome by the task id."""
    task_id = amending.change_attributes(
        seller=call.seller,
        asked=[
            (
                item.offer_id,
                [
                    AttributeInput(
                        said.id,
                        tuple(ValueInput(value.dictionary_value_id, value.value) for value in said.values),
                    )
                    for said in item.attributes
                ],
            )
            for item in request.items
        ],
        actor=call.actor,
        now=call.now,
    )
    return models.UpdateAttributesResponse(task_id=task_id)


@endpoint(
    "/v1/product/update/offer-id",
    request=models.UpdateOfferIdRequest,
    answer=models.UpdateOfferIdResponse,
    right="products:write",
)
def update_offer_id(call: Call, request: models.UpdateOfferIdRequest) -> models.UpdateOfferIdResponse:
    """Gives up to 25 products other offer ids; names those that could not be changed."""
    pairs = [(each.offer_id, each.new_offer_id) for each in request.update_offer_id]
    found = amending.rename_offers(seller=call.seller, pairs=pairs, actor=call.actor, now=call.now)
    return models.UpdateOfferIdResponse(
        errors=[
            models.RenameError(
                # A taken number is told by itself, as the contract's example has it.
                offer_id=new if errors[0].code == "offer_id_taken" else old,
                message=errors[0].text,
            )
            for (old, new), errors in zip(pairs, found, strict=True)
            if errors
        ]
    )


@endpoint(
    "/v1/barcode/add",
    request=models.BarcodesRequest,
    answer=models.BarcodesResponse,
    right="products:write",
    rate=budget.per_minute(20, "barcode-add"),
)
def add_barcodes(call: Call, request: models.BarcodesRequest) -> models.BarcodesResponse:
    """Gives products further barcodes; an empty list of errors means that all were taken."""
    asked = [(each.sku, each.barcode) for each in request.barcodes]
    found = amending.add_barcodes(seller=call.seller, asked=asked, actor=call.actor, now=call.now)
    return _codes_answer(asked, found)


@endpoint(
    "/v1/barcode/delete",
    request=models.BarcodesRequest,
    answer=models.BarcodesResponse,
    right="products:write",
    rate=budget.per_minute(20, "barcode-delete"),
)
def delete_barcodes(call: Call, request: models.BarcodesRequest) -> models.BarcodesResponse:
    """Takes barcodes from products; an empty list of errors means that all are gone."""
    asked = [(each.sku, each.barcode) for each in request.barcodes]
    found = amending.remove_barcodes(seller=call.seller, asked=asked, actor=call.actor, now=call.now)
    return _codes_answer(asked, found)


def _codes_answer(asked: Sequence[tuple[int, str]], found: Sequence[Sequence[FieldError]]) -> models.BarcodesResponse:
    return models.BarcodesResponse(
        errors=[
            models.CodeError(code=error.code, error=error.text, barcode=code, sku=sku)
            for (sku, code), errors in zip(asked, found, strict=True)
            for error in errors[:1]
        ]
    )


@endpoint(
    "/v1/barcode/generate",
    request=models.GenerateBarcodesRequest,
    answer=models.GenerateBarcodesResponse,
    right="products:write",
    rate=budget.per_minute(20, "barcode-generate"),
)
def generate_barcodes(call: Call, request: models.GenerateBarcodesRequest) -> models.GenerateBarcodesResponse:
    """Makes barcodes for products without one; an empty list of errors means that all got theirs."""
    found = amending.generate_barcodes(
        seller=call.seller, product_ids=request.product_ids, actor=call.actor, now=call.now
    )
    return models.GenerateBarcodesResponse(
        errors=[
            models.GenerateError(
                code=error.code,
                error=error.text,
                barcode=error.value if error.code == "barcode_exists" else "",
                product_id=product_id,
            )
            for product_id, errors in zip(request.product_ids, found, strict=True)
            for error in errors[:1]
        ]
    )


@endpoint(
    "/v4/product/info/limit",
    request=models.LimitRequest,
    answer=models.LimitResponse,
    right="products:read",
)
def limits(call: Call, request: models.LimitRequest) -> models.LimitResponse:
    """Tells how many products the shop has and may have. Making and changing them has no daily limit here."""
    room, limit = catalog.room(call.seller, call.now)
    reset = _next_day(call.now)
    return models.LimitResponse(
        daily_create=models.DailyLimit(reset_at=reset),
        daily_update=models.DailyLimit(reset_at=reset),
        operation_limits=models.OperationLimit(),
        total=models.TotalLimit(limit=limit, usage=limit - room),
    )


@endpoint(
    "/v1/product/related-sku/get",
    request=models.RelatedSkuRequest,
    answer=models.RelatedSkuResponse,
    right="products:read",
)
def related_skus(call: Call, request: models.RelatedSkuRequest) -> models.RelatedSkuResponse:
    """Tells of up to 200 SKUs which others a product has: here one SKU is sold in every way."""
    found = {ref.sku: ref for ref in catalog.refs(call.seller, skus=request.sku)}
    asked = list(dict.fromkeys(request.sku))
    return models.RelatedSkuResponse(
        items=[
            models.RelatedSku(sku=sku, product_id=found[sku].id, availability=_availability(found[sku]))
            for sku in asked
            if sku in found
        ],
        errors=[
            models.RelatedSkuError(code=ProductUnknown.code, sku=sku, message=ProductUnknown().text)
            for sku in asked
            if sku not in found
        ],
    )


def _availability(ref: ProductRef) -> str:
    if ref.archived:
        return "UNAVAILABLE"
    return {"price_sent": "AVAILABLE", "hidden": "HIDDEN"}.get(ref.status, "UNAVAILABLE")


def _next_day(now: datetime) -> datetime:
    local = now.astimezone(_MOSCOW)
    today = datetime.combine(local.date(), _DAY_BEGINS, _MOSCOW)
    return wire.moment(today if local < today else today + timedelta(days=1))


@endpoint(
    "/v2/product/info/stocks-by-warehouse/fbs",
    request=models.StocksByWarehouseRequest,
    answer=models.StocksByWarehouseResponse,
    right="stocks:read",
)
def stocks_by_warehouse(
    call: Call, request: models.StocksByWarehouseRequest
) -> models.StocksByWarehouseResponse:
    """Tells what lies in each of the shop's warehouses that the key reaches. The limit counts products."""
    where = products.product_filter(offer_ids=request.offer_id, product_ids=(), skus=request.sku, visibility="ALL")
    page = catalog.products_page(call.seller, filter=where, cursor=request.cursor or None, limit=request.limit)
    found = inventory.stocks(call.seller, [row.id for row in page.rows], call.caller.warehouse_ids)
    names = {place.id: place.name for place in inventory.warehouses(call.seller)}
    return models.StocksByWarehouseResponse(
        products=[
            models.StockOfWarehouse(
                sku=product.sku,
                product_id=product.id,
                offer_id=product.offer_id,
                warehouse_id=row.warehouse_id,
                warehouse_name=names.get(row.warehouse_id, ""),
                present=row.present,
                reserved=row.reserved,
                free_stock=max(row.free, 0),
            )
            for product in page.rows
            for row in found.get(product.id, ())
        ],
        cursor=page.next_cursor,
        has_next=bool(page.next_cursor),
    )


@endpoint(
    "/v1/product/info/stocks-by-warehouse/fbs",
    request=models.StocksByWarehouseV1Request,
    answer=models.StocksByWarehouseV1Response,
    right="stocks:read",
    deprecated=True,
)
def stocks_by_warehouse_v1(
    call: Call, request: models.StocksByWarehouseV1Request
) -> models.StocksByWarehouseV1Response:
    """The older listing of what lies where, for products that are named by SKU or offer id."""
    if not (request.sku or request.offer_id):
        raise ApiError(Code.INVALID_ARGUMENT, "use either sku or offer_id")
    refs = catalog.refs(call.seller, skus=request.sku or None, offer_ids=request.offer_id or None)
    found = inventory.stocks(call.seller, [ref.id for ref in refs], call.caller.warehouse_ids)
    names = {place.id: place.name for place in inventory.warehouses(call.seller)}
    return models.StocksByWarehouseV1Response(
        result=[
            models.StockOfWarehouseV1(
                sku=ref.sku,
                product_id=ref.id,
                offer_id=ref.offer_id,
                warehouse_id=row.warehouse_id,
                warehouse_name=names.get(row.warehouse_id, ""),
                present=row.present,
                reserved=row.reserved,
            )
            for ref in refs
            for row in found.get(ref.id, ())
        ]
    )


@endpoint(
    "/v1/product/info/warehouse/stocks",
    request=models.WarehouseStocksRequest,
    answer=models.WarehouseStocksResponse,
    right="stocks:read",
)
def warehouse_stocks(call: Call, request: models.WarehouseStocksRequest) -> models.WarehouseStocksResponse:
    """Lists what lies in one warehouse of the shop, product by product."""
    if call.caller.warehouse_ids and request.warehouse_id not in call.caller.warehouse_ids:
        raise WarehouseUnknown(data={"value": str(request.warehouse_id)})
    place = inventory.warehouse(call.seller, request.warehouse_id)
    page = inventory.stock_of(call.seller, place.id, cursor=request.cursor or None, limit=request.limit)
    refs = {ref.id: ref for ref in catalog.refs(call.seller, product_ids=[row.product_id for row in page.rows])}
    return models.WarehouseStocksResponse(
        stocks=[
            models.WarehouseStock(
                sku=refs[row.product_id].sku,
                product_id=row.product_id,
                offer_id=refs[row.product_id].offer_id,
                warehouse_id=row.warehouse_id,
                present=row.present,
                reserved=row.reserved,
                free_stock=max(row.free, 0),
                updated_at=row.updated_at,
            )
            for row in page.rows
        ],
        cursor=page.next_cursor,
        has_next=bool(page.next_cursor),
    )


@endpoint(
    "/v1/description-category/attribute/values/search",
    request=models.SearchValuesRequest,
    answer=models.SearchValuesResponse,
    right="categories:read",
)
def search_values(call: Call, request: models.SearchValuesRequest) -> models.SearchValuesResponse:
    """Finds values of an attribute's dictionary by a part of their text."""
    check_pair(request.description_category_id, request.type_id)
    rows, _more = catalog.attribute_values(
        request.type_id, request.attribute_id, call.language, limit=request.limit, search=request.value
    )
    return models.SearchValuesResponse(
        result=[models.FoundValue(id=row.id, value=row.value, info=row.info) for row in rows]
    )
