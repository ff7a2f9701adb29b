"""Buyers look around: visits by blocks of hours, queries when a day has ended. Told to analytics as sums."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from random import Random

from sellerdesk.analytics.services import closing, traffic
from sellerdesk.analytics.types import Hit, Search, Sold, Visits
from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import Sellable
from sellerdesk.core import clock
from sellerdesk.core.errors import Unavailable
from sellerdesk.finance import queries as finance
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import browsing, buyers
from sellerdesk.simulator.services.buying import BUYERS_LANGUAGE, Shelf, Shelves
from sellerdesk.simulator.types import Setting

# So many things are searched for that nobody offers.
_MISSED = 24
_SPECIAL = ("ручной работы", "для левшей", "с гравировкой", "в подарочной упаковке", "для путешествий", "ретро", "мини")


@dataclass(frozen=True, slots=True)
class _Offer:
    """One offer in the results of a query."""

    seller: SellerRef
    card: Sellable
    weight: float
    price_minor: int
    free: int


def look_around(*, setting: Setting, since: datetime, until: datetime, shelves: Shelves) -> None:
    """Tell all visits of the blocks, and all queries of the UTC days, that have ended since."""
    made: list[Visits] = []
    for block in browsing.blocks(since, until):
        for seller in shelves.sellers():
            made += _visits(setting, seller, shelves.of(seller, setting.seed, block), block)
    traffic.note_visits(made)
    # What the whole marketplace searches for and sells is told once; a test shop is no part of it.
    if clock.shop() is None:
        for day in browsing.days(since, until):
            _search(setting, day, shelves)


def _visits(setting: Setting, seller: SellerRef, shelf: Shelf, block: datetime) -> list[Visits]:
    if not shelf.offers:
        return []
    ranked = sorted(zip(shelf.single_weights(), shelf.offers, strict=True),
                    key=lambda row: (-row[0], row[1].product_id))
    whole = sum(weight for weight, _offer in ranked) or 1.0
    found = browsing.looks(setting.seed, seller.id, block, _orders(setting, seller, shelf, block) / 24 *
                           browsing.BLOCK_HOURS, [weight / whole for weight, _offer in ranked])
    made = []
    for (_weight, offer), looks in zip(ranked, found, strict=True):
        card = shelf.cards.get(offer.product_id)
        if card is not None and looks.views_search + looks.views_card:
            made.append(Visits(seller.id, block, offer.product_id, card.sku, *astuple(looks)))
    return made


def _orders(setting: Setting, seller: SellerRef, shelf: Shelf, at: datetime) -> float:
    """Orders a day that a shop takes at the pace of a moment."""
    middle = at + timedelta(hours=browsing.BLOCK_HOURS / 2)
    return (setting.orders_per_day * buyers.reach(len(shelf.offers)) * shelf.interest
            * buyers.demand(middle, setting.seed, seller.id) * buyers.renown(middle, setting.started_at)
            * buyers.holiday(middle))


def _search(setting: Setting, day: datetime, shelves: Shelves) -> None:
    """What was searched for on a day: a query for each kind of goods on sale, and some for goods that nobody sells."""
    by_type: dict[int, list[_Offer]] = defaultdict(list)
    orders: dict[int, float] = defaultdict(float)
    for seller in shelves.sellers():
        shelf = shelves.of(seller, setting.seed, day)
        if not shelf.offers:
            continue
        free, weights = inventory.free(seller), shelf.single_weights()
        whole, pace = sum(weights) or 1.0, _orders(setting, seller, shelf, day + timedelta(hours=10))
        for offer, weight in zip(shelf.offers, weights, strict=True):
            card = shelf.cards.get(offer.product_id)
            if card is not None:
                by_type[card.type_id].append(_Offer(seller, card, weight, offer.price_minor,
                                                    free.get(offer.product_id, 0)))
                orders[card.type_id] += pace * weight / whole
    names = {id_: info.name.lower() for id_, info in catalog.type_info(by_type, BUYERS_LANGUAGE).items()}
    searches, hits = [], []
    for type_id, offers in sorted(by_type.items()):
        query = names.get(type_id)
        if not query:
            continue
        asked = browsing.searches(setting.seed, query, day, orders[type_id])
        if not asked:
            continue
        seen = browsing.results(setting.seed, query, day, asked, [one.weight for one in offers],
                                [one.free > 0 for one in offers])
        prices = [price for one in offers if (price := _roubles(one, day)) is not None]
        searches.append(Search(
            query, offers[0].card.category_id, type_id, asked, sum(one.shown for one in seen), len(offers),
            sum(1 for one in offers if one.free > 0), len({one.seller.id for one in offers}),
            sum(one.carts for one in seen), sum(prices) // len(prices) if prices else 0))
        hits += [Hit(one.seller.id, query, one.card.product_id, one.card.sku, fared.shown, fared.opened, fared.carts,
                     fared.orders, fared.orders * one.price_minor, fared.positions)
                 for one, fared in zip(offers, seen, strict=True) if fared.shown]
    known = {one.query for one in searches}
    for type_id, category_id, query in _missed(setting, shelves):
        asked = browsing.wanted_in_vain(setting.seed, query, day)
        if asked and query not in known:
            known.add(query)
            searches.append(Search(query, category_id, type_id, asked, 0, 0, 0, 0, 0, 0))
    traffic.note_searches(day.date(), searches, hits)
    _rivals(setting, day, by_type)


def _rivals(setting: Setting, day: datetime, by_type: dict[int, list[_Offer]]) -> None:
    """Sellers whom nobody runs: figures of the market alone, without a shop, an order or a parcel."""
    prices: dict[int, list[int]] = defaultdict(list)
    weights: dict[int, list[int]] = defaultdict(list)
    for offers in by_type.values():
        for one in offers:
            if (price := _roubles(one, day)) is not None:
                prices[one.card.category_id].append(price)
                weights[one.card.category_id].append(one.card.weight_g)
    lively = buyers.holiday(day + timedelta(hours=10)) * buyers.demand(day + timedelta(hours=10), setting.seed, 0)
    closing.keep_market(day.date(), [
        Sold(one.seller_id, one.product_id, category_id, one.brand, one.units, one.units * one.price_minor, one.new,
             one.weight_g or None, one.reviews, one.rating_hundredths or None)
        for category_id, known in sorted(prices.items())
        for one in browsing.rival_sales(setting.seed, category_id, day, sum(known) // len(known), lively,
                                        sum(weights[category_id]) // len(known))])


def _roubles(offer: _Offer, day: datetime) -> int | None:
    try:
        return finance.convert(offer.price_minor, offer.seller.currency, "RUB", day).amount_minor
    except Unavailable:
        return None


def _missed(setting: Setting, shelves: Shelves) -> list[tuple[int, int, str]]:
    """What buyers look for and nobody sells, the same from day to day: known things of a special make."""
    rng, kinds = Random(f"{setting.seed}:missed"), shelves.kinds()
    chosen = rng.sample(kinds, min(_MISSED, len(kinds)))
    return [(type_id, category_id, f"{name} {rng.choice(_SPECIAL)}") for type_id, category_id, name in chosen]
