"""What buyers want: when they come, and what they put into the basket. Pure decisions, drawn by seed.

Time is cut into steps of ten virtual minutes, numbered from 1970. Everything that comes in a step depends on the seed,
the shop and the number of the step only, so a market that was stopped, or advanced by a day, draws the same buyers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sellerdesk.simulator.people import HOME, Buyer, Firm, firm, someone

STEP_SECONDS = 600
_STEPS_PER_DAY = 86_400 // STEP_SECONDS
_BUYERS_ZONE = ZoneInfo("Europe/Moscow")

# Share of a day's orders by local hour (sums to 24) and by weekday from Monday (sums to 7).
_HOURS = (0.55, 0.32, 0.20, 0.14, 0.14, 0.20, 0.38, 0.62, 0.90, 1.16, 1.32, 1.38,
          1.42, 1.36, 1.28, 1.22, 1.20, 1.24, 1.34, 1.52, 1.72, 1.80, 1.58, 1.01)
_WEEKDAYS = (1.02, 0.97, 0.93, 0.94, 0.99, 1.10, 1.05)

# A price at which demand is neither helped nor hurt, in minor units.
_USUAL_PRICE = {"RUB": 180_000, "CNY": 14_000}
_SWING_OF_A_DAY = 0.12
# How strongly demand answers to a price that differs from the usual one.
_ELASTICITY = 1.6
# What the card of an ordinary product has: all that must be said, and a picture or two.
USUAL_SCORE = 70
_LEAST_INTEREST, _MOST_INTEREST = 0.02, 6.0
# (month, day) from and to, and how many times the usual: singles' day, the days before the holidays, the lull.
_GREAT_DAYS = (((11, 11), (11, 11), 2.4), ((12, 12), (12, 12), 1.6), ((12, 15), (12, 27), 1.5), ((1, 1), (1, 6), 0.5),
               ((2, 18), (2, 22), 1.3), ((3, 1), (3, 7), 1.4), ((8, 20), (8, 31), 1.2))
_RENOWN_AT_START = 0.6
_RENOWN_GROWS = timedelta(days=58)
_OFFERS_FOR_FULL_DEMAND = 60
_LINES = ((1, 0.68), (2, 0.24), (3, 0.08))
#: Share of orders that companies make.
_FIRMS = 0.07
_QUANTITIES = ((1, 0.86), (2, 0.11), (3, 0.03))


@dataclass(frozen=True, slots=True)
class Arrival:
    """A buyer at the door of one shop. `stream` names the buyer's own random stream."""

    at: datetime
    stream: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Something on sale, as a buyer sees it."""

    product_id: int
    price_minor: int
    old_price_minor: int
    currency: str
    # What buyers are used to pay for it; 0 where nobody has seen it yet.
    usual_minor: int = 0
    # How complete its card is, 0 to 100.
    score: int = USUAL_SCORE
    # How much it is wanted in this month, percent of the average.
    season: int = 100
    # What buyers before think of it, in hundredths of a star, and how many they were.
    rating: int = 0
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What one buyer wants to order."""

    buyer: Buyer
    lines: tuple[tuple[int, int], ...]
    at: datetime
    # The company they buy for, if any.
    firm: Firm | None = None


