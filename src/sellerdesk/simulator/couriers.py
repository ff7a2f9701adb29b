"""How parcels travel: pure plans, drawn from the posting's number. Times are virtual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sellerdesk.simulator.people import BY_NAME, CITIES, HOME, City

# How much longer a late parcel travels.
_LATE_TIMES = 2.6
_BY_COURIER = 0.3
_ABROAD_HOURS = (54, 96)
_HUB = "Москва"


@dataclass(frozen=True, slots=True)
class PlannedScan:
    at: datetime
    code: str
    place: str


def pickup_at(packed_at: datetime, rng: Random) -> datetime:
    """When the courier comes to the warehouse for what was packed."""
    return packed_at + timedelta(minutes=rng.randint(30, 110))


def _daytime(at: datetime, city: City, rng: Random) -> datetime:
    """People open the door and pickup points are open from 8 to 22."""
    local = at.astimezone(ZoneInfo(city.time_zone))
    if 8 <= local.hour < 22:
        return at
    morning = local.replace(hour=8, minute=rng.randint(5, 59))
    return (morning if local.hour < 8 else morning + timedelta(days=1)).astimezone(at.tzinfo)


def journey(number: str, seed: int, handed_over_at: datetime, origin: str, destination: str, *,
            abroad: bool, fate: str = "", times: float = 1.0) -> tuple[PlannedScan, ...]:
    """All scans of one parcel, from acceptance to its end: delivered, lost, or not collected and sent back.

    `origin` and `destination` are cities; `abroad` means that the shop lies in another country than the marketplace:
    the parcel crosses that border first. A buyer abroad is reached through the gate of their country. `fate` is one of
    scenarios.types.FATES; those that say nothing about parcels leave them to arrive. Everything under way takes
    `times` as long, when roads are bad.
    """
    rng = Random(f"{seed}:journey:{number}")
    city = BY_NAME.get(destination, CITIES[0])
    slow = (_LATE_TIMES if fate == "late" else rng.uniform(0.85, 1.25)) * times
    at = handed_over_at
    scans: list[PlannedScan] = []

    def later(hours: float, code: str, place: str) -> None:
        nonlocal at
        at += timedelta(hours=hours)
        scans.append(PlannedScan(at.replace(microsecond=0), code, place))

    later(rng.uniform(0.3, 0.9), "accepted", origin)
    if abroad:
        later(rng.uniform(6, 14), "in_transit", origin)
        later(rng.uniform(*_ABROAD_HOURS) * slow, "in_transit", _HUB)
    else:
        later(rng.uniform(0.5, 2.0), "in_transit", origin)
    if fate == "lost":
        later(city.transit_hours * 3 + 72, "lost", city.name)
        return tuple(scans)
    if city.country != HOME:
        # Half of the way leads to the border town; behind it the neighbouring country's carrier goes on.
        later(city.transit_hours * slow / 2, "sorted", city.gate)
        later(city.transit_hours * slow / 2, "arrived_in_city", city.name)
    else:
        later(city.transit_hours * slow, "arrived_in_city", city.name)
    at = _daytime(at + timedelta(hours=rng.uniform(0.5, 2.0)), city, rng)
    if fate != "not_collected" and rng.random() < _BY_COURIER:
        later(0, "with_courier", city.name)
        at = _daytime(at + timedelta(hours=rng.uniform(1, 4)), city, rng)
        later(0, "delivered", city.name)
        return tuple(scans)
    later(rng.uniform(0, 1), "at_pickup_point", city.name)
    if fate == "not_collected":
        later(24 * 7, "returning", city.name)
        later(city.transit_hours + rng.uniform(12, 36), "returned", origin)
        return tuple(scans)
    at = _daytime(at + timedelta(hours=min(rng.expovariate(1 / 5), 40)), city, rng)
    later(0.1, "delivered", city.name)
    return tuple(scans)


def way_back(number: str, seed: int, since: datetime, place: str, origin: str) -> tuple[PlannedScan, ...]:
    """Scans of a parcel that was cancelled under way."""
    rng = Random(f"{seed}:back:{number}")
    city = BY_NAME.get(place, CITIES[0])
    turned = since + timedelta(hours=rng.uniform(1, 6))
    home = turned + timedelta(hours=city.transit_hours + rng.uniform(12, 36))
    return (PlannedScan(turned.replace(microsecond=0), "returning", place),
            PlannedScan(home.replace(microsecond=0), "returned", origin))
