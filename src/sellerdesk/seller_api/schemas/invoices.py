"""Customs invoices of postings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from sellerdesk.seller_api.schemas.base import Answer, Request, Time


class InvoiceFileUploadRequest(Request):
    message: ClassVar[str] = "InvoiceFileUploadRequest"

    base64_content: str
    posting_number: str


class InvoiceFileUploadResponse(Answer, frozen=True):
    url: str


class HsCodeRequest(Request):
    message: ClassVar[str] = "HsCode"

    code: str = ""
    sku: str = ""


class InvoiceCreateOrUpdateRequest(Request):
    message: ClassVar[str] = "InvoiceCreateOrUpdateV2Request"

    date: Time
    posting_number: str
    url: str
    hs_codes: list[HsCodeRequest] = msgspec.field(default_factory=list)
    number: str = ""
    price: float = 0.0
    price_currency: str = ""


class InvoiceOfPostingRequest(Request):
    message: ClassVar[str] = "InvoiceGetRequest"

    posting_number: str


class HsCode(Answer, frozen=True):
    code: str
    sku: str


class InvoiceResult(Answer, frozen=True):
    date: Time
    file_url: str
    hs_codes: Sequence[HsCode]
    number: str
    price: float
    price_currency: str


class InvoiceGetResponse(Answer, frozen=True):
    result: InvoiceResult
