"""What a stock and a warehouse may be. Pure decisions on plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import available_timezones

from sellerdesk.inventory.types import StockLine

NAME_SHORTEST, NAME_LONGEST = 2, 50
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
    if product.status != "price_sent":
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


def known_time_zone(name: str) -> bool:
    return name in available_timezones()
