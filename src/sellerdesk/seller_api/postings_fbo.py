"""Orders that the marketplace ships from its own warehouses, and what lies there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.core.i18n import localized
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import queries as orders
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.types import LineRow, PostingCard, PostingFilter
from sellerdesk.seller_api import errors, scope, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import postings_fbo as models
from sellerdesk.seller_api.schemas.base import Empty

_MOST, _FURTHEST = 1000, 20_000
_ENDED_BY = {"client": "client", "platform": "ozon", "delivery": "delivery", "seller": "seller"}


@dataclass(frozen=True, slots=True)
class _Rendering:
    """How to spell postings for one call: which blocks were asked for, and what the regions are called."""

    wanted: models.FboGetRequestWith | models.FboListRequestWith | models.FboListV2RequestWith | None
    clusters: dict[int, str]
    regions: dict[str, str]
    places: dict[int, int | None]
    reasons: dict[int, str]

    def common(self, card: PostingCard) -> dict[str, Any]:
        return {"cancel_reason_id": card.cancel_reason_id or 0, "created_at": card.in_process_at,
                "in_process_at": card.in_process_at, "order_id": card.order_id, "order_number": card.order_number,
                "posting_number": card.number, "status": card.state, "substatus": card.substate}

    def analytics(self, card: PostingCard) -> dict[str, Any] | None:
        if not (self.wanted and self.wanted.analytics_data):
            return None
        return {"city": card.city, "warehouse_id": card.warehouse_id, "warehouse_name": card.warehouse_name,
                "client_delivery_date_begin": card.deliver_by, "client_delivery_date_end": card.deliver_by,
                "is_legal": card.company is not None}

    def legal(self, card: PostingCard) -> dict[str, str] | None:
        """The company that bought, where that was asked for; empty texts where a person did."""
        if not (self.wanted and self.wanted.legal_info):
            return None
        return {"company_name": card.company_name, "inn": card.company_tax_number, "kpp": card.company_tax_reason}

    def finances(self) -> bool:
        return bool(self.wanted and self.wanted.financial_data)

    def clusters_of(self, card: PostingCard) -> dict[str, str]:
        return {"cluster_from": self.clusters.get(self.places.get(card.warehouse_id) or 0, ""),
                "cluster_to": self.regions.get(card.region, "")}

    def older_line(self, line: LineRow, card: PostingCard) -> dict[str, Any]:
        currency = card.currency
        return {"currency_code": currency, "commissions_currency_code": currency, "quantity": line.quantity,
                "commission_amount": wire.money_number(line.commission_minor, currency),
                "commission_percent": line.commission_bp // 100, **_price(line, currency)}


def _price(line: LineRow, currency: str) -> dict[str, Any]:
    off = max(line.old_price_minor - line.price_minor, 0) if line.old_price_minor else 0
    return {"old_price": wire.money_number(line.old_price_minor or line.price_minor, currency),
            "payout": wire.money_number(line.amount_minor - line.commission_minor, currency),
            "price": wire.money_number(line.price_minor, currency), "product_id": line.sku,
            "total_discount_percent": wire.percent_of(off, line.old_price_minor),
            "total_discount_value": wire.money_number(off, currency)}


def _rendering(call: Call, wanted: Any) -> _Rendering:
    rows = inventory.clusters(call.now)
    names = {row.id: localized(row.names, call.language) for row in rows}
    return _Rendering(
        wanted, names, {region: names[row.id] for row in rows for region in row.regions},
        {row.id: row.cluster_id for row in inventory.platform_warehouses()},
        {one.id: localized(one.names, call.language) for one in orders.cancel_reasons(call.now)})


@endpoint("/v2/posting/fbo/get", request=models.FboGetRequest, answer=models.FboGetResponse, right="postings:read")
def get(call: Call, request: models.FboGetRequest) -> models.FboGetResponse:
    """Tells everything about one posting that the marketplace ships."""
    cards = _cards(call, scope.within(call, [request.posting_number]))
    if not cards or cards[0].scheme != "fbo":
        raise PostingNotFound(request.posting_number)
    card, render = cards[0], _rendering(call, request.with_)
    company = render.legal(card)
    seen = render.analytics(card)
    return models.FboGetResponse(result=models.FboGetResponseResult(
        **render.common(card), fact_delivery_date=card.delivered_at,
        analytics_data=models.FboGetResponseResultAnalyticsData(**seen) if seen else None,
        external_order=models.FboGetResponseResultExternalOrder(),
        legal_info=models.FboGetResponseResultLegalInfo(**company) if company else None,
        financial_data=models.FboGetResponseResultFinancialData(**render.clusters_of(card), products=[
            models.FboGetResponseResultFinancialDataProduct(
                **render.older_line(line, card), customer_currency_code=card.currency,
                customer_price=wire.money_number(line.price_minor, card.currency)) for line in card.lines])
        if render.finances() else None,
        products=[models.FboGetResponseResultProduct(**_product(line, card.currency)) for line in card.lines]))


def _product(line: LineRow, currency: str) -> dict[str, Any]:
    return {"name": line.name, "offer_id": line.offer_id, "currency_code": currency,
            "price": wire.money_text(line.price_minor, currency), "quantity": line.quantity, "sku": line.sku}


def _cards(call: Call, numbers: Iterable[str]) -> list[PostingCard]:
    return orders.cards(call.seller, numbers)


def _found(call: Call, *, states: tuple[str, ...] = (), numbers: tuple[str, ...] = (),
           order_numbers: tuple[str, ...] = (), since: datetime | None, to: datetime | None) -> PostingFilter:
    return PostingFilter(states=states, numbers=numbers, order_numbers=order_numbers, since=wire.utc(since),
                         to=wire.utc(to), warehouse_ids=scope.warehouses(call), scheme="fbo")


@endpoint("/v2/posting/fbo/list", request=models.FboListV2Request, answer=models.FboListV2Response,
          right="postings:read", deprecated=True)
def list_v2(call: Call, request: models.FboListV2Request) -> models.FboListV2Response:
    """Lists postings of a period by offset."""
    if request.offset > _FURTHEST:
        raise errors.ApiError(errors.Code.INVALID_ARGUMENT, "MAX_OFFSET_EXCEEDED")
    where = _found(call, states=(request.filter.status,) if request.filter.status else (),
                   since=request.filter.since, to=request.filter.to)
    rows, _ = orders.postings_offset(call.seller, filter=where, offset=max(request.offset, 0),
                                     limit=max(1, min(request.limit, _MOST)),
                                     newest_first=wire.descending(request.dir))
    render = _rendering(call, request.with_)
    return models.FboListV2Response(result=[_older(render, card) for card in _cards(
        call, [row.number for row in rows])])


def _older(render: _Rendering, card: PostingCard) -> models.FboListV2ResponseResult:
    seen, company = render.analytics(card), render.legal(card)
    return models.FboListV2ResponseResult(
        **render.common(card), legal_info=models.FboListV2ResponseResultLegalInfo(**company) if company else None,
        analytics_data=models.FboListV2ResponseResultAnalyticsData(**seen) if seen else None,
        financial_data=models.FboListV2ResponseResultFinancialData(**render.clusters_of(card), products=[
            models.FboListV2ResponseResultFinancialDataProduct(**render.older_line(line, card))
            for line in card.lines]) if render.finances() else None,
        products=[models.FboListV2ResponseResultProduct(**_product(line, card.currency)) for line in card.lines])


@endpoint("/v3/posting/fbo/list", request=models.FboListRequest, answer=models.FboListResponse,
          right="postings:read")
def list_v3(call: Call, request: models.FboListRequest) -> models.FboListResponse:
    """Lists postings that the marketplace ships, by cursor."""
    asked = request.filter or models.FboListRequestFilter()
    page = orders.postings_page(
        call.seller, cursor=request.cursor or None, limit=request.limit,
        newest_first=request.sort_dir == "DESC", filter=_found(
            call, states=tuple(asked.statuses), numbers=tuple(asked.posting_numbers),
            order_numbers=tuple(asked.order_numbers), since=asked.since, to=asked.to))
    render = _rendering(call, request.with_)
    return models.FboListResponse(
        cursor=page.next_cursor, has_next=bool(page.next_cursor),
        postings=[_newer(render, card) for card in _cards(call, [row.number for row in page.rows])])


def _newer(render: _Rendering, card: PostingCard) -> models.FboListResponsePosting:
    seen, company, currency = render.analytics(card), render.legal(card), card.currency
    return models.FboListResponsePosting(
        **render.common(card), legal_info=models.FboListResponsePostingLegalInfo(**company) if company else None,
        analytics_data=models.FboListResponsePostingAnalyticsData(**seen) if seen else None,
        cancellation=models.FboListResponsePostingCancellation(
            cancel_reason=render.reasons.get(card.cancel_reason_id or 0, ""),
            cancellation_initiator=_ENDED_BY.get(card.cancelled_by, ""),
            cancellation_type=_ENDED_BY.get(card.cancelled_by, "")) if card.cancelled_at else None,
        external_order=models.FboListResponsePostingExternalOrder(),
        financial_data=models.FboListResponsePostingFinancialData(**render.clusters_of(card), products=[
            models.FboListResponsePostingFinancialDataProduct(
                **_price(line, currency), commission=models.FboListResponsePostingFinancialDataProductCommission(
                    amount=wire.money_number(line.commission_minor, currency), currency=currency,
                    percent=line.commission_bp // 100)) for line in card.lines]) if render.finances() else None,
        products=[
            models.FboListResponsePostingProduct(
                name=line.name, offer_id=line.offer_id, quantity=line.quantity, sku=line.sku,
                price=models.FboListResponsePostingProductPrice(
                    amount=wire.money_text(line.price_minor, currency), currency=currency)) for line in card.lines])


@endpoint("/v1/posting/fbo/cancel-reason/list", request=Empty, answer=models.FboReasonsResponse,
          right="postings:read")
def cancel_reasons(call: Call, request: Empty) -> models.FboReasonsResponse:
    """Lists the reasons for which postings that the marketplace ships are cancelled: never the seller's own."""
    return models.FboReasonsResponse(reasons=[
        models.FboReasonsResponseReason(id=one.id, name=localized(one.names, call.language))
        for one in orders.cancel_reasons(call.now) if one.kind == "buyer"])


