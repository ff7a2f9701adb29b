"""For how long stock lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sellerdesk.analytics.queries.sales import within
from sellerdesk.analytics.types import Turnover
from sellerdesk.core.db import fetch_all, json_param, json_rows
from sellerdesk.sellers.types import SellerRef

#: Sales of so many days make the pace.
DAYS = 60
#: Fewer days than these are critical, red and yellow.
_GRADES = ((7, "GRADES_CRITICAL"), (14, "GRADES_RED"), (28, "GRADES_YELLOW"))


def turnover(seller: SellerRef, *, now: datetime, skus: Sequence[int] = (), warehouse_ids: Sequence[int] = (),
             offset: int = 0, limit: int = 1000) -> list[Turnover]:
    """What lies free now and what sold a day in the last 60 UTC days, by SKU. One query."""
    only = f" AND p.sku IN (SELECT sku FROM {json_rows('chosen', sku='int')})" if skus else ""
    chosen = [json_param([[sku] for sku in skus])] if skus else []
    rows = fetch_all(
        "SELECT p.sku, p.offer_id, p.name, COALESCE(s.free, 0), COALESCE(f.units, 0) FROM catalog_product p"
        " LEFT JOIN (SELECT product_id, SUM(present - reserved) AS free FROM inventory_stock WHERE seller_id = %s"
        f"{within(warehouse_ids)} GROUP BY product_id) s ON s.product_id = p.id"
        " LEFT JOIN (SELECT product_id, SUM(ordered_units - lost_units) AS units FROM analytics_goodsday"
        f" WHERE seller_id = %s AND day >= %s{within(warehouse_ids)} GROUP BY product_id) f ON f.product_id = p.id"
        f" WHERE p.seller_id = %s AND NOT p.archived{only} ORDER BY p.id LIMIT %s OFFSET %s",
        [seller.id, *warehouse_ids, seller.id, now.date() - timedelta(days=DAYS), *warehouse_ids, seller.id, *chosen,
         limit, offset])
    return [_made(int(sku), offer_id, name, int(free), int(units)) for sku, offer_id, name, free, units in rows]


def _made(sku: int, offer_id: str, name: str, free: int, units: int) -> Turnover:
    pace = round(units / DAYS, 2)
    lasts = round(free * DAYS / units, 1) if units else 0.0
    grade = "GRADES_NOSALES" if not units else next((word for days, word in _GRADES if lasts < days), "GRADES_GREEN")
    return Turnover(sku, offer_id, name, free, pace, lasts, grade)
