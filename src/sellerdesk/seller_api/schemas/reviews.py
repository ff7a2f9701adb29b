"""Reviews of goods, and the shop's replies to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request, Time

Key = Annotated[str, Meta(min_length=1)]
Direction = Literal["ASC", "DESC", ""]
Limit = Annotated[int, Meta(ge=20, le=100)]


class ReviewListFilters(Request):
    order_status: Literal["ALL", "DELIVERED", "CANCELLED", ""] = "ALL"
    published_from: Time | None = None
    published_to: Time | None = None
    skus: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    status: Literal["ALL", "NEW", "VIEWED", "PROCESSED", ""] = "ALL"


class ReviewListRequest(Request):
    limit: Limit
    filters: ReviewListFilters = msgspec.field(default_factory=ReviewListFilters)
    last_id: str = ""
    sort_dir: Direction = "ASC"


class ReviewListV1Request(Request):
    message: ClassVar[str] = "ReviewListRequest"

    limit: Limit
    last_id: str = ""
    sort_dir: Direction = "ASC"
    status: Literal["ALL", "UNPROCESSED", "PROCESSED", ""] = "ALL"


class Review(Answer, frozen=True):
    comments_amount: int
    id: str
    is_rating_participant: bool
    order_status: str
    photos_amount: int
    published_at: Time
    rating: int
    sku: int
    status: str
    text: str
    videos_amount: int


class ReviewListResponse(Answer, frozen=True):
    has_next: bool
    last_id: str
    reviews: Sequence[Review]


class ReviewInfoRequest(Request):
    review_id: Key


class ReviewPhoto(Answer, frozen=True):
    height: int
    url: str
    width: int


class ReviewVideo(Answer, frozen=True):
    """Buyers of this marketplace send no films; the list is always empty."""

    height: int = 0
    preview_url: str = ""
    short_video_preview_url: str = ""
    url: str = ""
    width: int = 0


class ReviewInfoResponse(Answer, frozen=True):
    comments_amount: int
    id: str
    is_rating_participant: bool
    order_status: str
    photos: Sequence[ReviewPhoto]
    photos_amount: int
    published_at: Time
    rating: int
    sku: int
    status: str
    text: str
    videos: Sequence[ReviewVideo] = ()
    videos_amount: int = 0
    dislikes_amount: int = 0
    likes_amount: int = 0


class ReviewCountResponse(Answer, frozen=True):
    new: int
    processed: int
    total: int
    viewed: int


class ReviewCountV1Response(Answer, frozen=True):
    processed: int
    total: int
    unprocessed: int


class ReviewChangeStatusRequest(Request):
    review_ids: Annotated[Sequence[str], Meta(min_length=1, max_length=100)]
    status: Literal["NEW", "VIEWED", "PROCESSED"]


class ReviewChangeStatusV1Request(Request):
    message: ClassVar[str] = "ReviewChangeStatusRequest"

    review_ids: Annotated[Sequence[str], Meta(min_length=1, max_length=100)]
    status: Literal["PROCESSED", "UNPROCESSED"]


class CommentFilter(Request):
    published_from: Time | None = None
    published_to: Time | None = None
    sku: Int = 0


class CommentListRequest(Request):
    """Some clients spell `filter` as `filters`, as the contract's own example does."""

    limit: Limit
    filter: CommentFilter | None = None
    filters: CommentFilter | None = None
    offset: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    review_id: str = ""
    sort_dir: Direction = "ASC"


class Comment(Answer, frozen=True):
    deviation_reason: str
    id: str
    is_official: bool
    is_owner: bool
    is_published: bool
    is_rejected: bool
    published_at: Time | None
    text: str
    parent_comment_id: str = ""
    dislikes_amount: int = 0
    likes_amount: int = 0


class CommentListResponse(Answer, frozen=True):
    comments: Sequence[Comment]
    offset: int


class CommentCreateRequest(Request):
    review_id: Key
    text: Annotated[str, Meta(min_length=1)]
    mark_review_as_processed: bool = False
    parent_comment_id: str = ""


class CommentCreateResponse(Answer, frozen=True):
    comment_id: str


class CommentDeleteRequest(Request):
    comment_id: Key
    sku: Id


class CommentDeleteV1Request(Request):
    message: ClassVar[str] = "CommentDeleteRequest"

    comment_id: Key
