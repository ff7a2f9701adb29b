"""What a stretch of time was made of, kind by kind: whole hours as bookings keep them, the rest from their lines."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sellerdesk.core.db import db_time, fetch_all, is_postgres
from sellerdesk.finance.periods import hour_of
from sellerdesk.sellers.types import SellerRef

_HOUR = timedelta(hours=1)
# The bookings are asked for by their shop, too: PostgreSQL would look through those of all shops for their time.
_LINES = ("SELECT l.kind, l.amount_minor FROM finance_transaction t JOIN finance_line l ON l.transaction_id = t.id"
          " WHERE t.seller_id = %s AND t.at >= %s AND t.at < %s AND l.account = 'seller' AND l.seller_id = %s")
_BALANCE = "SELECT '' AS kind, balance_minor AS amount_minor FROM finance_shopbalance WHERE seller_id = %s"
_HOURS = "SELECT kind, amount_minor FROM finance_kindhour WHERE seller_id = %s AND hour >= %s"


def by_kind(seller: SellerRef, start: datetime, end: datetime | None = None) -> dict[str, int]:
    """What changed for the shop from `start` up to, not including, `end`, payouts among it; without an end, until now.

    At most two hours are read line by line. One query.
    """
    return _summed(*_moved(seller, start, end))


def since(seller: SellerRef, at: datetime) -> tuple[int, dict[str, int]]:
    """The balance before a moment, which is that of now without what was booked since, and the latter kind by kind.

    One query, since another would see bookings made in between.
    """
    parts, params = _moved(seller, at, None)
    moved = _summed([*parts, _BALANCE], [*params, seller.id])
    balance = moved.pop("", 0)
    return balance - sum(moved.values()), moved


def _moved(seller: SellerRef, start: datetime, end: datetime | None) -> tuple[list[str], list[Any]]:
    """The parts of a query that between them have each amount once, and their parameters."""
    low, high = hour_of(start), hour_of(end) if end else None
    if low < start:
        low += _HOUR
    parts: list[str] = []
    params: list[Any] = []

    def lines(since: datetime, until: datetime) -> None:
        if since < until:
            parts.append(_LINES)
            params.extend([seller.id, db_time(since), db_time(until), seller.id])

    if end and high and high <= low:
        lines(start, end)
        return parts, params
    lines(start, low)
    parts.append(_HOURS + (" AND hour < %s" if high else ""))
    params.extend([seller.id, db_time(low), *([db_time(high)] if high else [])])
    if end and high:
        lines(high, end)
    return parts, params


def _summed(parts: list[str], params: list[Any]) -> dict[str, int]:
    if not parts:
        return {}
    # PostgreSQL adds whole numbers up to exact decimals.
    return {kind: int(amount) for kind, amount in fetch_all(
        f"SELECT kind, SUM(amount_minor) FROM ({' UNION ALL '.join(parts)}) moved GROUP BY kind", params)}


def hour_sql(moment: str) -> str:
    """SQL: the hour that sums are kept by of a moment, spelled as it is kept."""
    if is_postgres():
        return f"date_trunc('hour', {moment}, 'UTC')"
    return f"substr({moment}, 1, 13) || ':00:00'"
