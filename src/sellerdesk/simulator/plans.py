"""What follows from what happened: pure plans, drawn from the number of the posting or return they are about."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sellerdesk.simulator import couriers
from sellerdesk.simulator.types import Planned, Setting

BUYER_CANCELS = 0.04
PLATFORM_CANCELS = 0.006
GIVEN_BACK = 0.032
# The marketplace ends what a seller leaves lying for so long.
PATIENCE = timedelta(days=6)
# Hours of the last day of history in which people leave some of their work for whoever opens the demo.
_LEFT_HOURS = 26
_LEFT = 0.62
_FORGOTTEN_HOURS = 62
_FORGOTTEN = 0.05
_WAVES = (time(9, 30), time(13, 0), time(16, 30))
_REASONS = (("does_not_fit", 30), ("changed_mind", 26), ("not_as_described", 18), ("defective", 18),
            ("wrong_item", 8))


def next_wave(after: datetime, time_zone: str, rng: Random) -> datetime:
    """When a busy warehouse next packs what has come in. At least half an hour after `after`."""
    zone = ZoneInfo(time_zone)
    ready = after.astimezone(zone) + timedelta(minutes=30)
    for day in (ready.date(), ready.date() + timedelta(days=1)):
        for wave in _WAVES:
            moment = datetime.combine(day, wave, zone)
            if moment >= ready:
                return (moment + timedelta(minutes=rng.uniform(0, 45))).astimezone(after.tzinfo)
    raise AssertionError("a day has a first wave")


def after_order(setting: Setting, *, number: str, seller_id: int, time_zone: str, at: datetime) -> list[Planned]:
    """Somebody will pack it; perhaps the buyer or the marketplace thinks better of it before that."""
    rng = Random(f"{setting.seed}:order:{number}")
    planned = []
    chance, cancel_hours = rng.random(), min(0.2 + rng.expovariate(1 / 3), 14)
    if chance < BUYER_CANCELS:
        planned.append(Planned("buyer_cancels", seller_id, number, at + timedelta(hours=cancel_hours)))
    elif chance < BUYER_CANCELS + PLATFORM_CANCELS:
        planned.append(Planned("platform_cancels", seller_id, number, at + timedelta(hours=cancel_hours)))
    if not _left_for_people(setting, seller_id, at, rng):
        planned.append(Planned("pack", seller_id, number, next_wave(at, time_zone, rng)))
        return planned
    since = max(at, setting.history_until or at)
    untouched = timedelta(hours=setting.autopilot_hours, minutes=rng.randint(0, 180))
    planned.append(Planned("pack", seller_id, number, since + untouched, data={"autopilot": True}))
    planned.append(Planned("platform_cancels", seller_id, number, since + PATIENCE, 1, {"unpacked": True}))
    return planned


def _left_for_people(setting: Setting, seller_id: int, at: datetime, rng: Random) -> bool:
    if seller_id in setting.self_running:
        return False
    if setting.history_until is None or at > setting.history_until:
        return True
    age = (setting.history_until - at).total_seconds() / 3600
    chance = rng.random()
    if age < _LEFT_HOURS:
        return chance < _LEFT
    return age < _FORGOTTEN_HOURS and chance < _FORGOTTEN


def after_packing(setting: Setting, *, number: str, seller_id: int, at: datetime) -> list[Planned]:
    """A courier will come for it."""
    rng = Random(f"{setting.seed}:packed:{number}")
    return [Planned("pick_up", seller_id, number, couriers.pickup_at(at, rng))]


def after_hand_over(setting: Setting, *, number: str, seller_id: int, tracking_number: str, at: datetime, origin: str,
                    destination: str, abroad: bool) -> list[Planned]:
    """The parcel travels."""
    scans = couriers.journey(number, setting.seed, at, origin, destination, abroad=abroad)
    return _as_errands(scans, seller_id, number, tracking_number)


def after_cancelling_under_way(setting: Setting, *, number: str, seller_id: int, tracking_number: str, at: datetime,
                               place: str, origin: str) -> list[Planned]:
    """The parcel turns round."""
    scans = couriers.way_back(number, setting.seed, at, place, origin)
    return _as_errands(scans, seller_id, number, tracking_number, first=100)


def _as_errands(scans: tuple[couriers.PlannedScan, ...], seller_id: int, number: str, tracking_number: str,
                first: int = 0) -> list[Planned]:
    return [Planned("scan", seller_id, number, scan.at, first + position,
                    {"tracking": tracking_number, "code": scan.code, "place": scan.place})
            for position, scan in enumerate(scans)]


def after_delivery(setting: Setting, *, number: str, seller_id: int, at: datetime) -> list[Planned]:
    """Now and then a buyer wants to give something back."""
    rng = Random(f"{setting.seed}:delivered:{number}")
    if rng.random() >= GIVEN_BACK:
        return []
    reason = rng.choices([row[0] for row in _REASONS], [row[1] for row in _REASONS])[0]
    when = at + timedelta(hours=rng.uniform(8, 130))
    return [Planned("give_back", seller_id, number, when, data={"reason": reason, "line": rng.randrange(100)})]


def after_return_request(setting: Setting, *, return_id: int, seller_id: int, at: datetime) -> list[Planned]:
    """The goods come back by the carrier."""
    rng = Random(f"{setting.seed}:return:{return_id}")
    leaves = at + timedelta(hours=rng.uniform(10, 30))
    arrives = leaves + timedelta(hours=rng.uniform(30, 96))
    return [Planned("return_moves", seller_id, str(return_id), leaves, 0, {"to": "on_the_way"}),
            Planned("return_moves", seller_id, str(return_id), arrives, 1, {"to": "arrived"})]


def after_return_arrival(setting: Setting, *, return_id: int, seller_id: int, at: datetime) -> list[Planned]:
    """The warehouse takes the goods in; where people run the shop, that is left to them for a while."""
    rng = Random(f"{setting.seed}:arrived:{return_id}")
    when = at + timedelta(hours=rng.uniform(2, 20))
    if seller_id in setting.self_running or (setting.in_history(when + timedelta(days=2))):
        return [Planned("take_back", seller_id, str(return_id), when)]
    since = max(at, setting.history_until or at)
    when = since + timedelta(hours=2 * setting.autopilot_hours)
    return [Planned("take_back", seller_id, str(return_id), when, data={"autopilot": True})]
