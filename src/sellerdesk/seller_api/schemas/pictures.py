"""`/v1/product/pictures/import`, `/v2/product/pictures/import`, `/v2/product/pictures/info`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Request


class ProductImportPicturesRequest(Request):
    """All pictures of a product, the main one first. What is not named goes."""

    product_id: Id
    images: Sequence[str] = ()
    color_image: str = ""


class ProductInfoPicturesResponsePicture(Answer, frozen=True):
    """`state` is imported (to be fetched), uploaded (there) or failed; see `/v2/product/pictures/info` for why."""

    is_color: bool
    is_primary: bool
    product_id: int
    state: str
    url: str


class ProductInfoPicturesResponseResult(Answer, frozen=True):
    pictures: Sequence[ProductInfoPicturesResponsePicture]


class ProductInfoPicturesResponse(Answer, frozen=True):
    result: ProductInfoPicturesResponseResult


class ProductImportPicturesV2RequestItem(Request):
    message: ClassVar[str] = "ProductImportPicturesV2Request_Item"

    offer_id: str = ""
    images: Sequence[str] = ()
    primary_image: str = ""
    color_image: str = ""


class ProductImportPicturesV2Request(Request):
    items: Annotated[Sequence[ProductImportPicturesV2RequestItem], Meta(min_length=1, max_length=100)]


class ProductImportPicturesV2Response(Answer, frozen=True):
    task_id: int


class ProductInfoPicturesV2Request(Request):
    product_id: Annotated[Sequence[Id], Meta(min_length=1, max_length=1000)]


class ProductInfoPicturesV2Error(Answer, frozen=True):
    """Why a picture is not there, and the address it was to come from."""

    message: str
    url: str


class ProductInfoPicturesV2Item(Answer, frozen=True):
    product_id: int
    primary_photo: Sequence[str]
    photo: Sequence[str]
    color_photo: Sequence[str]
    errors: Sequence[ProductInfoPicturesV2Error]


class ProductInfoPicturesV2Response(Answer, frozen=True):
    items: Sequence[ProductInfoPicturesV2Item]
