"""How many more orders a warehouse takes today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.core.db import fetch_all, json_param, json_rows, locked
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.sellers.types import SellerRef


@dataclass(slots=True)
class Rooms:
    """Orders taken so far, by warehouse and its local day; warehouses without a limit are not counted."""

    taken: dict[tuple[int, date], int]

    def has(self, place: WarehouseRow, at: datetime) -> bool:
        limit = place.postings_limit
        return limit is None or self.taken.get(_day(place, at), 0) < limit

    def take(self, place: WarehouseRow, at: datetime) -> None:
        if place.postings_limit is not None:
            self.taken[_day(place, at)] = self.taken.get(_day(place, at), 0) + 1


def rooms(seller: SellerRef, places: Sequence[WarehouseRow], moments: Sequence[datetime]) -> Rooms:
    """What the limited warehouses have taken on the days of these moments. One query, none without a limit.

    Where there is a limit, orders of one shop wait for each other until the transaction ends, so that two at once
    cannot both be the last.
    """
    limited = [place for place in places if place.postings_limit is not None]
    if not limited:
        return Rooms({})
    locked(f"orders.limits:{seller.id}")
    days = sorted({_day(place, at) for place in limited for at in moments})
    zones = {place.id: ZoneInfo(place.time_zone) for place in limited}
    spans = [[warehouse_id, day.isoformat(), datetime.combine(day, time(), zones[warehouse_id]),
              datetime.combine(day + timedelta(days=1), time(), zones[warehouse_id])] for warehouse_id, day in days]
    # Parts of a split order share its number and count once.
    rows = fetch_all(
        "SELECT v.w, v.day, COUNT(DISTINCT p.order_id) FROM"
        f" {json_rows('v', w='int', day='text', since='time', until='time')}"
        " JOIN orders_posting p ON p.warehouse_id = v.w AND p.seller_id = %s AND p.in_process_at >= v.since"
        " AND p.in_process_at < v.until GROUP BY v.w, v.day", [json_param(spans), seller.id])
    return Rooms({(warehouse_id, date.fromisoformat(day)): count for warehouse_id, day, count in rows})


def _day(place: WarehouseRow, at: datetime) -> tuple[int, date]:
    return place.id, at.astimezone(ZoneInfo(place.time_zone)).date()
