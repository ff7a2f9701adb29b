"""Reviews of goods: lists, one review, statuses, the shop's replies."""

from __future__ import annotations

from sellerdesk.core.storage import url
from sellerdesk.messaging import queries, services
from sellerdesk.messaging.errors import ReplyNotFound, ReviewNotFound
from sellerdesk.messaging.types import SELLER, CommentRow, ReviewFilter, ReviewRow
from sellerdesk.seller_api import wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.errors import ApiError, Code
from sellerdesk.seller_api.schemas import reviews as models
from sellerdesk.seller_api.schemas.base import Empty
from sellerdesk.seller_api.schemas.returns import Nothing

_UNPROCESSED = ("NEW", "VIEWED")


def _id(key: str) -> int:
    """Raises ReviewNotFound for a text that never was a review."""
    found = queries.id_of("review", key)
    if not found:
        raise ReviewNotFound()
    return found


def _reply_id(key: str) -> int:
    found = queries.id_of("reply", key)
    if not found:
        raise ReplyNotFound()
    return found


def _after(last_id: str) -> int:
    """Where a page begins. Raises ApiError for a text that no page ended with."""
    found = queries.id_of("review", last_id) if last_id else 0
    if last_id and not found:
        raise ApiError(Code.INVALID_ARGUMENT, "Request validation error: invalid cursor")
    return found


def _review(row: ReviewRow, *, old: bool = False) -> models.Review:
    return models.Review(
        comments_amount=row.comments,
        id=queries.key_of("review", row.id),
        is_rating_participant=row.counts,
        order_status=row.order_status,
        photos_amount=row.photos,
        published_at=row.at,
        rating=row.rating,
        sku=row.sku,
        status=_status(row.status, old),
        text=row.text,
        videos_amount=row.videos,
    )


def _status(status: str, old: bool) -> str:
    """The first version of the contract knows two statuses only."""
    return "UNPROCESSED" if old and status in _UNPROCESSED else status


def _listed(call: Call, where: ReviewFilter, last_id: str, sort_dir: str, limit: int, *,
            old: bool = False) -> models.ReviewListResponse:
    rows, more = queries.reviews_after(call.seller, filter=where, after=_after(last_id),
                                       descending=wire.descending(sort_dir), limit=limit)
    return models.ReviewListResponse(
        has_next=more,
        last_id=queries.key_of("review", rows[-1].id) if rows else "",
        reviews=[_review(row, old=old) for row in rows],
    )


@endpoint("/v2/review/list", request=models.ReviewListRequest, answer=models.ReviewListResponse, right="reviews:read")
def list_v2(call: Call, request: models.ReviewListRequest) -> models.ReviewListResponse:
    """Lists reviews in the order they were written."""
    asked = request.filters
    return _listed(call, ReviewFilter(
        statuses=() if asked.status in ("ALL", "") else (asked.status,),
        order_status="" if asked.order_status == "ALL" else asked.order_status,
        skus=tuple(asked.skus), since=wire.utc(asked.published_from), to=wire.utc(asked.published_to),
    ), request.last_id, request.sort_dir, request.limit)


@endpoint("/v1/review/list", request=models.ReviewListV1Request, answer=models.ReviewListResponse,
          right="reviews:read", deprecated=True)
def list_v1(call: Call, request: models.ReviewListV1Request) -> models.ReviewListResponse:
    """Lists reviews with the two statuses of the first version."""
    statuses = {"UNPROCESSED": _UNPROCESSED, "PROCESSED": ("PROCESSED",)}.get(request.status, ())
    return _listed(call, ReviewFilter(statuses=statuses), request.last_id, request.sort_dir, request.limit, old=True)


def _info(call: Call, key: str, *, old: bool = False) -> models.ReviewInfoResponse:
    row = queries.review(call.seller, _id(key))
    return models.ReviewInfoResponse(
        comments_amount=row.comments,
        id=queries.key_of("review", row.id),
        is_rating_participant=row.counts,
        order_status=row.order_status,
        photos=[
            models.ReviewPhoto(height=one.height, url=call.base_url + url(one.key), width=one.width)
            for one in queries.photos(call.seller, [row.id]).get(row.id, ())
        ],
        photos_amount=row.photos,
        published_at=row.at,
        rating=row.rating,
        sku=row.sku,
        status=_status(row.status, old),
        text=row.text,
        likes_amount=row.likes,
        dislikes_amount=row.dislikes,
    )


@endpoint("/v2/review/info", request=models.ReviewInfoRequest, answer=models.ReviewInfoResponse, right="reviews:read")
def info_v2(call: Call, request: models.ReviewInfoRequest) -> models.ReviewInfoResponse:
    """Tells everything about one review, with its photos."""
    return _info(call, request.review_id)


@endpoint("/v1/review/info", request=models.ReviewInfoRequest, answer=models.ReviewInfoResponse,
          right="reviews:read", deprecated=True)
