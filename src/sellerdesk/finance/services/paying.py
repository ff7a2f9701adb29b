"""What becomes of a payout: approved, held, paid, failed, tried again. Every move is one guarded update."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef

from sellerdesk.core import activity, clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.finance import events, states
from sellerdesk.finance.errors import NoBankDetails, PayoutFrozen, PayoutMoved, ReasonRequired, SettlementUnknown
from sellerdesk.finance.models import BankAccount, Settlement
from sellerdesk.finance.queries import settling as reading
from sellerdesk.finance.services.booking import Payout, book_payouts
from sellerdesk.finance.services.letters import payout_failed
from sellerdesk.finance.services.settling import CASHIER, label
from sellerdesk.sellers import queries as sellers

#: Why a bank refuses; what an operator may choose. The shop can mend the first three by giving other bank details.
REASONS = ("account_closed", "details_wrong", "no_bank", "bank_refused", "returned", "other")
_MENDED_BY_DETAILS = ("no_bank", "account_closed", "details_wrong")
_AT_ONCE = 200


def approve(*, settlement_ids: Sequence[int], actor: Actor, now: datetime) -> int:
    """Let payouts go to the bank on their day; one that was held goes on. Returns how many this changed."""
    done = 0
    with atomic():
        for row in Settlement.objects.filter(pk__in=settlement_ids, state=states.AWAITING).order_by("id"):
            done += bool(Settlement.objects.filter(pk=row.pk, state=states.AWAITING).exclude(
                approved_at__isnull=False, held_at=None).update(
                approved_at=now, held_at=None, reason="", remark="", changed_at=now) and _tell(
                events.PAYOUT_APPROVED, row, actor, now))
    return done


def approve_run(*, pay_by: date, currency: str, actor: Actor, now: datetime) -> int:
    """Approve everything of a run that waits for it; held payouts stay held. Returns how many."""
    ids = Settlement.objects.filter(clock.shops(), pay_by=pay_by, currency=currency, state=states.AWAITING,
                                    approved_at=None, held_at=None).values_list("id", flat=True)
    return approve(settlement_ids=list(ids), actor=actor, now=now)


def hold(*, settlement_id: int, remark: str, actor: Actor, now: datetime) -> None:
    """Stop a payout before it goes to the bank; the shop reads why. Raises ReasonRequired, PayoutMoved."""
    remark = _remark(remark)
    with atomic():
        row = _move("hold", settlement_id, now, held_at=now, approved_at=None, reason="held", remark=remark)
        _tell(events.PAYOUT_HELD, row, actor, now)


def pay(*, settlement_id: int, actor: Actor, now: datetime, attempt: int | None = None) -> None:
    """The bank has paid: the money leaves the shop's account.

    Raises PayoutMoved, NoBankDetails, PayoutFrozen.
    """
    with atomic():
        row = _there(settlement_id)
        account = BankAccount.objects.filter(seller_id=row.seller_id).order_by("-id").first()
        if account is None:
            raise NoBankDetails()
        if account.frozen_until > now:
            raise PayoutFrozen(data={"until": formats.when(account.frozen_until)})
        if row.held_at or row.approved_at is None or (attempt is not None and row.attempts != attempt):
            raise PayoutMoved()
        row = _move("pay", settlement_id, now, paid_at=now, bank_account=account, reason="", remark="")
        book_payouts(payouts=[_booking(row, now)])
        _tell(events.PAYOUT_PAID, row, actor, now)


def fail(*, settlement_id: int, reason: str, actor: Actor, now: datetime, remark: str = "",
         attempt: int | None = None) -> None:
    """The bank has refused, or has sent back what was paid; the money stays the shop's.

    Raises PayoutMoved; ReasonRequired for `other` without a remark.
    """
    remark = _remark(remark) if reason == "other" else " ".join(remark.split())[:300]
    with atomic():
        before = _there(settlement_id)
        if attempt is not None and before.attempts != attempt:
            raise PayoutMoved()
        row = _move("fail", settlement_id, now, sources=(before.state,),
                    reason=reason if reason in REASONS else "other", remark=remark, paid_at=None)
        if before.state == states.PAID:
            book_payouts(payouts=[_booking(row, now, back=True)])
        _tell(events.PAYOUT_FAILED, row, actor, now)
        payout_failed(sellers.seller_ref(row.seller_id), Money(row.payout_minor, row.currency), row.reason, row.remark)


def retry(*, settlement_id: int, actor: Actor, now: datetime) -> None:
    """Try a failed payout again at the bank's next day. Raises PayoutMoved."""
    with atomic():
        before = _there(settlement_id)
        zone = sellers.seller_ref(before.seller_id).time_zone
        row = _move("retry", settlement_id, now, attempts=F("attempts") + 1, reason="", remark="", approved_at=now,
                    held_at=None, planned_at=reading.next_noon(now, zone, reading.calendar_at(now)))
        _tell(events.PAYOUT_RETRIED, row, actor, now)


