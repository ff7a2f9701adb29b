"""Judging errors when their day has ended: the index is known, the fee is found, booked and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sellerdesk.core import activity, clock
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, is_postgres, json_param, json_rows, locked, utc
from sellerdesk.finance import queries as finance_queries
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import Charge
from sellerdesk.orders import events
from sellerdesk.orders.models import Fault, TermDay
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.terms import index, steps
from sellerdesk.orders.terms.types import DELAY, Index, IndexRule
from sellerdesk.sellers import queries as sellers

JUDGE = Actor.system("terms")
LOCK = "orders.terms"
_BATCH = 1000
_DAY = timedelta(days=1)
# How far back days are written for charts when an installation begins to write them.
_HISTORY_DAYS = 28
COLUMNS = ("id", "seller_id", "number", "kind", "at", "day", "price_minor", "currency", "counts", "excluded",
          "evidence", "amount_minor")


@dataclass(frozen=True, slots=True)
class Open:
    """An error on its way to a fee."""

    id: int
    seller_id: int
    number: str
    kind: str
    at: datetime
    day: date
    price_minor: int
    currency: str
    counts: bool
    excluded: str
    evidence: dict[str, Any]
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Fee:
    """What an error costs, and by what: everything the ledger shows as the formula's inputs."""

    amount_minor: int
    fee_bp: int
    cap_minor: int
    index: Index
    rule_id: int
    rate_rule_id: int | None


def judge_days(*, now: datetime) -> int:
    """Judge the errors of all days that have ended, and write how those days ended. Returns how many were judged.

    A day ends at midnight of the marketplace. The fee of an error is found by the index of its own day, which looks at
    the days before, so the order in which errors are judged does not matter. Booked at the midnight that ends the day.
    """
    today = reading.today_of(now)
    close_days(today)
    judged = 0
    while True:
        with atomic():
            locked(LOCK)
            rows = [Open(*row) for row in Fault.objects.filter(clock.shops(), judged_at=None, day__lt=today).order_by(
                "day", "id").values_list(*COLUMNS)[:_BATCH]]
            judge(rows)
            judged += len(rows)
            write_days({(row.seller_id, row.day) for row in rows})
        if len(rows) < _BATCH:
            break
    return judged


def judge(rows: Sequence[Open]) -> None:
    """Find, keep, book and tell the fees of errors not judged before. A fixed number of statements."""
    fees = fees_of(rows)
    changed = {row[0] for row in _save([(row.id, day_end(row), fees[row.id], fees[row.id].amount_minor)
                                        for row in rows], "AND orders_fault.judged_at IS NULL")} if rows else set()
    fresh = [row for row in rows if row.id in changed]
    finance.book_charges(charges=[
        Charge(row.seller_id, f"{row.number}:{row.kind}", "penalty", row.number, row.currency, day_end(row),
               -fees[row.id].amount_minor, fees[row.id].rule_id) for row in fresh])
    activity.record_many([
        Entry(events.PENALTY_CHARGED, day_end(row), JUDGE, row.seller_id, "posting", row.number, row.number,
              data={"amount_minor": fees[row.id].amount_minor, "currency": row.currency, "kind": row.kind,
                    "index_bp": fees[row.id].index.bp, "fault_id": row.id})
        for row in fresh if fees[row.id].amount_minor])


def day_end(row: Open) -> datetime:
    """The midnight that ends the error's day."""
    return index.start_of(row.day + _DAY, reading.day_rule(row.day).time_zone)


def fees_of(rows: Sequence[Open]) -> dict[int, Fee]:
    """The fee of each error by the index of its day, as the counts stand now. Two queries."""
    days = sorted({(row.seller_id, row.day) for row in rows})
    rules = {row.day: reading.day_rule(row.day) for row in rows}
    windows = dict(zip(days, reading.counts([
        reading.window_span(seller_id, day, rules[day]) for seller_id, day in days]), strict=True))
    found = {}
    for row in rows:
        rule, window = rules[row.day], windows[row.seller_id, row.day]
        standing = index.measure(window.errors, window.shipments, rule)
        found[row.id] = _delay_fee(row, standing) if row.kind == DELAY else _index_fee(row, standing, rule)
    return found


def _index_fee(row: Open, standing: Index, rule: IndexRule) -> Fee:
    cap = reading.index_cap(rule, row.currency, row.at)
    amount = index.fee_minor(standing, row.price_minor, cap.amount_minor) if row.counts else 0
    return Fee(amount, standing.fee_bp, cap.amount_minor, standing, rule.rule_id, cap.rule_id)


def _delay_fee(row: Open, standing: Index) -> Fee:
    """By the late tariff in force at the deadline. A delay that a dispute has struck out costs nothing."""
    deadline = utc(row.evidence["ship_by"])
    assert deadline is not None
    tariff = reading.late_tariff(deadline, row.evidence["scheme"])
    cap = finance_queries.convert(tariff.cap_minor, tariff.cap_currency, row.currency, row.at)
    bp = steps.late_bp(deadline, row.at, tariff)
    amount = 0 if row.excluded == "dispute" else index.capped(row.price_minor, bp, cap.amount_minor)
    return Fee(amount, bp, cap.amount_minor, standing, tariff.rule_id, cap.rule_id)