def step_of(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP_SECONDS


def demand(moment: datetime, seed: int, seller_id: int) -> float:
    """How much more (or less) than on average is ordered at a moment: hour, weekday and the luck of the day."""
    local = moment.astimezone(_BUYERS_ZONE)
    luck = 1 + _SWING_OF_A_DAY * (2 * Random(f"{seed}:{seller_id}:day:{local.date()}").random() - 1)
    return _HOURS[local.hour] * _WEEKDAYS[local.weekday()] * luck


def renown(moment: datetime, opened: datetime | None) -> float:
    """A market starts small and is known to everybody after some weeks."""
    if opened is None:
        return 1.0
    return min(1.0, _RENOWN_AT_START + (1 - _RENOWN_AT_START) * (moment - opened) / _RENOWN_GROWS)


def reach(offers: int) -> float:
    """Share of the market's pace that a shop gets: a shop with few offers is seen by few."""
    return 1 - math.exp(-offers / _OFFERS_FOR_FULL_DEMAND)


def _poisson(mean: float, rng: Random) -> int:
    """How many come where `mean` come on average. With the same `rng`, a larger mean never brings fewer."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def arrivals(seed: int, seller_id: int, since: datetime, until: datetime, orders_per_day: float,
             opened: datetime | None = None, times: Callable[[datetime], float] = lambda at: 1.0) -> list[Arrival]:
    """Buyers who come after `since` and not later than `until`, in order of time.

    Cutting a period into parts gives the same buyers as asking for the whole; a higher pace brings the same buyers and
    some more. `times` is how many times more often they come at a moment.
    """
    if orders_per_day <= 0 or until <= since:
        return []
    found = []
    for step in range(step_of(since), step_of(until) + 1):
        start = datetime.fromtimestamp(step * STEP_SECONDS, UTC)
        rng = Random(f"{seed}:{seller_id}:{step}")
        mean = (orders_per_day / _STEPS_PER_DAY * demand(start, seed, seller_id) * renown(start, opened)
                * holiday(start) * times(start))
        for number in range(_poisson(mean, rng)):
            moment = Random(f"{seed}:{seller_id}:{step}:{number}:moment").randrange(STEP_SECONDS)
            at = start + timedelta(seconds=moment)
            if since < at <= until:
                found.append(Arrival(at, f"{seed}:{seller_id}:{step}:{number}"))
    return sorted(found, key=lambda one: (one.at, one.stream))


def popularity(seed: int, product_id: int) -> float:
    """How sought-after a product is whatever it costs. A few are hits, most are not."""
    return math.exp(Random(f"{seed}:taste:{product_id}").gauss(0, 1.0))


def appeal(offer: Offer, taste: float) -> float:
    """Chance weight of an offer: how it compares with what buyers are used to, how its card looks, and the season.

    A price one percent above the usual one loses about 1.6 percent of the buyers. A discount that is shown adds joy.
    """
    weight = _worth(offer.usual_minor or offer.price_minor, offer.currency, taste)
    if offer.usual_minor:
        weight *= math.pow(offer.price_minor / offer.usual_minor, -_ELASTICITY)
    if offer.old_price_minor > offer.price_minor:
        weight *= 1 + 0.8 * (1 - offer.price_minor / offer.old_price_minor)
    return weight * looks(offer.score) * trust(offer.rating, offer.reviews) * offer.season / 100


def looks(score: int) -> float:
    """What a card does for sales: nothing said about the goods halves them, a complete card adds a fifth."""
    return 0.5 + 0.5 * score / USUAL_SCORE


def trust(rating: int, reviews: int) -> float:
    """What stars do for sales: 4.5 of many are the usual; each star less loses a quarter, few reviews say little."""
    if not reviews:
        return 1.0
    return 1 + 0.25 * max(rating - 450, -200) / 100 * reviews / (reviews + 8)


def _worth(price_minor: int, currency: str, taste: float) -> float:
    """How much is wanted of something at its usual price: cheap things more often, absurdly dear ones hardly ever."""
    relative = price_minor / _USUAL_PRICE.get(currency, 100_000)
    weight = taste * math.pow(relative, -0.35)
    return weight * (8 / relative) ** 2 if relative > 8 else weight


def interest(offers: Sequence[Offer], tastes: Sequence[float]) -> float:
    """How many times more (or fewer) buyers a shelf draws than at usual prices, with usual cards, in an average month.

    Within bounds: even the worst shop is found by somebody, and nobody sells to the whole country.
    """
    usual = sum(_worth(offer.usual_minor or offer.price_minor, offer.currency, taste)
                for offer, taste in zip(offers, tastes, strict=True))
    if not usual:
        return 1.0
    found = sum(appeal(offer, taste) for offer, taste in zip(offers, tastes, strict=True)) / usual
    return min(max(found, _LEAST_INTEREST), _MOST_INTEREST)


def holiday(moment: datetime) -> float:
    """How many times more often people buy on the great days of the calendar, and less in the lull after New Year."""
    day = moment.astimezone(_BUYERS_ZONE).date()
    if day.month == 11 and day.weekday() == 4 and 23 <= day.day <= 29:
        return 2.6
    return next((times for first, last, times in _GREAT_DAYS if first <= (day.month, day.day) <= last), 1.0)


def _drawn(table: Sequence[tuple[int, float]], rng: Random) -> int:
    return rng.choices([row[0] for row in table], [row[1] for row in table])[0]


def wish(arrival: Arrival, offers: Sequence[Offer], weights: Sequence[float], free: dict[int, int],
         shares: Mapping[str, int] | None = None) -> Wish | None:
    """What this buyer orders of what is there, or None when nothing is left. Takes the wanted units out of `free`.

    `weights` are cumulative, one per offer; `shares` says how many buyers live in which country.
    """
    if not offers:
        return None
    rng = Random(arrival.stream)
    buyer = someone(rng, shares)
    lines: dict[int, int] = {}
    for _ in range(_drawn(_LINES, rng)):
        offer = rng.choices(offers, cum_weights=weights)[0]
        quantity = min(_drawn(_QUANTITIES, rng), free.get(offer.product_id, 0))
        if quantity > 0 and offer.product_id not in lines:
            lines[offer.product_id] = quantity
            free[offer.product_id] -= quantity
    return Wish(buyer, tuple(lines.items()), arrival.at, _firm(arrival.stream, buyer)) if lines else None


def _firm(stream: str, buyer: Buyer) -> Firm | None:
    """By a stream of its own, so that nobody else's choice depends on it."""
    rng = Random(f"{stream}:firm")
    return firm(rng, buyer.city.name) if rng.random() < _FIRMS and buyer.city.country == HOME else None
