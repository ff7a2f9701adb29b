"""What is told about goods before they are packed, and how a posting is divided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Id, Int, Request

PostingNumber = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(gt=0, le=INT64_MAX)]


class Mark(Request):
    message: ClassVar[str] = "ExemplarMark"

    mark: str = ""
    mark_type: str = ""


class NamedPostingRequest(Request):
    """A request that only names a posting. `message` differs by method."""

    posting_number: PostingNumber


class ExemplarCreateOrGetV6Request(NamedPostingRequest):
    message: ClassVar[str] = "FbsPostingProductExemplarCreateOrGetV6Request"


class ExemplarStatusV5Request(NamedPostingRequest):
    message: ClassVar[str] = "FbsPostingProductExemplarStatusV5Request"


class ExemplarUpdateRequest(NamedPostingRequest):
    message: ClassVar[str] = "FbsPostingProductExemplarUpdateRequest"


class TraceableSplitRequest(NamedPostingRequest):
    message: ClassVar[str] = "PostingFbsTraceableSplitRequest"


class TraceableAttributeRequest(NamedPostingRequest):
    message: ClassVar[str] = "PostingFbsProductTraceableAttributeRequest"


class MarkAnswer(Answer, frozen=True):
    mark: str
    mark_type: str


class ProductExemplar(Answer, frozen=True):
    """`weight` is in kilograms."""

    exemplar_id: int
    gtd: str
    is_gtd_absent: bool
    is_rnpt_absent: bool
    marks: Sequence[MarkAnswer]
    rnpt: str
    weight: float


class ExemplarProduct(Answer, frozen=True):
    """`product_id` is the SKU, as everywhere in posting methods. Weights are in kilograms."""

    exemplars: Sequence[ProductExemplar]
    has_imei: bool
    is_gtd_needed: bool
    is_jw_uin_needed: bool
    is_mandatory_mark_needed: bool
    is_mandatory_mark_possible: bool
    is_rnpt_needed: bool
    product_id: int
    quantity: int
    is_weight_needed: bool
    weight_max: float
    weight_min: float


class ExemplarCreateOrGetV6Response(Answer, frozen=True):
    multi_box_qty: int
    posting_number: str
    products: Sequence[ExemplarProduct]


class ExemplarSetV6Exemplar(Request):
    message: ClassVar[str] = "FbsPostingProductExemplarSetV6Request_Exemplars"

    exemplar_id: Id
    gtd: str = ""
    is_gtd_absent: bool = False
    is_rnpt_absent: bool = False
    marks: Sequence[Mark] = ()
    rnpt: str = ""
    weight: float = 0.0


class ExemplarSetV6Product(Request):
    message: ClassVar[str] = "FbsPostingProductExemplarSetV6Request_Products"

    exemplars: Sequence[ExemplarSetV6Exemplar]
    product_id: Id


class ExemplarSetV6Request(Request):
    message: ClassVar[str] = "FbsPostingProductExemplarSetV6Request"

    posting_number: PostingNumber
    products: Annotated[Sequence[ExemplarSetV6Product], Meta(min_length=1)]
    multi_box_qty: Int = 0


class EmptyAnswer(Answer, frozen=True):
    """The answer of methods whose work shows elsewhere."""


class MarkStatus(Answer, frozen=True):
    check_status: str
    error_codes: Sequence[str]
    mark: str
    mark_type: str


class ExemplarStatus(Answer, frozen=True):
    exemplar_id: int
    gtd: str
    gtd_check_status: str
    gtd_error_codes: Sequence[str]
    is_gtd_absent: bool
    is_rnpt_absent: bool
    marks: Sequence[MarkStatus]
    rnpt: str
    rnpt_check_status: str
    rnpt_error_codes: Sequence[str]
    weight: float
    weight_check_status: str
    weight_error_codes: Sequence[str]


class ExemplarStatusProduct(Answer, frozen=True):
    exemplars: Sequence[ExemplarStatus]
    product_id: int


class ExemplarStatusV5Response(Answer, frozen=True):
    posting_number: str
    products: Sequence[ExemplarStatusProduct]
    status: str


class ExemplarValidateV5Exemplar(Request):
    message: ClassVar[str] = "FbsPostingProductExemplarValidateV5Request_ProductExemplar"

    gtd: str = ""
    marks: Sequence[Mark] = ()
    rnpt: str = ""
    weight: float = 0.0


class ExemplarValidateV5Product(Request):
    message: ClassVar[str] = "FbsPostingProductExemplarValidateV5Request_Product"

    exemplars: Sequence[ExemplarValidateV5Exemplar]
    product_id: Id


class ExemplarValidateV5Request(Request):
    message: ClassVar[str] = "FbsPostingProductExemplarValidateV5Request"

    posting_number: PostingNumber
    products: Annotated[Sequence[ExemplarValidateV5Product], Meta(min_length=1)]


class ValidatedMark(Answer, frozen=True):
    errors: Sequence[str]
    mark: str
    mark_type: str
    valid: bool


class ValidatedExemplar(Answer, frozen=True):
    errors: Sequence[str]
    gtd: str
    marks: Sequence[ValidatedMark]
    rnpt: str
    valid: bool
    weight: float


class ValidatedProduct(Answer, frozen=True):
    error: str
    exemplars: Sequence[ValidatedExemplar]
    product_id: int
    valid: bool


class ExemplarValidateV5Response(Answer, frozen=True):
    products: Sequence[ValidatedProduct]


class CountryListRequest(Request):
    message: ClassVar[str] = "FbsPostingProductCountryListRequest"

    name_search: str = ""


class Country(Answer, frozen=True):
    name: str
    country_iso_code: str


class CountryListResponse(Answer, frozen=True):
    result: Sequence[Country]


class CountrySetRequest(Request):
    message: ClassVar[str] = "FbsPostingProductCountrySetRequest"

    posting_number: PostingNumber
    product_id: Id
    country_iso_code: Annotated[str, Meta(min_length=1)]


class CountrySetResponse(Answer, frozen=True):
    product_id: int
    is_gtd_needed: bool


class MultiBoxQtySetRequest(Request):
    message: ClassVar[str] = "PostingMultiBoxQtySetV3Request"

    posting_number: PostingNumber
    multi_box_qty: Count


class MultiBoxQtyResult(Answer, frozen=True):
    result: bool


class MultiBoxQtySetResponse(Answer, frozen=True):
    result: MultiBoxQtyResult


class RequiredAttributes(Answer, frozen=True):
    required_attributes: Sequence[str]
    sku: int


class TraceableAttributeResponse(Answer, frozen=True):
    products: Sequence[RequiredAttributes]


class ShipPackageV4Product(Request):
    message: ClassVar[str] = "FbsPostingShipPackageV4Request_Product"

    product_id: Id
    quantity: Count
    exemplarsIds: Sequence[Int] = ()


class ShipPackageV4Request(Request):
    message: ClassVar[str] = "FbsPostingShipPackageV4Request"

    posting_number: PostingNumber
    products: Annotated[Sequence[ShipPackageV4Product], Meta(min_length=1)]


class ShipPackageV4Response(Answer, frozen=True):
    """The number of the posting that is packed now."""

    result: str


class SplitProduct(Request):
    message: ClassVar[str] = "ProductFbsSplit"

    product_id: Id
    quantity: Count


class SplitPosting(Request):
    message: ClassVar[str] = "PostingFbsSplitRequest_Posting"

    products: Annotated[Sequence[SplitProduct], Meta(min_length=1)]


class PostingFbsSplitRequest(Request):
    posting_number: PostingNumber
    postings: Annotated[Sequence[SplitPosting], Meta(min_length=1)]


class SplitProductAnswer(Answer, frozen=True):
    product_id: int
    quantity: int


class SplitPostingAnswer(Answer, frozen=True):
    posting_number: str
    products: Sequence[SplitProductAnswer]


class PostingFbsSplitResponse(Answer, frozen=True):
    parent_posting: SplitPostingAnswer
    postings: Sequence[SplitPostingAnswer]


class TraceableSplitProduct(Answer, frozen=True):
    quantity: int
    sku: int


class TraceableSplitPosting(Answer, frozen=True):
    posting_number: str
    potential_blr_traceable: bool
    products: Sequence[TraceableSplitProduct]


class TraceableSplitResponse(Answer, frozen=True):
    postings: Sequence[TraceableSplitPosting]
