"""What orders tell the facts of analytics, as SQL over `orders_posting p` and `orders_order o`.

The same text serves news (some postings) and rebuilding (all of them), so both come to the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core.db import db_time, fetch_one
from sellerdesk.orders.queries.counting import within
from sellerdesk.orders.types import AtRisk
from sellerdesk.sellers.types import SellerRef

#: When each kind of thing happened to a posting, and which postings it happened to. `lost` belongs to the moment of the
#: order: what was cancelled of it later.
MOMENTS = {
    "ordered": ("p.in_process_at", "TRUE"),
    "lost": ("p.in_process_at", "p.cancelled_at IS NOT NULL AND p.state = 'cancelled'"),
    "cancelled": ("p.cancelled_at", "p.cancelled_at IS NOT NULL AND p.state = 'cancelled'"),
    "delivered": ("p.delivered_at", "p.delivered_at IS NOT NULL AND p.state = 'delivered'"),
}
#: Where a parcel goes, for postings joined with their orders.
REGION = "COALESCE(NULLIF(o.region, ''), p.city)"


#: Handed over by the shop itself, which has until `ship_by`; the marketplace's own warehouses have no such term.
_DUE = "p.scheme <> 'fbo' AND p.handed_over_at IS NOT NULL"


def _terms(units: str) -> str:
    """SQL: when it was ordered, and the units that had a term of hand-over, and those that kept it."""
    return (f"p.in_process_at AS ordered_at, CASE WHEN {_DUE} THEN {units} ELSE 0 END AS due,"
            f" CASE WHEN {_DUE} AND p.handed_over_at <= p.ship_by THEN {units} ELSE 0 END AS timely")


def goods_sql(kind: str, condition: str) -> str:
    """One row a line: seller_id, at, product_id, sku, warehouse_id, region, scheme, units, minor, ordered_at, due,
    timely."""
    at, always = MOMENTS[kind]
    return (f"SELECT p.seller_id, {at} AS at, l.product_id, l.sku, p.warehouse_id, {REGION} AS region, p.scheme,"
            f" l.quantity AS units, l.price_minor * l.quantity AS minor, {_terms('l.quantity')} FROM orders_posting p"
            " JOIN orders_order o ON o.id = p.order_id JOIN orders_postingline l ON l.posting_id = p.id"
            f" WHERE {always} AND {condition}")


def postings_sql(kind: str, condition: str) -> str:
    """One row a posting: seller_id, at, warehouse_id, scheme, units, minor, ordered_at, due, timely."""
    at, always = MOMENTS[kind]
    return (f"SELECT p.seller_id, {at} AS at, p.warehouse_id, p.scheme, p.units, p.amount_minor AS minor,"
            f" {_terms('p.units')} FROM orders_posting p WHERE {always} AND {condition}")


def at_risk(seller: SellerRef, now: datetime, tonight: datetime, warehouse_ids: Sequence[int] = ()) -> AtRisk:
    """What waits for the shop and is late at `now`, or due before `tonight`. One query over what is open."""
    row = fetch_one(
        "SELECT COUNT(*), SUM(amount_minor), SUM(CASE WHEN ship_by < %s THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN ship_by < %s THEN amount_minor ELSE 0 END) FROM orders_posting"
        f" WHERE seller_id = %s{within(warehouse_ids)} AND state IN ('awaiting_packaging', 'awaiting_deliver')"
        " AND substate <> 'posting_in_carriage' AND scheme <> 'fbo' AND ship_by < %s",
        [db_time(now), db_time(now), seller.id, *warehouse_ids, db_time(tonight)])
    return AtRisk(*(int(value or 0) for value in row)) if row else AtRisk(0, 0, 0, 0)
