"""The home board: today, what is due, the last days, and what to look after.

Each part needs a fixed number of queries, and each figure is one that the list behind it shows again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sellerdesk.analytics import rules
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
from sellerdesk.orders.types import PostingFilter
from sellerdesk.returns import queries as returns
from sellerdesk.sellers.types import SellerRef

_LISTED = 7
_NEWS = 8
# A parcel's steps between the hand-over and the door would crowd out everything else.
_SMALL_NEWS = (POSTING_MOVED, PARCEL_SCANNED)
# More scarce products than this are not told apart any more.
_MANY = 1000


def board(seller: SellerRef, *, now: datetime, language: str, with_money: bool) -> Board:
    """All parts of the board."""
    scarce = _scarce(seller, now)
    best, low = _selling(seller, now, scarce[:_LISTED], language)
    return Board(rules.day_start(now, seller.time_zone).date(), now, figures(seller, now=now, with_money=with_money),
                 tasks(seller, now=now, scarce=scarce), best, low, tuple(news(seller)))


def figures(seller: SellerRef, *, now: datetime, with_money: bool) -> Figures:
    """Today and the last 28 days. Four queries with money, two without."""
    first = now - timedelta(days=2 * rules.CHART_DAYS - 1)
    days = orders.day_series(seller, first, now, seller.time_zone)
    shown, before = days[-rules.CHART_DAYS:], days[:-rules.CHART_DAYS]
    week_ago = orders.between(seller, *rules.a_week_before(now, seller.time_zone))
    balance = finance.balance(seller).accrued_minor if with_money else None
    week = finance.totals(seller, now - timedelta(days=7), now).accrued_minor if with_money else 0
    return Figures(seller.currency, shown[-1], week_ago, tuple(shown), rules.total(days[0].day, before), balance, week)


def tasks(seller: SellerRef, *, now: datetime, scarce: Sequence[int] | None = None) -> Tasks:
    """What waits for somebody. Five queries, four when the scarce products are known."""
    if scarce is None:
        scarce = _scarce(seller, now)
    today = rules.day_start(now, seller.time_zone)
    soon = orders.count(seller, PostingFilter(tab="to_pack", cutoff_from=today, cutoff_to=rules.next_day(today)))
    return Tasks(orders.due(seller, now), soon, returns.arrived_count(seller), catalog.counts(seller)["errors"],
                 len(scarce))


def news(seller: SellerRef) -> list[activity.Entry]:
    """What happened last in the shop, by its own time. One query."""
    latest = activity.latest(seller.id, 5 * _NEWS, leave_out=_SMALL_NEWS)
    return sorted(latest, key=lambda entry: (entry.at, entry.id), reverse=True)[:_NEWS]


def _scarce(seller: SellerRef, now: datetime) -> list[int]:
    most = dated.get("inventory.low_stock", "", now).value["units"]
    return inventory.scarce(seller, most=most, limit=_MANY)


def _selling(seller: SellerRef, now: datetime, scarce: Sequence[int], language: str
             ) -> tuple[tuple[Selling, ...], tuple[Selling, ...]]:
    """The best sellers of the last days, and the scarcest products. Four queries."""
    since = rules.day_start(now, seller.time_zone) - timedelta(days=rules.CHART_DAYS - 1)
    sold = {row.product_id: row for row in orders.sold(seller, since, now)}
    best = list(sold)[:_LISTED]
    wanted = list(dict.fromkeys([*best, *scarce]))
    if not wanted:
        return (), ()
    page = catalog.products_page(seller, filter=ProductFilter(product_ids=wanted), cursor=None, limit=len(wanted),
                                 language=language)
    cards = {row.id: row for row in page.rows}
    free = inventory.free(seller, wanted)

    def made(product_id: int) -> Selling:
        card, figures = cards[product_id], sold.get(product_id)
        return Selling(product_id, card.name, card.offer_id, card.thumb_url, figures.units if figures else 0,
                       figures.amount_minor if figures else 0, free.get(product_id, 0))

    return (tuple(made(id_) for id_ in best if id_ in cards), tuple(made(id_) for id_ in scarce if id_ in cards))
