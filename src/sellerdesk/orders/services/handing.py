"""Handing packed parcels over to the carrier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.orders import events
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.services import moving
from sellerdesk.orders.types import Outcome
from sellerdesk.sellers.types import SellerRef


def hand_over(*, seller: SellerRef, numbers: Sequence[str], actor: Actor, now: datetime,
              at: Mapping[str, datetime] | None = None) -> list[Outcome]:
    """Put packed postings into the carriage. Outcomes in the order asked; a refused one does not stop the others.

    The state stays awaiting_deliver until the carrier scans the parcel. `at` gives single postings their own moment.
    A fixed number of statements for any number of postings.
    """
    moments = at or {}
    with atomic():
        found = moving.load(numbers, seller_id=seller.id)
        outcomes = [Outcome(number, moving.refusal(found[number], "hand_over") if number in found
                            else PostingNotFound(number)) for number in numbers]
        ready = [found[number] for number in dict.fromkeys(one.number for one in outcomes if one.done)]
        entries = []
        for posting in ready:
            moment = moments.get(posting.number, now)
            moving.step(posting, "hand_over", moment)
            posting.handed_over_at = moment
            entries.append(Entry(
                events.POSTING_HANDED_OVER, moment, actor, seller.id, "posting", posting.number, posting.number,
                before={"state": posting.state, "substate": posting.previous_substate},
                after={"state": posting.state, "substate": posting.substate},
                data={"tracking": posting.tracking_number, "city": posting.city, "warehouse_id": posting.warehouse_id}))
        moving.write(ready)
        activity.record_many(entries)
        return moving.told(seller, outcomes)
