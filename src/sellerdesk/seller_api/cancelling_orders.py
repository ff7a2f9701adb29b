"""Cancelling whole orders, and asking first: reasons that can be used, what could be cancelled, what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from sellerdesk.core.i18n import localized
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as acts
from sellerdesk.orders.errors import OrderNotFound
from sellerdesk.orders.types import CancelReason, PostingCard
from sellerdesk.seller_api import scope
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import cancelling_orders as models
from sellerdesk.seller_api.schemas.base import Empty

_CANCELLED = "cancelled"


@endpoint("/v1/cancel-reason/list", request=Empty, answer=models.ReasonsResponse, right="postings:read")
def reasons(call: Call, request: Empty) -> models.ReasonsResponse:
    """Lists the reasons for which a seller may cancel at all."""
    return _reasons(call, (one for one in orders.cancel_reasons(call.now) if one.available))


@endpoint("/v1/cancel-reason/list-by-order", request=models.ReasonsByOrderRequest, answer=models.ReasonsResponse,
          right="postings:read")
def reasons_by_order(call: Call, request: models.ReasonsByOrderRequest) -> models.ReasonsResponse:
    """Lists the reasons that hold for every posting of an order that can still be cancelled."""
    open_ones = [card for card in _cards(call, request.order_number) if "cancel" in card.available_actions]
    usable = [{one.id for one in orders.usable_reasons(card, call.now)} for card in open_ones]
    common = set.intersection(*usable) if usable else set()
    return _reasons(call, (one for one in orders.cancel_reasons(call.now) if one.id in common))


@endpoint("/v1/cancel-reason/list-by-posting", request=models.ReasonsByPostingRequest,
          answer=models.ReasonsResponse, right="postings:read")
def reasons_by_posting(call: Call, request: models.ReasonsByPostingRequest) -> models.ReasonsResponse:
    """Lists the reasons for which the seller may cancel a posting where it is now."""
    return _reasons(call, orders.usable_reasons(scope.posting(call, request.posting_number), call.now))


@endpoint("/v1/posting/cancel", request=models.PostingCancelRequest, answer=models.CancelAnswer,
          right="postings:write")
def posting_cancel(call: Call, request: models.PostingCancelRequest) -> models.CancelAnswer:
    """Cancels a posting that the carrier does not have yet; it is done when this answers."""
    scope.require(call, [request.posting_number])
    acts.cancel_posting(
        seller=call.seller, number=request.posting_number, reason_id=request.reason_id,
        message=request.reason_message, by="seller", actor=call.actor, now=call.now)
    return models.CancelAnswer()


@endpoint("/v1/posting/cancel/status", request=models.PostingCancelStatusRequest,
          answer=models.CancelStatusResponse, right="postings:read")
def posting_cancel_status(call: Call, request: models.PostingCancelStatusRequest) -> models.CancelStatusResponse:
    """Tells the state of a posting: cancelled, or where it is instead."""
    card = scope.posting(call, request.posting_number)
    return models.CancelStatusResponse(
        order_number=card.order_number, posting_number=[card.number], state=card.state)


@endpoint("/v1/order/cancel", request=models.OrderCancelRequest, answer=models.CancelAnswer, right="postings:write")
def order_cancel(call: Call, request: models.OrderCancelRequest) -> models.CancelAnswer:
    """Cancels what is left of an order, all of it or nothing; it is done when this answers."""
    _numbers(call, request.order_number)
    acts.cancel_order(
        seller=call.seller, number=request.order_number, reason_id=request.reason_id, message=request.reason_message,
        by="seller", actor=call.actor, now=call.now)
    return models.CancelAnswer()


@endpoint("/v1/order/cancel/check", request=models.OrderRequest, answer=models.OrderCancelCheckResponse,
          right="postings:read")
def order_cancel_check(call: Call, request: models.OrderRequest) -> models.OrderCancelCheckResponse:
    """Tells which postings of an order can be cancelled, and why the others cannot."""
    cards = _cards(call, request.order_number)
    left = [card for card in cards if card.state != _CANCELLED]
    return models.OrderCancelCheckResponse(
        order_number=request.order_number,
        cancellable=bool(left) and all("cancel" in card.available_actions for card in left),
        posting_groups=[models.PostingGroup(posting_numbers=[card.number for card in left])] if left else (),
        postings=[
            models.PostingCancellable(
                posting_number=card.number, cancellable="cancel" in card.available_actions,
                why_not_cancellable=_why_not(card))
            for card in cards])


def _why_not(card: PostingCard) -> str:
    if "cancel" in card.available_actions:
        return ""
    return "POSTING_ALREADY_CANCELLED" if card.state == _CANCELLED else "HAS_INCORRECT_STATUS"


@endpoint("/v1/order/cancel/status", request=models.OrderRequest, answer=models.CancelStatusResponse,
          right="postings:read")
def order_cancel_status(call: Call, request: models.OrderRequest) -> models.CancelStatusResponse:
    """Tells of an order what was cancelled, and in which state it is while some of it was not."""
    cards = _cards(call, request.order_number)
    return models.CancelStatusResponse(
        order_number=request.order_number,
        posting_number=[card.number for card in cards if card.state == _CANCELLED],
        state=next((card.state for card in cards if card.state != _CANCELLED), _CANCELLED))


def _numbers(call: Call, order_number: str) -> list[str]:
    """An order's postings. Raises OrderNotFound also where the key does not reach them all."""
    numbers = list(orders.states_of_order(call.seller, order_number))
    if not numbers or len(scope.within(call, numbers)) < len(numbers):
        raise OrderNotFound(order_number)
    return numbers


def _cards(call: Call, order_number: str) -> list[PostingCard]:
    return orders.cards(call.seller, _numbers(call, order_number))


def _reasons(call: Call, found: Iterable[CancelReason]) -> models.ReasonsResponse:
    return models.ReasonsResponse(
        reasons=[models.Reason(id=one.id, name=localized(one.names, call.language)) for one in found])
