"""Closing periods: what a shop is owed becomes a payout, or waits for the next one with its reason.

Figures of a closed period never change. What is booked for its days afterwards counts in the period that runs.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, Sum

from sellerdesk.core import activity, clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.money import Money
from sellerdesk.finance import events, periods, rules, states
from sellerdesk.finance.errors import BelowMinimum, NothingToPay
from sellerdesk.finance.models import Settlement, ShopBalance, Transaction
from sellerdesk.finance.queries import settling as reading
from sellerdesk.finance.rules import PAYOUTS
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

CASHIER = Actor.system("settlements")
_AT_ONCE = 200


def close_due(*, now: datetime) -> int:
    """Close every period that is final by now, of all shops, each at its own moment. Returns how many were closed."""
    done = 0
    while True:
        # A shop may say how it wants to be paid before anything is booked; its first period begins with a booking.
        rows = list(ShopBalance.objects.filter(
            clock.shops(), Q(closes_at=None, bookings__gt=0) | Q(closes_at__lte=now)).order_by(
            "closes_at", "seller_id")[:_AT_ONCE])
        if not rows:
            return done
        for kept in rows:
            seller = sellers.seller_ref(kept.seller_id)
            if kept.closes_at is None:
                _begin(seller)
            else:
                done += _close(seller, kept)


def _begin(seller: SellerRef) -> None:
    """The first period of a shop is that of its first booking."""
    first = Transaction.objects.filter(seller_id=seller.id).order_by("at").values_list("at", flat=True)[0]
    calendar = reading.calendar_at(first)
    period = periods.period_of(periods.local_day(first, seller.time_zone), calendar)
    ShopBalance.objects.filter(pk=seller.id, closes_at=None).update(
        period_start=period.start, period_end=period.end,
        closes_at=periods.closes_at(period, calendar, seller.time_zone))


def _close(seller: SellerRef, kept: ShopBalance) -> int:
    assert kept.period_start is not None
    assert kept.period_end is not None
    assert kept.closes_at is not None
    calendar = reading.calendar_at(kept.closes_at)
    period = periods.Period(kept.period_start, kept.period_end, periods.period_of(kept.period_end, calendar).pay_by)
    following = periods.following(period, calendar)
    with atomic():
        locked(f"settlement:{seller.id}")
        moved = ShopBalance.objects.filter(pk=seller.id, closes_at=kept.closes_at).update(
            period_start=following.start, period_end=following.end,
            closes_at=periods.closes_at(following, calendar, seller.time_zone))
        if not moved:
            return 0
        since, until = periods.bounds(period.start, period.end, seller.time_zone)
        planned = max(periods.planned_at(period.pay_by, calendar, seller.time_zone), kept.closes_at)
        return int(_write(seller, kind="period", start=period.start, end=period.end, since=since, until=until,
                          pay_by=period.pay_by, planned=planned, rule_id=calendar.rule_id, mode=kept.payout_mode,
                          least=max(kept.minimum_minor, reading.minimum_at(seller.currency, until).value["minor"]),
                          at=kept.closes_at))


def _write(seller: SellerRef, *, kind: str, start: date, end: date, since: datetime, until: datetime, pay_by: date,
           planned: datetime, rule_id: int, mode: str, least: int, at: datetime, actor: Actor = CASHIER) -> bool:
    """The next link of the shop's chain; none where nothing moved and nothing is owed."""
    last = Settlement.objects.filter(seller_id=seller.id).order_by("-number").first()
    opening = last.closing_minor if last else 0
    since = max(since, last.until_at) if last else since
    until = max(until, since)
    accruals = Transaction.objects.filter(seller_id=seller.id, at__lt=until).exclude(kind__in=PAYOUTS)
    whole = accruals.aggregate(amount=Sum("amount_minor"))["amount"] or 0
    own = accruals.filter(at__gte=since).aggregate(amount=Sum("amount_minor"))["amount"] or 0
    taken = Settlement.objects.filter(seller_id=seller.id).aggregate(amount=Sum("payout_minor"))["amount"] or 0
    available = whole - taken
    accrued = available - opening
    if not accrued and not opening:
        return False
    payout, reason = rules.payable(available, least, mode)
    row = Settlement.objects.create(
        seller_id=seller.id, number=last.number + 1 if last else 1, kind=kind, start_day=start, end_day=end,
        from_at=since, until_at=until, currency=seller.currency, opening_minor=opening, accrued_minor=accrued,
        late_minor=accrued - own, payout_minor=payout, closing_minor=available - payout,
        state=states.AWAITING if payout else states.CARRIED, reason=reason, rule_id=rule_id, pay_by=pay_by,
        planned_at=planned, approved_at=at if _approved_alone(seller, at) else None, closed_at=at, changed_at=at)
    activity.record(events.PERIOD_CLOSED if kind == "period" else events.PAYOUT_ASKED, now=at, actor=actor,
                    seller_id=seller.id, target_type="settlement", target_id=row.pk, target_label=label(row),
                    data={"amount_minor": payout, "currency": seller.currency, "state": row.state, "reason": reason,
                          "pay_by": pay_by.isoformat()})
    return True


