"""Orders that wait for the buyer's payment hold goods for a term only."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.orders import states
from sellerdesk.orders.models import Posting
from sellerdesk.orders.services import cancelling
from sellerdesk.orders.types import NOT_PAID, Cancellation
from sellerdesk.sellers import queries as sellers

#: Dated rule: how many minutes the goods of an order are kept until it is paid.
TERM = "orders.payment_term"
_BATCH = 500


def run_due(now: datetime) -> int:
    """End every order that was not paid in its time, each at its own moment, and free its goods. Returns how many.

    The term is that of the rule in force when the order was placed. Doing it again changes nothing, and a leap of the
    clock gives the same as small steps. A fixed number of statements a shop and batch.
    """
    actor = Actor.system("payment")
    done, after = 0, 0
    while True:
        with atomic():
            rows = list(Posting.objects.filter(
                clock.shops(), state=states.STARTS["verification"][0],
                substate=states.STARTS["verification"][1], id__gt=after)
                .order_by("id").values_list("id", "seller_id", "number", "changed_at")[:_BATCH])
            due: dict[int, list[Cancellation]] = defaultdict(list)
            for _id, seller_id, number, since in rows:
                end = since + timedelta(minutes=dated.get(TERM, "", since).value["minutes"])
                if end <= now:
                    due[seller_id].append(Cancellation(number, NOT_PAID, "", "platform", end))
            for seller_id, items in sorted(due.items()):
                done += sum(one.done for one in cancelling.cancel_many(
                    seller=sellers.seller_ref(seller_id), items=items, actor=actor))
        if len(rows) < _BATCH:
            return done
        after = rows[-1][0]
