"""Giving a test shop the prices of its live shop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sellerdesk.core import scope
from sellerdesk.core.db import atomic, copy_of
from sellerdesk.pricing.models import Price
from sellerdesk.sellers.types import SellerRef

_BATCH = 1000


@scope.across_shops()  # from one shop into another
def copy_prices(*, source: SellerRef, target: SellerRef, products: Mapping[int, int], now: datetime) -> int:
    """Copy the prices of products (new ids by old ones) as they stand, without their history. Returns how many."""
    with atomic():
        rows = [copy_of(row, product_id=products[row.pk], seller_id=target.id, updated_at=now)
                for row in Price.objects.filter(seller_id=source.id).order_by("pk").iterator(_BATCH)
                if row.pk in products]
        Price.objects.bulk_create(rows, batch_size=_BATCH)
        return len(rows)
