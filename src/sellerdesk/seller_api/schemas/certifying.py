"""Handing papers in: of which goods they are wanted, what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Int, Request, Time

Page = Annotated[int, Meta(ge=1, le=INT64_MAX)]
PageSize = Annotated[int, Meta(ge=1, le=1000)]
ParamState = Literal["VALID", "INVALID", "MISSING"]


class CertificationListV1Request(Request):
    message: ClassVar[str] = "ProductCertificationListRequest"

    page: Page = 1
    page_size: PageSize = 100


class CertificationV1(Answer, frozen=True):
    category_name: str
    is_required: bool


class CertificationV1Result(Answer, frozen=True):
    certification: Sequence[CertificationV1]
    total: int


class CertificationListV1Response(Answer, frozen=True):
    result: CertificationV1Result


class CertificationListRequest(Request):
    message: ClassVar[str] = "ProductCertificationListRequest"

    page: Page
    page_size: PageSize


class Certification(Answer, frozen=True):
    category_id: int
    category_name: str
    is_required: bool
    type_id: int
    type_name: str


class CertificationListResponse(Answer, frozen=True):
    certification: Sequence[Certification]
    total: int


class BrandCertificationListRequest(Request):
    message: ClassVar[str] = "BrandCompanyCertificationListRequest"

    page: Page
    page_size: PageSize


class BrandCertification(Answer, frozen=True):
    brand_name: str
    has_certificate: bool


class BrandCertificationResult(Answer, frozen=True):
    brand_certification: Sequence[BrandCertification]
    total: int


class BrandCertificationListResponse(Answer, frozen=True):
    result: BrandCertificationResult


class CertificateDay(Request):
    message: ClassVar[str] = "Date"

    day: Annotated[int, Meta(ge=0, le=31)] = 0
    month: Annotated[int, Meta(ge=0, le=12)] = 0
    year: Annotated[int, Meta(ge=0, le=9999)] = 0


class CertificateEnd(Request):
    message: ClassVar[str] = "ProductCertificateParamsRequest_Params_ExpiredDate"

    date: CertificateDay | None = None
    infinite: bool = False


class CertificateFile(Request):
    message: ClassVar[str] = "ProductCertificateParamsRequest_Params_File"

    file_content: Annotated[str, Meta(min_length=1)]
    name: Annotated[str, Meta(min_length=1)]


class CertificateParams(Request):
    """`file_content` is Base64. Country, register and kind of goods are taken in and not asked for here."""

    message: ClassVar[str] = "ProductCertificateParamsRequest_Params"

    accordance_type: Literal[
        "UNKNOWN",
        "EAEU",
        "NATIONAL",
        "TECHNICAL_REGULATIONS_RF",
        "TECHNICAL_REGULATIONS_CU",
        "GOST",
        "CHEMICAL_PRODUCTS",
        "SAFETY_DATA_SHEET",
        "REJECTION_LETTER",
    ] = "UNKNOWN"
    certificate_country: Annotated[str, Meta(max_length=2)] = ""
    certificate_type: Literal[
        "UNKNOWN",
        "CERTIFICATE_OF_CONFORMITY",
        "DECLARATION",
        "CERTIFICATE_OF_REGISTRATION",
        "REGISTRATION_CERTIFICATE",
        "REFUSED_LETTER",
        "VETERINARY_COVER_DOCUMENT",
        "SAFETY_DATA_SHEET",
    ] = "UNKNOWN"
    expired_date: CertificateEnd | None = None
    files: Annotated[Sequence[CertificateFile], Meta(max_length=10)] = ()
    issue_date: Time | None = None
    link_to_registry: str = ""
    name: str = ""
    number: str = ""
    product_type: Literal[
        "UNKNOWN",
        "PRODUCTS_SUBJECT_TO_REGISTRATION",
        "PESTICIDE",
        "AGROCHEMICAL",
        "FEED_ADDITIVE",
        "MEDICAL_PRODUCT",
        "MEDICINE",
        "VETERINARY_DRUG",
        "PHARMACEUTICAL_SUBSTANCE",
    ] = "UNKNOWN"
    skus: Annotated[Sequence[Int], Meta(max_length=1000)] = ()


class CertificateRequest(Request):
    message: ClassVar[str] = "ProductCertificateRequest"

    params: CertificateParams = msgspec.field(default_factory=CertificateParams)


class CertificateVariant(Answer, frozen=True):
    name: str
    value: str


class CertificateOption(Answer, frozen=True):
    name: str
    required: bool
    variants: Sequence[CertificateVariant] = ()


class CertificateOptionsResponse(Answer, frozen=True):
    option: Sequence[CertificateOption]


class CertificateParamsResponse(Answer, frozen=True):
    params: Sequence[CertificateOption]


class CertificateParam(Answer, frozen=True):
    name: str
    state: ParamState
    error: str = ""
    number_mask: Sequence[str] = ()


class CertificateCreateResponse(Answer, frozen=True):
    """`certificate_id` is 0 while something is wrong or missing."""

    certificate_id: int
    params: Sequence[CertificateParam]
    status: Literal["INCOMPLETE", "COMPLETED"]
