"""What has to be taken from the shelves, by posting and by product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request, Time

Hundred = Annotated[int, Meta(ge=1, le=100)]
Thousand = Annotated[int, Meta(ge=1, le=1000)]


class CarriageFilter(Request):
    message: ClassVar[str] = "AssemblyCarriageListRequest_Filter"

    carriage_id: Id
    cutoff_from: Time | None = None
    cutoff_to: Time | None = None
    delivery_method_id: Int = 0


class CarriagePostingRequest(Request):
    message: ClassVar[str] = "AssemblyCarriagePostingListRequest"

    filter: CarriageFilter
    limit: Hundred
    cursor: str = ""


class CarriageProductRequest(Request):
    message: ClassVar[str] = "AssemblyCarriageProductListRequest"

    filter: CarriageFilter
    limit: Hundred
    cursor: str = ""


class WaitingFilter(Request):
    message: ClassVar[str] = "AssemblyFbsListRequest_Filter"

    cutoff_from: Time
    cutoff_to: Time
    delivery_method_id: Int = 0


class WaitingPostingRequest(Request):
    message: ClassVar[str] = "AssemblyFbsPostingListRequest"

    filter: WaitingFilter
    limit: Thousand
    sort_dir: Literal["ASC", "DESC"]
    cursor: str = ""


class WaitingProductRequest(Request):
    message: ClassVar[str] = "AssemblyFbsProductListRequest"

    filter: WaitingFilter
    limit: Thousand
    offset: Annotated[int, Meta(ge=0, le=100_000)] = 0
    sort_dir: Literal["ASC", "DESC"] = "ASC"


class Taken(Answer, frozen=True):
    """A product of one posting."""

    offer_id: str = ""
    picture_url: str = ""
    product_name: str = ""
    quantity: int = 0
    sku: int = 0


class CarriagePosting(Answer, frozen=True):
    assembly_code: str = ""
    can_print_label: bool = False
    posting_number: str = ""
    products: Sequence[Taken] = ()


class CarriagePostingResponse(Answer, frozen=True):
    can_print_mass_label: bool = False
    cursor: str = ""
    postings: Sequence[CarriagePosting] = ()


class CarriageProduct(Answer, frozen=True):
    offer_id: str = ""
    picture_url: str = ""
    posting_numbers: Sequence[str] = ()
    product_name: str = ""
    quantity: int = 0
    sku: int = 0


class CarriageProductResponse(Answer, frozen=True):
    cursor: str = ""
    products: Sequence[CarriageProduct] = ()


class WaitingPosting(Answer, frozen=True):
    assembly_code: str = ""
    posting_number: str = ""
    products: Sequence[Taken] = ()


class WaitingPostingResponse(Answer, frozen=True):
    cursor: str = ""
    cutoff: Time | None = None
    postings: Sequence[WaitingPosting] = ()


class PartOf(Answer, frozen=True):
    posting_number: str = ""
    quantity: int = 0


class WaitingProduct(Answer, frozen=True):
    offer_id: str = ""
    picture_url: str = ""
    postings: Sequence[PartOf] = ()
    product_name: str = ""
    quantity: int = 0
    sku: int = 0


class WaitingProductResponse(Answer, frozen=True):
    has_next: bool = False
    products: Sequence[WaitingProduct] = ()
    products_count: int = 0
