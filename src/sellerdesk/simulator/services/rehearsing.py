"""A scenario lived from beginning to end in an empty installation: the same text, the same market, byte for byte."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sellerdesk.accounts import services as accounts
from sellerdesk.core.actor import Actor
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import queries
from sellerdesk.simulator.errors import NotEmpty
from sellerdesk.simulator.models import Market, Run
from sellerdesk.simulator.scenarios import reading
from sellerdesk.simulator.services import controls, market, runs, stage
from sellerdesk.simulator.services.buying import Shelves

#: When a scenario begins that does not say when: a Monday morning in Moscow.
DEFAULT_START = datetime(2026, 11, 23, 6, tzinfo=UTC)
_OWNER = "rehearsal@example.com"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A run that has ended, the shop it was lived by and what it came to."""

    seller: SellerRef
    run_id: int
    since: datetime
    ended_at: datetime
    result: dict[str, Any]


def rehearse(*, text: str, progress: Callable[[datetime], None] = lambda at: None) -> Rehearsed:
    """Open the scenario's shop and live the scenario to its end. `progress` hears the virtual time after each step.

    The shop runs itself: it packs, and takes returns in. No other buyers come. Raises ScenarioInvalid, and NotEmpty
    where there is a market already.
    """
    scenario = reading.read(text)
    if queries.setting() is not None:
        raise NotEmpty()
    since = scenario.starts or DEFAULT_START
    owner = accounts.create_user(email=_OWNER, password=secrets.token_urlsafe(24), name="Rehearsal", language="",
                                 time_zone="Europe/Moscow")
    seller = stage.raise_shop(stage=scenario.stage, seed=scenario.seed, user_id=owner, now=since)
    controls.open_market(seed=scenario.seed, since=since)
    controls.set_self_running(seller_ids=[seller.id])
    Market.objects.filter(pk=1).update(orders_per_day=0)
    run_id = runs.start(seller=seller, text=text, actor=Actor.system("rehearsal"), now=since)
    return Rehearsed(seller, run_id, since, *_live(run_id, progress))


def _live(run_id: int, progress: Callable[[datetime], None]) -> tuple[datetime, dict[str, Any]]:
    # Nobody but the script changes prices or products, and it says so.
    shelves = Shelves(fresh_seconds=math.inf)
    while True:
        setting = queries.setting()
        assert setting is not None
        assert setting.simulated_until is not None
        run = Run.objects.get(pk=run_id)
        if run.state != Run.State.RUNNING and run.ended_at is not None:
            return run.ended_at, run.result or {}
        until = setting.simulated_until + timedelta(days=1)
        market.step(setting, market.next_stop(setting.simulated_until, until), shelves)
        progress(setting.simulated_until)
