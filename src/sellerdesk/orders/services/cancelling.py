"""Ending a posting before the buyer has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute
from sellerdesk.core.errors import Conflict, DomainError
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockLine
from sellerdesk.orders import events, queries, rules, states
from sellerdesk.orders.errors import (
    AlreadyCancelled,
    AlreadyShipped,
    IncorrectReason,
    MessageRequired,
    OrderNotFound,
    PostingNotFound,
)
from sellerdesk.orders.services import moving, promoting, splitting
from sellerdesk.orders.services.moving import Working
from sellerdesk.orders.types import (
    LOST_BY_CARRIER,
    Cancellation,
    CancelledBy,
    CancelReason,
    Outcome,
    StockChoice,
)
from sellerdesk.sellers.types import SellerRef


def cancel_posting(*, seller: SellerRef, number: str, reason_id: int, message: str, by: CancelledBy, actor: Actor,
                   now: datetime, stock: StockChoice = "shelf") -> None:
    """End one posting and free, write off or send back its goods.

    Raises PostingNotFound, AlreadyCancelled, IncorrectStatus, IncorrectReason (not in the catalogue, or not for this
    side), MessageRequired.
    """
    outcome = cancel_many(seller=seller, items=[Cancellation(number, reason_id, message, by, now, stock)],
                          actor=actor)[0]
    if outcome.error:
        raise outcome.error


def cancel_many(*, seller: SellerRef, items: Sequence[Cancellation], actor: Actor) -> list[Outcome]:
    """End several postings, each for its own reason. Outcomes in the order asked.

    Before the hand-over the reserved units are free again at once, or gone where they are written off. Afterwards
    they are with the carrier: they leave the shelf for good and come back as a return (event data `coming_back`); what
    the carrier lost does not come back. The seller may cancel until the carrier has the parcel, everybody else until
    the buyer has it. A fixed number of statements for any number of postings.
    """
    with atomic():
        found = moving.load([item.number for item in items], seller_id=seller.id)
        reasons = {reason.id: reason for reason in queries.cancel_reasons(max(item.at for item in items))} if items \
            else {}
        outcomes: list[Outcome] = []
        accepted: dict[str, Cancellation] = {}
        for item in items:
            error = _refusal(item, found.get(item.number), reasons.get(item.reason_id))
            outcomes.append(Outcome(item.number, error))
            if error is None and item.number not in accepted:
                accepted[item.number] = item
        end(seller=seller, endings=[(found[number], item) for number, item in accepted.items()],
            reasons=reasons, actor=actor)
        return moving.told(seller, outcomes)


def cancel_order(*, seller: SellerRef, number: str, reason_id: int, message: str, by: CancelledBy, actor: Actor,
                 now: datetime) -> list[str]:
    """End every posting of an order that has not been cancelled yet: all of them or none. Returns their numbers.

    Raises OrderNotFound, and for the first posting that cannot be ended what `cancel_posting` raises, AlreadyCancelled
    where nothing is left to end.
    """
    with atomic():
        found = queries.states_of_order(seller, number)
        if not found:
            raise OrderNotFound(number)
        left = [one for one, state in found.items() if state not in states.TABS["cancelled"]]
        if not left:
            raise AlreadyCancelled(next(iter(found)), states.CANCELLED)
        outcomes = cancel_many(seller=seller, actor=actor, items=[
            Cancellation(one, reason_id, message, by, now) for one in left])
        for outcome in outcomes:
            if outcome.error:
                raise outcome.error
    return left


def cancel_units(*, seller: SellerRef, number: str, items: Sequence[tuple[int, int]], reason_id: int, message: str,
                 by: CancelledBy, actor: Actor, now: datetime, stock: StockChoice = "shelf") -> str:
    """Take (SKU, units) out of a posting that is not packed yet. Returns the number under which they are cancelled.

    The units become a posting of their own that is cancelled at once, so that reason, refund and index have something
    to stand on; the rest keeps its number and is priced as a smaller parcel of the order's own day. Taking all of them
    cancels the posting itself. Programs and people of the shop always say why. Raises PostingNotFound,
    AlreadyCancelled, AlreadyShipped, IncorrectStatus, UnknownProduct, IncorrectQuantity, IncorrectReason,
    MessageRequired, Conflict.
    """
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is None:
            raise PostingNotFound(number)
        refused = moving.refusal(posting, "cancel_units")
        if refused:
            raise AlreadyShipped(number, posting.state) if posting.state == states.AWAITING_DELIVER else refused
        moving.load_lines([posting])
        kept, taken = rules.keep_and_take(posting.lines, items)
        item = Cancellation(number, reason_id, message, by, now, stock)
        reasons = {reason.id: reason for reason in queries.cancel_reasons(now)}
        error = _refusal(item, posting, reasons.get(reason_id))
        if error:
            raise error
        if not message.strip():
            raise MessageRequired()
        part = posting
        if kept:
            # The rest stays where it is, so the guard of the move must be taken here.
            if not execute("UPDATE orders_posting SET version = version + 1 WHERE id = %s AND version = %s",
                           [posting.id, posting.version]):
                raise Conflict()
            [part] = splitting.divide(seller, posting, [kept, taken], actor, now)
        end(seller=seller, endings=[(part, replace(item, number=part.number))], reasons=reasons, actor=actor)
        return part.number


def _refusal(item: Cancellation, posting: Working | None, reason: CancelReason | None) -> DomainError | None:
    if posting is None:
        return PostingNotFound(item.number)
    refused = moving.refusal(posting, "cancel" if item.by == "seller" else "cancel_under_way")
    if refused:
        return refused
    if reason is None or (item.by == "seller" and not rules.seller_may_use(reason, posting.place, posting.came_from)):
        return IncorrectReason(item.reason_id)
    if reason.message_required and not item.message.strip():
        return MessageRequired()
    return None


def end(*, seller: SellerRef, endings: Sequence[tuple[Working, Cancellation]], reasons: dict[int, CancelReason],
        actor: Actor) -> None:
    """Write cancellations that are known to be possible: the move, the stock, the news."""
    if not endings:
        return
    moving.load_lines([posting for posting, _ in endings])
    entries: list[Entry] = []
    on_shelf: list[StockLine] = []
    gone: list[StockLine] = []
    broken: list[StockLine] = []
    for posting, item in endings:
        before = {"state": posting.state, "substate": posting.substate}
        left = states.left_the_shop(posting.place, posting.came_from)
        lost = item.reason_id == LOST_BY_CARRIER
        written_off = item.stock == "write_off" and not left and not lost
        (gone if left or lost else broken if written_off else on_shelf).extend(stock_lines([posting], item.at))
        moving.step(posting, "cancel" if item.by == "seller" else "cancel_under_way", item.at)
        posting.cancelled_at = item.at
        posting.cancel_reason_id = item.reason_id
        posting.cancel_message = item.message.strip()[:500]
        posting.cancelled_by = item.by
        posting.cancelled_after_ship = left
        entries.append(Entry(
            events.POSTING_CANCELLED, item.at, actor, seller.id, "posting", posting.number, posting.number,
            before=before, after={"state": posting.state, "substate": posting.substate},
            data={"reason_id": item.reason_id, "reason": reasons[item.reason_id].names["en"], "by": item.by,
                  "message": posting.cancel_message, "after_ship": left, "coming_back": left and not lost,
                  "written_off": written_off}))
    moving.write([posting for posting, _ in endings])
    promoting.give_back_cancelled(seller, (posting for posting, _ in endings))
    if on_shelf:
        inventory.release(seller=seller, lines=on_shelf)
    if gone:
        inventory.consume(seller=seller, lines=gone)
    if broken:
        inventory.write_off(seller=seller, lines=broken)
    activity.record_many(entries)


def stock_lines(postings: Iterable[Working], at: datetime) -> list[StockLine]:
    """The units that postings hold, for inventory."""
    return [StockLine(line.product_id, posting.warehouse_id, line.quantity, posting.number, at)
            for posting in postings for line in posting.lines]
