"""Test twins: made and copied, lived, emptied, taken away. Nothing in a twin is real, and nothing of it leaves it.

A twin is a shop of its own, with its own Client-Id, beside a live one. It lives by a clock of its own (core.clock) and
in a market of its own, which the worker moves on; the installation needs no simulated market for that.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django_tasks import task

from sellerdesk.catalog.services import twinning as goods
from sellerdesk.core import activity, clock, emptying, jobs, scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.inventory.services import twinning as stock
from sellerdesk.logistics.services import twinning as methods
from sellerdesk.pricing.services import twinning as prices
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.services import twins as shops
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import events
from sellerdesk.simulator.errors import NoTwin, TwinBusy
from sellerdesk.simulator.models import Market, Twin
from sellerdesk.simulator.services import market

log = structlog.get_logger(__name__)
_COPIER = Actor.system("test shop")
# What outlives a reset: how programs get in and are told, and what the twin itself is.
_KEPT = ("sellers.ApiKey", "sellers.ApiCall", "notifications.Endpoint", "simulator.Twin", "core.ShopClock",
         "core.SavedView")
# A twin at the pace of real time is moved on so often; a faster one whenever a minute of its time has passed.
_STRIDE, _LONGEST_STRIDE = timedelta(seconds=5), timedelta(minutes=1)
# A twin whose step failed is left alone for so many seconds.
_REST_SECONDS = 30.0
_resting: dict[int, float] = {}


def create(*, seller: SellerRef, actor: Actor, real_now: datetime) -> SellerRef:
    """Make the test twin of a live shop; a job copies its goods and opens it. Raises TwinExists, TwinImpossible."""
    with atomic():
        made = shops.create_twin(seller=seller, now=real_now)
        with scope.one_shop(made.id):
            clock.give_own(made.id, real_now)
            Twin.objects.create(pk=made.id, made_at=real_now, made_by=actor.label[:200])
            _fill_later(made)
        _tell(events.TWIN_MADE, made, actor, real_now)
    return made


def reset(*, twin: SellerRef, actor: Actor, real_now: datetime) -> None:
    """Empty a twin and copy the live shop anew; its keys stay, its clock shows real time again.

    Raises NoTwin, TwinBusy while the last copying goes on.
    """
    with atomic():
        with scope.one_shop(twin.id):
            _turn(twin, Twin.State.COPYING)
            shops.shut_twin(seller=twin, now=real_now)
            _fill_later(twin)
        _tell(events.TWIN_RESET, twin, actor, real_now)


def delete(*, twin: SellerRef, actor: Actor, real_now: datetime) -> None:
    """Take a twin away, keys and all. Raises NoTwin, TwinBusy."""
    with atomic():
        with scope.one_shop(twin.id):
            _turn(twin, Twin.State.LEAVING)
            shops.shut_twin(seller=twin, now=real_now)
            jobs.enqueue(remove_twin, twin.id, seller_id=twin.id, unique_key=f"twin:{twin.id}")
        _tell(events.TWIN_DELETED, twin, actor, real_now)


def delete_with(*, closed: Sequence[int]) -> None:
    """A shop that closed takes its test shop with it. Raises TwinBusy, to be tried again."""
    for seller_id in closed:
        shop = sellers.seller_ref(seller_id)
        twin = sellers.twin(shop) if shop.state == "closed" else None
        if twin is not None and Twin.objects.filter(pk=twin.id).exclude(state=Twin.State.LEAVING).exists():
            delete(twin=twin, actor=_COPIER, real_now=clock.real_now())


def _turn(twin: SellerRef, state: str) -> None:
    """Somebody who is faster wins."""
    rows = Twin.objects.filter(pk=twin.id)
    if not rows.filter(state=Twin.State.READY).update(state=state):
        raise TwinBusy() if rows.exists() else NoTwin()


def _fill_later(twin: SellerRef) -> None:
    jobs.enqueue(fill_twin, twin.id, seller_id=twin.id, unique_key=f"twin:{twin.id}")


@task(queue_name="default")
def fill_twin(twin_id: int) -> None:
    """Empty a twin and copy its live shop into it. Doing it again gives the same."""
    fill(twin=sellers.seller_ref(twin_id), real_now=clock.real_now())


@task(queue_name="default")
def remove_twin(twin_id: int) -> None:
    """Take the rows of a twin away, and the twin."""
    if Twin.objects.filter(pk=twin_id, state=Twin.State.LEAVING).exists():
        remove(twin=sellers.seller_ref(twin_id))


def fill(*, twin: SellerRef, real_now: datetime) -> None:
    """Copy goods, prices, warehouses, shelves and delivery methods of the live shop into an emptied twin, and open it.

    People, papers and orders are not copied. One transaction: a twin is never half full.
    """
    with scope.across_shops():
        live = sellers.seller_ref(twin.twin_of or 0)
    with atomic(), scope.one_shop(twin.id):
        if not Twin.objects.select_for_update().filter(pk=twin.id, state=Twin.State.COPYING).exists():
            return
        emptying.empty(twin.id, keep=(*_KEPT, "core.Job"))
        clock.give_own(twin.id, real_now)
        Market.objects.update_or_create(pk=twin.id, defaults={
            "seed": twin.id, "running": True, "orders_per_day": 0, "autopilot": False, "self_running": [],
            "started_at": real_now, "history_until": None, "simulated_until": real_now})
        products = goods.copy_goods(source=live, target=twin, now=real_now)
        prices.copy_prices(source=live, target=twin, products=products, now=real_now)
        places = stock.copy_warehouses(source=live, target=twin, now=real_now)
        stock.copy_stocks(source=live, target=twin, products=products, warehouses=places, actor=_COPIER, now=real_now)
        methods.copy_methods(source=live, target=twin, warehouses=places, now=real_now)
        shops.open_twin(seller=twin, now=real_now)
        Twin.objects.filter(pk=twin.id).update(state=Twin.State.READY, copied_at=real_now, products=len(products),
                                               warned_at=None)


def remove(*, twin: SellerRef) -> None:
    """Take a twin away with every row of it; the live shop is not touched."""
    with atomic(), scope.one_shop(twin.id):
        emptying.empty(twin.id)
        Market.objects.filter(pk=twin.id).delete()
        shops.remove_twin(seller=twin)
    clock.forget()


def live() -> int:
    """Move every twin on that is behind its clock by a stride: one step each, so that none waits for another's leap.

    Called by the worker. Returns how many were moved. No query where there is no twin.
    """
    clocks = clock.own()
    if not clocks:
        return 0
    real, moved = clock.real_now(), 0
    ready = Market.objects.filter(pk__in=Twin.objects.filter(state=Twin.State.READY).values("pk")).order_by("pk")
    for twin_id, until in ready.values_list("pk", "simulated_until"):
        found = clocks.get(twin_id)
        if found is None or until is None or time.monotonic() < _resting.get(twin_id, 0.0):
            continue
        now = found.at(real)
        stride = timedelta(0) if found.paused else min(_STRIDE * found.speed, _LONGEST_STRIDE)
        if now > until and now - until >= stride:
            moved += _move_on(twin_id, now)
    return moved


def _move_on(twin_id: int, now: datetime) -> int:
    try:
        with scope.one_shop(twin_id):
            market.tick(now, most=1)
    except Exception:  # one twin that cannot go on must not stop the others, nor the worker
        log.exception("twin_step_failed", twin=twin_id)
        _resting[twin_id] = time.monotonic() + _REST_SECONDS
        return 0
    return 1


def catch_up(*, twin: SellerRef) -> None:
    """Let everything happen in a twin that is due by its clock, here and now."""
    with scope.one_shop(twin.id):
        market.tick(clock.now())


def _tell(event: str, twin: SellerRef, actor: Actor, now: datetime) -> None:
    """Into the history of the live shop: that of the twin is emptied with it."""
    assert twin.twin_of is not None
    with scope.one_shop(twin.twin_of):
        activity.record(event, now=now, actor=actor, seller_id=twin.twin_of, target_type="shop", target_id=twin.id,
                        target_label=twin.name)
