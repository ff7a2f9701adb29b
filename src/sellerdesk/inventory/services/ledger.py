"""Writing ledger lines, and reading stock rows for a change. One statement each, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sellerdesk.core.db import execute, fetch_all, is_postgres, json_param, json_rows, utc
from sellerdesk.sellers.types import SellerRef

Pair = tuple[int, int]


class Held(NamedTuple):
    """A stock row held for a change; `safety` and `low` are its warehouse's, low None where it has none of its own."""

    present: int
    reserved: int
    set_at: datetime | None
    short: int
    safety: int
    low: int | None


def stock_lock(seller: SellerRef) -> str:
    """Everything that writes a shop's stock waits politely for this; the constraints carry the correctness."""
    return f"inventory:{seller.id}"


def for_update(seller: SellerRef, pairs: Iterable[Pair]) -> dict[Pair, Held]:
    """The pairs that have a row, held until the transaction ends, in key order."""
    rows = fetch_all(
        "SELECT s.product_id, s.warehouse_id, s.present, s.reserved, s.set_at, s.short, w.safety_stock, w.low_stock"
        " FROM inventory_stock s JOIN inventory_warehouse w ON w.id = s.warehouse_id"
        f" JOIN {json_rows('v', p='int', w='int')} ON s.product_id = v.p AND s.warehouse_id = v.w"
        " WHERE s.seller_id = %s ORDER BY s.product_id, s.warehouse_id"
        + (" FOR UPDATE OF s" if is_postgres() else ""),
        [json_param(sorted(set(pairs))), seller.id])
    return {(product, warehouse): Held(present, reserved, utc(set_at), *rest)
            for product, warehouse, present, reserved, set_at, *rest in rows}


def write_moves(seller: SellerRef, reason: str, rows: Sequence[Sequence[Any]], actor_label: str = "") -> None:
    """Ledger lines from rows of product, warehouse, present delta, reserved delta, reference, time."""
    columns = json_rows("v", p="int", w="int", present="int", reserved="int", ref="text", at="time")
    execute(
        "INSERT INTO inventory_stockmove (product_id, warehouse_id, seller_id, at, reason, present_delta,"
        f" reserved_delta, reference, actor_label) SELECT v.p, v.w, %s, v.at, %s, v.present, v.reserved, v.ref, %s"
        f" FROM {columns}", [seller.id, reason, actor_label[:200], json_param(rows)])
