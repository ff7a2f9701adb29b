"""What the marketplace does with orders for goods that lie with it. From the hand-over on its scans are followed like
any carrier's, see tracking.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ParcelInput
from sellerdesk.orders import events, rules, states
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.services import moving
from sellerdesk.orders.types import Outcome
from sellerdesk.sellers.types import SellerRef


def fulfil_many(*, seller: SellerRef, numbers: Sequence[str], step: str, actor: Actor, now: datetime,
                at: Mapping[str, datetime] | None = None) -> list[Outcome]:
    """Pick these postings, or have them packed with a parcel's number: `step` is one of states.FULFIL_STEPS.

    Outcomes in the order asked; `at` gives single postings their own moment. A fixed number of statements. Only for
    goods that lie with the marketplace: others are refused.
    """
    move, moments = f"fulfil.{step}", at or {}
    with atomic():
        found = moving.load(numbers, seller_id=seller.id)
        # Only the table of FBO knows these moves, so a posting that the shop packs itself is no posting here.
        outcomes = [Outcome(number, moving.refusal(found[number], move)
                            if number in found and found[number].scheme == "fbo" else PostingNotFound(number))
                    for number in numbers]
        ready = [found[number] for number in dict.fromkeys(one.number for one in outcomes if one.done)]
        tracking = logistics.register_parcels(seller=seller, parcels=[
            ParcelInput(p.number, p.method_id, p.weight_g, p.city, moments.get(p.number, now)) for p in ready
        ]) if step == "packed" else {}
        entries = []
        for posting in ready:
            moment = moments.get(posting.number, now)
            before = {"state": posting.state, "substate": posting.substate}
            moving.step(posting, move, moment)
            if posting.place == states.PICKED:
                posting.packed_at = moment
                posting.tracking_number = tracking[posting.number]
                posting.search_more = rules.fold(posting.tracking_number)
            entries.append(Entry(
                events.POSTING_FULFILLED, moment, actor, seller.id, "posting", posting.number, posting.number,
                before=before, after={"state": posting.state, "substate": posting.substate},
                data={"code": step, "tracking": posting.tracking_number, "warehouse_id": posting.warehouse_id,
                      "city": posting.city}))
        moving.write(ready)
        activity.record_many(entries)
        return outcomes
