"""Reasons by order and posting; cancelling both, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Request

_Number = Annotated[str, Meta(min_length=1)]


class ReasonsByOrderRequest(Request):
    message: ClassVar[str] = "CancelReasonListByOrderRequest"

    order_number: _Number


class ReasonsByPostingRequest(Request):
    message: ClassVar[str] = "CancelReasonListByPostingRequest"

    posting_number: _Number


class Reason(Answer, frozen=True):
    id: int
    name: str


class ReasonsResponse(Answer, frozen=True):
    reasons: Sequence[Reason]


class PostingCancelRequest(Request):
    posting_number: _Number
    reason_id: Id
    reason_message: str = ""


class PostingCancelStatusRequest(Request):
    posting_number: _Number


class OrderCancelRequest(Request):
    order_number: _Number
    reason_id: Id
    reason_message: str = ""


class OrderRequest(Request):
    message: ClassVar[str] = "OrderCancelRequest"

    order_number: _Number


class CancelAnswer(Answer, frozen=True):
    """`message` is for what a person should know besides; a refusal is an error and not told here."""

    message: str = ""


class CancelStatusResponse(Answer, frozen=True):
    """`state` is that of a posting: cancelled where everything asked about is."""

    order_number: str
    posting_number: Sequence[str]
    state: str


class PostingGroup(Answer, frozen=True):
    """Postings that are cancelled together or not at all."""

    posting_numbers: Sequence[str]


class PostingCancellable(Answer, frozen=True):
    posting_number: str
    cancellable: bool
    why_not_cancellable: str


class OrderCancelCheckResponse(Answer, frozen=True):
    order_number: str
    cancellable: bool
    posting_groups: Sequence[PostingGroup]
    postings: Sequence[PostingCancellable]
