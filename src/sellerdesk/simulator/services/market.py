"""The market's heartbeat: let happen what has happened between its last beat and now."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import structlog
from django.db import close_old_connections

from sellerdesk.core import clock, outbox, scope
from sellerdesk.core.db import atomic, locked
from sellerdesk.simulator import queries
from sellerdesk.simulator.models import Market
from sellerdesk.simulator.services import buying, clockwork, controls, errands, haggling, keeping, runs, visiting
from sellerdesk.simulator.types import Setting, Ticked

log = structlog.get_logger(__name__)
BEAT_SECONDS = 1.0
_FRESH_SECONDS = 15.0
_FIRST_SEED = 20
# After a long pause or a leap of the clock the market catches up in steps of so much virtual time.
STEP = timedelta(hours=1)
# One errand leads to the next: so many rounds of news and errands are made before a step is left.
_ROUNDS = 6


def tick(now: datetime, shelves: buying.Shelves | None = None, most: int | None = None) -> Ticked:
    """Let everything happen that happens until `now`. Safe to call at any time, from several processes at once.

    Where nobody has opened a market, or its people are sent home, nothing happens. With `most`, that many steps are
    taken at most.
    """
    shelves = shelves or buying.Shelves()
    orders = done = steps = 0
    while True:
        setting = queries.setting()
        if setting is None or setting.simulated_until is None or setting.simulated_until >= now or steps == most:
            return Ticked(orders, done)
        if not setting.running:
            Market.objects.filter(pk=queries.market_id()).update(simulated_until=now)
            return Ticked(orders, done)
        made = step(setting, next_stop(setting.simulated_until, now), shelves)
        orders, done, steps = orders + made.orders, done + made.errands, steps + 1


def next_stop(since: datetime, until: datetime, most: timedelta = STEP) -> datetime:
    """Where the next step ends: on the next full hour, or where a script changes something, and not behind `until`.

    Steps that always end on the same hours make the same market, however far the clock leaps at once. With a longer
    `most`, steps are as long as that.
    """
    hour = since.replace(minute=0, second=0, microsecond=0) + STEP
    end = min(until, hour if most == STEP else since + most)
    marks = runs.marks(runs.stories().values(), since, end)
    return marks[0] if marks else end


def step(setting: Setting, until: datetime, shelves: buying.Shelves) -> Ticked:
    """One stretch of time: buyers come, then everybody does what is due. Orders and their place in time are one
    transaction, so a killed process neither loses nor repeats a buyer."""
    since = setting.simulated_until
    assert since is not None
    stories = runs.stories()
    world = errands.World(setting, stories, shelves)
    with atomic():
        locked(f"simulator.market:{queries.market_id()}")
        # Somebody else has just done it.
        if not Market.objects.filter(pk=queries.market_id(), simulated_until=since).update(simulated_until=until):
            return Ticked()
        orders = buying.let_buyers_order(setting=setting, stories=stories, since=since, until=until,
                                         shelves=shelves)
        orders += haggling.haggle(setting=setting, stories=stories, since=since, until=until, shelves=shelves)
        keeping.restock(setting=setting, stories=stories, since=since, until=until, shelves=shelves)
        visiting.look_around(setting=setting, since=since, until=until, shelves=shelves)
    done = _settle(world, since, until)
    if clockwork.run_due(until):
        done += _settle(world, since, until)
    if stories:
        runs.close_ended(now=until)
    return Ticked(orders, done)


def _settle(world: errands.World, since: datetime, until: datetime) -> int:
    """Let news and errands lead to one another until nothing follows. Returns how many errands were done."""
    done = 0
    for _ in range(_ROUNDS):
        news = outbox.drain()
        count = errands.do_due(world=world, since=since, until=until)
        done += count
        if not news and not count:
            break
    return done


@scope.across_shops()
def run(stop: threading.Event) -> None:
    """Beat about once a real second until told to stop. A failing beat is logged and tried again.

    Whoever runs this wants a simulated market; where there is none yet it opens now.
    """
    shelves = buying.Shelves(_FRESH_SECONDS)
    while not stop.is_set():
        try:
            close_old_connections()
            if queries.setting() is None:
                controls.open_market(seed=_FIRST_SEED, since=clock.now())
            tick(clock.now(), shelves)
            stop.wait(BEAT_SECONDS)
        except Exception:
            log.exception("market_beat_failed")
            stop.wait(5 * BEAT_SECONDS)
