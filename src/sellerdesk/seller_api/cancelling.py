"""Cancelling postings: the catalogue of reasons, what may be used where, whole postings and single units."""

from __future__ import annotations

from sellerdesk.core.i18n import localized
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as acts
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.seller_api import scope
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import cancelling as models
from sellerdesk.seller_api.schemas.base import Empty


@endpoint(
    "/v1/posting/fbs/cancel-reason",
    request=models.CancelReasonRequest,
    answer=models.CancelReasonResponse,
    right="postings:read",
)
def posting_reasons(call: Call, request: models.CancelReasonRequest) -> models.CancelReasonResponse:
    """Lists for each posting the reasons for which the seller may cancel it where it is now."""
    scope.require(call, request.related_posting_numbers)
    cards = {card.number: card for card in orders.cards(call.seller, request.related_posting_numbers)}
    result = []
    for number in dict.fromkeys(request.related_posting_numbers):
        if number not in cards:
            raise PostingNotFound(number)
        result.append(
            models.PostingReasons(
                posting_number=number,
                reasons=[
                    models.PostingReason(id=one.id, title=localized(one.names, call.language), type_id=one.kind)
                    for one in orders.usable_reasons(cards[number], call.now)
                ],
            )
        )
    return models.CancelReasonResponse(result=result)


@endpoint(
    "/v2/posting/fbs/cancel-reason/list",
    request=Empty,
    answer=models.CancelReasonListResponse,
    right="postings:read",
)
def cancel_reasons(call: Call, request: Empty) -> models.CancelReasonListResponse:
    """Lists the reasons for cancelling, and which of them a seller may use."""
    return models.CancelReasonListResponse(
        result=[
            models.CancelReason(
                id=reason.id,
                title=localized(reason.names, call.language),
                type_id=reason.kind,
                is_available_for_cancellation=reason.available,
            )
            for reason in orders.cancel_reasons(call.now)
        ]
    )


@endpoint(
    "/v2/posting/fbs/cancel",
    request=models.CancelFbsPostingRequest,
    answer=models.BooleanResponse,
    right="postings:write",
)
def cancel(call: Call, request: models.CancelFbsPostingRequest) -> models.BooleanResponse:
    """Cancels a posting that the carrier does not have yet."""
    scope.require(call, [request.posting_number])
    acts.cancel_posting(
        seller=call.seller,
        number=request.posting_number,
        reason_id=request.cancel_reason_id,
        message=request.cancel_reason_message,
        by="seller",
        actor=call.actor,
        now=call.now,
    )
    return models.BooleanResponse(result=True)


@endpoint(
    "/v2/posting/fbs/product/cancel",
    request=models.PostingProductCancelRequest,
    answer=models.PostingProductCancelResponse,
    right="postings:write",
)
def product_cancel(
    call: Call, request: models.PostingProductCancelRequest
) -> models.PostingProductCancelResponse:
    """Takes single units out of a posting that is not packed yet, and cancels them."""
    scope.require(call, [request.posting_number])
    acts.cancel_units(
        seller=call.seller,
        number=request.posting_number,
        items=[(item.sku, item.quantity) for item in request.items],
        reason_id=request.cancel_reason_id,
        message=request.cancel_reason_message,
        by="seller",
        actor=call.actor,
        now=call.now,
    )
    return models.PostingProductCancelResponse(result=request.posting_number)
