"""Closing a UTC day: what lies in stock, how well cards are filled in, what the market sold.

Each day is closed once; a day that was missed is closed later, its stock as it is then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sellerdesk.analytics.models import DayClosed, MarketDay
from sellerdesk.analytics.services import facts
from sellerdesk.analytics.types import CURRENCY, Sold
from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries.facets import facets
from sellerdesk.core import clock
from sellerdesk.core.db import atomic, db_time, execute, fetch_all, json_param, json_rows
from sellerdesk.core.errors import Unavailable
from sellerdesk.finance import queries as finance
from sellerdesk.messaging import queries as messaging
from sellerdesk.sellers import queries as sellers

#: Where nothing was closed for long, no more is made up for: older days have no stock to tell.
_MOST_DAYS = 7


def run_due(now: datetime) -> int:
    """Close the days that have ended. Returns how many."""
    today = now.astimezone(UTC).date()
    last = DayClosed.objects.filter(clock_of=clock.shop() or 0).order_by("-day").values_list("day", flat=True).first()
    if last is not None and last >= today - timedelta(days=1):
        return 0
    first = today - timedelta(days=1) if last is None else max(last + timedelta(days=1),
                                                              today - timedelta(days=_MOST_DAYS))
    days = [first + timedelta(days=at) for at in range((today - first).days)]
    return sum(close(day, now) for day in days)


def close(day: date, now: datetime) -> bool:
    """Close one day of the shops of the clock in force, unless somebody has. Test shops are no part of the market."""
    own = clock.shop()
    with atomic():
        if not execute("INSERT INTO analytics_dayclosed (day, clock_of, closed_at) VALUES (%s, %s, %s)"
                       " ON CONFLICT DO NOTHING", [day, own or 0, db_time(now)]):
            return False
        _stock(day)
        _cards(day)
        if own is None:
            keep_market(day, _sold(day))
            facts.forget_heard(now)
    return True


def keep_market(day: date, sold: Sequence[Sold]) -> None:
    """Add what was sold on a day to the market. One statement."""
    if sold:
        execute(
            "INSERT INTO analytics_marketday (day, seller_id, product_id, category_id, brand, units, minor, new,"
            " weight_g, reviews, rating_hundredths) SELECT %s, v.seller, v.product, v.category, v.brand, v.units,"
            " v.minor, v.fresh, v.weight, v.reviews, v.rating FROM " + json_rows(
                "v", seller="int", product="int", category="int", brand="text", units="int", minor="int", fresh="bool",
                weight="int", reviews="int", rating="int")
            + " WHERE TRUE ON CONFLICT DO NOTHING",
            [day, json_param([(one.seller_id, one.product_id, one.category_id, one.brand, one.units, one.minor, one.new,
                               one.weight_g, one.reviews, one.rating_hundredths)
                              for one in sold])])


def market_has(day: date) -> bool:
    return MarketDay.objects.filter(day=day).exists()


def _stock(day: date) -> None:
    """All pairs of product and warehouse, also the empty ones: an empty shelf is what people look for later."""
    execute(
        "INSERT INTO analytics_stockday (seller_id, day, product_id, sku, warehouse_id, present, reserved, price_minor)"
        " SELECT s.seller_id, %s, s.product_id, p.sku, s.warehouse_id, s.present, s.reserved, c.price_minor"
        " FROM inventory_stock s JOIN catalog_product p ON p.id = s.product_id"
        " LEFT JOIN pricing_price c ON c.product_id = s.product_id"
        f" WHERE NOT p.archived AND {clock.shops_sql('s.seller_id')} ON CONFLICT DO NOTHING", [day])


def _cards(day: date) -> None:
    execute(
        "INSERT INTO analytics_cardsday (seller_id, day, products, score_sum)"
        " SELECT seller_id, %s, COUNT(*), SUM(score) FROM catalog_product"
        f" WHERE NOT archived AND {clock.shops_sql('seller_id')} GROUP BY seller_id"
        " ON CONFLICT DO NOTHING", [day])


def _sold(day: date) -> list[Sold]:
    """What every shop sold, in roubles at the day's rate. A shop whose currency has no rate is left out."""
    rows = fetch_all(
        "SELECT f.seller_id, f.product_id, SUM(f.ordered_units - f.lost_units), SUM(f.ordered_minor - f.lost_minor)"
        f" FROM analytics_goodsday f WHERE f.day = %s AND {clock.shops_sql('f.seller_id')}"
        " GROUP BY f.seller_id, f.product_id"
        " HAVING SUM(f.ordered_units - f.lost_units) > 0", [day])
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    made = []
    for seller in sellers.active_sellers():
        own = [row for row in rows if row[0] == seller.id]
        known = facets(seller, "en", [row[1] for row in own]) if own else {}
        weights = {ref.id: ref.weight_g for ref in catalog.refs(seller, product_ids=list(known))} if known else {}
        rated = messaging.ratings(seller, list(known), at + timedelta(days=1)) if known else {}
        for _seller, product_id, units, minor in own:
            card = known.get(product_id)
            try:
                roubles = finance.convert(int(minor), seller.currency, CURRENCY, at).amount_minor
            except Unavailable:
                continue
            if card is not None:
                rating = rated.get(product_id)
                made.append(Sold(seller.id, product_id, card.category_id, card.brand, int(units), roubles,
                                 card.created_at > at - timedelta(days=30), weights.get(product_id) or None,
                                 rating.count if rating else 0, rating.hundredths if rating else None))
    return made