def label(row: Settlement) -> str:
    """The days of a period, in every language alike."""
    return f"{row.start_day.isoformat()} – {row.end_day.isoformat()}"


def _approved_alone(seller: SellerRef, at: datetime) -> bool:
    """Whether payouts go to the bank by themselves, or an operator approves each run: the rule
    `finance.payout_approval`. No operator, and no real bank, ever sees those of a test shop."""
    return seller.twin_of is not None or bool(reading.approval_at(at).value["auto"])


def ask_payout(*, seller: SellerRef, actor: Actor, now: datetime) -> None:
    """Pay out what closed periods have left, at the bank's next day. Raises NothingToPay or BelowMinimum."""
    calendar = reading.calendar_at(now)
    least = reading.minimum_at(seller.currency, now).value["minor"]
    with atomic():
        locked(f"settlement:{seller.id}")
        last = Settlement.objects.filter(seller_id=seller.id).order_by("-number").first()
        if last is None or last.closing_minor <= 0:
            raise NothingToPay()
        if last.closing_minor < least:
            raise BelowMinimum(data={"amount": str(Money(last.closing_minor, seller.currency)),
                                     "minimum": str(Money(least, seller.currency))})
        planned = reading.next_noon(now, seller.time_zone, calendar)
        _write(seller, kind="manual", start=last.start_day, end=last.end_day, since=last.until_at,
               until=last.until_at, pay_by=periods.local_day(planned, seller.time_zone), planned=planned,
               rule_id=calendar.rule_id, mode="auto", least=least, at=now, actor=actor)


def settle_closing(*, now: datetime) -> int:
    """A shop that closes and whose days to think are over is paid everything, however little, without waiting for a
    period's end. Returns how many payouts were made ready."""
    done = 0
    rows = ShopBalance.objects.filter(clock.shops(), balance_minor__gt=0, seller__state="closing").order_by("seller_id")
    for seller_id in rows.values_list("seller_id", flat=True)[:_AT_ONCE]:
        seller = sellers.seller_ref(seller_id)
        closing = sellers.closing(seller)
        if closing is None or closing.due_at > now:
            continue
        calendar = reading.calendar_at(now)
        planned = reading.next_noon(now, seller.time_zone, calendar)
        today = periods.local_day(now, seller.time_zone)
        with atomic():
            locked(f"settlement:{seller.id}")
            if _owed_beyond_payouts(seller, now):
                done += _write(seller, kind="closing", start=periods.period_of(today, calendar).start, end=today,
                               since=now - timedelta(days=1), until=now,
                               pay_by=periods.local_day(planned, seller.time_zone), planned=planned,
                               rule_id=calendar.rule_id, mode="auto", least=1, at=now)
    return done


def _owed_beyond_payouts(seller: SellerRef, now: datetime) -> bool:
    whole = Transaction.objects.filter(seller_id=seller.id, at__lt=now).exclude(kind__in=PAYOUTS).aggregate(
        amount=Sum("amount_minor"))["amount"] or 0
    taken = Settlement.objects.filter(seller_id=seller.id).aggregate(amount=Sum("payout_minor"))["amount"] or 0
    return bool(whole - taken > 0)
