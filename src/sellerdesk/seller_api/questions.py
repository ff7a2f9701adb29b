"""Questions about goods: lists, one question, statuses, the shop's answers."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from sellerdesk.messaging import queries, services
from sellerdesk.messaging.errors import QuestionNotFound, ReplyNotFound, WrongProduct
from sellerdesk.messaging.types import QuestionFilter, QuestionRow
from sellerdesk.seller_api import wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import questions as models
from sellerdesk.seller_api.schemas.base import Empty
from sellerdesk.seller_api.schemas.returns import Nothing

_STATUSES = {"NEW": ("NEW",), "VIEWED": ("VIEWED",), "PROCESSED": ("PROCESSED",), "UNPROCESSED": ("NEW", "VIEWED")}
_PUBLICATION = {"moderation": "AWAITING_MODERATION", "published": "PUBLISHED", "rejected": "MODERATION_FAILED"}
_TOP_DAYS = 90
_ANSWERS_AT_ONCE = 100


def _id(key: str) -> int:
    """Raises QuestionNotFound for a text that never was a question."""
    found = queries.id_of("question", key)
    if not found:
        raise QuestionNotFound()
    return found


def _reply_id(key: str) -> int:
    found = queries.id_of("reply", key)
    if not found:
        raise ReplyNotFound()
    return found


def _question(call: Call, row: QuestionRow) -> models.Question:
    return models.Question(
        answers_count=row.answers,
        author_name=row.author,
        id=queries.key_of("question", row.id),
        product_url=call.base_url + reverse("catalog:product", args=[row.product_id]),
        published_at=row.at,
        question_link=call.base_url + reverse("messaging:question", args=[row.id]),
        sku=row.sku,
        status=row.status,
        text=row.text,
    )


@endpoint("/v1/question/list", request=models.QuestionListRequest, answer=models.QuestionListResponse,
          right="reviews:read")
def question_list(call: Call, request: models.QuestionListRequest) -> models.QuestionListResponse:
    """Lists questions, the newest first unless asked otherwise."""
    after = queries.id_of("question", request.last_id) if request.last_id else 0
    if request.last_id and not after:
        raise ApiError(Code.INVALID_ARGUMENT, "Request validation error: invalid cursor")
    rows, more = queries.questions_after(
        call.seller, after=after, descending=request.sort_dir != "ASC", limit=request.limit or 100,
        filter=QuestionFilter(statuses=_STATUSES.get(request.filter.status, ()),
                              since=wire.utc(request.filter.date_from), to=wire.utc(request.filter.date_to)))
    return models.QuestionListResponse(
        questions=[_question(call, row) for row in rows],
        last_id=queries.key_of("question", rows[-1].id) if rows else "",
        has_next=more,
    )


@endpoint("/v1/question/info", request=models.QuestionInfoRequest, answer=models.Question, right="reviews:read")
def question_info(call: Call, request: models.QuestionInfoRequest) -> models.Question:
    """Tells one question."""
    return _question(call, queries.question(call.seller, _id(request.question_id)))


@endpoint("/v1/question/count", request=Empty, answer=models.QuestionCountResponse, right="reviews:read")
def question_count(call: Call, request: Empty) -> models.QuestionCountResponse:
    """Counts the shop's questions by status."""
    found = queries.question_counts(call.seller)
    return models.QuestionCountResponse(all=found["all"], new=found["new"], processed=found["processed"],
                                        unprocessed=found["open"], viewed=found["viewed"])


@endpoint("/v1/question/change-status", request=models.QuestionChangeStatusRequest, answer=Nothing,
          right="reviews:write")
def change_status(call: Call, request: models.QuestionChangeStatusRequest) -> Nothing:
    """Sets the status of up to 100 questions."""
    services.set_question_status(seller=call.seller, question_ids=[_id(key) for key in request.question_ids],
                                 status=request.status, actor=call.actor, now=call.now)
    return Nothing()


@endpoint("/v1/question/answer/create", request=models.QuestionAnswerCreateRequest,
          answer=models.QuestionAnswerCreateResponse, right="reviews:write")
def answer_create(call: Call, request: models.QuestionAnswerCreateRequest) -> models.QuestionAnswerCreateResponse:
    """Answers a question in public; the marketplace looks at the answer before buyers see it."""
    reply_id = services.answer(seller=call.seller, question_id=_id(request.question_id), sku=request.sku,
                               text=request.text, actor=call.actor, now=call.now)
    return models.QuestionAnswerCreateResponse(answer_id=queries.key_of("reply", reply_id))


@endpoint("/v1/question/answer/delete", request=models.QuestionAnswerDeleteRequest, answer=Nothing,
          right="reviews:write")
def answer_delete(call: Call, request: models.QuestionAnswerDeleteRequest) -> Nothing:
    """Takes an answer of the shop's own back."""
    services.delete_reply(seller=call.seller, reply_id=_reply_id(request.answer_id), sku=request.sku,
                          actor=call.actor, now=call.now)
    return Nothing()


@endpoint("/v1/question/answer/list", request=models.QuestionAnswerListRequest,
          answer=models.QuestionAnswerListResponse, right="reviews:read")
def answer_list(call: Call, request: models.QuestionAnswerListRequest) -> models.QuestionAnswerListResponse:
    """Lists answers to one question, oldest first."""
    row = queries.question(call.seller, _id(request.question_id))
    if row.sku != request.sku:
        raise WrongProduct(request.sku)
    rows = queries.replies_after(call.seller, question_id=row.id, limit=_ANSWERS_AT_ONCE,
                                 after=_reply_id(request.last_id) if request.last_id else 0)
    return models.QuestionAnswerListResponse(
        answers=[
            models.QuestionAnswer(
                author_name=one.author,
                id=queries.key_of("reply", one.id),
                published_at=one.published_at or one.at,
                question_id=queries.key_of("question", row.id),
                sku=row.sku,
                status_publication=_PUBLICATION[one.state],
                text=one.text,
            )
            for one in rows
        ],
        last_id=queries.key_of("reply", rows[-1].id) if len(rows) == _ANSWERS_AT_ONCE else "",
    )


@endpoint("/v1/question/top-sku", request=models.QuestionTopSkuRequest, answer=models.QuestionTopSkuResponse,
          right="reviews:read")
def top_sku(call: Call, request: models.QuestionTopSkuRequest) -> models.QuestionTopSkuResponse:
    """Names the SKUs asked about most in the last 90 days."""
    rows = queries.most_asked(call.seller, call.now - timedelta(days=_TOP_DAYS), request.limit)
    return models.QuestionTopSkuResponse(sku=[str(row.sku) for row in rows])
