"""Handing papers about goods in, after asking of which goods they are wanted and what must be said of them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.errors import unknown_products
from sellerdesk.catalog.queries import certified, wording
from sellerdesk.catalog.services import certificates
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.seller_api import wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import certifying as models
from sellerdesk.seller_api.schemas.base import Empty

T = TypeVar("T")
#: The contract's kinds of papers that this marketplace takes, and what they are called here.
KINDS: dict[str, str] = {
    "CERTIFICATE_OF_CONFORMITY": "certificate",
    "DECLARATION": "declaration",
    "CERTIFICATE_OF_REGISTRATION": "state_registration",
    "REFUSED_LETTER": "refusal_letter",
}
ATTESTED: dict[str, str] = {
    "EAEU": "technical_regulations_eac",
    "TECHNICAL_REGULATIONS_CU": "technical_regulations_eac",
    "TECHNICAL_REGULATIONS_RF": "technical_regulations_rf",
    "GOST": "gost",
    "NATIONAL": "other",
}
#: What may be said of a paper, by our names: the contract's, and whether it must be.
ASKED: dict[str, tuple[str, bool]] = {
    "name": ("NAME", True),
    "type": ("CERTIFICATE_TYPE", True),
    "number": ("NUMBER", True),
    "issued_on": ("ISSUE_DATE", True),
    "expires_on": ("EXPIRED_DATE", False),
    "infinite": ("INFINITE", False),
    "accordance": ("ACCORDANCE_TYPE", False),
    "files": ("FILES", False),
    "product_ids": ("SKUS", False),
}
_NO_DAY = _("The calendar has no such day. Write the year, the month and the day of the end.")
_NOT_BASE64 = _("The content of a file is not Base64. Encode the bytes of the file.")
_MISSING = {"name_empty", "number_empty", "date_missing"}


@endpoint(
    "/v1/product/certification/list",
    request=models.CertificationListV1Request,
    answer=models.CertificationListV1Response,
    right="products:read",
    deprecated=True,
)
def certification_list_v1(
    call: Call, request: models.CertificationListV1Request
) -> models.CertificationListV1Response:
    """The older listing, by category: whether papers are always asked of some of its goods."""
    found: dict[str, bool] = {}
    for row in certified.certified_types(call.seller, call.language, call.now):
        found[row.category] = found.get(row.category, False) or row.required
    shown = _page(list(found.items()), request.page, request.page_size)
    return models.CertificationListV1Response(
        result=models.CertificationV1Result(
            certification=[models.CertificationV1(category_name=name, is_required=must) for name, must in shown],
            total=len(found),
        )
    )


@endpoint(
    "/v2/product/certification/list",
    request=models.CertificationListRequest,
    answer=models.CertificationListResponse,
    right="products:read",
)
def certification_list(call: Call, request: models.CertificationListRequest) -> models.CertificationListResponse:
    """Lists the types of products that need papers: always, or in some ways of selling and some goods only."""
    found = certified.certified_types(call.seller, call.language, call.now)
    return models.CertificationListResponse(
        certification=[
            models.Certification(
                category_id=row.category_id,
                category_name=row.category,
                is_required=row.required,
                type_id=row.type_id,
                type_name=row.type,
            )
            for row in _page(found, request.page, request.page_size)
        ],
        total=len(found),
    )


@endpoint(
    "/v1/brand/company-certification/list",
    request=models.BrandCertificationListRequest,
    answer=models.BrandCertificationListResponse,
    right="products:read",
)
def brand_list(
    call: Call, request: models.BrandCertificationListRequest
) -> models.BrandCertificationListResponse:
    """Lists the brands whose goods need a paper of the brand, and whether the shop has one that is valid."""
    found = certified.certified_brands(call.seller, call.language, call.now)
    return models.BrandCertificationListResponse(
        result=models.BrandCertificationResult(
            brand_certification=[
                models.BrandCertification(brand_name=name, has_certificate=held)
                for name, held in _page(found, request.page, request.page_size)
            ],
            total=len(found),
        )
    )


def _page(found: Sequence[T], page: int, size: int) -> Sequence[T]:
    start = min((page - 1) * size, len(found))
    return found[start:start + size]


@endpoint(
    "/v2/product/certification/options",
    request=Empty,
    answer=models.CertificateOptionsResponse,
    right="products:read",
)
def options(call: Call, request: Empty) -> models.CertificateOptionsResponse:
    """Lists what may be said of a paper, and what must be."""
    return models.CertificateOptionsResponse(option=_asked())


@endpoint(
    "/v2/product/certification/params",
    request=models.CertificateRequest,
    answer=models.CertificateParamsResponse,
    right="products:read",
)
def params(call: Call, request: models.CertificateRequest) -> models.CertificateParamsResponse:
    """Lists what a paper like this must say: here the same of every kind."""
    return models.CertificateParamsResponse(params=_asked())


def _asked() -> list[models.CertificateOption]:
    return [
        models.CertificateOption(name=name, required=must, variants=_variants(ours))
        for ours, (name, must) in ASKED.items()
    ]


def _variants(ours: str) -> list[models.CertificateVariant]:
    words, names = {
        "type": (KINDS, wording.PAPERS), "accordance": (ATTESTED, certificates.ACCORDANCE)}.get(ours, ({}, {}))
    return [models.CertificateVariant(name=str(names[code]), value=word) for word, code in words.items()]


@endpoint(
    "/v2/product/certificate/create",
    request=models.CertificateRequest,
    answer=models.CertificateCreateResponse,
    right="products:write",
)
def create(call: Call, request: models.CertificateRequest) -> models.CertificateCreateResponse:
    """Hands a paper in, or tells of everything said of it what is wrong; then nothing is kept."""
    said = request.params
    wrong: list[FieldError] = []
    try:
        made = certificates.create(
            seller=call.seller,
            paper=_paper(said),
            files=_files(said),
            product_ids=_products(call, said),
            actor=call.actor,
            now=call.now,
        )
    except Invalid as refused:
        wrong = list(refused.fields)
        made = 0
    faults = {field.field: field for field in reversed(wrong)}
    return models.CertificateCreateResponse(
        certificate_id=made,
        status="COMPLETED" if made else "INCOMPLETE",
        params=[
            models.CertificateParam(
                name=name,
                state=_state(faults.get(ours), said, ours),
                error=faults[ours].text if ours in faults else "",
            )
            for ours, (name, must) in ASKED.items()
            if must or ours in faults
        ],
    )


def _state(fault: FieldError | None, said: models.CertificateParams, ours: str) -> models.ParamState:
    if fault is None:
        return "VALID"
    unsaid = fault.code in _MISSING or (ours == "type" and said.certificate_type == "UNKNOWN")
    return "MISSING" if unsaid else "INVALID"


def _paper(said: models.CertificateParams) -> certificates.Paper:
    issued = wire.utc(said.issue_date)
    return certificates.Paper(
        type=KINDS.get(said.certificate_type, said.certificate_type),
        number=said.number,
        name=said.name,
        issued_on=issued.date() if issued else None,
        expires_on=_end(said.expired_date),
        accordance="" if said.accordance_type == "UNKNOWN" else ATTESTED.get(
            said.accordance_type, said.accordance_type),
    )


def _end(said: models.CertificateEnd | None) -> date | None:
    """The last day of a paper; None without end. Raises Invalid for a day that the calendar does not have."""
    if said is None or said.infinite or said.date is None:
        return None
    try:
        return date(said.date.year, said.date.month, said.date.day)
    except ValueError:
        value = f"{said.date.year}-{said.date.month}-{said.date.day}"
        raise Invalid("date_unknown", _NO_DAY, field="expires_on", data={"value": value}) from None


def _files(said: models.CertificateParams) -> list[tuple[str, bytes]]:
    try:
        return [(file.name, base64.b64decode(file.file_content, validate=True)) for file in said.files]
    except (binascii.Error, ValueError):
        raise Invalid("file_unreadable", _NOT_BASE64, field="files") from None


def _products(call: Call, said: models.CertificateParams) -> list[int]:
    """The products named by SKU. Raises Invalid naming one that is not in the shop."""
    found = {ref.sku: ref.id for ref in catalog.refs(call.seller, skus=said.skus)} if said.skus else {}
    unknown = [str(sku) for sku in said.skus if sku not in found]
    if unknown:
        raise unknown_products("product_ids", unknown)
    return list(found.values())
