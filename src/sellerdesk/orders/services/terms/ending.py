"""Ending postings that nobody handed over in time."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import db_time, fetch_all, utc
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.services import cancelling
from sellerdesk.orders.terms import steps
from sellerdesk.orders.types import NOT_SHIPPED, Cancellation
from sellerdesk.sellers import queries as sellers

CLOCK = Actor.system("terms")
_BATCH = 1000


def end_overdue(*, now: datetime) -> int:
    """End every posting whose term has run out by `orders.late_policy`, each at its own moment, at the seller's fault.

    Returns how many ended. A posting that moves on meanwhile is left alone. A few statements a shop and batch.
    """
    done, after = 0, 0
    while True:
        rows = _overdue(now, after)
        done += _end(rows, now)
        if len(rows) < _BATCH:
            return done
        after = rows[-1][0]


def _overdue(now: datetime, after_id: int) -> list[tuple[int, int, str, datetime, int, str]]:
    """id, shop, number, deadline, warehouse, scheme of what may have run out, by id."""
    least = min(steps.earliest_cancel(reading.late_policy(now, scheme)) for scheme in ("fbs", "rfbs"))
    return [(*row[:3], deadline, *row[4:]) for row in fetch_all(
        f"""SELECT id, seller_id, number, ship_by, warehouse_id, scheme FROM orders_posting
           WHERE handed_over_at IS NULL AND cancelled_at IS NULL AND ship_by <= %s AND state IN (%s, %s, %s)
               AND scheme <> 'fbo' AND {clock.shops_sql('seller_id')} AND id > %s ORDER BY id LIMIT %s""",
        [db_time(now - least), *reading.WAITING, after_id, _BATCH]) if (deadline := utc(row[3]))]


def _end(rows: list[tuple[int, int, str, datetime, int, str]], now: datetime) -> int:
    by_shop: dict[int, list[tuple[str, datetime, int, str]]] = defaultdict(list)
    for _id, seller_id, number, ship_by, warehouse_id, scheme in rows:
        by_shop[seller_id].append((number, ship_by, warehouse_id, scheme))
    done = 0
    for seller_id, group in sorted(by_shop.items()):
        seller = sellers.seller_ref(seller_id)
        places = {row.id: row for row in inventory.warehouses(seller)}
        items = []
        for number, ship_by, warehouse_id, scheme in group:
            at = steps.cancels_at(ship_by, reading.calendar(places.get(warehouse_id), seller.time_zone),
                                  reading.late_policy(ship_by, scheme))
            if at <= now:
                items.append(Cancellation(number, NOT_SHIPPED, "", "platform", at))
        if items:
            done += sum(one.done for one in cancelling.cancel_many(seller=seller, items=items, actor=CLOCK))
    return done
