"""Deliveries that a shop reported itself, confirmed when the buyer has had time to disagree."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.orders import states
from sellerdesk.orders.models import Posting
from sellerdesk.orders.services.reporting import Report, report

CONFIRMATION = "orders.confirmation"
_BATCH = 500


def run_due(now: datetime) -> int:
    """Confirm every delivery whose time to disagree is over at `now`, each at its own moment. Returns how many.

    The time is that of the rule in force when the shop reported the delivery. Doing it again changes nothing.
    """
    actor = Actor.system("confirmation")
    done, after = 0, 0
    while True:
        with atomic():
            rows = list(Posting.objects.filter(
                clock.shops(), state=states.CONDITIONALLY[0], substate=states.CONDITIONALLY[1], id__gt=after)
                .order_by("id").values_list("id", "number", "changed_at")[:_BATCH])
            due = [(number, moment) for _, number, at in rows
                   for moment in [at + timedelta(hours=dated.get(CONFIRMATION, "", at).value["hours"])]
                   if moment <= now]
            done += sum(one.done for one in report(reports=[
                Report(number, "delivery_confirmed", moment, actor) for number, moment in due]))
        if len(rows) < _BATCH:
            return done
        after = rows[-1][0]
