"""Shelves are filled: every morning where nobody runs the shop, on Mondays where people do and want help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sellerdesk.core.actor import Actor
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory import services as stock
from sellerdesk.inventory.types import StockInput
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import buyers
from sellerdesk.simulator.services.buying import Shelves
from sellerdesk.simulator.stories import Story
from sellerdesk.simulator.types import Setting

_MORNING = time(8, 30)
_LOW = 3
# Before the demo opens, people leave some shelves empty.
_UNTOUCHED_DAYS = 8
_KEEPER = Actor.system("warehouse")


def restock(*, setting: Setting, stories: Mapping[int, Story], since: datetime, until: datetime,
            shelves: Shelves) -> int:
    """Fill the shelves that run low. Returns how many products were filled up. A script decides for its shop itself."""
    filled = 0
    for seller in shelves.sellers():
        story = stories.get(seller.id)
        if story is not None and not story.scenario.stage.restock:
            continue
        for morning in _mornings(seller, since, until):
            if seller.id in setting.self_running or setting.in_history(morning) or (
                    setting.autopilot and _monday(seller, morning)):
                filled += _fill(seller, setting, morning)
    return filled


def _monday(seller: SellerRef, moment: datetime) -> bool:
    return moment.astimezone(ZoneInfo(seller.time_zone)).weekday() == 0


def _mornings(seller: SellerRef, since: datetime, until: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(seller.time_zone)
    day = since.astimezone(zone).date()
    while (moment := datetime.combine(day, _MORNING, zone)) <= until:
        if moment > since:
            yield moment.astimezone(UTC)
        day += timedelta(days=1)


def _fill(seller: SellerRef, setting: Setting, now: datetime) -> int:
    low = inventory.scarce(seller, most=_LOW)
    if not low:
        return 0
    warehouse = next((row for row in inventory.warehouses(seller) if row.active), None)
    if warehouse is None:
        return 0
    changes = [StockInput(warehouse.id, _supply(setting, id_), product_id=id_) for id_ in low
               if not _left_empty(setting, seller, id_, now)]
    stock.set_stocks(seller=seller, changes=changes, actor=_KEEPER, now=now)
    return len(changes)


def _supply(setting: Setting, product_id: int) -> int:
    """Sought-after goods are ordered in larger lots."""
    return 10 + round(8 * min(buyers.popularity(setting.seed, product_id), 9))


def _left_empty(setting: Setting, seller: SellerRef, product_id: int, now: datetime) -> bool:
    if seller.id in setting.self_running or setting.history_until is None:
        return False
    if not setting.in_history(now) or setting.history_until - now > timedelta(days=_UNTOUCHED_DAYS):
        return False
    return Random(f"{setting.seed}:left empty:{product_id}").random() < 0.4
