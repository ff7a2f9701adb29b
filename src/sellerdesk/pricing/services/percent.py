"""Changing the prices of chosen products by a percentage."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.money import Money, minor_digits
from sellerdesk.pricing import queries, rules
from sellerdesk.pricing.errors import PercentOutOfRange, PricesMoved
from sellerdesk.pricing.services.setting import lock_key, preview_prices, set_prices
from sellerdesk.pricing.types import Amounts, PreviewRow, PriceInput, PriceOutcome
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class PercentChange:
    """Raise or (with a minus) lower prices by basis points.

    `whole` rounds to whole units of the currency; `with_old` moves crossed-out prices along.
    """

    percent_bp: int
    whole: bool = True
    with_old: bool = True


def preview_percent(*, seller: SellerRef, product_ids: Sequence[int], change: PercentChange, now: datetime
                    ) -> tuple[list[PreviewRow], str]:
    """What `change_percent` would do, without doing it, and the token that ties the deed to this preview.

    Products without a price are left out. Raises PercentOutOfRange.
    """
    wanted, token = _percent_rows(seller, product_ids, change)
    return preview_prices(seller=seller, changes=wanted, now=now), token


def change_percent(*, seller: SellerRef, product_ids: Sequence[int], change: PercentChange, seen: str, actor: Actor,
                   now: datetime) -> list[PriceOutcome]:
    """Change the prices of products by a percentage; one outcome per priced product.

    `seen` is the token of the preview. A second press of the button, or prices that somebody changed meanwhile, end in
    the Conflict PricesMoved and nothing happens twice. Raises PercentOutOfRange, TooManyRows.
    """
    with atomic():
        locked(lock_key(seller))
        wanted, token = _percent_rows(seller, product_ids, change)
        if token != seen:
            raise PricesMoved()
        return set_prices(seller=seller, changes=wanted, actor=actor, now=now, source="percent")


def _percent_rows(seller: SellerRef, product_ids: Sequence[int], change: PercentChange) -> tuple[list[PriceInput], str]:
    if not -9_000 <= change.percent_bp <= 90_000 or change.percent_bp == 0:
        raise PercentOutOfRange(field="percent")
    unit = 10 ** minor_digits(seller.currency) if change.whole else 1
    current = sorted(queries.prices(seller, product_ids).items())
    rows = []
    for product_id, row in current:
        wish = rules.scaled(Amounts(row.price_minor, row.old_price_minor), change.percent_bp, whole=unit,
                            with_old=change.with_old)
        rows.append(PriceInput(product_id=product_id, price=_text(wish.price, seller.currency),
                               old_price=_text(wish.old, seller.currency)))
    seen = ";".join(f"{id_}:{row.price_minor}:{row.old_price_minor}" for id_, row in current)
    return rows, hashlib.sha256(seen.encode()).hexdigest()[:16]


def _text(amount_minor: int | None, currency: str) -> str | None:
    return None if amount_minor is None else Money(amount_minor, currency).decimal_text()
