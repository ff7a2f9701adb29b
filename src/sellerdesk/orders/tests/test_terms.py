"""Terms kept by the clock: ends, errors, fees."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.finance.models import Line
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders import queries, services
from sellerdesk.orders.models import Fault, Posting, TermDay
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.services import terms
from sellerdesk.orders.types import Cancellation, Placed, Refusal

MOSCOW = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)


@pytest.fixture
def full(stall):
    """A shelf that never empties."""
    inventory.set_stocks(seller=stall.seller, actor=stall.actor, now=stall.now + timedelta(minutes=1), changes=[
        StockInput(warehouse_id=stall.warehouse_id, stock=5_000, product_id=stall.mug)])
    return stall


def shipped(stall, count: int, at: datetime) -> list[str]:
    """Postings ordered a day before `at`, and handed over then."""
    numbers = stall.place(*(stall.request((stall.mug, 1), at=at - DAY) for _ in range(count)))
    services.ship_many(seller=stall.seller, numbers=numbers, actor=stall.actor, now=at)
    services.hand_over(seller=stall.seller, numbers=numbers, actor=stall.actor, now=at)
    return numbers


def cancel(stall, number: str, at: datetime, reason_id: int = 352) -> None:
    services.cancel_posting(seller=stall.seller, number=number, reason_id=reason_id, message="why", by="seller",
                            actor=stall.actor, now=at)


def charged(stall, kind: str = "penalty") -> list[int]:
    return list(Line.objects.filter(seller_id=stall.seller.id, account="seller", kind=kind).order_by("id").values_list(
        "amount_minor", flat=True))


# Ordered on Monday 12:00 in Moscow, due on Tuesday 18:00, ended by the clock at the midnight that ends Wednesday.
ENDS = datetime(2026, 11, 25, 21, 0, tzinfo=UTC)


def test_what_nobody_handed_over_ends_by_itself_at_its_own_moment(stall) -> None:
    waiting, packed = stall.place()[0], stall.packed()[0]
    gone = stall.handed_over()[0]

    assert terms.end_overdue(now=ENDS - timedelta(seconds=1)) == 0
    assert terms.end_overdue(now=ENDS + timedelta(days=3)) == 2
    assert terms.end_overdue(now=ENDS + timedelta(days=3)) == 0

    for number in (waiting, packed):
        card = queries.posting(stall.seller, number)
        assert (card.state, card.cancel_reason_id, card.cancelled_by) == ("cancelled", 507, "platform")
        assert card.cancelled_at == ENDS
    assert stall.place_of(gone) == ("awaiting_deliver", "posting_in_carriage")
    assert stall.shelf(stall.mug) == (20, 1)
    faults = list(Fault.objects.order_by("number").values_list("number", "kind", "at", "counts", "shipped"))
    assert faults == [(number, "cancellation", ENDS, True, False) for number in sorted((waiting, packed))]


def test_a_later_version_of_the_policy_holds_for_later_deadlines(stall) -> None:
    number = stall.place()[0]
    due = queries.posting(stall.seller, number).ship_by
    dated.put("orders.late_policy", "", {"unit": "hours", "count": 120, "notice_minutes": 60}, valid_from=due,
              source="test")

    assert terms.end_overdue(now=due + timedelta(hours=119)) == 0
    assert terms.end_overdue(now=due + timedelta(hours=120)) == 1
    assert queries.posting(stall.seller, number).cancelled_at == due + timedelta(hours=120)


@pytest.mark.parametrize(("reason_id", "by", "errors"), [(352, "seller", 1), (507, "platform", 1), (505, "client", 0),
                                                         (666, "platform", 0), (667, "delivery", 0)])
def test_only_the_sellers_fault_is_an_error(stall, reason_id, by, errors) -> None:
    number = stall.place()[0]

    services.cancel_posting(seller=stall.seller, number=number, reason_id=reason_id, message="", by=by,
                            actor=stall.actor, now=stall.now)

    assert Fault.objects.filter(number=number, kind="cancellation").count() == errors


def test_a_late_hand_over_pays_by_the_step_it_reached_and_leaves_the_index_alone(stall) -> None:
    [number] = stall.packed()
    due = queries.posting(stall.seller, number).ship_by
    late = due + timedelta(hours=13)

    services.hand_over(seller=stall.seller, numbers=[number], actor=stall.actor, now=late)
    assert charged(stall) == []
    terms.run_due(late + DAY)
    terms.run_due(late + 2 * DAY)

    fault = Fault.objects.get()
    assert (fault.kind, fault.counts, fault.excluded, fault.fee_bp) == ("delay", False, "kind", 300)
    assert (fault.amount_minor, charged(stall)) == (30_00, [-30_00])
    assert fault.evidence["ship_by"] == due.isoformat()
    assert reading.index_today(stall.seller, late + 2 * DAY).errors == 0
    told = [one for one in activity.history(stall.seller.id, "posting", number) if one.event == "orders.penalty.charged"]
    assert [one.data["amount_minor"] for one in told] == [30_00]


def test_a_parcel_brought_late_without_a_mark_is_late_by_its_first_scan(stall) -> None:
    [number] = stall.packed()
    due = queries.posting(stall.seller, number).ship_by

    stall.scan(number, "accepted", "in_transit", at=due + timedelta(minutes=1))
    stall.scan(number, "arrived_in_city", at=due + timedelta(hours=30))

    assert list(Fault.objects.values_list("kind", "at")) == [("delay", due + timedelta(minutes=1))]


def test_the_fee_of_an_error_is_known_when_its_day_has_ended(full) -> None:
    start = full.now
    shipped(full, 45, start + DAY)
    two = full.place(full.request((full.mug, 1), at=start + DAY), full.request((full.mug, 2), at=start + DAY))
    for number in two:
        cancel(full, number, start + DAY)
    # 2 errors of 47 are 4.26 %: the next day's errors cost 3 %.
    last = full.place(full.request((full.mug, 3), at=start + 2 * DAY))[0]
    assert reading.index_today(full.seller, start + DAY).bp == 0
    cancel(full, last, start + 2 * DAY)

    assert reading.index_today(full.seller, start + 2 * DAY).bp == 426
    assert terms.judge_days(now=start + 2 * DAY) == 2
    assert charged(full) == []
    assert terms.judge_days(now=start + 3 * DAY) == 1
    assert charged(full) == [-90_00]
    fault = Fault.objects.get(number=last)
    assert (fault.index_errors, fault.index_shipments, fault.index_bp, fault.fee_bp) == (2, 47, 426, 300)
    assert fault.cap_minor == 1_500_00
    day = TermDay.objects.get(day=(start + 2 * DAY).date())
    assert (day.errors, day.charged_minor, day.index_bp, day.blocked) == (1, 90_00, 426, False)
    assert TermDay.objects.get(day=(start + DAY).date()).shipped == 45


def test_what_a_cancellation_would_do_is_what_it_does(full) -> None:
    shipped(full, 49, full.now + DAY)
    noon = full.now + 2 * DAY
    [first, second, third] = full.place(*(full.request((full.mug, 1), at=noon) for _ in range(3)))
    cancel(full, first, noon)

    asked = reading.what_if(full.seller, [second, third, "1-1-1"], noon)

    assert (asked.today.bp, asked.before.bp, asked.after.bp) == (0, 200, 577)
    assert (asked.fee_minor, asked.worse, asked.room) == (0, True, 1)
    cancel(full, second, noon)
    cancel(full, third, noon)
    assert reading.index_today(full.seller, noon + DAY) == asked.after
    dearer = full.place(full.request((full.mug, 1), at=noon + DAY))
    assert reading.what_if(full.seller, dearer, noon + DAY).fees_minor == {dearer[0]: 30_00}


def test_a_shop_in_the_last_zone_gets_no_orders_until_its_index_falls(full) -> None:
    numbers = full.place(*(full.request((full.mug, 1)) for _ in range(20)))
    for number in numbers[:9]:
        cancel(full, number, full.now)
    services.ship_many(seller=full.seller, numbers=numbers[9:], actor=full.actor, now=full.now)
    services.hand_over(seller=full.seller, numbers=numbers[9:], actor=full.actor, now=full.now)

    def order(at: datetime):
        return services.place_orders(seller=full.seller, orders=[full.request((full.mug, 1), at=at)],
                                     actor=full.actor)[0]

    assert isinstance(order(full.now), Placed)
    assert order(full.now + DAY) == Refusal("shop_blocked")
    assert reading.index_today(full.seller, full.now + DAY).blocked
    assert isinstance(order(full.now + 15 * DAY), Placed)


def test_noting_and_judging_cost_the_same_for_one_and_for_many(full, statements) -> None:
    numbers = full.place(*(full.request((full.mug, 1)) for _ in range(16)))

    def end(some: list[str], at: datetime) -> None:
        services.cancel_many(seller=full.seller, actor=full.actor, items=[
            Cancellation(number, 352, "", "seller", at) for number in some])

    end(numbers[:1], full.now)
    assert statements(lambda: end(numbers[1:2], full.now)) == statements(lambda: end(numbers[2:8], full.now))
    terms.judge_days(now=full.now + DAY)
    end(numbers[8:9], full.now + DAY)
    few = statements(lambda: terms.judge_days(now=full.now + 2 * DAY))
    end(numbers[9:], full.now + 2 * DAY)
    assert few == statements(lambda: terms.judge_days(now=full.now + 3 * DAY))


def fees_by_hand(seller_id: int) -> dict[tuple[str, str], int]:
    """The penalties of a shop from its postings alone, with none of our decisions: index by index, day by day."""
    def day(at: datetime):
        return at.astimezone(MOSCOW).date()

    rows = list(Posting.objects.filter(seller_id=seller_id))
    guilty = {one.number: day(one.cancelled_at) for one in rows if one.cancel_reason_id in (352, 400, 401, 402, 507)}
    found = {}
    for one in rows:
        if one.handed_over_at and one.handed_over_at > one.ship_by:
            hours = (one.handed_over_at - one.ship_by) / timedelta(hours=1)
            percent = 1 if hours < 12 else 3 if hours < 24 else 5
            found[one.number, "delay"] = min(one.amount_minor * percent // 100, 500_00)
        if one.number in guilty:
            today = guilty[one.number]
            days = [today - at * DAY for at in range(1, 15)]
            errors = sum(when in days for when in guilty.values())
            left = sum(bool(other.handed_over_at) and day(other.handed_over_at) in days for other in rows)
            lost = sum(guilty.get(other.number) in days and not other.handed_over_at for other in rows)
            share = round(errors / (left + lost) * 100, 2) if left + lost else 0
            percent = 0 if share <= 4 or left + lost < 20 else 3 if share <= 10 else 6 if share <= 20 else 9
            found[one.number, "cancellation"] = min(one.amount_minor * percent // 100, 1_500_00)
    return found


@pytest.mark.parametrize("step", [timedelta(hours=5), timedelta(days=9)])
def test_index_and_fees_equal_an_independent_calculation(full, step) -> None:
    """Three weeks of orders, prompt, late, cancelled and forgotten; the clock moves in small steps or leaps."""
    chance = Random(5)
    looked = full.now
    for at in range(21 * 8):
        moment = full.now + timedelta(hours=3 * at)
        [number] = full.place(full.request((full.mug, chance.choice((1, 1, 2, 30))), at=moment))
        fate = chance.random()
        if fate < 0.1:
            cancel(full, number, moment + timedelta(hours=1), chance.choice((352, 400, 402)))
        elif fate < 0.93:
            due = queries.posting(full.seller, number).ship_by
            left = due + timedelta(hours=chance.choice((-3, -3, -3, -3, 5, 13, 25)))
            services.ship_many(seller=full.seller, numbers=[number], actor=full.actor, now=left)
            services.hand_over(seller=full.seller, numbers=[number], actor=full.actor, now=left)
        if moment - looked >= step:
            terms.run_due(moment)
            looked = moment
    terms.run_due(full.now + 30 * DAY)

    expected = fees_by_hand(full.seller.id)
    assert {(one.number, one.kind): one.amount_minor for one in Fault.objects.all()} == expected
    assert sorted(charged(full)) == sorted(-amount for amount in expected.values() if amount)
    assert sum(1 for one in expected.values() if one) > 20
    assert Posting.objects.filter(cancel_reason_id=507).exists()
    assert time(0) == Fault.objects.exclude(judged_at=None).latest("id").judged_at.astimezone(MOSCOW).time()
