"""Which share the marketplace takes, and how a delivery or a return is booked. Pure, on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sellerdesk.core.money import round_half_even, share
from sellerdesk.finance.types import BookedLine, Charge, DeliveredPosting, PlacementDay, ReturnedGoods

SELLER, BUYER = "seller", "buyer"
#: Kinds of single charges, each with the account on the other side.
CHARGES: dict[str, str] = {"penalty": "penalties", "penalty_back": "penalties", "partial_refund": "buyer",
                           "storage": "storage", "disposal": "storage", "compensation": "compensations",
                           "compensation_back": "compensations", "repayment": "payments"}
#: A day of goods that lay in the marketplace's warehouses: the kind and the account on the other side.
PLACEMENT, WAREHOUSES = "placement", "warehouses"
#: What a shop pays so that its buyers may pay in parts: the kind and the account on the other side.
INSTALMENT, INSTALMENTS = "instalment", "instalments"
#: Money on its way to the shop's bank and, where the bank sent it back, home again.
PAYOUTS: dict[str, str] = {"payout": "payouts", "payout_back": "payouts"}
ACCRUALS = ("sale", "commission", "logistics", "acquiring", "return_sale", "return_commission", "return_logistics",
            *CHARGES, PLACEMENT, INSTALMENT)
KINDS = (*ACCRUALS, *PAYOUTS)
#: What rates are quoted in, and how finely: ten-thousandths.
BASE_CURRENCY, RATE_SCALE = "RUB", 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a booking: plus on the account "seller" is the seller's gain."""

    account: str
    kind: str
    amount_minor: int
    rule_id: int | None = None
    sku: int | None = None
    quantity: int = 0
    rate_id: int | None = None


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


def delivery_entries(posting: DeliveredPosting, acquiring_bp: int, acquiring_rule_id: int,
                     instalment: tuple[int, int | None] = (0, None)) -> list[Entry]:
    """A delivered posting as a booking: the buyer pays the seller, the seller pays the marketplace's services.

    `instalment` is what it takes of the goods paid for in parts, basis points, with its rule: the marketplace pays the
    shop at once and collects the parts.
    """
    entries: list[Entry] = []
    for line in posting.lines:
        entries += _pair("sale", BUYER, line.amount_minor, line=line)
        entries += _pair("commission", "commission", -line.commission_minor, line.commission_rule_id, line)
    paid = sum(line.amount_minor for line in posting.lines)
    entries += _pair("logistics", "logistics", -posting.logistics_minor, posting.logistics_rule_id)
    entries += _pair("acquiring", "acquiring", -share(paid, acquiring_bp), acquiring_rule_id)
    entries += _pair(INSTALMENT, INSTALMENTS, -share(posting.in_parts_minor, instalment[0]), instalment[1])
    return entries


def return_entries(goods: ReturnedGoods) -> list[Entry]:
    """Returned goods as a booking: the sale and its commission are given back, the way back is paid for.

    Acquiring is not given back: the bank has done its work twice. Nor is the fee of an instalment.
    """
    entries: list[Entry] = []
    for line in goods.lines:
        entries += _pair("return_sale", BUYER, -line.amount_minor, line=line)
        entries += _pair("return_commission", "commission", line.commission_minor, line.commission_rule_id, line)
    entries += _pair("return_logistics", "logistics", -goods.logistics_minor, goods.logistics_rule_id)
    return entries


def charge_entries(charge: Charge) -> list[Entry]:
    """A single charge as a booking. Raises KeyError for a kind that CHARGES does not know."""
    return _pair(charge.kind, CHARGES[charge.kind], charge.amount_minor, charge.rule_id)


def placement_entries(day: PlacementDay) -> list[Entry]:
    """A day of storage as a booking: a pair of lines for each version of the tariff, with the units paid for."""
    entries: list[Entry] = []
    for part in day.parts:
        entries += [replace(entry, quantity=part.units, rate_id=part.rate_id) for entry in _pair(
            PLACEMENT, WAREHOUSES, -part.amount_minor, part.rule_id)]
    return entries


def payout_entries(amount_minor: int, rule_id: int | None, *, back: bool = False) -> list[Entry]:
    """A payout as a booking: from the shop's account to its bank; `back` where the bank has sent it back."""
    kind = "payout_back" if back else "payout"
    return _pair(kind, PAYOUTS[kind], amount_minor if back else -amount_minor, rule_id)


def payable(available_minor: int, minimum_minor: int, mode: str) -> tuple[int, str]:
    """What is paid of a closed balance, and where nothing is, why: nothing, negative, minimum or manual."""
    if available_minor < 0:
        return 0, "negative"
    if available_minor == 0:
        return 0, "nothing"
    if mode == "manual":
        return 0, "manual"
    if available_minor < minimum_minor:
        return 0, "minimum"
    return available_minor, ""


def convert(amount_minor: int, source: tuple[int, int], target: tuple[int, int]) -> int:
    """An amount in another currency, rounded half to even once. Both sides are (rate, minor digits).

    A rate says how many ten-thousandths of the base currency one whole unit costs. 1,500.00 RUB (10,000; 2) into yuan
    at 11.2000 (112,000; 2) is 133.93 CNY.
    """
    (source_rate, source_digits), (target_rate, target_digits) = source, target
    return round_half_even(amount_minor * source_rate * 10**target_digits, target_rate * 10**source_digits)


def seller_sum(entries: Iterable[Entry]) -> int:
    """What a booking changes for the seller."""
    return sum(entry.amount_minor for entry in entries if entry.account == SELLER)


def _pair(kind: str, other: str, gain: int, rule_id: int | None = None, line: BookedLine | None = None) -> list[Entry]:
    """Both sides of moving `gain` from the other account to the seller; nothing where nothing moves."""
    if gain == 0:
        return []
    sku, quantity, rate = (line.sku, line.quantity, line.rate_id) if line else (None, 0, None)
    return [Entry(SELLER, kind, gain, rule_id, sku, quantity, rate),
            Entry(other, kind, -gain, rule_id, sku, quantity, rate)]
