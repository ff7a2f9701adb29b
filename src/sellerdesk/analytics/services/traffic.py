"""What buyers looked at and searched for, told by the storefront in sums: never a row for a view.

Visits add to what is there, so whoever tells them does it in the transaction that keeps how far they have told. Queries
of a day are told once, when the day has ended; telling a day again replaces it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sellerdesk.analytics.rules import slot_of
from sellerdesk.analytics.types import Hit, Search, Visits
from sellerdesk.core.db import atomic, execute, json_param, json_rows

_COUNTED = ("views_search", "views_card", "sessions", "sessions_search", "sessions_card", "cart_search", "cart_card",
            "positions")


def note_visits(visits: Sequence[Visits]) -> None:
    """Add these to the facts; several of one product in one slot are summed. One statement."""
    if not visits:
        return
    columns = {"seller": "int", "slot": "int", "product": "int", "sku": "int", **dict.fromkeys(_COUNTED, "int")}
    names = ", ".join(_COUNTED)
    grown = ", ".join(f"{name} = analytics_traffic.{name} + excluded.{name}" for name in _COUNTED)
    execute(
        f"INSERT INTO analytics_traffic (seller_id, slot, product_id, sku, {names})"
        f" SELECT v.seller, v.slot, MAX(v.product), v.sku, {', '.join(f'SUM(v.{name})' for name in _COUNTED)}"
        f" FROM {json_rows('v', **columns)} WHERE TRUE GROUP BY v.seller, v.slot, v.sku"
        f" ON CONFLICT (seller_id, slot, sku) DO UPDATE SET {grown}",
        [json_param([(one.seller_id, slot_of(one.at), one.product_id, one.sku,
                      *(getattr(one, name) for name in _COUNTED)) for one in visits])])


def note_searches(day: date, searches: Sequence[Search], hits: Sequence[Hit]) -> None:
    """Keep what was searched for on a UTC day, in place of what is known of it. Four statements."""
    with atomic():
        for table in ("analytics_searchday", "analytics_searchhit"):
            execute(f"DELETE FROM {table} WHERE day = %s", [day])
        if searches:
            execute(
                "INSERT INTO analytics_searchday (day, query, category_id, type_id, searches, views, found, available,"
                " sellers, carts, price_minor) SELECT %s, v.query, v.category, v.type, v.searches, v.views, v.found,"
                " v.available, v.sellers, v.carts, v.price FROM " + json_rows(
                    "v", query="text", category="int", type="int", searches="int", views="int", found="int",
                    available="int", sellers="int", carts="int", price="int"),
                [day, json_param([(one.query, one.category_id, one.type_id, one.searches, one.views, one.found,
                                   one.available, one.sellers, one.carts, one.price_minor) for one in searches])])
        if hits:
            execute(
                "INSERT INTO analytics_searchhit (seller_id, day, query, product_id, sku, shown, opened, carts, orders,"
                " gmv_minor, positions) SELECT v.seller, %s, v.query, v.product, v.sku, v.shown, v.opened, v.carts,"
                " v.orders, v.gmv, v.positions FROM " + json_rows(
                    "v", seller="int", query="text", product="int", sku="int", shown="int", opened="int", carts="int",
                    orders="int", gmv="int", positions="int"),
                [day, json_param([(one.seller_id, one.query, one.product_id, one.sku, one.shown, one.opened, one.carts,
                                   one.orders, one.gmv_minor, one.positions) for one in hits])])
