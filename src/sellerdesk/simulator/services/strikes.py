"""Couriers on strike: what they were going to do waits, and all that follows from it moves with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from sellerdesk.core.db import execute, json_param, json_rows
from sellerdesk.orders import queries as orders
from sellerdesk.sellers import queries as sellers
from sellerdesk.simulator.models import Errand
from sellerdesk.simulator.stories import Story
from sellerdesk.simulator.types import Due

_COURIERS_WORK = (Errand.Kind.PICK_UP.value, Errand.Kind.SCAN.value)
# When work begins again not everything is fetched at once.
_BACKLOG_MINUTES = 240


def put_off(*, due: Sequence[Due], stories: Mapping[int, Story]) -> set[int]:
    """Move the work of carriers on strike behind the strike. Returns the errands that were moved.

    A parcel keeps its journey: everything still planned for it moves by the same time. Nothing is asked of the database
    where nobody is on strike.
    """
    by_shop: dict[int, list[Due]] = defaultdict(list)
    for one in due:
        story = stories.get(one.seller_id)
        if one.kind in _COURIERS_WORK and story is not None and story.strikes(one.at):
            by_shop[one.seller_id].append(one)
    delays: dict[str, timedelta] = {}
    moved: set[int] = set()
    for seller_id, waiting in by_shop.items():
        story = stories[seller_id]
        carriers = {card.number: card.carrier_code for card in orders.cards(
            sellers.seller_ref(seller_id), [one.reference for one in waiting])}
        for one in waiting:
            ends = _end(story.strikes(one.at), carriers.get(one.reference, ""))
            if ends is None:
                continue
            moved.add(one.id)
            if one.reference not in delays:
                minutes = Random(f"{story.scenario.seed}:strike:{one.reference}").randrange(_BACKLOG_MINUTES)
                delays[one.reference] = ends + timedelta(minutes=minutes) - one.at
    if delays:
        _move(delays)
    return moved


def _end(strikes: dict[str, datetime], carrier: str) -> datetime | None:
    return max((ends for name, ends in strikes.items() if name in ("", carrier)), default=None)


def _move(delays: Mapping[str, timedelta]) -> None:
    rows = Errand.objects.filter(reference__in=list(delays), kind__in=_COURIERS_WORK).order_by("pk").values_list(
        "pk", "reference", "due_at")
    execute(
        f"""UPDATE simulator_errand SET due_at = v.due FROM {json_rows("v", id="int", due="time")}
            WHERE simulator_errand.id = v.id""",
        [json_param([[id_, due_at + delays[reference]] for id_, reference, due_at in rows])])
