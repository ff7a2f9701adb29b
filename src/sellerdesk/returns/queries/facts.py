"""What returns tell the facts of analytics, as SQL: buyers' returns, from the moment they were asked for."""

from __future__ import annotations

from sellerdesk.orders.queries.facts import REGION


def goods_sql(condition: str) -> str:
    """One row a return `r`: seller_id, at, product_id, sku, warehouse_id, region, scheme, units, minor, reason."""
    return (f"SELECT r.seller_id, r.created_at AS at, r.product_id, r.sku, r.warehouse_id, {REGION} AS region,"
            " r.scheme, r.quantity AS units, r.amount_minor AS minor, r.reason FROM returns_return r"
            " JOIN orders_posting p ON p.number = r.posting_number JOIN orders_order o ON o.id = p.order_id"
            f" WHERE r.kind = 'ClientReturn' AND {condition}")