def _save(rows: Sequence[tuple[int, datetime | None, Fee, int]], guard: str) -> list[tuple[Any, ...]]:
    """Keep fees with all they were found by: (error, judged at, fee, first fee). Returns the ids changed."""
    return fetch_all(
        f"""UPDATE orders_fault SET judged_at = COALESCE(v.at, orders_fault.judged_at), index_errors = v.errors,
                index_shipments = v.shipments, index_bp = v.bp, grace = v.grace, fee_bp = v.fee_bp, cap_minor = v.cap,
                amount_minor = v.amount, first_minor = CASE WHEN v.at IS NULL THEN orders_fault.first_minor
                                                            ELSE v.first END,
                rule_id = v.rule, rate_rule_id = v.rate
            FROM {json_rows("v", id="int", at="time", errors="int", shipments="int", bp="int", grace="bool",
                            fee_bp="int", cap="int", amount="int", first="int", rule="int", rate="int")}
            WHERE orders_fault.id = v.id {guard} RETURNING orders_fault.id""",
        [json_param([(id_, at, fee.index.errors, fee.index.shipments, fee.index.bp, fee.index.grace, fee.fee_bp,
                      fee.cap_minor, fee.amount_minor, first, fee.rule_id, fee.rate_rule_id)
                     for id_, at, fee, first in rows])])


def keep_corrected(fees: Sequence[tuple[int, Fee]]) -> None:
    """Keep the fees of errors judged before, as they stand after a dispute. One statement."""
    if fees:
        _save([(id_, None, fee, 0) for id_, fee in fees], "")


def close_days(today: date) -> None:
    """Write the days that have ended since the last time, for every selling shop of the clock; one query without any.

    Comes before whatever writes single days anew, because the newest day written tells how far this has come.
    """
    newest = TermDay.objects.filter(clock.shops()).order_by("-day").values_list("day", flat=True).first()
    if newest is not None and newest >= today - _DAY:
        return
    first = max(newest + _DAY, today - _HISTORY_DAYS * _DAY) if newest else today - _HISTORY_DAYS * _DAY
    days = [first + index_ * _DAY for index_ in range((today - first).days)]
    with atomic():
        locked(LOCK)
        shops = [seller.id for seller in sellers.active_sellers()]
        for day in days:
            write_days({(seller_id, day) for seller_id in shops})


def write_days(pairs: Iterable[tuple[int, date]]) -> None:
    """Write how days of shops ended, or write them anew. Six statements for any number of them."""
    wanted = sorted(set(pairs))
    if not wanted:
        return
    rules = {day: reading.day_rule(day) for _seller, day in wanted}
    spans = [(seller_id, index.start_of(day, rules[day].time_zone), index.start_of(day + _DAY, rules[day].time_zone))
             for seller_id, day in wanted]
    own = reading.counts(spans)
    windows = reading.counts([reading.window_span(seller_id, day, rules[day]) for seller_id, day in wanted])
    charged = _charged(spans)
    rows = []
    for at, (seller_id, day) in enumerate(wanted):
        standing = index.measure(windows[at].errors, windows[at].shipments, rules[day])
        rows.append((seller_id, day.isoformat(), own[at].shipped, own[at].late, own[at].errors, charged.get(at, 0),
                     standing.errors, standing.shipments, standing.bp, windows[at].shipped, windows[at].late,
                     standing.blocked, rules[day].rule_id))
    day_ = "v.day::date" if is_postgres() else "v.day"
    names = ("shipped", "late", "errors", "charged_minor", "index_errors", "index_shipments", "index_bp",
             "window_shipped", "window_late", "blocked", "rule_id")
    kinds = {name: "bool" if name == "blocked" else "int" for name in names}
    execute(
        f"""INSERT INTO orders_termday (seller_id, day, {", ".join(names)})
            SELECT v.seller, {day_}, {", ".join(f"v.{name}" for name in names)}
            FROM {json_rows("v", seller="int", day="text", **kinds)} WHERE TRUE
            ON CONFLICT (seller_id, day) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in names)}""",
        [json_param(rows)])


def _charged(spans: Sequence[tuple[int, datetime, datetime]]) -> dict[int, int]:
    """What the errors of each stretch cost as it stands now."""
    return {at: int(amount) for at, amount in fetch_all(
        f"""SELECT v.at, SUM(f.amount_minor) FROM {json_rows("v", at="int", seller="int", low="time", high="time")}
            JOIN orders_fault f ON f.seller_id = v.seller AND f.at >= v.low AND f.at < v.high GROUP BY v.at""",
        [json_param([[at, *span] for at, span in enumerate(spans)])])}
