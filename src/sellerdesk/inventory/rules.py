"""What a stock and a warehouse may be. Pure decisions on plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from anyascii import anyascii

from sellerdesk.core import zones
from sellerdesk.core.money import round_half_even
from sellerdesk.inventory.types import StockLine

NAME_SHORTEST, NAME_LONGEST = 2, 50
#: Goods with a price have stock; those hidden from buyers keep it until they are shown again.
COUNTED = frozenset({"price_sent", "hidden"})
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,19}")
# Carriers print the name on the parcel, so it must not carry a way around the marketplace: addresses, phones, nicks.
_CONTACT = re.compile(r"@|https?:|www\.|\bt\.me\b|\.(?:ru|com|cn|net|org|рф)\b|(?:\d[\s()+-]*){7,}", re.IGNORECASE)


class Product(Protocol):
    """What deciding about stock needs to know of a product."""

    @property
    def status(self) -> str: ...

    @property
    def archived(self) -> bool: ...


def stock_refusal(*, stock: int, most: int, product: Product, set_at: datetime | None, real_now: datetime,
                  pause_seconds: int) -> tuple[str, str] | None:
    """(field, code) of the first rule that a wished stock breaks, or None.

    `set_at` is when the pair was last set from outside, None where the pause does not apply.
    """
    if stock < 0:
        return "stock", "STOCK_NEGATIVE"
    if stock > most:
        return "stock", "STOCK_TOO_BIG"
    if product.archived:
        return "product_id", "PRODUCT_IS_ARCHIVED"
    if product.status not in COUNTED:
        return "product_id", "product_is_not_created"
    if set_at is not None and real_now - set_at < timedelta(seconds=pause_seconds):
        return "stock", "TOO_MANY_REQUESTS"
    return None


def grant(free: dict[tuple[int, int], int], lines: Iterable[StockLine]) -> set[str]:
    """The references whose lines all fit into what is free, first come, first served. `free` shrinks accordingly."""
    wanted: dict[str, dict[tuple[int, int], int]] = {}
    for line in lines:
        pairs = wanted.setdefault(line.reference, {})
        pair = (line.product_id, line.warehouse_id)
        pairs[pair] = pairs.get(pair, 0) + line.quantity
    granted = set()
    for reference, pairs in wanted.items():
        if all(free.get(pair, 0) >= quantity for pair, quantity in pairs.items()):
            for pair, quantity in pairs.items():
                free[pair] -= quantity
            granted.add(reference)
    return granted


def name_refusal(name: str) -> str | None:
    """The code of what is wrong with a warehouse's name, or None."""
    if not NAME_SHORTEST <= len(name) <= NAME_LONGEST:
        return "warehouse_name_length"
    if _CONTACT.search(name):
        return "warehouse_name_contacts"
    if not any(sign.isalpha() for sign in name):
        return "warehouse_name_letters"
    return None


def printed(name: str) -> str:
    """The name as carriers print it, in Latin letters: “Казань – основной” → “Kazan - osnovnoy”."""
    return " ".join(anyascii(name).split())


def code_refusal(code: str) -> str | None:
    """The code of what is wrong with a warehouse's short code, or None; an empty one is allowed."""
    return None if not code or _CODE.fullmatch(code) else "warehouse_code_form"


def grade(free: int, daily_milli: int, *, kept: bool, bounds: Mapping[str, int]) -> str:
    """How long what is free lasts: none (nothing was ever kept), no_sales, critical, red, yellow or green.

    `bounds` are days: fewer than `critical` is critical, and so on up to `yellow`. An empty shelf of a product that
    sells is critical.
    """
    if not kept:
        return "none"
    if daily_milli <= 0:
        return "no_sales"
    days = free * 1000 / daily_milli
    return next((name for name in ("critical", "red", "yellow") if days < bounds[name]), "green")


def days_of_cover(free: int, daily_milli: int) -> int | None:
    """Whole days until the shelf is empty at the usual pace; None where nothing sells."""
    return free * 1000 // daily_milli if daily_milli > 0 else None


def counted(present: int, reserved: int, found: int) -> tuple[int, int]:
    """(present, short) after a count: promised units stay promised, so what is missing of them is `short`."""
    return max(found, reserved), max(reserved - found, 0)


def unit_ml(sides_mm: tuple[int, int, int], least_ml: int) -> int:
    """What one packed unit takes up, in millilitres begun, and at least so much; a side of 0 is not known."""
    depth, width, height = sides_mm
    return max(-(-depth * width * height // 1000), least_ml)


def paid_units(free: int, arrived: int) -> int:
    """How many of the units that lie there are stored for longer than is free, where `arrived` came within that time.

    The oldest leave first: of 30 units with 12 that came within the free days, 18 are paid for; of 10 none.
    """
    return max(0, free - arrived)


def storage_minor(units: int, ml: int, minor_100l: int) -> int:
    """What storing units of a size costs on one day, rounded half to even once.

    40 units of 1.5 l at 250.00 for 100 l are 60 l: 150.00.
    """
    return round_half_even(units * ml * minor_100l, 100_000)


def storage_until_sold(days: int, free_days: int, ml: int, minor_100l: int) -> int:
    """What storing one unit costs until it is sold, rounded once: 90 days, 60 of them free, 1.5 l at 2.50 a litre are
    30 × 3.75 = 112.50."""
    return round_half_even(max(0, days - free_days) * ml * minor_100l, 100_000)


def known_time_zone(name: str) -> bool:
    return name in zones.known()
