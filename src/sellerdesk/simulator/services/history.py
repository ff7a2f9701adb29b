"""The market's past, made before anybody looks."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta

from sellerdesk.simulator import queries
from sellerdesk.simulator.errors import NoMarket
from sellerdesk.simulator.services import market
from sellerdesk.simulator.services.buying import Shelves
from sellerdesk.simulator.types import Ticked

# Everything keeps its own minute whatever the length of a step; longer steps mean fewer and larger batches.
STEP = timedelta(hours=24)


def simulate_history(*, until: datetime, progress: Callable[[int, int], None] | None = None,
                     step: timedelta = STEP) -> Ticked:
    """Let the market live from where it stands until a moment. `progress` hears days done and days in all.

    Raises NoMarket.
    """
    orders = done = 0
    first = None
    # Nobody changes prices or products meanwhile.
    shelves = Shelves(fresh_seconds=math.inf)
    while True:
        setting = queries.setting()
        if setting is None or setting.simulated_until is None:
            raise NoMarket()
        first = first or setting.simulated_until
        if setting.simulated_until >= until:
            return Ticked(orders, done)
        if progress:
            progress((setting.simulated_until - first).days, (until - first).days)
        made = market.step(setting, market.next_stop(setting.simulated_until, until, step), shelves)
        orders, done = orders + made.orders, done + made.errands
