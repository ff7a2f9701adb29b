"""`/v1/product/certificate/…`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Id, Int, Request, Time


class CodeName(Answer, frozen=True):
    """A word of the contract with its name for people."""

    code: str
    name: str


class CodeNameList(Answer, frozen=True):
    result: Sequence[CodeName]


class NameValue(Answer, frozen=True):
    """The same, as older methods spell it: `value` is the word."""

    name: str
    value: str


class NameValueList(Answer, frozen=True):
    result: Sequence[NameValue]


class AccordanceType(Answer, frozen=True):
    code: str
    title: str


class AccordanceTypes(Answer, frozen=True):
    base: Sequence[AccordanceType]
    hazard: Sequence[AccordanceType] = ()


class AccordanceTypesResponse(Answer, frozen=True):
    result: AccordanceTypes


class CertificateDeleteRequest(Request):
    message: ClassVar[str] = "ProductCertificateDeleteRequest"

    certificate_id: Id


class CertificateDeleted(Answer, frozen=True):
    is_delete: bool
    error_message: str = ""


class CertificateDeleteResponse(Answer, frozen=True):
    result: CertificateDeleted


class CertificateListRequest(Request):
    page: Annotated[int, Meta(ge=1, le=INT64_MAX)]
    page_size: Annotated[int, Meta(ge=1, le=1000)]
    offer_id: str = ""
    status: str = ""
    type: str = ""


class Certificate(Answer, frozen=True):
    certificate_id: int
    certificate_number: str
    certificate_name: str
    type_code: str
    status_code: str
    accordance_type_code: str
    rejection_reason_code: str
    verification_comment: str
    issue_date: Time
    expire_date: Time | None
    products_count: int


class CertificateListResult(Answer, frozen=True):
    certificates: Sequence[Certificate]
    page_count: int


class CertificateListResponse(Answer, frozen=True):
    result: CertificateListResult


class CertificateInfoRequest(Request):
    certificate_number: Annotated[str, Meta(min_length=1)]


class CertificateInfoResponse(Answer, frozen=True):
    result: Certificate


class CertificateProductsRequest(Request):
    certificate_id: Id
    last_id: Int = 0
    limit: Annotated[int, Meta(ge=1, le=1000)] = 100
    product_status_code: str = ""
    # The old way of paging; taken in and left aside.
    page: Int = 0
    page_size: Int = 0


class CertificateProduct(Answer, frozen=True):
    product_id: int
    product_status_code: str
    sku: int


class CertificateProductsResult(Answer, frozen=True):
    items: Sequence[CertificateProduct]
    count: int


class CertificateProductsResponse(Answer, frozen=True):
    result: CertificateProductsResult


class CertificateBindRequest(Request):
    certificate_id: Id
    product_id: Annotated[Sequence[Int], Meta(max_length=1000)] = ()
    skus: Annotated[Sequence[Int], Meta(max_length=1000)] = ()


class CertificateBindResponse(Answer, frozen=True):
    result: bool


class CertificateUnbindItem(Answer, frozen=True):
    product_id: int
    updated: bool
    error: str = ""


class CertificateUnbindResponse(Answer, frozen=True):
    result: Sequence[CertificateUnbindItem]
