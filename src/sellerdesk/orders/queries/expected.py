"""What money wants to know of orders: what is on its way, and where what was booked comes from."""

from __future__ import annotations

from collections.abc import Iterable

from sellerdesk.core.db import fetch_one, of_shop, placeholders
from sellerdesk.orders.models import Posting
from sellerdesk.orders.states import CANCELLED, DELIVERED, SUBSTATES
from sellerdesk.orders.types import Expected, Origin
from sellerdesk.sellers.types import SellerRef

_UNDER_WAY = tuple(state for state in SUBSTATES if state not in (DELIVERED, CANCELLED))


def expected(seller: SellerRef) -> Expected:
    """Postings under way, what their buyers pay, and what will be kept of it. One query, over open postings only.

    Without payment processing, which is computed when the money comes.
    """
    # Named one by one, the states lead to the shop's own open postings by index, past those of all other shops.
    mine = f"p.seller_id = %s AND p.state IN ({placeholders(_UNDER_WAY)})"
    row = fetch_one(
        "SELECT COUNT(*), COALESCE(SUM(p.amount_minor), 0), COALESCE(SUM(p.logistics_minor), 0),"
        " (SELECT COALESCE(SUM(l.commission_minor), 0) FROM orders_posting p JOIN orders_postingline l"
        f" ON l.posting_id = p.id WHERE {mine}) FROM orders_posting p WHERE {mine}",
        [seller.id, *_UNDER_WAY, seller.id, *_UNDER_WAY])
    assert row is not None
    return Expected(*(int(value) for value in row))


def origins(seller: SellerRef, numbers: Iterable[str]) -> dict[str, Origin]:
    """Scheme, time of the order and warehouse of postings, by their numbers. One query."""
    rows = Posting.objects.filter(of_shop(seller.id), number__in=sorted(set(numbers)))
    return {number: Origin(scheme, at, warehouse) for number, scheme, at, warehouse in rows.values_list(
        "number", "scheme", "in_process_at", "warehouse_id")}
