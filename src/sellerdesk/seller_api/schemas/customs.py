"""Customs declarations of parcels sent across a border."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from sellerdesk.seller_api.schemas.base import Answer, Request, Time


class GetEtgbRequestDate(Request):
    message: ClassVar[str] = "GetEtgbRequest_Date"

    from_: Time = msgspec.field(name="from")
    to: Time


class GetEtgbRequest(Request):
    message: ClassVar[str] = "GetEtgbRequest"

    date: GetEtgbRequestDate


class EtgbDocument(Answer, frozen=True):
    date: str
    number: str
    url: str


class EtgbRow(Answer, frozen=True):
    etgb: EtgbDocument
    posting_number: str


class GetEtgbResponse(Answer, frozen=True):
    result: Sequence[EtgbRow]
