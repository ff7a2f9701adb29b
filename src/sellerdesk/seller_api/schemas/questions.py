"""Questions about goods, and the shop's answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, IdText, Request, Time

Key = Annotated[str, Meta(min_length=1)]


class QuestionListFilter(Request):
    date_from: Time | None = None
    date_to: Time | None = None
    status: Literal["ALL", "NEW", "VIEWED", "PROCESSED", "UNPROCESSED", ""] = "ALL"


class QuestionListRequest(Request):
    filter: QuestionListFilter = msgspec.field(default_factory=QuestionListFilter)
    last_id: str = ""
    limit: Annotated[int, Meta(ge=0, le=100)] = 100
    sort_dir: Literal["ASC", "DESC", ""] = "DESC"


class Question(Answer, frozen=True):
    answers_count: int
    author_name: str
    id: str
    product_url: str
    published_at: Time
    question_link: str
    sku: int
    status: str
    text: str


class QuestionListResponse(Answer, frozen=True):
    questions: Sequence[Question]
    last_id: str
    has_next: bool


class QuestionInfoRequest(Request):
    question_id: Key


class QuestionCountResponse(Answer, frozen=True):
    all: int
    new: int
    processed: int
    unprocessed: int
    viewed: int


class QuestionChangeStatusRequest(Request):
    question_ids: Annotated[Sequence[str], Meta(min_length=1, max_length=100)]
    status: Literal["NEW", "VIEWED", "PROCESSED"]


class QuestionAnswerCreateRequest(Request):
    question_id: Key
    sku: Id
    text: Annotated[str, Meta(min_length=2, max_length=3000)]


class QuestionAnswerCreateResponse(Answer, frozen=True):
    answer_id: str


class QuestionAnswerDeleteRequest(Request):
    answer_id: Key
    sku: Id


class QuestionAnswerListRequest(Request):
    question_id: Key
    sku: Id
    last_id: str = ""


class QuestionAnswer(Answer, frozen=True):
    author_name: str
    id: str
    published_at: Time
    question_id: str
    sku: int
    status_publication: str
    text: str


class QuestionAnswerListResponse(Answer, frozen=True):
    answers: Sequence[QuestionAnswer]
    last_id: str


class QuestionTopSkuRequest(Request):
    limit: Annotated[int, Meta(ge=1, le=100)]


class QuestionTopSkuResponse(Answer, frozen=True):
    sku: Sequence[IdText]
