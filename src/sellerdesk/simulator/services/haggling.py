"""Buyers who ask for a lower price, and buy when they get it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import OrderRequest, Placed
from sellerdesk.promotions import queries, services
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator.people import someone
from sellerdesk.simulator.services import buying
from sellerdesk.simulator.stories import Story
from sellerdesk.simulator.types import Setting

_BUYERS = Actor.buyer("marketplace buyers")
# About one a day in each shop.
_CHANCE_AN_HOUR = 1 / 24
_ASKED_PERCENT = (95, 93, 90, 88, 85, 80)
_WORDS = ("Возьму сразу две, если уступите.", "Видел дешевле у соседей, отдадите за столько?", "", "Can you do better?",
          "能便宜一点吗？", "Постоянный покупатель, сделайте скидку.")


def haggle(*, setting: Setting, stories: Mapping[int, Story], since: datetime, until: datetime,
           shelves: buying.Shelves) -> int:
    """Buyers ask in the full hours of this stretch, and those whose request was approved in it order. Returns how many
    orders. Nobody haggles in the market's past, nor where a script plays."""
    if setting.in_history(until):
        return 0
    sellers = {seller.id: seller for seller in shelves.sellers() if seller.id not in stories}
    for hour in _hours(since, until):
        for seller in sellers.values():
            _ask(seller, setting, hour, shelves)
    return sum(_buy(sellers[seller_id], request_id, product_id, units, name, until)
               for seller_id, request_id, product_id, units, name in queries.approved(list(sellers), since, until))


def _hours(since: datetime, until: datetime) -> Iterator[datetime]:
    hour = since.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    while hour <= until:
        yield hour
        hour += timedelta(hours=1)


def _ask(seller: SellerRef, setting: Setting, hour: datetime, shelves: buying.Shelves) -> None:
    rng = Random(f"{setting.seed}:{seller.id}:haggle:{hour.isoformat()}")
    if rng.random() >= _CHANCE_AN_HOUR:
        return
    shelf = shelves.of(seller, setting.seed, hour)
    if shelf.offers:
        ask(seller, rng.choices(shelf.offers, cum_weights=shelf.weights)[0].product_id, rng, hour)


def ask(seller: SellerRef, product_id: int, rng: Random, at: datetime) -> int:
    """One buyer asks for one product; returns the request, 0 where nothing came of it."""
    buyer, percent, units = someone(rng), rng.choice(_ASKED_PERCENT), rng.choice((1, 1, 2, 3))
    price = queries.buyer_prices(seller, [product_id], at).get(product_id)
    if price is None:
        return 0
    try:
        return services.ask(seller=seller, product_id=product_id, buyer_name=buyer.name, buyer=buyer.phone,
                            requested_minor=price.price_minor * percent // 100, quantity=units,
                            comment=rng.choice(_WORDS), actor=_BUYERS, now=at)
    except Invalid:
        return 0


def _buy(seller: SellerRef, request_id: int, product_id: int, units: int, name: str, at: datetime) -> int:
    buyer = someone(Random(f"{seller.id}:{request_id}:approved"))
    made = orders.place_orders(seller=seller, actor=_BUYERS, orders=[OrderRequest(
        name, buyer.phone, buyer.city.name, buyer.city.region, buyer.address, ((product_id, units),), at,
        request_id=request_id)])
    return sum(isinstance(one, Placed) for one in made)
