"""What time does to supplies: hours that were missed, reports nobody answered, drafts that are forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.supply import events, states
from sellerdesk.supply.errors import NotNow
from sellerdesk.supply.models import Draft, Operation, Supply
from sellerdesk.supply.services import moving

_CLOCK = Actor.system("timetable")
# Cars stand in traffic: so long after its hour a supply is still let in.
_GRACE = timedelta(hours=2)
_KEPT = timedelta(days=2)


def run_due(now: datetime) -> int:
    """Do all that is due, of all shops. Returns how many supplies moved. Doing it again changes nothing."""
    done = 0
    supplies = Supply.objects.filter(clock.shops())
    for id_ in list(supplies.filter(state__in=states.PREPARING, slot_to__lte=now - _GRACE).order_by(
            "slot_to").values_list("pk", flat=True)):
        done += _try(id_, "miss", now, seat=None)
    for id_ in list(supplies.filter(state=states.REPORTS, act_due__lte=now).order_by("act_due").values_list(
            "pk", flat=True)):
        done += _silence(id_, now)
    # An expired draft is no draft to anybody; the row goes when it counts in no limit any more.
    Draft.objects.filter(clock.shops(), expires_at__lte=now - _KEPT).delete()
    Operation.objects.filter(clock.shops(), created_at__lte=now - _KEPT).delete()
    return done


def _try(supply_id: int, name: str, now: datetime, **changed: object) -> int:
    try:
        moving.move(supply_id, name, actor=_CLOCK, now=now, **changed)
    except NotNow:
        # Somebody was faster, which is as well.
        return 0
    return 1


def _silence(supply_id: int, now: datetime) -> int:
    """Whoever says nothing to a report agrees with it."""
    try:
        with atomic():
            work = moving.load(supply_id, now)
            before = work.state
            moving.step(work, "accept_report")
            moving.write(work, now, act_due=None)
            moving.tell(events.REPORT_ACCEPTED, work, _CLOCK, now, before=before)
    except NotNow:
        return 0
    return 1
