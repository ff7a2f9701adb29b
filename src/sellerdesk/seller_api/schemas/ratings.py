"""`/v1/product/rating-by-sku`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request


class GetProductRatingBySkuRequest(Request):
    skus: Annotated[Sequence[Id], Meta(min_length=1, max_length=100)]


class RatingCondition(Answer, frozen=True):
    key: str = ""
    description: str = ""
    cost: float = 0.0
    fulfilled: bool = False


class RatingImproveAttribute(Answer, frozen=True):
    id: Int = 0
    name: str = ""


class RatingGroup(Answer, frozen=True):
    key: str = ""
    name: str = ""
    rating: float = 0.0
    weight: float = 0.0
    improve_at_least: Int = 0
    improve_attributes: Sequence[RatingImproveAttribute] = ()
    conditions: Sequence[RatingCondition] = ()


class ProductRating(Answer, frozen=True):
    sku: Int = 0
    rating: float = 0.0
    groups: Sequence[RatingGroup] = ()


class GetProductRatingBySkuResponse(Answer, frozen=True):
    products: Sequence[ProductRating] = ()
