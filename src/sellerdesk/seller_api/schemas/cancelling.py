"""Reasons for cancelling, and cancelling whole postings or single units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Id, Request

PostingNumber = Annotated[str, Meta(min_length=1)]


class CancelReason(Answer, frozen=True):
    id: int
    title: str
    type_id: str
    is_available_for_cancellation: bool


class CancelReasonListResponse(Answer, frozen=True):
    result: Sequence[CancelReason]


class CancelReasonRequest(Request):
    related_posting_numbers: Annotated[Sequence[PostingNumber], Meta(min_length=1, max_length=500)]


class PostingReason(Answer, frozen=True):
    id: int
    title: str
    type_id: str


class PostingReasons(Answer, frozen=True):
    posting_number: str
    reasons: Sequence[PostingReason]


class CancelReasonResponse(Answer, frozen=True):
    result: Sequence[PostingReasons]


class CancelFbsPostingRequest(Request):
    cancel_reason_id: Id
    posting_number: PostingNumber
    cancel_reason_message: str = ""


class BooleanResponse(Answer, frozen=True):
    result: bool


class PostingProductCancelRequestItem(Request):
    message: ClassVar[str] = "PostingProductCancelRequest_Item"

    quantity: Annotated[int, Meta(gt=0, le=INT64_MAX)]
    sku: Id


class PostingProductCancelRequest(Request):
    cancel_reason_id: Id
    cancel_reason_message: Annotated[str, Meta(min_length=1)]
    items: Annotated[Sequence[PostingProductCancelRequestItem], Meta(min_length=1)]
    posting_number: PostingNumber


class PostingProductCancelResponse(Answer, frozen=True):
    """The number of the posting that the units were taken from."""

    result: str