def info_v1(call: Call, request: models.ReviewInfoRequest) -> models.ReviewInfoResponse:
    """Tells everything about one review, with the two statuses of the first version."""
    return _info(call, request.review_id, old=True)


@endpoint("/v2/review/count", request=Empty, answer=models.ReviewCountResponse, right="reviews:read")
def count_v2(call: Call, request: Empty) -> models.ReviewCountResponse:
    """Counts the shop's reviews by status."""
    found = queries.review_counts(call.seller)
    return models.ReviewCountResponse(new=found["new"], processed=found["processed"], total=found["all"],
                                      viewed=found["viewed"])


@endpoint("/v1/review/count", request=Empty, answer=models.ReviewCountV1Response, right="reviews:read",
          deprecated=True)
def count_v1(call: Call, request: Empty) -> models.ReviewCountV1Response:
    """Counts the shop's reviews by the two statuses of the first version."""
    found = queries.review_counts(call.seller)
    return models.ReviewCountV1Response(processed=found["processed"], total=found["all"], unprocessed=found["open"])


@endpoint("/v2/review/change-status", request=models.ReviewChangeStatusRequest, answer=Nothing,
          right="reviews:write")
def change_status_v2(call: Call, request: models.ReviewChangeStatusRequest) -> Nothing:
    """Sets the status of up to 100 reviews."""
    services.set_review_status(seller=call.seller, review_ids=[_id(key) for key in request.review_ids],
                               status=request.status, actor=call.actor, now=call.now)
    return Nothing()


@endpoint("/v1/review/change-status", request=models.ReviewChangeStatusV1Request, answer=Nothing,
          right="reviews:write", deprecated=True)
def change_status_v1(call: Call, request: models.ReviewChangeStatusV1Request) -> Nothing:
    """Marks up to 100 reviews as dealt with, or as new again."""
    services.set_review_status(
        seller=call.seller, review_ids=[_id(key) for key in request.review_ids],
        status="PROCESSED" if request.status == "PROCESSED" else "NEW", actor=call.actor, now=call.now)
    return Nothing()


@endpoint("/v1/review/comment/list", request=models.CommentListRequest, answer=models.CommentListResponse,
          right="reviews:read")
def comment_list(call: Call, request: models.CommentListRequest) -> models.CommentListResponse:
    """Lists replies to one review, or to the reviews of one SKU."""
    where = request.filter or request.filters or models.CommentFilter()
    if not request.review_id and not where.sku:
        raise ApiError(Code.INVALID_ARGUMENT, "Request validation error: review_id or filter.sku is required")
    rows = queries.replies_after(
        call.seller, review_id=queries.review(call.seller, _id(request.review_id)).id if request.review_id else 0,
        sku=where.sku, since=wire.utc(where.published_from), to=wire.utc(where.published_to), offset=request.offset,
        descending=wire.descending(request.sort_dir), limit=request.limit)
    return models.CommentListResponse(comments=[_comment(row) for row in rows], offset=request.offset + len(rows))


def _comment(row: CommentRow) -> models.Comment:
    rejected = row.state == "rejected"
    return models.Comment(
        deviation_reason=str(queries.refusal_text(row.reason)) if rejected else "",
        id=queries.key_of("reply", row.id),
        is_official=row.by == SELLER,
        is_owner=row.by == SELLER,
        is_published=row.state == "published",
        is_rejected=rejected,
        published_at=row.published_at or row.at,
        text=row.text,
    )


@endpoint("/v1/review/comment/create", request=models.CommentCreateRequest, answer=models.CommentCreateResponse,
          right="reviews:write")
def comment_create(call: Call, request: models.CommentCreateRequest) -> models.CommentCreateResponse:
    """Answers a review in public; the marketplace looks at the reply before buyers see it."""
    reply_id = services.reply(seller=call.seller, review_id=_id(request.review_id), text=request.text,
                              processed=request.mark_review_as_processed, actor=call.actor, now=call.now)
    return models.CommentCreateResponse(comment_id=queries.key_of("reply", reply_id))


@endpoint("/v2/review/comment/delete", request=models.CommentDeleteRequest, answer=Nothing, right="reviews:write")
def comment_delete_v2(call: Call, request: models.CommentDeleteRequest) -> Nothing:
    """Takes a reply of the shop's own back."""
    services.delete_reply(seller=call.seller, reply_id=_reply_id(request.comment_id), sku=request.sku,
                          actor=call.actor, now=call.now)
    return Nothing()


@endpoint("/v1/review/comment/delete", request=models.CommentDeleteV1Request, answer=Nothing, right="reviews:write",
          deprecated=True)
def comment_delete_v1(call: Call, request: models.CommentDeleteV1Request) -> Nothing:
    """Takes a reply of the shop's own back, without naming the SKU."""
    services.delete_reply(seller=call.seller, reply_id=_reply_id(request.comment_id), actor=call.actor, now=call.now)
    return Nothing()
