"""Customs invoices as they cross the border of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.core.money import Money

#: What an invoice may be in; the first where nothing else is said.
CURRENCIES = ("USD", "EUR", "TRY", "CNY", "RUB", "GBP")
LONGEST_NUMBER = 50


@dataclass(frozen=True, slots=True)
class InvoiceInput:
    """What an invoice says, as people and programs write it: the sum as text, empty where it is not told; codes of the
    Harmonized System by SKU."""

    issued_at: datetime
    number: str = ""
    price: str = ""
    currency: str = CURRENCIES[0]
    hs_codes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One invoice. `file_id` is 0 where the file was forgotten with the buyer; codes are digits alone."""

    posting_number: str
    number: str
    issued_at: datetime
    price: Money | None
    currency: str
    hs_codes: Mapping[int, str]
    file_id: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class InvoiceFileRow:
    id: int
    posting_number: str
    kind: str
    size_bytes: int
    storage_key: str
