"""What lies with the marketplace, warehouse by warehouse, and for how long it lasts there."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sellerdesk.analytics.types import ShelfRow
from sellerdesk.catalog import queries as catalog
from sellerdesk.core.db import fetch_all
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import queries as supply

#: How far back sales are looked for.
DAYS = 60
#: Stock for fewer days than these is a deficit, sought after, usual; what lasts longer is too much.
_GRADES = ((28, "DEFICIT"), (56, "POPULAR"), (120, "ACTUAL"))
_TOO_LONG = 120
_MOST_ROWS = 200_000


def on_shelves(seller: SellerRef, *, now: datetime, skus: Collection[int] = (), warehouse_ids: Collection[int] = (),
               cluster_ids: Collection[int] = ()) -> list[ShelfRow]:
    """By product and warehouse; of these SKUs, warehouses and clusters only where some are named. Six queries.

    Also warehouses where nothing lies yet and a supply is coming.
    """
    chosen = {ref.id for ref in catalog.refs(seller, skus=list(skus))} if skus else None
    places = {row.id: row for row in inventory.platform_warehouses()}
    coming = {pair: units for pair, units in supply.on_the_way(seller).items()
              if pair[1] in places and (chosen is None or pair[0] in chosen)}
    lying = {(row.product_id, row.warehouse_id): row for row in inventory.platform_stock(
        seller, product_ids=None if chosen is None else sorted(chosen), limit=_MOST_ROWS)}
    pairs = sorted(lying.keys() | coming.keys())
    refs = {ref.id: ref for ref in catalog.refs(seller, product_ids=sorted({product for product, _ in pairs}))} \
        if pairs else {}
    sold = _last_days(seller, now)
    by_cluster: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, DAYS])
    figures = {}
    for product, place in pairs:
        row = lying.get((product, place))
        free, pace = (row.present - row.reserved, row.daily_milli) if row else (0, 0)
        silent = min((now.date() - sold[product, place]).days, DAYS) if (product, place) in sold else DAYS
        figures[product, place] = free, pace, coming.get((product, place), 0), silent
        kept = by_cluster[product, places[place].cluster_id or 0]
        for at, value in enumerate(figures[product, place][:3]):
            kept[at] += value
        kept[3] = min(kept[3], silent)
    found = []
    for product, place in pairs:
        cluster = places[place].cluster_id or 0
        if product not in refs or (warehouse_ids and place not in warehouse_ids) \
                or (cluster_ids and cluster not in cluster_ids):
            continue
        row, ref = lying.get((product, place)), refs[product]
        free, pace, on_the_way, silent = figures[product, place]
        in_cluster = by_cluster[product, cluster]
        found.append(ShelfRow(
            ref.sku, ref.offer_id, ref.name, place, places[place].name, cluster, row.present if row else 0,
            row.reserved if row else 0, on_the_way, pace / 1000, _lasts(free, pace), _grade(free, pace, on_the_way),
            max(0, free - math.ceil(pace * _TOO_LONG / 1000)) if pace else 0, silent, in_cluster[1] / 1000,
            _lasts(in_cluster[0], in_cluster[1]), _grade(*in_cluster[:3]), in_cluster[3]))
    return found


def _lasts(free: int, daily_milli: int) -> float:
    return round(free * 1000 / daily_milli, 1) if daily_milli else 0.0


def _grade(free: int, daily_milli: int, coming: int) -> str:
    if not free and coming:
        return "WAITING_FOR_SUPPLY"
    if not daily_milli:
        return "NO_SALES" if free else "TURNOVER_GRADE_NONE"
    return next((word for days, word in _GRADES if free * 1000 < days * daily_milli), "SURPLUS")


def _last_days(seller: SellerRef, now: datetime) -> dict[tuple[int, int], date]:
    """The last UTC day on which each product sold from each warehouse, of the last 60. One query."""
    rows = fetch_all(
        "SELECT product_id, warehouse_id, MAX(day) FROM analytics_goodsday WHERE seller_id = %s AND day >= %s"
        " AND scheme = 'fbo' AND ordered_units > 0 GROUP BY product_id, warehouse_id",
        [seller.id, now.date() - timedelta(days=DAYS)])
    return {(product, place): _day(day) for product, place, day in rows}


def _day(value: date | str) -> date:
    """SQLite keeps days as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
