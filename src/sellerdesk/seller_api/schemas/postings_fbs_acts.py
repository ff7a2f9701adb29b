"""What a seller does with a posting: ship it, cancel it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Id, Request

PostingNumber = Annotated[str, Meta(min_length=1)]


class FbsPostingShipV4RequestPackageProduct(Request):
    """`product_id` here is the SKU, as everywhere in posting methods."""

    message: ClassVar[str] = "FbsPostingShipV4Request_Package_Product"

    product_id: Id
    quantity: Annotated[int, Meta(gt=0, le=INT64_MAX)]


class FbsPostingShipV4RequestPackage(Request):
    message: ClassVar[str] = "FbsPostingShipV4Request_Package"

    products: Annotated[Sequence[FbsPostingShipV4RequestPackageProduct], Meta(min_length=1)]


class FbsPostingShipV4RequestWith(Request):
    message: ClassVar[str] = "FbsPostingShipV4Request_With"

    additional_data: bool = False


class FbsPostingShipV4Request(Request):
    packages: Annotated[Sequence[FbsPostingShipV4RequestPackage], Meta(min_length=1)]
    posting_number: PostingNumber
    with_: FbsPostingShipV4RequestWith = msgspec.field(default_factory=FbsPostingShipV4RequestWith, name="with")


class ShippedProduct(Answer, frozen=True):
    sku: int
    offer_id: str
    name: str
    quantity: int
    price: str
    currency_code: str
    mandatory_mark: Sequence[str] = ()


class ShipAdditionalData(Answer, frozen=True):
    posting_number: str
    products: Sequence[ShippedProduct]


class FbsPostingShipV4Response(Answer, frozen=True):
    result: Sequence[str]
    additional_data: Sequence[ShipAdditionalData] = ()


