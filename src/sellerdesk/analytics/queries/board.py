"""The home board: today, what is due, the last days, and what to look after.

Each part needs a fixed number of queries, and each figure is one that the list behind it shows again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.analytics import rules
from sellerdesk.analytics.queries import sales
from sellerdesk.analytics.types import Board, Figures, Selling, Tasks
from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.finance import queries as finance
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics.events import PARCEL_SCANNED
from sellerdesk.orders import queries as orders
from sellerdesk.orders.events import POSTING_MOVED
from sellerdesk.orders.queries import facts as waiting
from sellerdesk.orders.types import PostingFilter
from sellerdesk.returns import queries as returns
from sellerdesk.sellers.types import SellerRef

_LISTED = 7
_NEWS = 8
# A parcel's steps between the hand-over and the door would crowd out everything else.
_SMALL_NEWS = (POSTING_MOVED, PARCEL_SCANNED)
# More scarce products than this are not told apart any more.
_MANY = 1000


def board(seller: SellerRef, *, now: datetime, zone: ZoneInfo, language: str, with_money: bool,
          warehouse_ids: Sequence[int] = ()) -> Board:
    """All parts of the board, by the days of the reader's zone; of these warehouses only where some are named, save for
    money, which has no place."""
    places = warehouse_ids
    scarce = _scarce(seller, now, places)
    best, low = _selling(seller, now, zone, scarce[:_LISTED], language, places)
    return Board(now.astimezone(zone).date(), now,
                 figures(seller, now=now, zone=zone, with_money=with_money, warehouse_ids=places),
                 tasks(seller, now=now, zone=zone, scarce=scarce, warehouse_ids=places), best, low,
                 tuple(news(seller, places)))


def figures(seller: SellerRef, *, now: datetime, zone: ZoneInfo, with_money: bool,
            warehouse_ids: Sequence[int] = ()) -> Figures:
    """Today and the last 28 days, from facts. Six queries with money, four without."""
    today = now.astimezone(zone).date()
    days = sales.day_rows(seller, rules.last_days(today, 2 * rules.CHART_DAYS), zone, warehouse_ids)
    shown, before = days[-rules.CHART_DAYS:], days[:-rules.CHART_DAYS]
    week_ago = sales.until_minute(seller, *rules.a_week_before(now, zone), warehouse_ids)
    at_risk = waiting.at_risk(seller, now, rules.midnight(today + timedelta(days=1), zone), warehouse_ids)
    balance = finance.owed_minor(seller) if with_money else None
    week = finance.accrued_minor(seller, now - timedelta(days=7), now) if with_money else 0
    return Figures(seller.currency, shown[-1], week_ago, tuple(shown), rules.total(days[0].day, before), at_risk,
                   balance, week)


def tasks(seller: SellerRef, *, now: datetime, zone: ZoneInfo, scarce: Sequence[int] | None = None,
          warehouse_ids: Sequence[int] = ()) -> Tasks:
    """What waits for somebody. Five queries, four when the scarce products are known."""
    if scarce is None:
        scarce = _scarce(seller, now, warehouse_ids)
    today = rules.day_start(now, zone)
    soon = orders.count(seller, PostingFilter(tab="to_pack", cutoff_from=today, cutoff_to=rules.next_day(today),
                                              warehouse_ids=tuple(warehouse_ids)))
    return Tasks(orders.due(seller, now, warehouse_ids), soon, returns.arrived_count(seller, warehouse_ids),
                 catalog.counts(seller, ("errors",))["errors"], len(scarce))


def news(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> list[activity.Entry]:
    """What happened last in the shop, by its own time. One query, two for people of single warehouses.

    They hear of orders and returns in their own warehouses and of what has no place, but of nobody's stock.
    """
    latest = activity.latest(seller.id, 5 * _NEWS, leave_out=_SMALL_NEWS)
    if warehouse_ids:
        numbers = {entry.id: _posting_of(entry) for entry in latest}
        own = orders.numbers_in(seller, filter(None, numbers.values()), warehouse_ids)
        latest = [entry for entry in latest if not entry.event.startswith("inventory.")
                  and (not numbers[entry.id] or numbers[entry.id] in own)]
    return sorted(latest, key=lambda entry: (entry.at, entry.id), reverse=True)[:_NEWS]


def _posting_of(entry: activity.Entry) -> str:
    """The number of the posting that an act is about; empty where it is about something else."""
    if entry.target_type == "posting":
        return entry.target_id
    return str((entry.data or {}).get("posting_number", ""))


def _scarce(seller: SellerRef, now: datetime, warehouse_ids: Sequence[int]) -> list[int]:
    most = dated.get("inventory.low_stock", "", now).value["units"]
    return inventory.scarce(seller, most=most, warehouse_ids=warehouse_ids, limit=_MANY)


def _selling(seller: SellerRef, now: datetime, zone: ZoneInfo, scarce: Sequence[int], language: str,
             warehouse_ids: Sequence[int]) -> tuple[tuple[Selling, ...], tuple[Selling, ...]]:
    """The best sellers of the last days, and the scarcest products. Four queries."""
    days = rules.last_days(now.astimezone(zone).date(), rules.CHART_DAYS)
    bounds = rules.day_bounds(days, zone)
    sold = {id_: (units, minor) for id_, units, minor in sales.best(
        seller, bounds[0][0], bounds[-1][1], warehouse_ids, limit=_LISTED, wanted=scarce)}
    best = list(sold)[:_LISTED]
    wanted = list(dict.fromkeys([*best, *scarce]))
    if not wanted:
        return (), ()
    page = catalog.products_page(seller, filter=ProductFilter(product_ids=wanted), cursor=None, limit=len(wanted),
                                 language=language)
    cards = {row.id: row for row in page.rows}
    free = inventory.free(seller, wanted, warehouse_ids)

    def made(product_id: int) -> Selling:
        card = cards[product_id]
        return Selling(product_id, card.name, card.offer_id, card.thumb_url, *sold.get(product_id, (0, 0)),
                       free.get(product_id, 0))

    return (tuple(made(id_) for id_ in best if id_ in cards), tuple(made(id_) for id_ in scarce if id_ in cards))
