"""How buyers look around before they order: pure decisions, drawn by seed, summed up by blocks of four hours.

A block depends on the seed, the shop and its own number only, so a market that leaps and one that goes by small steps
see the same visits. Nobody is drawn one by one: a block of a product is a mean, rounded up or down by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

BLOCK_HOURS = 4
# For one order so many cards are opened and so many places in lists seen, on average over a shop.
_CARDS_AN_ORDER, _SEEN_AN_ORDER = 14.0, 55.0
_CART_OF_CARDS, _CART_OF_LISTS = 0.16, 0.012
_VISITS_OF_LISTS, _VISITS_OF_CARDS, _DIRECT = 0.84, 0.9, 0.2
# How many of those who search look at the first, tenth, thirtieth offer.
_LOOK_FURTHER = 0.93
_SEARCHES_AN_ORDER = 7.0


@dataclass(frozen=True, slots=True)
class Looks:
    """What happened to one offer in a block, in the words of analytics.Visits."""

    views_search: int
    views_card: int
    sessions: int
    sessions_search: int
    sessions_card: int
    cart_search: int
    cart_card: int
    positions: int


@dataclass(frozen=True, slots=True)
class Seen:
    """How one offer fared in the results of a query on a day."""

    shown: int
    opened: int
    carts: int
    orders: int
    positions: int


def blocks(since: datetime, until: datetime) -> Iterator[datetime]:
    """Beginnings of the blocks that end after `since` and not later than `until`."""
    hours = BLOCK_HOURS * 3600
    number = int(since.timestamp()) // hours
    while (number + 1) * hours <= until.timestamp():
        if (number + 1) * hours > since.timestamp():
            yield datetime.fromtimestamp(number * hours, UTC)
        number += 1


def days(since: datetime, until: datetime) -> list[datetime]:
    """Beginnings of the UTC days that end after `since` and not later than `until`."""
    first = since.replace(hour=0, minute=0, second=0, microsecond=0)
    return [first + timedelta(days=at) for at in range((until - first).days)]


def looks(seed: int, seller_id: int, block: datetime, orders: float, shares: Sequence[float]) -> list[Looks]:
    """Visits of a shop's offers in a block in which `orders` are expected. `shares` of demand sum to 1."""
    rng = Random(f"{seed}:{seller_id}:looks:{int(block.timestamp())}")
    luck = 0.85 + 0.3 * rng.random()
    made = []
    for rank, share in enumerate(shares):
        cards = _about(orders * _CARDS_AN_ORDER * luck * share, rng)
        # What is wanted less is seen more often for each time it is opened.
        seen = cards + _about(orders * luck * (_SEEN_AN_ORDER - _CARDS_AN_ORDER) * (share + 0.15 / len(shares)), rng)
        in_lists, on_card = _about(seen * _VISITS_OF_LISTS, rng), _about(cards * _VISITS_OF_CARDS, rng)
        made.append(Looks(
            seen, cards, in_lists + _about(on_card * _DIRECT, rng), in_lists, on_card,
            min(_about(seen * _CART_OF_LISTS, rng), in_lists), min(_about(cards * _CART_OF_CARDS, rng), on_card),
            seen * max(1, round((1 + rank * 60 / len(shares)) * (0.7 + 0.6 * rng.random())))))
    return made


def searches(seed: int, query: str, day: datetime, orders: float) -> int:
    """How many buyers search for a query on a day on which the market takes `orders` of such goods."""
    rng = Random(f"{seed}:query:{query}:{day.date()}")
    return _about(orders * _SEARCHES_AN_ORDER * (0.7 + 0.6 * rng.random()), rng)


def wanted_in_vain(seed: int, query: str, day: datetime) -> int:
    """How many search on a day for what nobody offers. Some things are missed more from month to month."""
    taste = Random(f"{seed}:missed:{query}")
    base, growth = 4 + 40 * taste.random() ** 3, 1 + 0.3 * (taste.random() - 0.3) * (day.timetuple().tm_yday % 60) / 30
    return _about(base * growth, Random(f"{seed}:missed:{query}:{day.date()}"))


def results(seed: int, query: str, day: datetime, asked: int, weights: Sequence[float],
            available: Sequence[bool]) -> list[Seen]:
    """How the offers of a query fared, the most wanted first in the list. Sold-out ones are seen and not ordered."""
    rng = Random(f"{seed}:results:{query}:{day.date()}")
    order = sorted(range(len(weights)), key=lambda at: (not available[at], -weights[at], at))
    whole = sum(weights) or 1.0
    made: dict[int, Seen] = {}
    for place, at in enumerate(order, start=1):
        shown = _about(asked * _LOOK_FURTHER ** (place - 1), rng)
        opened = min(_about(shown * (0.08 + 0.4 * weights[at] / whole), rng), shown)
        carts = min(_about(opened * 0.2, rng), opened) if available[at] else 0
        made[at] = Seen(shown, opened, carts, min(_about(carts * 0.4, rng), carts), shown * place)
    return [made[at] for at in range(len(weights))]


def _about(mean: float, rng: Random) -> int:
    """A whole number whose average is `mean`."""
    return int(mean + rng.random())


@dataclass(frozen=True, slots=True)
class RivalSale:
    """What a seller whom nobody runs in the sandbox sold of one product on a day. Numbers are below zero."""

    seller_id: int
    product_id: int
    brand: str
    units: int
    price_minor: int
    new: bool
    weight_g: int = 0
    reviews: int = 0
    rating_hundredths: int = 0


RIVALS = 30
_BRANDS = ("Lumera", "Fjordal", "Kedr", "Novaline", "Zhenmu", "Aurika", "Polaris Nord", "Tikho", "Mellow",
           "Vostok Home", "Qingfeng", "Bergen")


def rival_sales(seed: int, category_id: int, day: datetime, price_minor: int, lively: float,
                weight_g: int = 0) -> list[RivalSale]:
    """How others sold in a category on a day. From three to twelve of them are in it; `lively` is how much more than on
    average is bought that day."""
    rng = Random(f"{seed}:rivals:{category_id}")
    made = []
    for seller in rng.sample(range(1, RIVALS + 1), rng.randint(3, 12)):
        for number in range(rng.randint(1, 4)):
            base, brand = 0.4 + 9 * rng.random() ** 3, rng.choice(_BRANDS)
            price = round(price_minor * (0.55 + 1.1 * rng.random()) / 100) * 100
            growth, since = 0.8 + 0.5 * rng.random(), rng.randrange(90)
            # A tenth of the cards is younger than a month at any time.
            age = (day.toordinal() + since) % 90 if rng.random() < 0.3 else 365
            today = Random(f"{seed}:rival:{category_id}:{seller}:{number}:{day.date()}")
            units = _about(base * lively * growth ** (day.toordinal() % 365 / 365)
                           * (0.6 + 0.8 * today.random()), today)
            if units:
                card = Random(f"{seed}:rival-card:{category_id}:{seller}:{number}")
                reviews = round(8 * card.random()) if age < 30 else round(3 + 600 * card.random() ** 3)
                made.append(RivalSale(
                    -seller, -(category_id * 1000 + seller * 10 + number), brand, units, price, age < 30,
                    round(weight_g * (0.6 + 0.9 * card.random()) / 10) * 10, reviews,
                    round(380 + 115 * card.random() ** 0.6) if reviews else 0))
    return made
