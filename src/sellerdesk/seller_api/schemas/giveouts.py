"""Picking goods up at return points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Id, Int, Request, Time


class GiveoutGetBarcodeResponse(Answer, frozen=True):
    barcode: str


class GiveoutFile(Answer, frozen=True):
    """The answer where JSON was asked for; otherwise the body is the file itself."""

    file_content: str
    file_name: str
    content_type: str


class GiveoutIsEnabledResponse(Answer, frozen=True):
    enabled: bool


class GiveoutListRequest(Request):
    limit: Annotated[int, Meta(ge=1, le=INT64_MAX)]
    last_id: Int = 0


class GiveoutDetails(Answer, frozen=True):
    approved_articles_count: int
    created_at: Time
    giveout_id: int
    giveout_status: str
    total_articles_count: int
    warehouse_address: str
    warehouse_id: int
    warehouse_name: str


class GiveoutListResponse(Answer, frozen=True):
    giveouts: Sequence[GiveoutDetails]


class GiveoutInfoRequest(Request):
    giveout_id: Id


class ArticleDetails(Answer, frozen=True):
    approved: bool
    delivery_schema: str
    name: str
    seller_id: int


class GiveoutInfoResponse(Answer, frozen=True):
    articles: Sequence[ArticleDetails]
    giveout_id: int
    giveout_status: str
    warehouse_address: str
    warehouse_name: str
