"""Giving a test shop the delivery methods of its live shop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sellerdesk.core import ids, scope
from sellerdesk.core.db import atomic, copy_of
from sellerdesk.logistics.models import DeliveryMethod
from sellerdesk.logistics.services.quoting import FIRST_METHOD
from sellerdesk.sellers.types import SellerRef


@scope.across_shops()  # from one shop into another
def copy_methods(*, source: SellerRef, target: SellerRef, warehouses: Mapping[int, int], now: datetime) -> int:
    """Copy the methods of warehouses (new ids by old ones), those switched off too. Returns how many."""
    with atomic():
        rows = [row for row in DeliveryMethod.objects.filter(seller_id=source.id).order_by("pk")
                if row.warehouse_id in warehouses]
        numbers = ids.allocate("logistics.method", len(rows), target.id)
        DeliveryMethod.objects.bulk_create([
            copy_of(row, id=FIRST_METHOD + number, seller_id=target.id, warehouse_id=warehouses[row.warehouse_id],
                    created_at=now, updated_at=now) for row, number in zip(rows, numbers, strict=True)])
        return len(rows)
