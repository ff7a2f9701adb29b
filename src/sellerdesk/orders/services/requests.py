"""Buyers' wishes to cancel: at once where the marketplace delivers, by the shop's leave where the shop does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.orders import events, queries
from sellerdesk.orders.errors import (
    AlreadyRequested,
    IncorrectReason,
    PostingNotFound,
    RejectionUnexplained,
    RequestDecided,
    RequestNotFound,
)
from sellerdesk.orders.models import CancelRequest
from sellerdesk.orders.services import cancelling, moving
from sellerdesk.orders.types import Asked, Cancellation, CancelWish
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

_TIME = Actor.system("marketplace")
_BATCH = 500


def ask_to_cancel(*, seller: SellerRef, wishes: Sequence[CancelWish], actor: Actor) -> list[Asked]:
    """Take buyers' wishes to cancel, in the order asked. A fixed number of statements.

    What the marketplace delivers is cancelled at once. What the shop delivers waits for its answer, for as long as the
    dated rule orders.cancel_request says; one wish for one posting at a time. Reasons are the buyers' of the catalogue.
    """
    with atomic():
        found = moving.load([wish.number for wish in wishes], seller_id=seller.id)
        open_ = set(CancelRequest.objects.filter(
            seller_id=seller.id, state="ON_APPROVAL", number__in=list(found)).values_list("number", flat=True))
        reasons = {one.id for one in queries.cancel_reasons(max(wish.at for wish in wishes))
                   if one.kind == "buyer"} if wishes else set()
        answers: list[Asked] = []
        rows: dict[int, CancelRequest] = {}
        at_once: dict[int, Cancellation] = {}
        for index, wish in enumerate(wishes):
            posting = found.get(wish.number)
            error = PostingNotFound(wish.number) if posting is None else (
                IncorrectReason(wish.reason_id) if wish.reason_id not in reasons else (
                    moving.refusal(posting, "cancel_under_way") or (
                        AlreadyRequested(wish.number) if wish.number in open_ else None)))
            answers.append(Asked(wish.number, error=error))
            if error or posting is None:
                continue
            if posting.scheme == "rfbs":
                open_.add(wish.number)
                rows[index] = _row(seller, posting, wish)
            else:
                at_once[index] = Cancellation(wish.number, wish.reason_id, wish.message, "client", wish.at)
        outcomes = cancelling.cancel_many(seller=seller, items=list(at_once.values()), actor=actor)
        for index, outcome in zip(at_once, outcomes, strict=True):
            answers[index] = Asked(outcome.number, cancelled=outcome.done, error=outcome.error)
        made = CancelRequest.objects.bulk_create(rows.values())
        for index, row in zip(rows, made, strict=True):
            answers[index] = Asked(row.number, request_id=row.pk)
        activity.record_many([_entry(events.CANCEL_ASKED, row, row.created_at, actor) for row in made])
        return answers


def _row(seller: SellerRef, posting: moving.Working, wish: CancelWish) -> CancelRequest:
    rule = dated.get("orders.cancel_request", "", wish.at)
    term = timedelta(hours=rule.value["hours"])
    return CancelRequest(
        seller_id=seller.id, posting_id=posting.id, number=wish.number, warehouse_id=posting.warehouse_id,
        reason_id=wish.reason_id, message=wish.message.strip()[:500], created_at=wish.at, due_at=wish.at + term,
        remind_at=wish.at + term / 2, rule_id=rule.id)


def _entry(event: str, row: CancelRequest, at: datetime, actor: Actor) -> Entry:
    return Entry(event, at, actor, row.seller_id, "cancel_request", str(row.pk), row.number,
                 data={"number": row.number, "reason_id": row.reason_id, "message": row.message,
                       "comment": row.comment, "until": row.due_at.isoformat(), "by": row.decided_by})


def approve_request(*, seller: SellerRef, request_id: int, comment: str, actor: Actor, now: datetime,
                    only_in: Sequence[int] = ()) -> None:
    """Let the buyer cancel: the posting ends and the buyer gets the money back.

    Raises RequestNotFound (also for one outside the warehouses `only_in`), RequestDecided, IncorrectStatus where the
    posting cannot be cancelled any more.
    """
    with atomic():
        row = _open(seller, request_id, only_in)
        _decide(row, "APPROVED", now, "seller", comment)
        outcome = _cancel(seller, [row], actor, now)[0]
        if outcome.error:
            raise outcome.error
        activity.record_many([_entry(events.CANCEL_APPROVED, row, now, actor)])


def reject_request(*, seller: SellerRef, request_id: int, comment: str, actor: Actor, now: datetime,
                   only_in: Sequence[int] = ()) -> None:
    """Refuse: the posting goes its way and must be delivered.

    Raises RequestNotFound (also for one outside the warehouses `only_in`), RequestDecided, RejectionUnexplained.
    """
    if not comment.strip():
        raise RejectionUnexplained()
    with atomic():
        row = _open(seller, request_id, only_in)
        _decide(row, "REJECTED", now, "seller", comment)
        activity.record_many([_entry(events.CANCEL_REFUSED, row, now, actor)])


def _open(seller: SellerRef, request_id: int, only_in: Sequence[int]) -> CancelRequest:
    rows = CancelRequest.objects.filter(seller_id=seller.id, pk=request_id)
    row = (rows.filter(warehouse_id__in=only_in) if only_in else rows).first()
    if row is None:
        raise RequestNotFound(request_id)
    return row


def _decide(row: CancelRequest, state: str, at: datetime, by: str, comment: str) -> None:
    """The guard is the state itself: whoever answers second changes nothing."""
    row.state, row.decided_at, row.decided_by, row.comment = state, at, by, comment.strip()[:500]
    if not CancelRequest.objects.filter(pk=row.pk, state="ON_APPROVAL").update(
            state=state, decided_at=at, decided_by=by, comment=row.comment, remind_at=None):
        raise RequestDecided(row.number)


def _cancel(seller: SellerRef, rows: Iterable[CancelRequest], actor: Actor, at: datetime) -> list:
    return cancelling.cancel_many(seller=seller, actor=actor, items=[
        Cancellation(row.number, row.reason_id, row.message, "client", row.decided_at or at) for row in rows])


def run_due(now: datetime) -> int:
    """Remind shops at half time and answer for those that did not, each at its own moment. Returns how many.

    Silence lets the buyer cancel. A posting that ended or reached the buyer meanwhile cannot be cancelled any more:
    its request is closed as refused. Doing it again changes nothing.
    """
    done = 0
    while made := _remind(now) + _answer(now):
        done += made
    return done


def _remind(now: datetime) -> int:
    with atomic():
        rows = list(CancelRequest.objects.select_for_update().filter(
            clock.shops(), state="ON_APPROVAL", remind_at__lte=now).order_by("remind_at", "pk")[:_BATCH])
        CancelRequest.objects.filter(pk__in=[row.pk for row in rows]).update(remind_at=None)
        activity.record_many([
            _entry(events.CANCEL_REMINDED, row, row.remind_at, _TIME) for row in rows if row.remind_at])
        return len(rows)


def _answer(now: datetime) -> int:
    with atomic():
        rows = list(CancelRequest.objects.select_for_update().filter(
            clock.shops(), state="ON_APPROVAL", due_at__lte=now).order_by("due_at", "pk")[:_BATCH])
        by_shop: dict[int, list[CancelRequest]] = defaultdict(list)
        for row in rows:
            row.decided_at, row.decided_by = row.due_at, "time"
            by_shop[row.seller_id].append(row)
        for seller_id, group in sorted(by_shop.items()):
            outcomes = _cancel(sellers.seller_ref(seller_id), group, _TIME, now)
            for row, outcome in zip(group, outcomes, strict=True):
                row.state = "APPROVED" if outcome.done else "REJECTED"
        CancelRequest.objects.bulk_update(rows, ["state", "decided_at", "decided_by"])
        activity.record_many([
            _entry(events.CANCEL_APPROVED if row.state == "APPROVED" else events.CANCEL_REFUSED, row, row.due_at,
                   _TIME) for row in rows])
        return len(rows)
