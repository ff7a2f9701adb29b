"""Categories as somebody looks at them who thinks of selling there: prices, weights, reviews, fees beside sales."""

from __future__ import annotations

from datetime import date, datetime

from sellerdesk.analytics.queries import insight
from sellerdesk.analytics.types import CURRENCY, Niche
from sellerdesk.core import scope
from sellerdesk.core.db import fetch_all
from sellerdesk.economics import queries as economics
from sellerdesk.sellers.types import SellerRef

_GOODS = ("SELECT category_id, seller_id, product_id, SUM(units) AS units, SUM(minor) / SUM(units) AS price,"
          " MAX(weight_g) AS weight_g, MAX(reviews) AS reviews, MAX(rating_hundredths) AS rating"
          " FROM analytics_marketday WHERE day >= %s AND day <= %s GROUP BY category_id, seller_id, product_id"
          " HAVING SUM(units) > 0")


@scope.across_shops()
def niches(seller: SellerRef, since: date, until: date, *, language: str, now: datetime) -> list[Niche]:
    """Every category that may be told, those with the most searches per offer first. Nine queries."""
    told = [cell for cell in insight.cells(seller, "category", since, until, language=language, now=now)
            if cell.minor is not None]
    least = insight.least_sellers(now)
    sold_for = prices(since, until, least)
    weights, reviews = (_middle(column, since, until, least) for column in ("weight_g", "reviews"))
    ratings = _ratings(since, until, least)
    fees = economics.commission_bp(CURRENCY, {int(cell.key): sold_for[int(cell.key)][1] for cell in told
                                              if int(cell.key) in sold_for}, now)
    made = [Niche(cell, sold_for.get(key), weights.get(key), reviews.get(key), ratings.get(key), fees.get(key))
            for cell in told for key in (int(cell.key),)]
    return sorted(made, key=lambda one: -(one.cell.demand or 0))


def prices(since: date, until: date, least: int) -> dict[int, tuple[int, int, int]]:
    """Below which price a quarter, half and three quarters of the units of each category sold in which so many shops
    sell. One query."""
    return {int(row[0]): (int(row[1]), int(row[2]), int(row[3])) for row in fetch_all(
        "SELECT category_id, MIN(CASE WHEN passed * 4 >= whole THEN price END),"
        " MIN(CASE WHEN passed * 2 >= whole THEN price END), MIN(CASE WHEN passed * 4 >= whole * 3 THEN price END)"
        " FROM (SELECT category_id, seller_id, price,"
        " SUM(units) OVER (PARTITION BY category_id ORDER BY price, seller_id, product_id) AS passed,"
        " SUM(units) OVER (PARTITION BY category_id) AS whole"
        f" FROM ({_GOODS}) goods) placed GROUP BY category_id HAVING COUNT(DISTINCT seller_id) >= %s",
        [since, until, least])}


def _middle(column: str, since: date, until: date, least: int) -> dict[int, int]:
    """The card in the middle of each category by one of its traits, where enough sellers' cards say it. One query."""
    return {int(row[0]): int(row[1]) for row in fetch_all(
        f"SELECT category_id, MIN(CASE WHEN place * 2 >= whole THEN {column} END) FROM (SELECT category_id, seller_id,"
        f" {column}, ROW_NUMBER() OVER (PARTITION BY category_id ORDER BY {column}, seller_id, product_id) AS place,"
        f" COUNT(*) OVER (PARTITION BY category_id) AS whole FROM ({_GOODS}) goods WHERE {column} IS NOT NULL) placed"
        " GROUP BY category_id HAVING COUNT(DISTINCT seller_id) >= %s", [since, until, least])}


def _ratings(since: date, until: date, least: int) -> dict[int, float]:
    """The average star over all reviews of each category's cards. One query."""
    return {int(row[0]): round(int(row[1]) / int(row[2]) / 100, 1) for row in fetch_all(
        f"SELECT category_id, SUM(rating * reviews), SUM(reviews) FROM ({_GOODS}) goods WHERE rating IS NOT NULL"
        " AND reviews > 0 GROUP BY category_id HAVING COUNT(DISTINCT seller_id) >= %s", [since, until, least])}
