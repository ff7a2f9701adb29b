"""Which share the marketplace takes, and how a delivery or a return is booked. Pure, on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sellerdesk.core.money import share
from sellerdesk.finance.types import BookedLine, DeliveredPosting, ReturnedGoods

SELLER, BUYER = "seller", "buyer"
KINDS = ("sale", "commission", "logistics", "acquiring", "return_sale", "return_commission", "return_logistics")


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a booking: plus on the account "seller" is the seller's gain."""

    account: str
    kind: str
    amount_minor: int
    rule_id: int | None = None
    sku: int | None = None
    quantity: int = 0


def band_bp(price_minor: int, bounds: Sequence[int], bands_bp: Sequence[int]) -> int:
    """The basis points of the price band: `bounds` are the inclusive upper ends of all bands but the last.

    1,500.00 with bounds (1,500.00, 5,000.00) is still in the first band, 1,500.01 in the second.
    """
    for bound, bp in zip(bounds, bands_bp, strict=False):
        if price_minor <= bound:
            return bp
    return bands_bp[-1]


def commission_minor(price_minor: int, quantity: int, bp: int) -> int:
    """Rounded per unit, so that giving units back one by one gives back exactly what was taken."""
    return share(price_minor, bp) * quantity


def delivery_entries(posting: DeliveredPosting, acquiring_bp: int, acquiring_rule_id: int) -> list[Entry]:
    """A delivered posting as a booking: the buyer pays the seller, the seller pays the marketplace's services."""
    entries: list[Entry] = []
    for line in posting.lines:
        entries += _pair("sale", BUYER, line.amount_minor, line=line)
        entries += _pair("commission", "commission", -line.commission_minor, line.commission_rule_id, line)
    paid = sum(line.amount_minor for line in posting.lines)
    entries += _pair("logistics", "logistics", -posting.logistics_minor, posting.logistics_rule_id)
    entries += _pair("acquiring", "acquiring", -share(paid, acquiring_bp), acquiring_rule_id)
    return entries


def return_entries(goods: ReturnedGoods) -> list[Entry]:
    """Returned goods as a booking: the sale and its commission are given back, the way back is paid for.

    Acquiring is not given back: the bank has done its work twice.
    """
    entries: list[Entry] = []
    for line in goods.lines:
        entries += _pair("return_sale", BUYER, -line.amount_minor, line=line)
        entries += _pair("return_commission", "commission", line.commission_minor, line.commission_rule_id, line)
    entries += _pair("return_logistics", "logistics", -goods.logistics_minor, goods.logistics_rule_id)
    return entries


def seller_sum(entries: Iterable[Entry]) -> int:
    """What a booking changes for the seller."""
    return sum(entry.amount_minor for entry in entries if entry.account == SELLER)


def _pair(kind: str, other: str, gain: int, rule_id: int | None = None, line: BookedLine | None = None) -> list[Entry]:
    """Both sides of moving `gain` from the other account to the seller; nothing where nothing moves."""
    if gain == 0:
        return []
    sku, quantity = (line.sku, line.quantity) if line else (None, 0)
    return [Entry(SELLER, kind, gain, rule_id, sku, quantity), Entry(other, kind, -gain, rule_id, sku, quantity)]
