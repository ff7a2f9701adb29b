"""Sales to companies, line by line. Amounts are minor units of the shop's currency and hold the VAT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sellerdesk.core.money import round_half_even


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """Goods of one SKU in one booking of a sale to a company. What came back is below zero.

    `number` is that of the invoice: the booking's own, so that it opens in the ledger. `kind` is sale, return_sale or
    partial_refund, which names no goods. `commission_minor` is below zero for a sale, as in the ledger.
    """

    number: int
    kind: str
    at: datetime
    posting_number: str
    company_name: str
    tax_number: str
    tax_reason: str
    address: str
    sku: int
    offer_id: str
    name: str
    quantity: int
    amount_minor: int
    commission_minor: int
    vat_bp: int
    country: str
    gtd: str
    rnpt: str

    @property
    def corrects(self) -> bool:
        """Whether it takes back a part of an earlier invoice."""
        return self.kind != "sale"

    @property
    def vat_minor(self) -> int:
        """The VAT in the amount, rounded half to even once per line: 1,200.00 at 20 % holds 200.00."""
        return round_half_even(self.amount_minor * self.vat_bp, 10_000 + self.vat_bp)

    @property
    def price_minor(self) -> int:
        """Per unit; of a refund of a part, all of it."""
        return abs(self.amount_minor // self.quantity) if self.quantity else abs(self.amount_minor)

    @property
    def bought_minor(self) -> int:
        """What the marketplace pays for it where it buys the goods: the price less the share of the category."""
        return self.amount_minor + self.commission_minor

    @property
    def bought_price_minor(self) -> int:
        """The same per unit."""
        return abs(self.bought_minor // self.quantity) if self.quantity else abs(self.bought_minor)

    @property
    def deduction_bp(self) -> int:
        """The category's share of the price, basis points."""
        return round_half_even(abs(self.commission_minor) * 10_000, abs(self.amount_minor)) if self.amount_minor else 0
