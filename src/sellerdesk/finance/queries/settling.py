"""Periods, payouts and where they go. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Sum

from sellerdesk.core import clock, crypto, tally
from sellerdesk.core import rules as dated
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.core.paging import keyset
from sellerdesk.core.rules import Rule
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.finance import periods, states
from sellerdesk.finance.errors import SettlementUnknown
from sellerdesk.finance.models import BankAccount, Settlement, ShopBalance, Transaction
from sellerdesk.finance.periods import Calendar
from sellerdesk.finance.queries.ledger import balance_before, flow, totals
from sellerdesk.finance.rules import PAYOUTS
from sellerdesk.finance.types import (
    BankDetails,
    BankOrder,
    BankView,
    CalendarRow,
    Check,
    Held,
    Purse,
    Run,
    SettlementRow,
    Statement,
)
from sellerdesk.sellers.types import SellerRef

PURPOSE = "finance.bank"
_ROW = ("id", "seller_id", "number", "kind", "start_day", "end_day", "currency", "opening_minor", "accrued_minor",
        "late_minor", "payout_minor", "closing_minor", "state", "reason", "remark", "pay_by", "planned_at",
        "approved_at", "held_at", "attempts", "paid_at", "closed_at", "changed_at", "until_at", "bank_account__tail")
_AHEAD = 5
_AT_ONCE = 500


def calendar_at(at: datetime) -> Calendar:
    """The calendar of settlements in force. Raises Unavailable `rule_missing`."""
    rule = dated.get("finance.settlement", "", at)
    return periods.calendar_of(rule.value, rule.id)


def minimum_at(currency: str, at: datetime) -> Rule:
    """The smallest payout of the marketplace: `value["minor"]`. Raises Unavailable `rule_missing`."""
    return dated.get("finance.payout_minimum", currency, at)


def freeze_hours(at: datetime) -> int:
    """For how long nothing is paid to new bank details. Raises Unavailable `rule_missing`."""
    return int(dated.get("finance.bank_freeze", "", at).value["hours"])


def approval_at(at: datetime) -> Rule:
    """Whether payouts go to the bank by themselves: `value["auto"]`. Raises Unavailable `rule_missing`."""
    return dated.get("finance.payout_approval", "", at)


def bank(seller: SellerRef) -> BankView | None:
    """Where the shop is paid, without the number. One query."""
    return _banks([seller.id]).get(seller.id)


def _banks(seller_ids: Sequence[int]) -> dict[int, BankView]:
    rows = BankAccount.objects.filter(seller_id__in=seller_ids).order_by("id").values_list(
        "seller_id", "id", "bank_name", "tail", "currency", "added_at", "frozen_until", "added_by")
    return {row[0]: BankView(*row[1:]) for row in rows}


def bank_details(seller: SellerRef, bank_id: int) -> BankDetails:
    """The details in full, for the one who pays. One query. Raises SettlementUnknown where they were erased."""
    kept = BankAccount.objects.filter(seller_id=seller.id, pk=bank_id).values_list("details", flat=True).first()
    if not kept:
        raise SettlementUnknown()
    return _opened(kept)


def _opened(kept: Any) -> BankDetails:
    return msgspec.json.decode(crypto.decrypt(bytes(kept), PURPOSE), type=BankDetails)


def _row(values: tuple[Any, ...]) -> SettlementRow:
    return SettlementRow(*(*values[:-1], values[-1] or ""))


def settlements(seller: SellerRef, *, limit: int = 60) -> list[SettlementRow]:
    """The latest closed periods and their payouts, the newest first. One query."""
    return settlements_page(seller, limit=limit).rows


def settlements_page(seller: SellerRef, *, cursor: str | None = None, limit: int = 50) -> Page[SettlementRow]:
    """Closed periods and their payouts, the newest first. One query."""
    return keyset(Settlement.objects.filter(seller_id=seller.id), "-number", cursor=cursor, limit=limit,
                  columns=_ROW).map(_row)


def settlement(seller: SellerRef, settlement_id: int) -> SettlementRow:
    """One of them. One query. Raises SettlementUnknown."""
    row = Settlement.objects.filter(seller_id=seller.id, pk=settlement_id).values_list(*_ROW).first()
    if row is None:
        raise SettlementUnknown()
    return _row(row)


def made_of(seller: SellerRef, settlement_id: int) -> dict[str, int]:
    """What the days of a closed period brought, kind by kind. Two queries. Raises SettlementUnknown."""
    bounds = Settlement.objects.filter(seller_id=seller.id, pk=settlement_id).values_list("from_at", "until_at").first()
    if bounds is None:
        raise SettlementUnknown()
    return dict(totals(seller, *bounds).by_kind)


def statement(seller: SellerRef, since: datetime, until: datetime) -> Statement:
    """The balance at two moments and what moved it. Three queries."""
    bookings = Transaction.objects.filter(seller_id=seller.id)
    payments = bookings.filter(at__gte=since, at__lt=until, kind__in=PAYOUTS).order_by("at", "id").values_list(
        "amount_minor", flat=True)
    return Statement(since, until, seller.currency, balance_before(seller, since), totals(seller, since, until),
                     tuple(-amount for amount in payments))


def half_months(seller: SellerRef, since: datetime, until: datetime, now: datetime) -> list[tuple[datetime, datetime]]:
    """The periods of the shop's calendar that begin between two moments and have begun by now, as their bounds.

    No query once the rules are read.
    """
    calendar = calendar_at(now)
    found: list[tuple[datetime, datetime]] = []
    for period in periods.periods_from(periods.local_day(since, seller.time_zone), calendar):
        begin, end = periods.bounds(period.start, period.end, seller.time_zone)
        if begin > until or begin > now:
            return found
        if begin >= since - timedelta(days=1):
            found.append((begin, end))
    return found


def purse(seller: SellerRef, now: datetime) -> Purse:
    """The home of money: what the shop gets and when, and why not at once. Five queries."""
    calendar, least = calendar_at(now), minimum_at(seller.currency, now)
    kept = ShopBalance.objects.filter(pk=seller.id).values_list("payout_mode", "minimum_minor").first()
    mode, own = kept or ("auto", 0)
    account = bank(seller)
    today = periods.local_day(now, seller.time_zone)
    period = periods.period_of(today, calendar)
    since = periods.midnight(period.start, seller.time_zone)
    opening, moved = flow(seller, since)
    accrued, paid = moved.accrued_minor, moved.paid_minor
    open_rows = [_row(row) for row in Settlement.objects.filter(
        seller_id=seller.id, state__in=(states.AWAITING, states.FAILED)).order_by("number").values_list(*_ROW)]
    last = Settlement.objects.filter(seller_id=seller.id).order_by("-number").values_list(*_ROW).first()
    held = [_held(row, account, now) for row in open_rows]
    rest = _carried(_row(last)) if last else None
    if rest:
        held.append(rest)
    forming = opening + accrued - paid - sum(part.amount_minor for part in held)
    if forming or not held:
        # What a period left that has ended and is not closed yet is counted with the one that runs.
        held.append(Held("forming", forming, periods.planned_at(period.pay_by, calendar, seller.time_zone),
                         start_day=period.start, end_day=period.end, pay_by=period.pay_by))
    rows = []
    for one in periods.periods_from(period.start, calendar):
        rows.append(CalendarRow(one.start, one.end, periods.closes_at(one, calendar, seller.time_zone),
                                periods.planned_at(one.pay_by, calendar, seller.time_zone), one.pay_by,
                                one.start == period.start))
        if len(rows) == _AHEAD:
            break
    return Purse(seller.currency, since, period.start, opening, accrued, paid, opening + accrued - paid, tuple(held),
                 tuple(rows), account, mode, max(own, least.value["minor"]), own, least.value["minor"], least.source)


def _held(row: SettlementRow, account: BankView | None, now: datetime) -> Held:
    """Why a closed payout is not at the bank yet."""
    free: datetime | None = max(row.planned_at, row.approved_at or row.planned_at)
    if row.state == states.FAILED:
        why, free = "failed", None
    elif row.held_at is not None:
        why, free = "held", None
    elif account is None:
        why, free = "no_bank", None
    elif account.frozen_until > max(row.planned_at, now):
        why, free = "frozen", account.frozen_until
    elif row.approved_at is None:
        why = "approval"
    else:
        why = "awaiting"
    return Held(why, row.payout_minor, free, row.id, row.start_day, row.end_day, row.reason, row.remark, row.pay_by)


def _carried(last: SettlementRow) -> Held | None:
    if not last.closing_minor:
        return None
    why = "negative" if last.closing_minor < 0 else last.reason if last.reason in ("manual", "minimum") else "minimum"
    return Held(why, last.closing_minor, None, last.id, last.start_day, last.end_day)


def runs(*, cursor: str | None = None, limit: int = 40) -> Page[Run]:
    """Payouts of all shops by their last day and currency, the newest first. One query. For the operator."""
    place = _run_place(cursor) if cursor else None
    made = _runs(Q(pay_by__lte=place[0]) if place else Q())
    if place:
        made = [one for one in made if one.pay_by < place[0] or (one.pay_by == place[0] and one.currency > place[1])]
    last = made[limit - 1] if len(made) > limit else None
    return Page(made[:limit], cursor_encode(last.pay_by.isoformat(), last.currency) if last else "")


def run_of(pay_by: date, currency: str) -> Run:
    """One of them. One query. Raises SettlementUnknown where nothing is due. For the operator."""
    found = _runs(Q(pay_by=pay_by, currency=currency))
    if not found:
        raise SettlementUnknown()
    return found[0]


def _runs(wanted: Q) -> list[Run]:
    found: dict[tuple[date, str], dict[str, tuple[int, int]]] = defaultdict(dict)
    rows = Settlement.objects.filter(wanted, clock.shops()).exclude(state=states.CARRIED).values_list(
        "pay_by", "currency", "state", ExpressionWrapper(Q(held_at=None), BooleanField()),
        ExpressionWrapper(Q(approved_at=None), BooleanField())).annotate(
        payouts=Count("id"), amount=Sum("payout_minor")).order_by("-pay_by", "currency")
    for day, currency, state, free, new, payouts, amount in rows:
        by = found[day, currency]
        name = state if state != states.AWAITING else "held" if not free else "approval" if new else state
        kept = by.get(name, (0, 0))
        by[name] = kept[0] + payouts, kept[1] + amount
    return [Run(day, currency, sum(one[0] for one in by.values()), sum(one[1] for one in by.values()), by)
            for (day, currency), by in found.items()]


def _run_place(cursor: str) -> tuple[date, str]:
    day, currency = cursor_decode(cursor, 2)
    try:
        return date.fromisoformat(day), str(currency)
    except (TypeError, ValueError):
        raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]}) from None


def run_rows(pay_by: date, currency: str, *, cursor: str | None = None, limit: int = 50
             ) -> Page[tuple[SettlementRow, BankView | None]]:
    """The payouts of one run, and where each shop is paid; open ones first. Two queries. For the operator."""
    page = keyset(Settlement.objects.filter(clock.shops(), pay_by=pay_by, currency=currency).exclude(
        state=states.CARRIED), "state", "-payout_minor", "id", cursor=cursor, limit=limit, columns=_ROW).map(_row)
    banks = _banks([row.seller_id for row in page.rows])
    return page.map(lambda row: (row, banks.get(row.seller_id)))


def market_settlement(settlement_id: int) -> SettlementRow:
    """A payout of any shop. One query. Raises SettlementUnknown. For the operator."""
    row = Settlement.objects.filter(pk=settlement_id).values_list(*_ROW).first()
    if row is None:
        raise SettlementUnknown()
    return _row(row)


def waiting() -> Tally:
    """How many payouts wait for the operator: not approved, or failed."""
    return (tally.rows(Settlement.objects.filter(clock.shops(), state=states.AWAITING, approved_at=None))
            + tally.rows(Settlement.objects.filter(clock.shops(), state=states.FAILED).exclude(reason="no_bank")))


def bank_orders(now: datetime, *, limit: int = _AT_ONCE) -> list[BankOrder]:
    """What the bank is to pay by now, of all shops: approved, not held, to details that are not frozen. Two queries."""
    rows = [_row(row) for row in Settlement.objects.filter(
        clock.shops(), state=states.AWAITING, planned_at__lte=now, approved_at__lte=now, held_at=None).order_by(
        "planned_at", "id").values_list(*_ROW)[:limit]]
    newest: dict[int, tuple[Any, datetime]] = {}
    accounts = BankAccount.objects.filter(seller_id__in={row.seller_id for row in rows}).order_by("id")
    for seller_id, details, frozen in accounts.values_list("seller_id", "details", "frozen_until"):
        newest[seller_id] = details, frozen
    orders = []
    for row in rows:
        details, frozen = newest.get(row.seller_id, (None, now))
        if details and frozen <= now and row.approved_at:
            orders.append(BankOrder(row.id, row.seller_id, row.number, row.attempts, row.payout_minor, row.currency,
                                    max(row.planned_at, row.approved_at, frozen), _opened(details)))
    return orders


def last_check() -> Check:
    """What the newest proof of all balances found. One query. For the operator."""
    rows = list(ShopBalance.objects.filter(clock.shops()).values_list("seller_id", "difference_minor", "checked_at"))
    times = [at for *_, at in rows if at]
    return Check(len(times), tuple(id_ for id_, difference, _ in rows if difference), (),
                 max(times, default=None))


def next_noon(at: datetime, zone: str, calendar: Calendar) -> datetime:
    """The next time the bank is asked after a moment."""
    day = periods.local_day(at, zone)
    found = periods.planned_at(day + timedelta(days=calendar.lead_days), calendar, zone)
    return found if found > at else periods.planned_at(day + timedelta(days=calendar.lead_days + 1), calendar, zone)
