"""Acts that only take a posting from one place to the next: the shop's own delivery, disputes with the carrier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from sellerdesk.core import activity, faults
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.orders import events
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.services import moving
from sellerdesk.orders.types import Outcome
from sellerdesk.sellers.types import SellerRef

Act = Literal["delivering", "last_mile", "delivered", "bring_back", "arbitration", "awaiting_delivery", "take_out"]

_EVENTS: dict[str, str] = {
    "delivering": events.POSTING_SET_OUT, "last_mile": events.POSTING_WITH_COURIER,
    "delivered": events.POSTING_REPORTED_DELIVERED, "bring_back": events.POSTING_BROUGHT_BACK,
    "arbitration": events.POSTING_DISPUTED, "awaiting_delivery": events.POSTING_READY_AGAIN,
    "take_out": events.POSTING_TAKEN_OUT}
# From here on the goods are away from the shelf; a posting that was handed over before keeps its moment.
_SETS_OUT = frozenset({"delivering"})


def act_many(*, seller: SellerRef, act: Act, numbers: Sequence[str], actor: Actor, now: datetime,
             at: Mapping[str, datetime] | None = None, all_or_none: bool = False) -> list[Outcome]:
    """Take postings through one act. Outcomes in the order asked; a refused one does not stop the others.

    `delivering`, `last_mile`, `delivered` and `bring_back` are of postings that the shop itself delivers; a delivery
    reported by the shop is conditional until it is confirmed. `arbitration` disputes that a parcel is missing,
    `awaiting_delivery` says that it is to be handed over again, `take_out` takes it out of its carriage. `at` gives
    single postings their own moment. With `all_or_none` the first refusal is raised and nothing is done. A fixed number
    of statements for any number of postings.
    """
    moments = at or {}
    with atomic():
        found = moving.load(numbers, seller_id=seller.id)
        outcomes = [Outcome(number, moving.refusal(found[number], act) if number in found else PostingNotFound(number))
                    for number in numbers]
        refused = next((one.error for one in moving.told(seller, outcomes) if one.error), None)
        if refused and all_or_none:
            raise refused
        ready = [found[number] for number in dict.fromkeys(one.number for one in outcomes if one.done)]
        entries = []
        for posting in ready:
            moment = moments.get(posting.number, now)
            before = {"state": posting.state, "substate": posting.substate}
            moving.step(posting, act, moment)
            if act in _SETS_OUT and posting.handed_over_at is None:
                posting.handed_over_at = moment
            entries.append(Entry(
                _EVENTS[act], moment, actor, seller.id, "posting", posting.number, posting.number, before=before,
                after={"state": posting.state, "substate": posting.substate}))
        faults.point("orders.acting.decided")
        moving.write(ready)
        activity.record_many(entries)
        return outcomes
