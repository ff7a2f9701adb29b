"""Orders shipped by the seller: lists, one posting, shipping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sellerdesk.catalog import queries as catalog
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as acts
from sellerdesk.orders.types import PostingCard, PostingFilter
from sellerdesk.seller_api import parsing, scope, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.postings_rendering import INTEGRATIONS, Rendering, Wanted
from sellerdesk.seller_api.schemas import postings_fbs_acts as act_models
from sellerdesk.seller_api.schemas import postings_fbs_v3 as v3
from sellerdesk.seller_api.schemas import postings_fbs_v4 as v4
from sellerdesk.seller_api.schemas import postings_moves as moves
from sellerdesk.sellers.types import SellerRef

#: What the API calls unfulfilled: still in the seller's hands, or about to leave them.
UNFULFILLED = (
    "awaiting_verification",
    "awaiting_approve",
    "awaiting_registration",
    "awaiting_packaging",
    "awaiting_deliver",
    "acceptance_in_progress",
)
LONGEST_PERIOD = timedelta(days=366)
# No posting has this number: a filter by something this market does not have finds nothing.
_NOTHING = ("-",)


# --- lists ------------------------------------------------------------------------------------------------------


@endpoint(
    "/v4/posting/fbs/list",
    request=v4.PostingFbsListRequest,
    answer=v4.PostingFbsListResponse,
    right="postings:read",
)
def list_v4(call: Call, request: v4.PostingFbsListRequest) -> v4.PostingFbsListResponse:
    """Lists postings taken within a period."""
    asked = request.filter
    since, to = _period(asked.since, asked.to)
    changed = asked.last_changed_status_date
    page = orders.postings_page(
        call.seller,
        filter=PostingFilter(
            states=tuple(asked.statuses),
            numbers=_NOTHING if asked.is_blr_traceable else (),
            integrations=_integrations(asked.integration_type_flow),
            order_numbers=tuple(asked.order_numbers),
            order_id=asked.order_id,
            warehouse_ids=scope.warehouses(call, asked.warehouse_ids),
            delivery_method_ids=_methods(call.seller, asked.delivery_method_ids, asked.provider_ids),
            since=since,
            to=to,
            changed_from=wire.utc(changed.from_) if changed else None,
            changed_to=wire.utc(changed.to) if changed else None,
        ),
        cursor=request.cursor or None,
        limit=request.limit,
        newest_first=wire.descending(request.sort_dir),
    )
    render = _rendering(call, request.with_)
    return v4.PostingFbsListResponse(
        postings=[render.newer(card) for card in _cards(call, [row.number for row in page.rows])],
        cursor=page.next_cursor,
        has_next=bool(page.next_cursor),
    )


@endpoint(
    "/v4/posting/fbs/unfulfilled/list",
    request=v4.PostingFbsUnfulfilledListRequest,
    answer=v4.PostingFbsUnfulfilledListResponse,
    right="postings:read",
)
def unfulfilled_v4(call: Call, request: v4.PostingFbsUnfulfilledListRequest) -> v4.PostingFbsUnfulfilledListResponse:
    """Lists postings that wait for the seller, the most urgent first."""
    asked = request.filter
    if (asked.cutoff_from or asked.cutoff_to) and (asked.delivering_date_from or asked.delivering_date_to):
        raise parsing.refuse(type(asked), "delivering_date_from", "value must not be set together with CutoffFrom")
    changed = asked.last_changed_status_date
    where = PostingFilter(
        states=tuple(asked.statuses) or UNFULFILLED,
        warehouse_ids=scope.warehouses(call, asked.warehouse_ids),
        delivery_method_ids=_methods(call.seller, asked.delivery_method_ids, asked.provider_ids),
        cutoff_from=wire.utc(asked.cutoff_from),
        cutoff_to=wire.utc(asked.cutoff_to),
        delivering_from=wire.utc(asked.delivering_date_from),
        delivering_to=wire.utc(asked.delivering_date_to),
        changed_from=wire.utc(changed.from_) if changed else None,
        changed_to=wire.utc(changed.to) if changed else None,
    )
    page = orders.postings_page(
        call.seller,
        filter=where,
        cursor=request.cursor or None,
        limit=request.limit,
        newest_first=wire.descending(request.sort_dir),
        sort="ship_by",
    )
    render = _rendering(call, request.with_)
    return v4.PostingFbsUnfulfilledListResponse(
        postings=[render.newer(card) for card in _cards(call, [row.number for row in page.rows])],
        cursor=page.next_cursor,
        has_next=bool(page.next_cursor),
        count=orders.count(call.seller, where),
    )


@endpoint(
    "/v3/posting/fbs/list",
    request=v3.GetFbsPostingListRequest,
    answer=v3.GetFbsPostingListResponseV3,
    right="postings:read",
    deprecated=True,
)
def list_v3(call: Call, request: v3.GetFbsPostingListRequest) -> v3.GetFbsPostingListResponseV3:
    """Lists postings taken within a period, by offset."""
    asked = request.filter
    since, to = _period(asked.since, asked.to)
    changed = asked.last_changed_status_date
    foreign = asked.is_blr_traceable or asked.is_quantum
    rows, has_next = orders.postings_offset(
        call.seller,
        filter=PostingFilter(
            states=(asked.status,) if asked.status else (),
            numbers=_NOTHING if foreign else (),
            integrations=_integrations(asked.integration_type_flow),
            order_id=asked.order_id,
            warehouse_ids=scope.warehouses(call, asked.warehouse_id),
            delivery_method_ids=_methods(call.seller, asked.delivery_method_id, asked.provider_id),
            since=since,
            to=to,
            changed_from=wire.utc(changed.from_) if changed else None,
            changed_to=wire.utc(changed.to) if changed else None,
        ),
        offset=request.offset,
        limit=request.limit,
        newest_first=wire.descending(request.dir),
    )
    render = _rendering(call, request.with_)
    return v3.GetFbsPostingListResponseV3(
        result=v3.GetFbsPostingListResponseResult(
            postings=[render.older(card) for card in _cards(call, [row.number for row in rows])], has_next=has_next
        )
    )


@endpoint(
    "/v3/posting/fbs/unfulfilled/list",
    request=moves.GetFbsPostingUnfulfilledListRequest,
    answer=moves.GetFbsPostingUnfulfilledListResponse,
    right="postings:read",
    deprecated=True,
)
def unfulfilled_v3(
    call: Call, request: moves.GetFbsPostingUnfulfilledListRequest
) -> moves.GetFbsPostingUnfulfilledListResponse:
    """Lists postings that wait for the seller, the most urgent first, by offset."""
    asked = request.filter
    if (asked.cutoff_from or asked.cutoff_to) and (asked.delivering_date_from or asked.delivering_date_to):
        raise parsing.refuse(type(asked), "delivering_date_from", "value must not be set together with CutoffFrom")
    changed = asked.last_changed_status_date
    where = PostingFilter(
        states=(asked.status,) if asked.status else UNFULFILLED,
        numbers=_NOTHING if asked.is_quantum else (),
        warehouse_ids=scope.warehouses(call, asked.warehouse_id),
        delivery_method_ids=_methods(call.seller, asked.delivery_method_id, asked.provider_id),
        cutoff_from=wire.utc(asked.cutoff_from),
        cutoff_to=wire.utc(asked.cutoff_to),
        delivering_from=wire.utc(asked.delivering_date_from),
        delivering_to=wire.utc(asked.delivering_date_to),
        changed_from=wire.utc(changed.from_) if changed else None,
        changed_to=wire.utc(changed.to) if changed else None,
    )
    rows, _more = orders.postings_offset(
        call.seller,
        filter=where,
        offset=request.offset,
        limit=request.limit,
        newest_first=wire.descending(request.dir),
        sort="ship_by",
    )
    render = _rendering(call, request.with_)
    return moves.GetFbsPostingUnfulfilledListResponse(
        result=moves.GetFbsPostingUnfulfilledListResponseResult(
            postings=[render.older(card) for card in _cards(call, [row.number for row in rows])],
            count=orders.count(call.seller, where),
        )
    )


@endpoint(
    "/v3/posting/fbs/get",
    request=v3.GetFbsPostingRequest,
    answer=v3.GetFbsPostingResponseV3,
    right="postings:read",
)
def get_v3(call: Call, request: v3.GetFbsPostingRequest) -> v3.GetFbsPostingResponseV3:
    """Tells everything about one posting."""
    card = scope.posting(call, request.posting_number)
    products = {one.id: one for one in catalog.cards(call.seller, [line.product_id for line in card.lines])}
    wanted = request.with_.related_postings
    related = scope.within(call, orders.siblings(call.seller, card.order_id)) if wanted else None
    return v3.GetFbsPostingResponseV3(
        result=_rendering(call, request.with_).detail(
            card,
            products=products,
            siblings=related,
            packing=orders.packing(call.seller, card.number) if request.with_.product_exemplars else None,
        )
    )


# --- acts -------------------------------------------------------------------------------------------------------


@endpoint(
    "/v4/posting/fbs/ship",
    request=act_models.FbsPostingShipV4Request,
    answer=act_models.FbsPostingShipV4Response,
    right="postings:write",
)
def ship_v4(call: Call, request: act_models.FbsPostingShipV4Request) -> act_models.FbsPostingShipV4Response:
    """Packs a posting; each package becomes a posting of its own."""
    scope.require(call, [request.posting_number])
    numbers = acts.ship_posting(
        seller=call.seller,
        number=request.posting_number,
        packages=[[(row.product_id, row.quantity) for row in package.products] for package in request.packages],
        actor=call.actor,
        now=call.now,
    )
    more = _cards(call, numbers) if request.with_.additional_data else []
    return act_models.FbsPostingShipV4Response(
        result=numbers,
        additional_data=[
            act_models.ShipAdditionalData(
                posting_number=card.number,
                products=[
                    act_models.ShippedProduct(
                        sku=line.sku,
                        offer_id=line.offer_id,
                        name=line.name,
                        quantity=line.quantity,
                        price=wire.money_text(line.price_minor, card.currency),
                        currency_code=card.currency,
                    )
                    for line in card.lines
                ],
            )
            for card in more
        ],
    )



# --- shared -----------------------------------------------------------------------------------------------------


def _period(since: datetime, to: datetime) -> tuple[datetime | None, datetime | None]:
    start, end = wire.utc(since), wire.utc(to)
    if start and end and end - start > LONGEST_PERIOD:
        raise ApiError(Code.INVALID_ARGUMENT, "PERIOD_IS_TOO_LONG")
    return start, end


def _integrations(flows: Sequence[str]) -> tuple[str, ...]:
    """Kinds of delivery to look for, in our words; a kind that this market does not have finds nothing."""
    ours = {spelled: word for word, spelled in INTEGRATIONS.items()}
    return tuple(ours.get(flow, flow) for flow in flows)


def _methods(seller: SellerRef, method_ids: Sequence[int], provider_ids: Sequence[int]) -> tuple[int, ...]:
    """Delivery methods to look for; a carrier stands for all its methods."""
    if not provider_ids:
        return tuple(method_ids)
    wanted = {row.id for row in logistics.methods(seller) if row.carrier_number in provider_ids}
    if method_ids:
        wanted &= set(method_ids)
    # No method has the id 0, so an unknown carrier finds nothing instead of everything.
    return tuple(sorted(wanted)) or (0,)


def _cards(call: Call, numbers: Sequence[str]) -> list[PostingCard]:
    return orders.cards(call.seller, numbers) if numbers else []


def _rendering(call: Call, wanted: Wanted) -> Rendering:
    return Rendering(
        language=call.language,
        now=call.now,
        reasons={reason.id: reason for reason in orders.cancel_reasons(call.now)},
        wanted=wanted,
    )