def fail_without_bank(*, now: datetime) -> int:
    """Payouts whose day has come and that have nowhere to go. Returns how many."""
    known = BankAccount.objects.filter(seller_id=OuterRef("seller_id"))
    rows = Settlement.objects.filter(clock.shops(), ~Exists(known), state=states.AWAITING, planned_at__lte=now,
                                     held_at=None, approved_at__isnull=False)
    ids = list(rows.order_by("planned_at", "id").values_list("id", "planned_at")[:_AT_ONCE])
    for id_, planned in ids:
        fail(settlement_id=id_, reason="no_bank", actor=CASHIER, now=planned)
    return len(ids)


def retry_mended(*, now: datetime) -> int:
    """Failed payouts of shops that have given other bank details since, once those are not frozen. Returns how many."""
    newer = BankAccount.objects.filter(seller_id=OuterRef("seller_id"), added_at__gte=OuterRef("changed_at"),
                                       frozen_until__lte=now)
    rows = Settlement.objects.filter(clock.shops(), Exists(newer), state=states.FAILED, reason__in=_MENDED_BY_DETAILS)
    ids = list(rows.order_by("id").values_list("id", flat=True)[:_AT_ONCE])
    for id_ in ids:
        retry(settlement_id=id_, actor=CASHIER, now=now)
    return len(ids)


def _booking(row: Settlement, now: datetime, *, back: bool = False) -> Payout:
    word = "payout_back" if back else "payout"
    return Payout(row.seller_id, f"{word}:{row.seller_id}:{row.number}:{row.attempts}", row.payout_minor, row.currency,
                  now, row.rule_id, back)


def _there(settlement_id: int) -> Settlement:
    row = Settlement.objects.filter(pk=settlement_id).first()
    if row is None:
        raise SettlementUnknown()
    return row


def _move(act: str, settlement_id: int, now: datetime, *, sources: tuple[str, ...] | None = None,
          **changes: Any) -> Settlement:
    """One writer wins. Raises PayoutMoved, SettlementUnknown."""
    allowed, target = states.MOVES[act]
    states_ = tuple(one for one in allowed if sources is None or one in sources)
    moved = Settlement.objects.filter(pk=settlement_id, state__in=states_).update(
        state=target, changed_at=now, **changes)
    row = _there(settlement_id)
    if not moved:
        raise PayoutMoved()
    return row


def _remark(text: str) -> str:
    text = " ".join(text.split())[:300]
    if not text:
        raise ReasonRequired()
    return text


def _tell(event: str, row: Settlement, actor: Actor, now: datetime) -> bool:
    activity.record(event, now=now, actor=actor, seller_id=row.seller_id, target_type="settlement", target_id=row.pk,
                    target_label=label(row), data={"amount_minor": row.payout_minor, "currency": row.currency,
                                                   "state": row.state, "reason": row.reason})
    return True
