"""What the autopilot reads off the goods it packs: marks, papers, weights, countries. Made up, right, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core.actor import Actor
from sellerdesk.orders import queries as postings
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import Packing, PackingLine, UnitInput, UnitsInput
from sellerdesk.sellers.types import SellerRef

# Where the goods of the sandbox come from, where nobody said.
_COUNTRY = "CN"
# The first eight digits of a telephone number of its own: the model that all made-up devices share.
_TYPE_APPROVAL = "35693803"


def describe(*, seller: SellerRef, numbers: Sequence[str], actor: Actor, now: datetime) -> None:
    """Fill in what packing still asks about these postings; those it asks nothing about cost one query together."""
    waiting = postings.lacking(seller, numbers)
    if not waiting:
        return
    sheets = postings.packings(seller, waiting)
    orders.set_units(seller=seller, actor=actor, now=now, sheets=[
        UnitsInput(sheet.number, {}, countries={line.sku: _COUNTRY for line in sheet.lines if line.country_missing})
        for sheet in sheets])
    # A country may ask for a customs number.
    orders.set_units(seller=seller, actor=actor, now=now, sheets=[
        UnitsInput(sheet.number, _units(sheet)) for sheet in postings.packings(seller, waiting)])


def _units(sheet: Packing) -> dict[int, tuple[UnitInput, ...]]:
    return {line.sku: tuple(_unit(line, sheet.number, at) for at in range(line.quantity))
            for line in sheet.lines if line.wanted}


def _unit(line: PackingLine, number: str, at: int) -> UnitInput:
    """One unit; `number` and `at` make its codes its own."""
    serial = f"{number.replace('-', '')[-15:]}{at:03d}"
    return UnitInput(
        mark=_mark(line.sku, serial) if "mandatory_mark" in line.wanted else "",
        uin=serial[-16:].rjust(16, "7") if "jw_uin" in line.wanted else "",
        imeis=(_imei(serial),) if "imei" in line.wanted else (),
        gtd_absent="gtd" in line.wanted, rnpt_absent="rnpt" in line.wanted,
        weight_g=max(line.least_g, (line.least_g + line.most_g) // 2) if "weight" in line.wanted else None)


def _mark(sku: int, serial: str) -> str:
    body = f"{sku:013d}"[-13:]
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"01{body}{-total % 10}21{serial}"


def _imei(serial: str) -> str:
    """Fourteen digits and Luhn's fifteenth."""
    body = f"{_TYPE_APPROVAL}{int(serial) % 1_000_000:06d}"
    total = 0
    for at, digit in enumerate(reversed(body)):
        value = int(digit) * (1 if at % 2 else 2)
        total += value - 9 if value > 9 else value
    return f"{body}{-total % 10}"
