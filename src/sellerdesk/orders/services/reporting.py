"""What others report about postings: the marketplace, aggregators, buyers. Of any shop, many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ParcelInput
from sellerdesk.orders import events, rules, states
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.services import moving, tracking
from sellerdesk.orders.services.moving import Working
from sellerdesk.orders.types import DISPUTE_LOST, LOST_BY_CARRIER, Cancellation, CancelledBy, Outcome
from sellerdesk.sellers import queries as sellers

What = Literal[
    # The order may be packed now: its buyer was checked, the marketplace approved, the passport came.
    "verification_passed", "approval_passed", "passport_given",
    # The marketplace is dividing the order, and has done so.
    "split_held", "split_released",
    # What became of a parcel that an aggregator registers; `packing_failed` sends it back to be packed again.
    "registration_accepted", "registration_succeeded", "registration_failed", "packing_failed",
    # The buyer's dispute: opened, decided for the shop, decided for the buyer.
    "dispute_opened", "dispute_dismissed", "dispute_upheld",
    # The shop's dispute about a missing parcel: the carrier lost it, or the shop never handed it over.
    "arbitration_won", "arbitration_lost",
    # The buyer confirms a delivery that the shop itself reported.
    "delivery_confirmed"]

_EVENTS: dict[str, str] = {
    "verification_passed": events.POSTING_RELEASED, "approval_passed": events.POSTING_RELEASED,
    "passport_given": events.POSTING_RELEASED, "split_held": events.POSTING_HELD,
    "split_released": events.POSTING_RELEASED, "registration_accepted": events.POSTING_REGISTERING,
    "registration_succeeded": events.POSTING_REGISTERED, "registration_failed": events.POSTING_NOT_REGISTERED,
    "packing_failed": events.POSTING_PACKING_FAILED, "dispute_opened": events.POSTING_CLAIMED,
    "dispute_dismissed": events.POSTING_CLAIM_DISMISSED, "delivery_confirmed": events.POSTING_DELIVERED}
_ENDINGS: dict[str, tuple[int, CancelledBy]] = {
    "dispute_upheld": (DISPUTE_LOST, "platform"), "arbitration_lost": (DISPUTE_LOST, "platform"),
    "arbitration_won": (LOST_BY_CARRIER, "delivery")}
_FAILURES = frozenset({"registration_failed", "packing_failed"})


@dataclass(frozen=True, slots=True)
class Report:
    """One piece of news about a posting. `detail` is what the carrier said, for failures; the buyer's words, for a
    dispute.
    """

    number: str
    what: What
    at: datetime
    actor: Actor
    detail: str = ""


def report(*, reports: Sequence[Report]) -> list[Outcome]:
    """Follow what others report. Outcomes in the order given; what does not fit the posting's place is refused.

    Several reports of one posting are followed one after the other. A registration gives the parcel its tracking
    number; a dispute that the buyer wins, and one that the shop loses, ends the posting at the shop's cost; a parcel
    that the carrier lost ends it at the carrier's. A confirmed delivery books the sale. A fixed number of statements
    for any number of reports, times the shops among them.
    """
    with atomic():
        found = moving.load({one.number for one in reports})
        outcomes: list[Outcome] = []
        entries: list[Entry] = []
        moved: dict[str, Working] = {}
        registered: list[Working] = []
        endings: list[tuple[Working, Cancellation, Actor]] = []
        ended: set[str] = set()
        for one in reports:
            posting = found.get(one.number)
            refused = PostingNotFound(one.number) if posting is None else moving.refusal(posting, one.what)
            if one.number in ended and posting is not None:
                refused = moving.cancelled_already(posting)
            outcomes.append(Outcome(one.number, refused))
            if refused or posting is None:
                continue
            if one.what in _ENDINGS:
                reason, by = _ENDINGS[one.what]
                endings.append((posting, Cancellation(one.number, reason, one.detail, by, one.at), one.actor))
                ended.add(one.number)
                continue
            entries.append(_move(posting, one))
            moved[one.number] = posting
            if one.what == "registration_succeeded":
                registered.append(posting)
        _register(registered, entries)
        # An ending is written by itself; what moved before it goes along with it.
        moving.write([posting for number, posting in moved.items() if number not in ended])
        tracking.book([posting for posting in moved.values() if posting.state == states.DELIVERED])
        tracking.end(endings)
        activity.record_many(entries)
        return outcomes


def _move(posting: Working, one: Report) -> Entry:
    before = {"state": posting.state, "substate": posting.substate}
    data: dict[str, str | int] = {"what": one.what}
    moving.step(posting, one.what, one.at)
    if one.what in _FAILURES:
        posting.failure = one.detail.strip()[:300]
        data["reason"] = posting.failure
    elif one.what.startswith("registration"):
        posting.failure = ""
    if one.what == "dispute_opened":
        data["message"] = one.detail.strip()[:500]
    if posting.state == states.DELIVERED:
        posting.delivered_at = one.at
        data |= {"amount_minor": posting.amount_minor, "currency": posting.currency, "units": posting.units}
    return Entry(_EVENTS[one.what], one.at, one.actor, posting.seller_id, "posting", posting.number, posting.number,
                 before=before, after={"state": posting.state, "substate": posting.substate}, data=data)


def _register(postings: Sequence[Working], entries: list[Entry]) -> None:
    """Give registered parcels their tracking numbers."""
    by_seller: dict[int, list[Working]] = defaultdict(list)
    for posting in postings:
        by_seller[posting.seller_id].append(posting)
    numbers: dict[str, str] = {}
    for seller_id, group in sorted(by_seller.items()):
        numbers |= logistics.register_parcels(seller=sellers.seller_ref(seller_id), parcels=[
            ParcelInput(p.number, p.method_id, p.weight_g, p.city, p.changed_at or p.in_process_at) for p in group])
    for posting in postings:
        posting.tracking_number = numbers[posting.number]
        posting.search_more = rules.fold(posting.tracking_number)
    for entry in entries:
        if entry.event == events.POSTING_REGISTERED and entry.data is not None:
            entry.data["tracking"] = numbers[entry.target_id]
