"""What buyers want: when they come, and what they put into the basket. Pure decisions, drawn by seed.

Time is cut into steps of ten virtual minutes, numbered from 1970. Everything that comes in a step depends on the seed,
the shop and the number of the step only, so a market that was stopped, or advanced by a day, draws the same buyers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sellerdesk.simulator.people import Buyer, someone

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
_RENOWN_AT_START = 0.6
_RENOWN_GROWS = timedelta(days=58)
_OFFERS_FOR_FULL_DEMAND = 60
_LINES = ((1, 0.68), (2, 0.24), (3, 0.08))
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


@dataclass(frozen=True, slots=True)
class Wish:
    """What one buyer wants to order."""

    buyer: Buyer
    lines: tuple[tuple[int, int], ...]
    at: datetime


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
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def arrivals(seed: int, seller_id: int, since: datetime, until: datetime, orders_per_day: float,
             opened: datetime | None = None) -> list[Arrival]:
    """Buyers who come after `since` and not later than `until`, in order of time.

    Cutting a period into parts gives the same buyers as asking for the whole.
    """
    if orders_per_day <= 0 or until <= since:
        return []
    found = []
    for step in range(step_of(since), step_of(until) + 1):
        start = datetime.fromtimestamp(step * STEP_SECONDS, UTC)
        rng = Random(f"{seed}:{seller_id}:{step}")
        mean = orders_per_day / _STEPS_PER_DAY * demand(start, seed, seller_id) * renown(start, opened)
        count = _poisson(mean, rng)
        for number in range(count):
            at = start + timedelta(seconds=rng.randrange(STEP_SECONDS))
            if since < at <= until:
                found.append(Arrival(at, f"{seed}:{seller_id}:{step}:{number}"))
    return sorted(found, key=lambda one: (one.at, one.stream))


def popularity(seed: int, product_id: int) -> float:
    """How sought-after a product is whatever it costs. A few are hits, most are not."""
    return math.exp(Random(f"{seed}:taste:{product_id}").gauss(0, 1.0))


def appeal(offer: Offer, taste: float) -> float:
    """Chance weight of an offer: taste, a mild pull of low prices, a hard brake on absurd ones, joy of a discount."""
    relative = offer.price_minor / _USUAL_PRICE.get(offer.currency, 100_000)
    weight = taste * math.pow(relative, -0.35)
    if relative > 8:
        weight *= (8 / relative) ** 2
    if offer.old_price_minor > offer.price_minor:
        weight *= 1 + 0.8 * (1 - offer.price_minor / offer.old_price_minor)
    return weight


def _drawn(table: Sequence[tuple[int, float]], rng: Random) -> int:
    return rng.choices([row[0] for row in table], [row[1] for row in table])[0]


def wish(arrival: Arrival, offers: Sequence[Offer], weights: Sequence[float], free: dict[int, int]) -> Wish | None:
    """What this buyer orders of what is there, or None when nothing is left. Takes the wanted units out of `free`.

    `weights` are cumulative, one per offer.
    """
    if not offers:
        return None
    rng = Random(arrival.stream)
    buyer = someone(rng)
    lines: dict[int, int] = {}
    for _ in range(_drawn(_LINES, rng)):
        offer = rng.choices(offers, cum_weights=weights)[0]
        quantity = min(_drawn(_QUANTITIES, rng), free.get(offer.product_id, 0))
        if quantity > 0 and offer.product_id not in lines:
            lines[offer.product_id] = quantity
            free[offer.product_id] -= quantity
    return Wish(buyer, tuple(lines.items()), arrival.at) if lines else None
