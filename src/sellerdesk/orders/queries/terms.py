"""Reading terms: how a shop's error index stands, what a further error would do, what waits and what it may cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.db import db_time, fetch_all, json_param, json_rows, placeholders, utc
from sellerdesk.finance import queries as finance
from sellerdesk.finance.types import Converted
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.orders.models import Fault
from sellerdesk.orders.terms import index, steps
from sellerdesk.orders.terms.types import Calendar, Index, IndexRule, LatePolicy, Step, Tariff, WhatIf
from sellerdesk.sellers.types import SellerRef

# What lies with the seller and can be shipped; a posting that waits for somebody else is not late.
WAITING = ("awaiting_packaging", "awaiting_registration", "awaiting_deliver")


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened in a stretch of time: postings handed over, those late, errors that count, and how many of these
    errors were never handed over."""

    shipped: int
    late: int
    errors: int
    unshipped: int

    @property
    def shipments(self) -> int:
        """What the index is a share of: see index.measure."""
        return self.shipped + self.unshipped


def index_rule(at: datetime, scheme: str = "") -> IndexRule:
    rule = dated.get("orders.error_index", scheme, at)
    return IndexRule.of(rule.value, rule.id)


def day_rule(day: date) -> IndexRule:
    """The rule for the errors of a whole day: the one in force at its noon, so that no day has two."""
    return index_rule(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def today_of(now: datetime) -> date:
    """The marketplace's day."""
    return index.day_of(now, index_rule(now).time_zone)


def late_policy(at: datetime, scheme: str = "") -> LatePolicy:
    rule = dated.get("orders.late_policy", scheme, at)
    return LatePolicy.of(rule.value, rule.id)


def late_tariff(at: datetime, scheme: str = "") -> Tariff:
    rule = dated.get("orders.late_tariff", scheme, at)
    return Tariff.of(rule.value, rule.id)


def index_cap(rule: IndexRule, currency: str, at: datetime) -> Converted:
    """The most that one error costs, in the shop's currency at the day's rate."""
    return finance.convert(rule.cap_minor, rule.cap_currency, currency, at)


def calendar(warehouse: WarehouseRow | None, fallback_zone: str) -> Calendar:
    """When a warehouse works; a posting whose warehouse is gone goes by the shop's own time, every day."""
    if warehouse is None:
        return Calendar(fallback_zone)
    return Calendar(warehouse.time_zone, tuple(warehouse.working_days), tuple(warehouse.holidays))


def counts(spans: Sequence[tuple[int, datetime, datetime]]) -> list[Counts]:
    """What happened in each stretch (shop, start, end without it), in the order asked. Two queries.

    Platform-packed postings (FBO) are nobody's shipments here.
    """
    if not spans:
        return []
    param = json_param([[at, *span] for at, span in enumerate(spans)])
    source = json_rows("v", at="int", seller="int", low="time", high="time")
    shipped = dict(fetch_all(
        f"""SELECT v.at, COUNT(*) FROM {source} JOIN orders_posting p ON p.seller_id = v.seller
                AND p.handed_over_at >= v.low AND p.handed_over_at < v.high
            WHERE p.scheme <> 'fbo' GROUP BY v.at""", [param]))
    faults = {row[0]: row[1:] for row in fetch_all(
        f"""SELECT v.at, SUM(CASE WHEN f.kind = 'delay' THEN 1 ELSE 0 END), SUM(CASE WHEN f.counts THEN 1 ELSE 0 END),
                SUM(CASE WHEN f.counts AND NOT f.shipped THEN 1 ELSE 0 END)
            FROM {source} JOIN orders_fault f ON f.seller_id = v.seller AND f.at >= v.low AND f.at < v.high
            GROUP BY v.at""", [param])}
    return [Counts(int(shipped.get(at, 0)), *(int(value) for value in faults.get(at, (0, 0, 0))))
            for at in range(len(spans))]


def window_span(seller_id: int, day: date, rule: IndexRule) -> tuple[int, datetime, datetime]:
    """The stretch that the index of a day looks at."""
    first, until = index.window(day, rule)
    return seller_id, index.start_of(first, rule.time_zone), index.start_of(until, rule.time_zone)


def index_today(seller: SellerRef, now: datetime) -> Index:
    """The error index by which errors of today are charged: of the days before, without today. Two queries."""
    today = today_of(now)
    rule = day_rule(today)
    [found] = counts([window_span(seller.id, today, rule)])
    return index.measure(found.errors, found.shipments, rule)


def takes_no_orders(seller: SellerRef, now: datetime) -> bool:
    """Whether the error index stops new orders of a shop today. One query for a shop without errors, else three."""
    today = today_of(now)
    rule = day_rule(today)
    _seller, low, high = window_span(seller.id, today, rule)
    if not any(zone.block for zone in rule.zones) or not Fault.objects.filter(
            seller_id=seller.id, at__gte=low, at__lt=high, counts=True).exists():
        return False
    return index_today(seller, now).blocked


def what_if(seller: SellerRef, numbers: Iterable[str], now: datetime, *,
            amounts: Mapping[str, int] | None = None) -> WhatIf:
    """What ending these postings now by the seller's fault would cost and do to the index; unknown ones are left out.

    Fees are by today's index and of the whole posting's price, or of `amounts` (minor units by number) where only some
    of its units are cancelled. The index itself moves from tomorrow on. Three queries.
    """
    today = today_of(now)
    rule = day_rule(today)
    wanted = sorted(set(numbers))
    prices = {row[0]: row[1:] for row in fetch_all(
        f"""SELECT p.number, p.amount_minor, p.handed_over_at IS NOT NULL FROM {json_rows("v", number="text")}
            CROSS JOIN orders_posting p WHERE p.number = v.number AND p.seller_id = %s AND p.scheme <> 'fbo'""",
        [json_param([[number] for number in wanted]), seller.id])}
    [past, coming] = counts([window_span(seller.id, today, rule), window_span(seller.id, _next(today), rule)])
    standing = index.measure(past.errors, past.shipments, rule)
    cap = index_cap(rule, seller.currency, now).amount_minor
    given = amounts or {}
    counted = "cancellation" in rule.kinds
    errors = len(prices) if counted else 0
    unshipped = sum(not shipped for _amount, shipped in prices.values()) if counted else 0
    return WhatIf(
        today=standing, before=index.measure(coming.errors, coming.shipments, rule),
        after=index.measure(coming.errors + errors, coming.shipments + unshipped, rule),
        fees_minor={number: index.fee_minor(standing, given.get(number, amount), cap)
                    for number, (amount, _shipped) in prices.items()},
        currency=seller.currency, room=index.room(coming.errors, coming.shipments, rule))


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def posting_steps(seller: SellerRef, *, ship_by: datetime, amount_minor: int, scheme: str, where: Calendar,
                  standing: Index, now: datetime) -> tuple[Step, ...]:
    """The dated steps of a posting that waits for its hand-over, with what each would cost by today's index. No query.
    """
    rule, tariff = day_rule(today_of(now)), late_tariff(ship_by, scheme)
    return steps.schedule(
        ship_by, steps.cancels_at(ship_by, where, late_policy(ship_by, scheme)), amount_minor, tariff,
        finance.convert(tariff.cap_minor, tariff.cap_currency, seller.currency, now).amount_minor,
        index.fee_minor(standing, amount_minor, index_cap(rule, seller.currency, now).amount_minor), standing.fee_bp)


def tariff_steps(*, ship_by: datetime, amount_minor: int, currency: str, scheme: str, now: datetime
                 ) -> tuple[Step, ...]:
    """The steps of the late tariff alone: on time, then each surcharge. No query."""
    tariff = late_tariff(ship_by, scheme)
    cap = finance.convert(tariff.cap_minor, tariff.cap_currency, currency, now).amount_minor
    # Without a calendar nobody knows when the posting ends, so that step is not among them.
    return steps.schedule(ship_by, datetime.max.replace(tzinfo=UTC), amount_minor, tariff, cap, 0)[:-1]


def standing(made: Sequence[Step], now: datetime) -> tuple[Step, Step | None]:
    """The step in force and the one that comes next, if any."""
    return steps.standing(made, now)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A posting that waits for its hand-over, with where it stands in its term.

    `at_risk_minor` is what is lost if it ends by itself: the sale, and the penalty by today's index.
    """

    id: int
    number: str
    ship_by: datetime
    amount_minor: int
    warehouse_id: int
    current: Step
    following: Step | None
    at_risk_minor: int


#: Days that the queue looks ahead.
QUEUE_DAYS = 2
_MOST_WAITING = 2000


def waiting(seller: SellerRef, now: datetime, warehouse_ids: Sequence[int] = ()) -> list[Waiting]:
    """What is overdue or due soon, by money at risk, the dearest first; of equal ones the earlier deadline.

    Four queries. Looks at the `_MOST_WAITING` with the earliest deadlines.
    """
    return dearest(seller, now, warehouse_ids, limit=_MOST_WAITING)[0]


def dearest(seller: SellerRef, now: datetime, warehouse_ids: Sequence[int] = (), *, limit: int,
            standing: Index | None = None) -> tuple[list[Waiting], int]:
    """The first so many of what waits, and how many wait in all. Steps are made of those alone.

    `standing` is today's index where it has been asked for already. Four queries at most.
    """
    rows = fetch_all(
        f"""SELECT id, number, ship_by, amount_minor, warehouse_id, scheme FROM orders_posting
            WHERE seller_id = %s AND state IN ({placeholders(WAITING)}) AND handed_over_at IS NULL
                AND scheme <> 'fbo' AND ship_by <= %s
                {f"AND warehouse_id IN ({placeholders(warehouse_ids)})" if warehouse_ids else ""}
            ORDER BY ship_by, id LIMIT %s""",
        [seller.id, *WAITING, db_time(now + timedelta(days=QUEUE_DAYS)), *warehouse_ids, _MOST_WAITING])
    if not rows:
        return [], 0
    places = {row.id: row for row in inventory.warehouses(seller)}
    today = standing or index_today(seller, now)
    cap = index_cap(day_rule(today_of(now)), seller.currency, now).amount_minor
    # Rows come by deadline and id, and sorting keeps the order of equals.
    risks = sorted(((row[3] + index.fee_minor(today, row[3], cap), row) for row in rows), key=lambda one: -one[0])
    found = []
    for at_risk, (id_, number, due, amount_minor, warehouse_id, scheme) in risks[:limit]:
        ship_by = utc(due)
        assert ship_by is not None
        made = posting_steps(seller, ship_by=ship_by, amount_minor=amount_minor, scheme=scheme, standing=today,
                             where=calendar(places.get(warehouse_id), seller.time_zone), now=now)
        current, following = steps.standing(made, now)
        found.append(Waiting(id_, number, ship_by, amount_minor, warehouse_id, current, following, at_risk))
    return found, len(rows)


def shops_waiting(until: datetime) -> list[int]:
    """Shops with postings that are due before a moment and were not handed over. One query."""
    return [row[0] for row in fetch_all(
        f"""SELECT DISTINCT seller_id FROM orders_posting WHERE handed_over_at IS NULL AND cancelled_at IS NULL
           AND {clock.shops_sql('seller_id')} AND ship_by <= %s ORDER BY seller_id""", [db_time(until)])]


def day_start(day: date) -> datetime:
    """When a marketplace's day begins."""
    return index.start_of(day, day_rule(day).time_zone)
