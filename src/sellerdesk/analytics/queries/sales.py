"""Sales by the reader's days and by goods, from facts alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sellerdesk.analytics import rules
from sellerdesk.analytics.types import SUBSCRIBER, DayFacts
from sellerdesk.core.db import fetch_all, fetch_one, is_postgres, json_param, json_rows, placeholders
from sellerdesk.orders import queries as orders
from sellerdesk.sellers.types import SellerRef

_DAY = ("SUM(f.ordered_postings), SUM(f.ordered_units - f.lost_units), SUM(f.ordered_minor - f.lost_minor),"
        " SUM(f.cancelled_postings), SUM(f.cancelled_minor), SUM(f.returns), SUM(f.returned_minor)")


def within(warehouse_ids: Sequence[int], table: str = "") -> str:
    """SQL: only these warehouses, where some are named."""
    return f" AND {table}warehouse_id IN ({placeholders(warehouse_ids)})" if warehouse_ids else ""


def by_period(table: str, parts: Sequence[str], sums: str, condition: str) -> str:
    """SQL: sums over a table of slots `f` for each period, told apart by these columns as well.

    Parameters: the periods (`json_param` of number, first slot, slot after the last), the shop, the condition's.
    """
    periods = json_rows("v", period="int", low="int", high="int")
    told = "".join(f"{part}, " for part in parts)
    rows = f"{table} f WHERE f.seller_id = %s AND f.slot >= v.low AND f.slot < v.high{condition}"
    if is_postgres():
        # Period by period, or its planner compares every row of the shop with every period.
        grouped = f" GROUP BY {', '.join(parts)}" if parts else ""
        return f"SELECT v.period, d.* FROM {periods} CROSS JOIN LATERAL (SELECT {told}{sums} FROM {rows}{grouped}) d"
    return (f"SELECT v.period, {told}{sums} FROM {periods} CROSS JOIN {rows}"
            f" GROUP BY {', '.join(['v.period', *parts])}")


def day_rows(seller: SellerRef, days: Sequence[date], zone: ZoneInfo,
             warehouse_ids: Sequence[int] = ()) -> list[DayFacts]:
    """These local days of a zone, also the empty ones. One query."""
    bounds = rules.day_bounds(days, zone)
    found = {int(row[0]): row[1:] for row in fetch_all(
        by_period("analytics_shopslot", (), _DAY, within(warehouse_ids, "f.")),
        [json_param([[index, *pair] for index, pair in enumerate(bounds)]), seller.id, *warehouse_ids])}
    return [DayFacts(day, *(int(value or 0) for value in found.get(index, ()))) for index, day in enumerate(days)]


def counted_until() -> int:
    """The number of the last act that the facts have heard of, or passed over. One query."""
    row = fetch_one("SELECT last_id FROM core_subscription WHERE name = %s", [SUBSCRIBER])
    return int(row[0]) if row else 0


def until_minute(seller: SellerRef, start: datetime, end: datetime,
                 warehouse_ids: Sequence[int] = ()) -> DayFacts:
    """Orders from a midnight to any minute: whole slots from the facts, the rest of the last one from its postings.

    Two queries. Only `orders`, `units` and `amount_minor` are told.
    """
    last = rules.slot_of(end)
    row = fetch_all(
        f"SELECT {_DAY} FROM analytics_shopslot f WHERE f.seller_id = %s{within(warehouse_ids, 'f.')}"
        " AND f.slot >= %s AND f.slot < %s", [seller.id, *warehouse_ids, rules.slot_of(start), last])[0]
    rest = orders.between(seller, max(rules.slot_start(last), start), end, warehouse_ids)
    whole = [int(value or 0) for value in row[:3]]
    return DayFacts(start.date(), whole[0] + rest.orders, whole[1] + rest.units, whole[2] + rest.amount_minor)


def spans(low: int, high: int) -> tuple[tuple[date, date] | None, list[tuple[int, int]]]:
    """Slots as whole UTC days (the last exclusive) and the slots before and behind them, so that few rows are read."""
    per_day = 86_400 // rules.SLOT_SECONDS
    first, last = -(-low // per_day), high // per_day
    if first >= last:
        return None, [(low, high)]
    edges = [pair for pair in ((low, first * per_day), (last * per_day, high)) if pair[0] < pair[1]]
    return (_day(first), _day(last)), edges


def goods_source(seller: SellerRef, low: int, high: int, columns: str, condition: str = "",
                 params: Sequence[Any] = ()) -> tuple[str, list[Any]]:
    """SQL that reads goods between two slots: whole days from the sums by day, the rest from slots."""
    days, edges = spans(low, high)
    parts, given = [], []
    if days:
        parts.append(f"SELECT {columns} FROM analytics_goodsday WHERE seller_id = %s AND day >= %s AND day < %s"
                     f"{condition}")
        given += [seller.id, *days, *params]
    for pair in edges:
        parts.append(f"SELECT {columns} FROM analytics_goodsslot WHERE seller_id = %s AND slot >= %s AND slot < %s"
                     f"{condition}")
        given += [seller.id, *pair, *params]
    return " UNION ALL ".join(parts), given


def best(seller: SellerRef, low: int, high: int, warehouse_ids: Sequence[int] = (), *,
         limit: int, wanted: Sequence[int] = ()) -> list[tuple[int, int, int]]:
    """Product, units and amount of what was ordered between two slots and not cancelled since, the most units first;
    those `wanted` are told whatever their place. One query."""
    source, params = goods_source(
        seller, low, high, "product_id, ordered_units - lost_units AS units, ordered_minor - lost_minor AS minor",
        within(warehouse_ids), warehouse_ids)
    # Two readings of few sums, instead of a place for each of a hundred thousand goods.
    found = fetch_all(
        f"WITH g AS MATERIALIZED (SELECT product_id, SUM(units) AS units, SUM(minor) AS minor FROM ({source}) s"
        " GROUP BY product_id HAVING SUM(units) > 0) SELECT * FROM"
        " (SELECT * FROM g ORDER BY units DESC, minor DESC, product_id LIMIT %s) best"
        f" UNION SELECT * FROM g WHERE product_id IN ({placeholders(wanted)})", [*params, limit, *wanted])
    rows = [(int(product_id), int(units), int(minor)) for product_id, units, minor in found]
    return sorted(rows, key=lambda row: (-row[1], -row[2], row[0]))


def _day(number: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)).date()
