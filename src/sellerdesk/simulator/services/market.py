"""The market's heartbeat: let happen what has happened between its last beat and now."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import structlog
from django.db import close_old_connections

from sellerdesk.core import clock, outbox
from sellerdesk.core.db import atomic, locked
from sellerdesk.simulator import queries
from sellerdesk.simulator.models import Market
from sellerdesk.simulator.services import buying, controls, errands, keeping
from sellerdesk.simulator.types import Setting, Ticked

log = structlog.get_logger(__name__)
BEAT_SECONDS = 1.0
_FRESH_SECONDS = 15.0
_FIRST_SEED = 20
# After a long pause or a leap of the clock the market catches up in steps of so much virtual time.
STEP = timedelta(hours=6)
# One errand leads to the next: so many rounds of news and errands are made before a step is left.
_ROUNDS = 6


def tick(now: datetime, shelves: buying.Shelves | None = None) -> Ticked:
    """Let everything happen that happens until `now`. Safe to call at any time, from several processes at once.

    Where nobody has opened a market, or its people are sent home, nothing happens.
    """
    shelves = shelves or buying.Shelves()
    orders = done = 0
    while True:
        setting = queries.setting()
        if setting is None or setting.simulated_until is None or setting.simulated_until >= now:
            return Ticked(orders, done)
        if not setting.running:
            Market.objects.filter(pk=1).update(simulated_until=now)
            return Ticked(orders, done)
        made = step(setting, min(now, setting.simulated_until + STEP), shelves)
        orders, done = orders + made.orders, done + made.errands


def step(setting: Setting, until: datetime, shelves: buying.Shelves) -> Ticked:
    """One stretch of time: buyers come, then everybody does what is due. Orders and their place in time are one
    transaction, so a killed process neither loses nor repeats a buyer."""
    since = setting.simulated_until
    assert since is not None
    with atomic():
        locked("simulator.market")
        # Somebody else has just done it.
        if not Market.objects.filter(pk=1, simulated_until=since).update(simulated_until=until):
            return Ticked()
        orders = buying.let_buyers_order(setting=setting, since=since, until=until, shelves=shelves)
        keeping.restock(setting=setting, since=since, until=until, shelves=shelves)
    done = 0
    for _ in range(_ROUNDS):
        news = outbox.drain()
        count = errands.do_due(setting=setting, since=since, until=until)
        done += count
        if not news and not count:
            break
    return Ticked(orders, done)


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
