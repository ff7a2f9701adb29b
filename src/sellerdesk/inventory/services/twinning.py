"""Giving a test shop the warehouses of its live shop, and as much on their shelves as is free there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sellerdesk.core import ids, scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, copy_of
from sellerdesk.inventory.models import Stock, StockMove, Warehouse
from sellerdesk.inventory.services.warehouses import FIRST_ID
from sellerdesk.sellers.types import SellerRef

_BATCH = 1000


@scope.across_shops()  # from one shop into another
def copy_warehouses(*, source: SellerRef, target: SellerRef, now: datetime) -> dict[int, int]:
    """Copy every warehouse outside the archive, planned pauses left out; returns new ids by old ones."""
    with atomic():
        rows = list(Warehouse.objects.filter(seller_id=source.id).exclude(
            state=Warehouse.State.ARCHIVED).order_by("pk"))
        made = {row.pk: FIRST_ID + number
                for row, number in zip(rows, ids.allocate("inventory.warehouse", len(rows)), strict=True)}
        Warehouse.objects.bulk_create([
            copy_of(row, id=made[row.pk], seller_id=target.id, pause_from=None, pause_until=None, pause_reason="",
                    created_at=now, updated_at=now) for row in rows])
        return made


@scope.across_shops()  # from one shop into another
def copy_stocks(*, source: SellerRef, target: SellerRef, products: Mapping[int, int], warehouses: Mapping[int, int],
                actor: Actor, now: datetime) -> int:
    """Lay on the shelves what is free in the live shop, through the ledger. Returns how many pairs.

    What open orders hold there is left out: the test shop has no orders.
    """
    with atomic():
        # The marketplace's own warehouses are the same for every shop.
        places = {**warehouses, **{id_: id_ for id_ in Warehouse.objects.filter(seller__isnull=True).values_list(
            "pk", flat=True)}}
        rows = [copy_of(row, product_id=products[row.product_id], warehouse_id=places[row.warehouse_id],
                        seller_id=target.id, present=row.present - row.reserved, reserved=0, short=0, set_at=None,
                        first_at=now, daily_milli=0, updated_at=now)
                for row in Stock.objects.filter(seller_id=source.id).order_by("pk").iterator(_BATCH)
                if row.product_id in products and row.warehouse_id in places]
        Stock.objects.bulk_create(rows, batch_size=_BATCH)
        StockMove.objects.bulk_create([
            StockMove(product_id=row.product_id, warehouse_id=row.warehouse_id, seller_id=target.id, at=now,
                      reason="set", present_delta=row.present, reserved_delta=0, actor_label=actor.label[:200])
            for row in rows if row.present], batch_size=_BATCH)
        return len(rows)
