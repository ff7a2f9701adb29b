"""The levers of the market: its clock, its pace, on and off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sellerdesk.core import activity, clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.simulator import events, queries
from sellerdesk.simulator.errors import ClockIsReal, LeapTooFar, NoMarket, PaceOutOfRange, SpeedUnknown
from sellerdesk.simulator.models import Market

MAX_SPEED = 3600
MAX_ORDERS_PER_DAY = 2000
MAX_LEAP = timedelta(days=7)


def open_market(*, seed: int, since: datetime, history_until: datetime | None = None) -> None:
    """Make the market, once. Its first buyers come after `since`."""
    with atomic():
        _, made = Market.objects.get_or_create(pk=queries.market_id(), defaults={
            "seed": seed, "started_at": since, "simulated_until": since, "history_until": history_until})
        if made:
            _tell(events.MARKET_OPENED, Actor.system("market"), since)


def set_self_running(*, seller_ids: list[int]) -> None:
    """Name the shops that nobody runs: they pack, restock and take returns back by themselves."""
    Market.objects.filter(pk=queries.market_id()).update(self_running=sorted(seller_ids))


def set_running(*, running: bool, actor: Actor, now: datetime) -> None:
    """Let buyers and couriers work, or send them home; time runs on without them. Raises NoMarket."""
    with atomic():
        changed = Market.objects.filter(pk=queries.market_id(), running=not running).update(running=running)
        if not changed and not Market.objects.filter(pk=queries.market_id()).exists():
            raise NoMarket()
        if changed:
            _tell(events.MARKET_STARTED if running else events.MARKET_STOPPED, actor, now)


def change_pace(*, orders_per_day: int, autopilot: bool, actor: Actor, now: datetime) -> None:
    """How many orders a day a shop with a full shelf gets, and whether what people leave lying is packed for them.

    Raises PaceOutOfRange, NoMarket.
    """
    if not 0 <= orders_per_day <= MAX_ORDERS_PER_DAY:
        raise PaceOutOfRange(field="orders_per_day", data={"low": 0, "high": MAX_ORDERS_PER_DAY,
                                                           "value": orders_per_day})
    after = {"orders_per_day": orders_per_day, "autopilot": autopilot}
    with atomic():
        before = Market.objects.filter(pk=queries.market_id()).values(*after).first()
        if before is None:
            raise NoMarket()
        if before != after:
            Market.objects.filter(pk=queries.market_id()).update(**after)
            _tell(events.PACE_CHANGED, actor, now, before=before, after=after)


def set_speed(*, speed: int, actor: Actor, now: datetime) -> None:
    """Virtual seconds a second; also starts a clock that stands. Raises SpeedUnknown, ClockIsReal."""
    _must_be_virtual()
    if not 1 <= speed <= MAX_SPEED:
        raise SpeedUnknown(field="speed", data={"limit": MAX_SPEED, "value": speed})
    with atomic():
        clock.set_speed(speed)
        clock.resume()
        _tell(events.CLOCK_SPEED_CHANGED, actor, now, data={"speed": speed})


def pause_clock(*, actor: Actor, now: datetime) -> None:
    """Stop time for everybody in the market. Raises ClockIsReal."""
    _must_be_virtual()
    with atomic():
        clock.pause()
        _tell(events.CLOCK_PAUSED, actor, now)


def resume_clock(*, actor: Actor, now: datetime) -> None:
    """Let time run on. Raises ClockIsReal."""
    _must_be_virtual()
    with atomic():
        clock.resume()
        _tell(events.CLOCK_RESUMED, actor, now)


def advance_clock(*, hours: int, actor: Actor, now: datetime) -> None:
    """Leap forward; the market catches up with what happens in between. Raises LeapTooFar, ClockIsReal."""
    _must_be_virtual()
    if not 0 < hours <= MAX_LEAP.total_seconds() / 3600:
        raise LeapTooFar(field="hours", data={"limit": int(MAX_LEAP.total_seconds() // 3600), "value": hours})
    with atomic():
        clock.advance(timedelta(hours=hours))
        _tell(events.CLOCK_ADVANCED, actor, now, data={"hours": hours})


def _must_be_virtual() -> None:
    if not clock.state().virtual:
        raise ClockIsReal()


def _tell(event: str, actor: Actor, now: datetime, **rest: Any) -> None:
    activity.record(event, now=now, actor=actor, seller_id=clock.shop(), target_type="market",
                    target_id=queries.market_id(), **rest)
