"""Buyers order what is on sale."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.actor import Actor
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import OrderRequest, Placed
from sellerdesk.pricing import queries as pricing
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import buyers
from sellerdesk.simulator.types import Setting

_BUYERS = Actor.buyer("marketplace buyers")


@dataclass(slots=True)
class Shelf:
    """What a shop offers, with cumulative weights of how much each offer is wanted."""

    offers: list[buyers.Offer]
    weights: list[float]


class Shelves:
    """Shops and what they offer, remembered for some real seconds: buyers need not know a new price at once.

    What an order costs is always today's price; only how much an offer is wanted may be a little old.
    """

    def __init__(self, fresh_seconds: float = 0.0) -> None:
        self.fresh_seconds = fresh_seconds
        self._read_at: float | None = None
        self._sellers: list[SellerRef] = []
        self._shelves: dict[int, Shelf] = {}

    def sellers(self) -> list[SellerRef]:
        if self._read_at is None or time.monotonic() - self._read_at > self.fresh_seconds:
            self._read_at = time.monotonic()
            self._sellers, self._shelves = sellers.active_sellers(), {}
        return self._sellers

    def of(self, seller: SellerRef, seed: int) -> Shelf:
        if seller.id not in self._shelves:
            self._shelves[seller.id] = _shelf(seller, seed)
        return self._shelves[seller.id]


def _shelf(seller: SellerRef, seed: int) -> Shelf:
    ids = sorted(row[0] for row in catalog.sellable(seller))
    prices = pricing.prices(seller, ids)
    offers = [buyers.Offer(id_, prices[id_].price_minor, prices[id_].old_price_minor, prices[id_].currency)
              for id_ in ids if id_ in prices]
    weights = accumulate(buyers.appeal(offer, buyers.popularity(seed, offer.product_id)) for offer in offers)
    return Shelf(offers, list(weights))


def let_buyers_order(*, setting: Setting, since: datetime, until: datetime, shelves: Shelves) -> int:
    """Everybody who comes after `since` and not later than `until` orders. Returns how many orders were taken."""
    return sum(_orders_of(seller, setting, since, until, shelves) for seller in shelves.sellers())


def _orders_of(seller: SellerRef, setting: Setting, since: datetime, until: datetime, shelves: Shelves) -> int:
    shelf = shelves.of(seller, setting.seed)
    pace = setting.orders_per_day * buyers.reach(len(shelf.offers))
    coming = buyers.arrivals(setting.seed, seller.id, since, until, pace, setting.started_at)
    if not coming:
        return 0
    free = {id_: units for id_, units in inventory.free(seller).items() if units > 0}
    wishes = [buyers.wish(arrival, shelf.offers, shelf.weights, free) for arrival in coming]
    requests = [OrderRequest(wish.buyer.name, wish.buyer.phone, wish.buyer.city.name, wish.buyer.city.region,
                             wish.buyer.address, wish.lines, wish.at) for wish in wishes if wish]
    if not requests:
        return 0
    placed = orders.place_orders(seller=seller, orders=requests, actor=_BUYERS)
    return sum(isinstance(outcome, Placed) for outcome in placed)