@endpoint("/v1/product/info/stocks-by-warehouse/fbo", request=models.FboStocksRequest,
          answer=models.FboStocksResponse, right="stocks:read")
def stocks(call: Call, request: models.FboStocksRequest) -> models.FboStocksResponse:
    """Lists what lies in the marketplace's warehouses, product by product and warehouse by warehouse."""
    if call.caller.warehouse_ids:
        return models.FboStocksResponse()
    wanted = None
    if request.offer_ids or request.skus:
        wanted = [ref.id for ref in catalog.refs(call.seller, offer_ids=request.offer_ids, skus=request.skus)]
    limit = max(1, request.limit)
    rows = inventory.platform_stock(call.seller, product_ids=wanted, after=_after(request.cursor), limit=limit + 1)
    shown = rows[:limit]
    refs = {ref.id: ref for ref in catalog.refs(call.seller, product_ids=sorted({row.product_id for row in shown}))}
    return models.FboStocksResponse(
        cursor=cursor_encode(shown[-1].product_id, shown[-1].warehouse_id) if len(rows) > limit else "",
        has_next=len(rows) > limit,
        products=[
            models.FboStocksResponseProduct(
                offer_id=refs[row.product_id].offer_id, sku=refs[row.product_id].sku, product_id=row.product_id,
                present=row.present, reserved=row.reserved, warehouse_id=row.warehouse_id) for row in shown])


def _after(cursor: str) -> tuple[int, int] | None:
    if not cursor:
        return None
    product, place = cursor_decode(cursor, 2)
    if not isinstance(product, int) or not isinstance(place, int):
        raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
    return product, place
