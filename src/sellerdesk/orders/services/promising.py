"""What a shop that delivers itself tells about a parcel: its tracking number, an earlier hand-over, another day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sellerdesk.core import activity, limits
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, fetch_all, json_param, json_rows
from sellerdesk.core.errors import DomainError
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ParcelInput
from sellerdesk.orders import events, queries, rules, states
from sellerdesk.orders.errors import (
    PostingNotFound,
    SlotChangesUsedUp,
    TooManyTrackingNumbers,
    TrackingInvalid,
    TrackingTaken,
)
from sellerdesk.orders.services import moving
from sellerdesk.orders.services.moving import Working
from sellerdesk.orders.types import MOST_TRACKING_NUMBERS, Outcome
from sellerdesk.sellers.types import SellerRef

CODE_TRIES_PER_HOUR = 10


def set_tracking(*, seller: SellerRef, items: Sequence[tuple[str, str]], actor: Actor, now: datetime) -> list[Outcome]:
    """Give (posting number, tracking number) of parcels that the shop's own carriers bring, at most 20 at once.

    Outcomes in the order asked; a refused one does not stop the others. A number may be corrected while the parcel is
    on its way. Refused are numbers that no carrier would print, and one that another posting has. A fixed number of
    statements. Raises TooManyTrackingNumbers.
    """
    if not 0 < len(items) <= MOST_TRACKING_NUMBERS:
        raise TooManyTrackingNumbers(MOST_TRACKING_NUMBERS)
    with atomic():
        found = moving.load([number for number, _ in items], seller_id=seller.id)
        refused: dict[str, DomainError | None] = {}
        for number, text in items:
            tracking = text.strip().upper()
            error: DomainError | None = None
            if number not in found:
                error = PostingNotFound(number)
            elif not rules.TRACKING_NUMBER.fullmatch(tracking):
                error = TrackingInvalid(text)
            else:
                error = _refusal(found[number], "set_track_number")
            refused[number] = error
            if error is None:
                found[number].tracking_number = tracking
        wanted = [found[number] for number, error in refused.items() if error is None]
        taken = logistics.follow_parcels(seller=seller, parcels=[
            (ParcelInput(p.number, p.method_id, p.weight_g, p.city, now), p.tracking_number) for p in wanted])
        refused |= {number: TrackingTaken(found[number].tracking_number) for number in taken}
        postings = [posting for posting in wanted if posting.number not in taken]
        _write(postings, "tracking_number = v.value, search_text = orders_posting.search_text || ' ' || v.folded",
               [[p.tracking_number, rules.fold(p.tracking_number)] for p in postings], value="text", folded="text")
        activity.record_many([
            Entry(events.POSTING_TRACKED, now, actor, seller.id, "posting", p.number, p.number,
                  data={"tracking": p.tracking_number}) for p in postings])
        return moving.told(seller, [Outcome(number, refused[number]) for number, _ in items])


def set_cutoff(*, seller: SellerRef, number: str, cutoff: datetime, actor: Actor, now: datetime) -> None:
    """Promise an earlier hand-over than the order asks for. It may be promised anew until then.

    Raises PostingNotFound, IncorrectStatus, IncorrectIntegration, CutoffInvalid (past, or after the deadline).
    """
    with atomic():
        posting = _one(seller, number, "set_cutoff")
        card = queries.posting(seller, number)
        rules.check_cutoff(cutoff, now, card.ship_by)
        _write([posting], "cutoff_at = v.value", [[cutoff]], value="time")
        activity.record(events.POSTING_CUTOFF_SET, now=now, actor=actor, seller_id=seller.id, target_type="posting",
                        target_id=number, target_label=number,
                        before={"cutoff": (card.cutoff_at or card.ship_by).isoformat()},
                        data={"cutoff": cutoff.isoformat()})


def set_timeslot(*, seller: SellerRef, number: str, begin: datetime, end: datetime, actor: Actor,
                 now: datetime) -> None:
    """Agree another time of delivery with the buyer, at most twice, at most 30 days after the order.

    Raises PostingNotFound, IncorrectStatus, IncorrectIntegration, SlotChangesUsedUp, TimeslotInvalid.
    """
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is not None and posting.facts.slots_left == 0:
            raise SlotChangesUsedUp(number, posting.state)
        posting = _one(seller, number, "set_timeslot")
        rules.check_timeslot(begin, end, now, posting.in_process_at)
        before = queries.posting(seller, number)
        _write([posting],
               "deliver_from = v.begins, deliver_by = v.ends, slot_changes = orders_posting.slot_changes + 1",
               [[begin, end]], begins="time", ends="time")
        activity.record(events.POSTING_TIMESLOT_SET, now=now, actor=actor, seller_id=seller.id, target_type="posting",
                        target_id=number, target_label=number,
                        before={"from": before.deliver_from.isoformat() if before.deliver_from else "",
                                "to": before.deliver_by.isoformat() if before.deliver_by else ""},
                        after={"from": begin.isoformat(), "to": end.isoformat()})


def verify_pickup_code(*, seller: SellerRef, number: str, code: str, actor: Actor, now: datetime) -> bool:
    """Whether the courier of an express order named the right code; with it the parcel is theirs.

    Asked again after that, the right code stays right and nothing moves. Raises PostingNotFound, IncorrectStatus,
    IncorrectIntegration (no express order), LimitReached after ten tries within an hour.
    """
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is None:
            raise PostingNotFound(number)
        posting.express = inventory.warehouse(seller, posting.warehouse_id).kind == "express"
        right = code.strip() == rules.pickup_code(posting.id)
        if right and posting.express and posting.place == states.WITH_DRIVER:
            return True
        refused = moving.refusal(posting, "pass_to_courier")
        if refused:
            raise moving.told_one(seller, refused)
        # Four digits are soon tried through: after ten tries even the right code waits.
        limits.require("pickup-code", f"{seller.id}:{number}", limit=CODE_TRIES_PER_HOUR, seconds=3600)
        if not right:
            return False
        before = {"state": posting.state, "substate": posting.substate}
        moving.step(posting, "pass_to_courier", now)
        posting.handed_over_at = posting.handed_over_at or now
        moving.write([posting])
        activity.record(events.POSTING_PASSED, now=now, actor=actor, seller_id=seller.id, target_type="posting",
                        target_id=number, target_label=number, before=before,
                        after={"state": posting.state, "substate": posting.substate})
        return True


def _one(seller: SellerRef, number: str, action: str) -> Working:
    posting = moving.load([number], seller_id=seller.id).get(number)
    if posting is None:
        raise PostingNotFound(number)
    refused = _refusal(posting, action)
    if refused:
        raise refused
    return posting


def _refusal(posting: Working, action: str) -> DomainError | None:
    """Why the action is not offered; None when it is."""
    return None if action in states.available_actions(posting.facts) else moving.not_now(posting, action)


def _write(postings: Sequence[Working], assignments: str, values: Sequence[Sequence[Any]], **kinds: str) -> None:
    """Change what a posting says without moving it, guarded as a move is. Raises Overtaken."""
    if not postings:
        return
    rows = [[p.id, p.version, *own] for p, own in zip(postings, values, strict=True)]
    changed = fetch_all(
        f"""UPDATE orders_posting SET {assignments}, version = orders_posting.version + 1
            FROM {json_rows("v", id="int", version="int", **kinds)}
            WHERE orders_posting.id = v.id AND orders_posting.version = v.version RETURNING orders_posting.id""",
        [json_param(rows)])
    if len(changed) != len(rows):
        raise moving.overtaken(postings, {row[0] for row in changed})
