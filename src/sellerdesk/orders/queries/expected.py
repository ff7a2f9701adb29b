"""What money wants to know of orders: what is on its way, and where what was booked comes from."""

from __future__ import annotations

from collections.abc import Iterable

from sellerdesk.core.db import fetch_one, of_shop
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import Expected, Origin
from sellerdesk.sellers.types import SellerRef


def expected(seller: SellerRef) -> Expected:
    """Postings under way, what their buyers pay, and what will be kept of it. One query, over open postings only.

    Without payment processing, which is computed when the money comes.
    """
    row = fetch_one(
        "SELECT COUNT(*), COALESCE(SUM(p.amount_minor), 0), COALESCE(SUM(p.logistics_minor), 0),"
        " COALESCE(SUM((SELECT SUM(l.commission_minor) FROM orders_postingline l WHERE l.posting_id = p.id)), 0)"
        " FROM orders_posting p WHERE p.seller_id = %s AND p.state NOT IN ('delivered', 'cancelled')", [seller.id])
    assert row is not None
    return Expected(*(int(value) for value in row))


def origins(seller: SellerRef, numbers: Iterable[str]) -> dict[str, Origin]:
    """Scheme, time of the order and warehouse of postings, by their numbers. One query."""
    rows = Posting.objects.filter(of_shop(seller.id), number__in=sorted(set(numbers)))
    return {number: Origin(scheme, at, warehouse) for number, scheme, at, warehouse in rows.values_list(
        "number", "scheme", "in_process_at", "warehouse_id")}
