"""Prices of the demo that moved: a history worth a chart, and a feed whose comma slipped."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.core.actor import Actor
from sellerdesk.core.money import Money
from sellerdesk.pricing import queries
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput, PriceRow
from sellerdesk.sellers.types import SellerRef

_FEED = Actor.key(0, "1C feed")
# Percent of the first price, days before the end.
_MOVES = ((95, 41), (98, 26), (100, 9))
_MOVED = 12
# Ten times too cheap, three times too dear: what a feed does on a bad day.
_SLIPS = (10, 300, 12, 1000)


def move_prices(*, seller: SellerRef, until: datetime) -> None:
    """Change some prices on the way to `until` and end where they began; then send four that nobody can mean."""
    rows = queries.prices_page(seller, limit=_MOVED + len(_SLIPS)).rows
    for percent, days in _MOVES:
        pricing.set_prices(seller=seller, actor=_FEED, now=until - timedelta(days=days), source="api", changes=[
            _changed(row, percent) for row in rows[:_MOVED]])
    pricing.set_prices(seller=seller, actor=_FEED, now=until - timedelta(hours=3), source="api", changes=[
        _changed(row, percent) for row, percent in zip(rows[_MOVED:], _SLIPS, strict=False)])


def _changed(row: PriceRow, percent: int) -> PriceInput:
    """The price at so many percent; a crossed-out price that would not fit is taken off."""
    price = Money(row.price_minor * percent // 100, row.currency).decimal_text()
    return PriceInput(product_id=row.product_id, price=price, old_price=None if 90 <= percent <= 100 else "0")
