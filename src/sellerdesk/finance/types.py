"""What crosses the border of the finance domain. Amounts are minor units of the currency beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Commission:
    """The marketplace's share of one order line: basis points of the unit price, rounded per unit, times quantity."""

    bp: int
    amount_minor: int
    rule_id: int


@dataclass(frozen=True, slots=True)
class BookedLine:
    """Goods of one SKU in a delivery or a return. Both amounts are for all units together."""

    sku: int
    quantity: int
    amount_minor: int
    commission_minor: int
    commission_rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveredPosting:
    """A posting in the buyer's hands, with the figures frozen when it was ordered."""

    seller_id: int
    number: str
    currency: str
    at: datetime
    lines: tuple[BookedLine, ...]
    logistics_minor: int = 0
    logistics_rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnedGoods:
    """Goods back at the seller's. `key` names the return; booking it twice changes nothing."""

    seller_id: int
    key: str
    posting_number: str
    currency: str
    at: datetime
    lines: tuple[BookedLine, ...]
    logistics_minor: int = 0
    logistics_rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What the marketplace owes the seller, and of which kinds it is made. Plus is the seller's."""

    accrued_minor: int
    currency: str
    by_kind: Mapping[str, int] = field(default_factory=dict)

    def kind(self, *names: str) -> int:
        return sum(self.by_kind.get(name, 0) for name in names)


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """One booking as the list shows it; the amount is what it changed for the seller."""

    id: int
    kind: str
    at: datetime
    posting_number: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class AccrualRow:
    """One line on the seller's account, with the version of the rule that made it."""

    transaction_id: int
    transaction_kind: str
    at: datetime
    posting_number: str
    kind: str
    sku: int | None
    quantity: int
    amount_minor: int
    currency: str
    rule_id: int | None = None
    rule_since: datetime | None = None
    rule_source: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One side of a booking, on any account."""

    account: str
    kind: str
    amount_minor: int
    currency: str
    sku: int | None
    quantity: int
    rule_id: int | None
    rule_since: datetime | None
    rule_source: str
