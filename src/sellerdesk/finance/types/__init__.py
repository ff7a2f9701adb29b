"""What crosses the border of the finance domain. Amounts are minor units of the currency beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sellerdesk.core.rules import Note, Source


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
    #: The version of the exchange rate that the buyer's price was made with.
    rate_id: int | None = None


@dataclass(frozen=True, slots=True)
class CompanyGoods:
    """What an invoice says of the goods of one SKU: VAT in basis points (it is part of the price), ISO code of the
    country of origin, numbers of the customs declaration and of the traceable batch; texts are empty where unknown."""

    sku: int
    vat_bp: int
    country: str = ""
    gtd: str = ""
    rnpt: str = ""


@dataclass(frozen=True, slots=True)
class CompanyBuyer:
    """The legal person that bought a posting, as its papers name it."""

    name: str
    tax_number: str
    tax_reason: str
    address: str
    goods: tuple[CompanyGoods, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveredPosting:
    """A posting in the buyer's hands, with the figures frozen when it was ordered. `company` where one bought it.

    `in_parts_minor` is what the buyer pays in parts, at the fee in force `ordered_at`.
    """

    seller_id: int
    number: str
    currency: str
    at: datetime
    lines: tuple[BookedLine, ...]
    logistics_minor: int = 0
    logistics_rule_id: int | None = None
    company: CompanyBuyer | None = None
    in_parts_minor: int = 0
    ordered_at: datetime | None = None


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
class Charge:
    """One amount with one reason: a penalty, a compensation, a fee for storing. `kind` is a key of rules.CHARGES.

    `amount_minor` is what it changes for the seller: below zero it is taken, above it is given. `key` names the charge
    within the shop; booking it twice changes nothing. `rule_id` is the version of the rule that gave the amount.
    """

    seller_id: int
    key: str
    kind: str
    posting_number: str
    currency: str
    at: datetime
    amount_minor: int
    rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlacementPart:
    """What units paid for cost on one day by one version of the tariff; `rate_id` where it is in another currency."""

    rule_id: int
    units: int
    amount_minor: int
    rate_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlacementDay:
    """A day of the shop on which its goods lay in the marketplace's warehouses. Amounts above zero are taken.

    `at` is a moment of that day; a day is booked once.
    """

    seller_id: int
    day: date
    at: datetime
    currency: str
    parts: tuple[PlacementPart, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """A part of the fees: units, what they were sold for, what was taken, and what the rules to come would take.

    `department` is the key of the rule: a category's id as text, a service's key, or empty for all others.
    """

    department: str
    units: int
    sold_minor: int
    was_minor: int
    would_be_minor: int

    @property
    def difference_minor(self) -> int:
        """Plus is what the shop would pay more."""
        return self.would_be_minor - self.was_minor


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency, and the version of the rate that made it; None where nothing was converted."""

    amount_minor: int
    rule_id: int | None


@dataclass(frozen=True, slots=True)
class Balance:
    """What was accrued, and of which kinds it is made. Plus is the seller's; payouts are told apart."""

    accrued_minor: int
    currency: str
    by_kind: Mapping[str, int] = field(default_factory=dict)
    #: What was paid out, above zero.
    paid_minor: int = 0

    @property
    def owed_minor(self) -> int:
        """What the marketplace still owes; below zero the shop owes it."""
        return self.accrued_minor - self.paid_minor

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
    rule: Note | None = None


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
    rule: Note | None


@dataclass(frozen=True, slots=True)
class BankDetails:
    """Where money is sent. `code` is a BIC (nine digits) or a SWIFT code."""

    holder: str
    bank_name: str
    code: str
    account: str


