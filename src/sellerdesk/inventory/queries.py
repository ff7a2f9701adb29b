"""Reading stock and warehouses. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F, Sum

from sellerdesk.core.db import fetch_all, json_param, json_rows, utc
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.inventory.models import Stock, StockMove, Warehouse
from sellerdesk.inventory.types import MoveRow, StockRow, WarehouseRow
from sellerdesk.sellers.types import SellerRef

_WAREHOUSE = ("id", "name", "city", "address", "time_zone", "cut_off", "preparation_hours", "state", "created_at")
_STATE_ORDER = {"active": 0, "new": 1, "paused": 2, "archived": 3}


def warehouses(seller: SellerRef) -> list[WarehouseRow]:
    """All warehouses of the shop: open ones first, then by age. One query."""
    rows = [WarehouseRow(*row) for row in
            Warehouse.objects.filter(seller_id=seller.id).order_by("id").values_list(*_WAREHOUSE)]
    return sorted(rows, key=lambda row: _STATE_ORDER[row.state])


def warehouse(seller: SellerRef, warehouse_id: int) -> WarehouseRow:
    """One warehouse. Raises WarehouseUnknown, also for another shop's."""
    row = Warehouse.objects.filter(seller_id=seller.id, pk=warehouse_id).values_list(*_WAREHOUSE).first()
    if row is None:
        raise WarehouseUnknown(data={"value": str(warehouse_id)})
    return WarehouseRow(*row)


def stocks(seller: SellerRef, product_ids: Iterable[int]) -> dict[int, list[StockRow]]:
    """Stock rows by product, in warehouse order; products that never had stock are left out. One query."""
    ids = list(product_ids)
    found: dict[int, list[StockRow]] = defaultdict(list)
    if not ids:
        return {}
    rows = fetch_all(
        "SELECT s.product_id, s.warehouse_id, s.present, s.reserved, s.updated_at FROM inventory_stock s"
        f" JOIN {json_rows('v', id='int')} ON s.product_id = v.id WHERE s.seller_id = %s ORDER BY s.warehouse_id",
        [json_param([[id_] for id_ in ids]), seller.id])
    for product_id, warehouse_id, present, reserved, updated_at in rows:
        found[product_id].append(StockRow(product_id, warehouse_id, present, reserved, utc(updated_at)))
    return dict(found)


def free(seller: SellerRef, product_ids: Sequence[int] | None = None) -> dict[int, int]:
    """Sellable units by product over all open warehouses; products without any row are left out. One query."""
    rows = Stock.objects.filter(seller_id=seller.id, warehouse__state=Warehouse.State.ACTIVE)
    if product_ids is not None:
        rows = rows.filter(product_id__in=product_ids)
    return dict(rows.values("product_id").annotate(units=Sum(F("present") - F("reserved"))).order_by()
                .values_list("product_id", "units"))


def scarce(seller: SellerRef, *, most: int, warehouse_id: int | None = None, limit: int = 1000) -> list[int]:
    """Products of which at most `most` units are free in some open warehouse, scarcest first. One query."""
    rows = Stock.objects.filter(seller_id=seller.id, warehouse__state=Warehouse.State.ACTIVE,
                                present__lte=F("reserved") + most)
    if warehouse_id is not None:
        rows = rows.filter(warehouse_id=warehouse_id)
    found = rows.annotate(units=F("present") - F("reserved")).order_by("units", "product_id")
    return list(dict.fromkeys(found.values_list("product_id", flat=True)[:limit]))


def moves(seller: SellerRef, product_id: int, limit: int = 100) -> list[MoveRow]:
    """The product's stock ledger, newest first. One query."""
    rows = StockMove.objects.filter(seller_id=seller.id, product_id=product_id).order_by("-id")
    return [MoveRow(*row) for row in rows.values_list(
        "at", "warehouse_id", "reason", "present_delta", "reserved_delta", "reference", "actor_label")[:limit]]
