"""Buyers' requests to cancel what a shop delivers itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request, Time

Initiator = Literal["OZON", "SELLER", "CLIENT", "SYSTEM", "DELIVERY"]


class GetConditionalCancellationListV2RequestFilters(Request):
    cancellation_initiator: Sequence[Initiator] = ()
    posting_number: Sequence[str] = ()
    state: Literal["ALL", "ON_APPROVAL", "APPROVED", "REJECTED"] = "ALL"


class GetConditionalCancellationListV2RequestWith(Request):
    counter: bool = False


class GetConditionalCancellationListV2Request(Request):
    limit: Annotated[int, Meta(ge=1, le=500)]
    filters: GetConditionalCancellationListV2RequestFilters = msgspec.field(
        default_factory=GetConditionalCancellationListV2RequestFilters
    )
    last_id: Int = 0
    with_: GetConditionalCancellationListV2RequestWith = msgspec.field(
        default_factory=GetConditionalCancellationListV2RequestWith, name="with"
    )


class CancellationReason(Answer, frozen=True):
    id: int
    name: str


class State(Answer, frozen=True):
    id: int
    name: str
    state: str


class Cancellation(Answer, frozen=True):
    """`source_id` names the request itself: here nothing else stands behind it."""

    approve_comment: str
    approve_date: Time | None
    auto_approve_date: Time
    cancellation_id: int
    cancellation_initiator: str
    cancellation_reason: CancellationReason
    cancellation_reason_message: str
    cancelled_at: Time
    order_date: Time
    posting_number: str
    source_id: int
    state: State
    tpl_integration_type: str


class GetConditionalCancellationListV2Response(Answer, frozen=True):
    result: Sequence[Cancellation]
    last_id: int
    counter: int = 0


class ConditionalCancellationMoveV2Request(Request):
    cancellation_id: Id
    comment: str = ""