@dataclass(frozen=True, slots=True)
class BankView:
    """Bank details as pages show them; the number itself stays encrypted."""

    id: int
    bank_name: str
    tail: str
    currency: str
    added_at: datetime
    frozen_until: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """A closed stretch of the account and its payout. Reasons are words of `states` and the wording."""

    id: int
    seller_id: int
    number: int
    kind: str
    start_day: date
    end_day: date
    currency: str
    opening_minor: int
    accrued_minor: int
    late_minor: int
    payout_minor: int
    closing_minor: int
    state: str
    reason: str
    remark: str
    pay_by: date
    planned_at: datetime
    approved_at: datetime | None
    held_at: datetime | None
    attempts: int
    paid_at: datetime | None
    closed_at: datetime
    changed_at: datetime
    until_at: datetime
    bank_tail: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A part of the balance: how much, why it is not paid yet, when it is free.

    `why` is one of forming, awaiting, approval, frozen, held, no_bank, failed, manual, minimum, negative. `free_at` is
    empty where no day can be named; `settlement_id` leads to the closed period.
    """

    why: str
    amount_minor: int
    free_at: datetime | None
    settlement_id: int = 0
    start_day: date | None = None
    end_day: date | None = None
    reason: str = ""
    remark: str = ""
    pay_by: date | None = None


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A period to come, or the one that runs."""

    start_day: date
    end_day: date
    closes_at: datetime
    planned_at: datetime
    pay_by: date
    forming: bool


@dataclass(frozen=True, slots=True)
class Purse:
    """The home of money: opening + accrued − paid = balance, and every part of it explained.

    `since` is the first moment of the period that runs. `minimum_minor` is the larger of the marketplace's minimum and
    the shop's own.
    """

    currency: str
    since: datetime
    start_day: date
    opening_minor: int
    accrued_minor: int
    paid_minor: int
    balance_minor: int
    held: tuple[Held, ...]
    calendar: tuple[CalendarRow, ...]
    bank: BankView | None
    payout_mode: str
    minimum_minor: int
    own_minimum_minor: int
    least_minor: int
    minimum_source: Source

    @property
    def next_payout(self) -> Held | None:
        """The next amount that the shop gets without doing anything."""
        coming = [(part.free_at, part) for part in self.held if part.free_at is not None and part.amount_minor > 0]
        return min(coming, key=lambda one: one[0])[1] if coming else None


@dataclass(frozen=True, slots=True)
class Run:
    """Payouts of one last day and one currency, as the operator works through them."""

    pay_by: date
    currency: str
    payouts: int
    amount_minor: int
    #: state, or `held` -> how many and how much.
    states: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class BankOrder:
    """A payout that the bank is to make now."""

    settlement_id: int
    seller_id: int
    number: int
    attempt: int
    amount_minor: int
    currency: str
    due_at: datetime
    details: BankDetails


@dataclass(frozen=True, slots=True)
class Check:
    """What the nightly proof found: how many shops, whose kept balance differs, which bookings do not sum to zero."""

    shops: int
    different: tuple[int, ...]
    unbalanced: tuple[int, ...]
    checked_at: datetime | None = None

    @property
    def sound(self) -> bool:
        return not self.different and not self.unbalanced


@dataclass(frozen=True, slots=True)
class OperationLine:
    """What one line of a booking changed for the shop."""

    kind: str
    sku: int | None
    quantity: int
    amount_minor: int
    rule_id: int | None


@dataclass(frozen=True, slots=True)
class Operation:
    """A booking with the lines of the shop's account."""

    id: int
    kind: str
    at: datetime
    posting_number: str
    amount_minor: int
    currency: str
    lines: tuple[OperationLine, ...]

    def of(self, *kinds: str) -> int:
        """What its lines of some kinds changed for the shop."""
        return sum(line.amount_minor for line in self.lines if line.kind in kinds)


@dataclass(frozen=True, slots=True)
class Statement:
    """How the balance went from one moment to another: opening + accrued − paid = closing. Payments are above zero;
    below it for money that the bank has sent back."""

    since: datetime
    until: datetime
    currency: str
    opening_minor: int
    moved: Balance
    payments: tuple[int, ...]

    @property
    def closing_minor(self) -> int:
        return self.opening_minor + self.moved.accrued_minor - self.moved.paid_minor


@dataclass(frozen=True, slots=True)
class RateRow:
    """What one whole unit of a currency costs in the base currency, since when, and who says so."""

    currency: str
    price: Decimal
    since: datetime
    source: Source
    rule_id: int

    @property
    def text(self) -> str:
        """11.2 and not 11.2000 or 1E+1."""
        return f"{self.price.normalize():f}"


@dataclass(frozen=True, slots=True)
class PaymentIn:
    """What a shop paid in, above zero, under the bank's reference; `id` is its booking."""

    id: int
    at: datetime
    amount_minor: int
    currency: str
    reference: str


@dataclass(frozen=True, slots=True)
class Owing:
    """A shop that owes the marketplace `amount_minor`, above zero."""

    seller_id: int
    amount_minor: int
    currency: str
