"""Where goods lie in a warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, json_param, json_rows
from sellerdesk.inventory import queries
from sellerdesk.inventory.events import SHELVES_CHANGED
from sellerdesk.sellers.types import SellerRef

LONGEST = 20


def set_shelves(*, seller: SellerRef, warehouse_id: int, shelves: Mapping[int, str], actor: Actor,
                now: datetime) -> int:
    """Say on which shelf products lie in a warehouse; empty takes the word back. Returns how many changed.

    Longer words are cut to 20 characters. Raises WarehouseUnknown. A fixed number of statements.
    """
    with atomic():
        place = queries.warehouse(seller, warehouse_id)
        changed = execute(
            f"""UPDATE inventory_stock SET shelf = v.shelf FROM {json_rows("v", product="int", shelf="text")}
                WHERE inventory_stock.product_id = v.product AND inventory_stock.warehouse_id = %s
                    AND inventory_stock.seller_id = %s AND inventory_stock.shelf <> v.shelf""",
            [json_param([[product, " ".join(text.split())[:LONGEST]] for product, text in sorted(shelves.items())]),
             warehouse_id, seller.id])
        if changed:
            activity.record(SHELVES_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="warehouse",
                            target_id=warehouse_id, target_label=place.name, data={"count": changed})
        return changed
