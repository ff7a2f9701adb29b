"""How many postings are where, from counters that the database keeps (services/counting.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core import tally
from sellerdesk.core.db import db_time, fetch_all, fetch_one, placeholders
from sellerdesk.core.tally import Tally
from sellerdesk.orders import rules, states
from sellerdesk.orders.types import Urgent
from sellerdesk.sellers.types import SellerRef

_TAB_OF = {state: tab for tab, members in states.TABS.items() for state in members}


def within(warehouse_ids: Sequence[int]) -> str:
    """SQL: only these warehouses, where some are named."""
    return f" AND warehouse_id IN ({placeholders(warehouse_ids)})" if warehouse_ids else ""


#: Tabs of what waits for the shop: there is nothing of the marketplace's own shipping in them.
SHOPS_TABS = ("to_pack", "to_hand_over")


def _of_scheme(fbo: bool) -> str:
    """SQL: what the marketplace ships from its own warehouses, or all the rest."""
    return f" AND scheme {'=' if fbo else '<>'} 'fbo'"


def counts(seller: SellerRef, warehouse_ids: Sequence[int] = (), *, fbo: bool | None = False
           ) -> dict[str, int]:
    """Postings by tab of states.TABS, and `all`; of these warehouses only where some are named. One query.

    What the shop ships, with `fbo` what the marketplace ships for it; None is both together, without the latter in
    SHOPS_TABS.
    """
    found: dict[str, int] = dict.fromkeys([*states.TABS, "all"], 0)
    for state, by_platform, number in fetch_all(
            "SELECT state, CASE WHEN scheme = 'fbo' THEN 1 ELSE 0 END AS theirs, SUM(postings)"
            f" FROM orders_postingcount WHERE seller_id = %s{within(warehouse_ids)}"
            f"{'' if fbo is None else _of_scheme(fbo)} GROUP BY state, theirs", [seller.id, *warehouse_ids]):
        if not (fbo is None and by_platform and _TAB_OF[state] in SHOPS_TABS):
            found[_TAB_OF[state]] += int(number)
        found["all"] += int(number)
    return found


def counts_by_warehouse(seller: SellerRef, tab: str) -> dict[int, int]:
    """Postings of a tab (or of `all`) by warehouse; warehouses without any are left out. One query."""
    members = states.TABS.get(tab, tuple(states.SUBSTATES))
    return {warehouse_id: int(number) for warehouse_id, number in fetch_all(
        "SELECT warehouse_id, SUM(postings) FROM orders_postingcount WHERE seller_id = %s"
        f" AND state IN ({placeholders(members)}){_of_scheme(False)} GROUP BY warehouse_id HAVING SUM(postings) <> 0",
        [seller.id, *members])}


def to_pack_count(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> int:
    """How many postings wait for packing; in these warehouses where some are named. One query."""
    return tally.ask([to_pack_tally(seller, warehouse_ids)])[0]


def to_pack_tally(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> Tally:
    """The same for the menu, which asks together with others. A few rows of kept counters."""
    return Tally(f"SELECT SUM(postings) FROM orders_postingcount WHERE seller_id = %s{within(warehouse_ids)}"
                 f" AND state = %s{_of_scheme(False)}", (seller.id, *warehouse_ids, states.AWAITING_PACKAGING))


def urgent(seller: SellerRef, now: datetime, tab: str, warehouse_ids: Sequence[int] = ()) -> Urgent:
    """What of a tab the seller still holds, by how soon it is due, see rules.urgency. One query over one index."""
    members = states.TABS[tab]
    soon, tonight = now + rules.SOON, rules.end_of_day(now, seller.time_zone)
    moments = [db_time(now), db_time(soon), db_time(max(soon, tonight))]
    row = fetch_one(
        "SELECT SUM(CASE WHEN ship_by < %s THEN 1 ELSE 0 END), SUM(CASE WHEN ship_by < %s THEN 1 ELSE 0 END), COUNT(*)"
        f" FROM orders_posting WHERE seller_id = %s AND state IN ({placeholders(members)}) AND ship_by < %s"
        f" AND substate <> 'posting_in_carriage'{within(warehouse_ids)}{_of_scheme(False)}",
        [*moments[:2], seller.id, *members, moments[2], *warehouse_ids])
    overdue, by_soon, by_tonight = (int(value or 0) for value in row) if row else (0, 0, 0)
    return Urgent(overdue, by_soon - overdue, by_tonight - by_soon)

