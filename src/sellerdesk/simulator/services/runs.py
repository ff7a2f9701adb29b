"""Running scenarios: starting one in a shop, what it has in store, ending it and saying what it came to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import IntegrityError

from sellerdesk.core import activity, clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import events, queries
from sellerdesk.simulator.errors import NoMarket, NoRun, RunGoingOn
from sellerdesk.simulator.models import Errand, Fate, Market, Run
from sellerdesk.simulator.scenarios import reading
from sellerdesk.simulator.scenarios.types import Scenario
from sellerdesk.simulator.services import measuring
from sellerdesk.simulator.stories import Story
from sellerdesk.simulator.types import Fate as Destined

# What a script does at a moment is an errand; the rest of it (a strike, a peak) holds for a while.
_DONE_AT_ONCE = ("price", "stock", "order")


@lru_cache(maxsize=16)
def _read(text: str) -> Scenario:
    return reading.read(text)


def start(*, seller: SellerRef, text: str, actor: Actor, now: datetime) -> int:
    """Let a scenario begin in a shop; its first buyers come after `now`. Returns the number of the run.

    While it goes on, no other buyers come. Raises ScenarioInvalid, NoMarket, RunGoingOn.
    """
    scenario = reading.read(text)
    with atomic():
        market = Market.objects.filter(pk=queries.market_id()).first()
        if market is None or market.simulated_until is None:
            raise NoMarket()
        since = max(now, market.simulated_until)
        try:
            with atomic():
                run = Run.objects.create(
                    seller_id=seller.id, name=scenario.name, text=text, since=since, until=since + scenario.lasts,
                    ends_by=since + scenario.lasts + scenario.settles, started_by=actor.label[:200])
        except IntegrityError:
            raise RunGoingOn() from None
        Errand.objects.bulk_create([
            Errand(kind=Errand.Kind.SCRIPTED, seller_id=seller.id, reference=f"run-{run.pk}", position=position,
                   due_at=since + one.at, data={"do": one.kind, **one.data}, run_id=run.pk)
            for position, one in enumerate(scenario.happenings) if one.kind in _DONE_AT_ONCE])
        _tell(events.RUN_STARTED, run, actor, now)
        return run.pk


def stop(*, seller: SellerRef, actor: Actor, now: datetime) -> None:
    """End the shop's run before its time; what has been ordered goes its way. Raises NoRun."""
    with atomic():
        run = Run.objects.filter(seller_id=seller.id, state=Run.State.RUNNING).first()
        if run is None:
            raise NoRun()
        _end(run, seller, Run.State.STOPPED, actor, now)


def stories() -> dict[int, Story]:
    """The runs that are going on, by shop. One query."""
    return {run.seller_id: Story(run.pk, run.seller_id, _read(run.text), run.since, run.until, run.ends_by, run.placed)
            for run in Run.objects.filter(clock.shops(), state=Run.State.RUNNING)}


def marks(stories_: Iterable[Story], since: datetime, until: datetime) -> list[datetime]:
    """Moments after `since` and not later than `until` at which something changes: a step of the market ends there."""
    known = list(stories_)
    if not known:
        return []
    found = [moment for story in known for moment in (story.since, story.until)]
    found += Errand.objects.filter(clock.shops(), kind=Errand.Kind.SCRIPTED, due_at__gt=since,
                                   due_at__lte=until).values_list("due_at", flat=True)
    return sorted(moment for moment in found if since < moment <= until)


def deal(*, story: Story, seller: SellerRef, numbers: list[str], refused: int, kind: str | None = None) -> None:
    """Write down how these orders of a run will fare, in the order taken, and count them. `kind` is a fate of their
    own, outside the dealt ones."""
    Fate.objects.bulk_create([
        Fate(order_number=number, seller_id=seller.id, run_id=story.run_id,
             kind=story.fate_of(story.placed + index).kind if kind is None else kind,
             talk=" ".join(sorted(story.talk_of(story.placed + index))) if kind is None else "")
        for index, number in enumerate(numbers)])
    # A fate of one's own takes no place in the row of the dealt ones.
    dealt = len(numbers) if kind is None else 0
    run = Run.objects.get(pk=story.run_id)
    Run.objects.filter(pk=run.pk).update(placed=run.placed + dealt, refused=run.refused + refused)


def fates(seller: SellerRef, order_numbers: Iterable[str]) -> dict[str, Destined]:
    """What scripts have decided about orders, by number. One query."""
    return {number: Destined(kind, run_id, True, frozenset(talk.split())) for number, kind, run_id, talk in
            Fate.objects.filter(seller_id=seller.id, order_number__in=set(order_numbers)).values_list(
                "order_number", "kind", "run_id", "talk")}


def close_ended(*, now: datetime) -> int:
    """End the runs whose buyers are through and whose every order has come to its end, or whose time is up.

    Returns how many ended.
    """
    ended = 0
    for run in Run.objects.filter(clock.shops(), state=Run.State.RUNNING, until__lte=now).order_by("pk"):
        seller = sellers.seller_ref(run.seller_id)
        if run.ends_by > now and (Errand.objects.filter(run_id=run.pk).exists() or measuring.open_orders(seller, run)):
            continue
        with atomic():
            _end(run, seller, Run.State.DONE, Actor.system("market"), now)
        ended += 1
    return ended


def _end(run: Run, seller: SellerRef, state: str, actor: Actor, now: datetime) -> None:
    result = measuring.measure(seller, run)
    if Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(state=state, ended_at=now, result=result):
        Errand.objects.filter(run_id=run.pk, kind=Errand.Kind.SCRIPTED).delete()
        _tell(events.RUN_ENDED if state == Run.State.DONE else events.RUN_STOPPED, run, actor, now)


def _tell(event: str, run: Run, actor: Actor, now: datetime) -> None:
    activity.record(event, now=now, actor=actor, seller_id=run.seller_id, target_type="run", target_id=run.pk,
                    target_label=run.name)
