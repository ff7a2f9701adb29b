"""What follows from what happened: pure plans, drawn from the number of the posting or return they are about."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sellerdesk.simulator import couriers, voices
from sellerdesk.simulator.types import Fate, Planned, Setting

# Of the orders that come by chance: what becomes of how many. The rest is packed, delivered and kept.
SHARES = {"buyer_cancels": 0.04, "marketplace_cancels": 0.006, "lost": 0.004, "not_collected": 0.012, "late": 0.04,
          "given_back": 0.032}
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


def chance_fate(seed: int, order_number: str) -> Fate:
    """How an order fares that no scenario has plans for."""
    chance = Random(f"{seed}:fate:{order_number}").random()
    talk = voices.talk(seed, order_number)
    for kind, share in SHARES.items():
        if chance < share:
            return Fate(kind, talk=talk)
        chance -= share
    return Fate(talk=talk)


def after_order(setting: Setting, fate: Fate, *, number: str, seller_id: int, time_zone: str, at: datetime,
                ship_by: datetime, packed_from: datetime | None = None) -> list[Planned]:
    """Somebody will pack it; perhaps the buyer or the marketplace thinks better of it before that.

    `packed_from` is when packing starts again where nobody packs at the moment.
    """
    rng = Random(f"{setting.seed}:order:{number}")
    planned = []
    # What a script decides happens for certain: before anybody can have come for the parcel.
    cancel_hours = rng.uniform(0.05, 0.9) if fate.decided else min(0.2 + rng.expovariate(1 / 3), 14)
    if fate.kind in ("buyer_cancels", "marketplace_cancels", "asks_to_cancel"):
        kind = "platform_cancels" if fate.kind == "marketplace_cancels" else "buyer_cancels"
        planned.append(Planned(kind, seller_id, number, at + timedelta(hours=cancel_hours)))
    if fate.kind == "never_packed":
        # Its term runs out, see orders.services.terms.
        return planned
    if not _left_for_people(setting, seller_id, at, rng):
        wave = next_wave(max(at, packed_from or at), time_zone, rng)
        if fate.kind == "packed_late":
            wave = max(wave, ship_by + timedelta(hours=rng.uniform(1, 14)))
        planned.append(Planned("pack", seller_id, number, wave))
        return planned
    since = max(at, setting.history_until or at)
    untouched = timedelta(hours=setting.autopilot_hours, minutes=rng.randint(0, 180))
    planned.append(Planned("pack", seller_id, number, since + untouched, data={"autopilot": True}))
    return planned


def after_fulfilled_order(setting: Setting, fate: Fate, *, number: str, seller_id: int, at: datetime) -> list[Planned]:
    """The marketplace picks and packs by itself, by day and by night."""
    rng = Random(f"{setting.seed}:fulfil:{number}")
    planned = []
    if fate.kind in ("buyer_cancels", "marketplace_cancels"):
        kind = "buyer_cancels" if fate.kind == "buyer_cancels" else "platform_cancels"
        planned.append(Planned(kind, seller_id, number, at + timedelta(hours=rng.uniform(0.05, 0.9))))
    picking = at + timedelta(hours=rng.uniform(0.4, 2.5))
    packed = picking + timedelta(hours=rng.uniform(0.5, 4))
    return [*planned, Planned("fulfil", seller_id, number, picking, 0, {"step": "picking"}),
            Planned("fulfil", seller_id, number, packed, 1, {"step": "packed"})]


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


def after_hand_over(setting: Setting, fate: Fate, *, number: str, seller_id: int, tracking_number: str, at: datetime,
                    origin: str, destination: str, abroad: bool, times: float = 1.0) -> list[Planned]:
    """The parcel travels, `times` as long as usual."""
    scans = couriers.journey(number, setting.seed, at, origin, destination, abroad=abroad, fate=fate.kind, times=times)
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


def after_delivery(setting: Setting, fate: Fate, *, number: str, seller_id: int, at: datetime) -> list[Planned]:
    """Now and then a buyer wants to give something back."""
    rng = Random(f"{setting.seed}:delivered:{number}")
    if fate.kind != "given_back":
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
