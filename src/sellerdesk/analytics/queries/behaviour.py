"""What buyers did before they ordered, and what they searched for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sellerdesk.analytics.types import QueryRow, WantedRow
from sellerdesk.core.db import fetch_all, placeholders
from sellerdesk.sellers.types import SellerRef


def queries_found(seller: SellerRef, since: date, until: date, *, skus: Sequence[int] = (),
                  limit: int = 50) -> list[QueryRow]:
    """Queries that showed the shop's goods in these UTC days, the most seen first. One query."""
    only = f" AND sku IN ({placeholders(skus)})" if skus else ""
    return [QueryRow(row[0], *(int(value) for value in row[1:])) for row in fetch_all(
        "SELECT query, COUNT(DISTINCT sku), SUM(shown), SUM(opened), SUM(carts), SUM(orders), SUM(gmv_minor),"
        " SUM(positions) FROM analytics_searchhit WHERE seller_id = %s AND day >= %s AND day <= %s"
        f"{only} GROUP BY query ORDER BY SUM(shown) DESC, query LIMIT %s", [seller.id, since, until, *skus, limit])]


def queries_of_goods(seller: SellerRef, since: date, until: date, skus: Sequence[int]
                     ) -> list[tuple[int, QueryRow]]:
    """The same for each of these SKUs alone: (SKU, row), the most seen first. One query."""
    if not skus:
        return []
    return [(int(row[0]), QueryRow(row[1], 1, *(int(value) for value in row[2:]))) for row in fetch_all(
        "SELECT sku, query, SUM(shown), SUM(opened), SUM(carts), SUM(orders), SUM(gmv_minor), SUM(positions)"
        " FROM analytics_searchhit WHERE seller_id = %s AND day >= %s AND day <= %s"
        f" AND sku IN ({placeholders(skus)}) GROUP BY sku, query ORDER BY SUM(shown) DESC, query",
        [seller.id, since, until, *skus])]


def wanted(since: date, until: date, *, least: int, limit: int = 50) -> list[WantedRow]:
    """Queries of the whole marketplace that found nothing, or nothing that could be ordered, on most of these UTC days.

    They name no shop. What fewer than `least` buyers asked for is left out. One query.
    """
    return [WantedRow(row[0], int(row[1]), int(row[2]), int(row[3]), int(row[4]), int(row[5])) for row in fetch_all(
        "SELECT query, MAX(category_id), MAX(type_id), SUM(searches),"
        " SUM(CASE WHEN available = 0 THEN searches ELSE 0 END), MAX(found) FROM analytics_searchday"
        " WHERE day >= %s AND day <= %s GROUP BY query HAVING SUM(searches) >= %s"
        " AND SUM(CASE WHEN available = 0 THEN searches ELSE 0 END) * 2 > SUM(searches)"
        " ORDER BY 5 DESC, query LIMIT %s", [since, until, least, limit])]
