"""What all request and answer models share.

Rules of the wire that hold for every method:
- a request may carry fields we do not know: they are ignored;
- `null` in a request means the same as leaving the field out;
- a 64-bit integer may stand in a request as a number or as text;
- an answer always carries every field of the contract, in its empty form where this system has nothing to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

INT64_MAX = 2**63 - 1
#: A 64-bit integer of a request.
Int = Annotated[int, Meta(ge=-INT64_MAX, le=INT64_MAX)]
#: A 64-bit identifier that must be given.
Id = Annotated[int, Meta(gt=0, le=INT64_MAX)]
#: A 64-bit identifier which the contract spells as text in answers.
IdText = Annotated[str, Meta(extra_json_schema={"format": "int64"})]
#: A moment. Written as RFC 3339 with `Z`; a moment read without a zone counts as UTC.
Time = datetime

Language = Literal["DEFAULT", "RU", "EN", "TR", "ZH_HANS"]

#: The filter of product listings. Listings of different versions know slightly different sets.
Visibility = Literal[
    "ALL",
    "VISIBLE",
    "INVISIBLE",
    "EMPTY_STOCK",
    "NOT_MODERATED",
    "MODERATED",
    "DISABLED",
    "STATE_FAILED",
    "READY_TO_SUPPLY",
    "VALIDATION_STATE_PENDING",
    "VALIDATION_STATE_FAIL",
    "VALIDATION_STATE_SUCCESS",
    "TO_SUPPLY",
    "IN_SALE",
    "REMOVED_FROM_SALE",
    "BANNED",
    "OVERPRICED",
    "CRITICALLY_OVERPRICED",
    "EMPTY_BARCODE",
    "BARCODE_EXISTS",
    "QUARANTINE",
    "ARCHIVED",
    "AUTO_ARCHIVED",
    "MANUAL_ARCHIVED",
    "SEASONAL_AUTO_ARCHIVED",
    "OVERPRICED_WITH_STOCK",
    "PARTIAL_APPROVED",
    "VISIBLE_WITH_FBO_STOCK",
    "SHOWCASE_SELECT_ACTIVE",
]


class Request(msgspec.Struct):
    """Base of request models. `message` is the name that validation errors call the model by."""

    message: ClassVar[str] = ""

    @classmethod
    def message_name(cls) -> str:
        return cls.message or cls.__name__


class Answer(msgspec.Struct, frozen=True):
    """Base of answer models: written once, never changed.

    Fields that this system has no value for keep the contract's empty form as their default.
    """


class Empty(Request):
    """The request of methods that take nothing."""


class Money(Answer, frozen=True):
    """An amount as decimal text with its currency."""

    amount: str
    currency: str


class ErrorDetail(Answer, frozen=True):
    typeUrl: str
    value: str


class ErrorAnswer(Answer, frozen=True):
    """The body of every refusal."""

    code: int
    message: str
    details: Sequence[ErrorDetail] = ()


class ItemError(Answer, frozen=True):
    """Why one item of a batch was refused."""

    code: str
    message: str
