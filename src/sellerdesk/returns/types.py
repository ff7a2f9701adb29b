"""What crosses the border of the returns domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# The API's words for why goods come back.
CLIENT_RETURN = "ClientReturn"
CANCELLATION = "Cancellation"
STATES = ("requested", "on_the_way", "arrived", "received")
# Codes of why a buyer sends goods back; their wording is in texts.py.
REASONS = ("defective", "wrong_item", "not_as_described", "does_not_fit", "changed_mind", "not_collected",
           "cancelled_under_way", "lost")


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """A buyer wants to give back `quantity` units of one SKU of a delivered posting."""

    posting_number: str
    sku: int
    quantity: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestOutcome:
    """`return_id` is 0 when refused; `code` says why: unknown_posting, unknown_sku, not_delivered, too_many, twice."""

    posting_number: str
    sku: int
    return_id: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class ReturnRow:
    id: int
    seller_id: int
    posting_number: str
    kind: str
    product_id: int
    warehouse_id: int
    sku: int
    offer_id: str
    name: str
    quantity: int
    amount_minor: int
    currency: str
    reason: str
    state: str
    created_at: datetime
    changed_at: datetime
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReturnFilter:
    """Empty means no restriction. `tab` is a state or empty; times look at created_at, the end is exclusive."""

    tab: str = ""
    search: str = ""
    kind: str = ""
    posting_numbers: tuple[str, ...] = ()
    offer_ids: tuple[str, ...] = ()
    since: datetime | None = None
    to: datetime | None = None
