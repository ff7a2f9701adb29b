"""J03: every figure equals an independent recomputation from raw postings, for three shops and two time zones.

The recomputation is plain Python over rows: it knows no facts, no slots and no SQL of ours.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from sellerdesk.analytics import queries
from sellerdesk.analytics.queries import explorer
from sellerdesk.analytics.services import facts
from sellerdesk.analytics.tests.test_facts import news
from sellerdesk.analytics.types import Question
from sellerdesk.core.actor import Actor
from sellerdesk.orders import services as orders
from sellerdesk.orders.models import Posting, PostingLine
from sellerdesk.orders.types import Cancellation
from sellerdesk.returns import services as returns
from sellerdesk.returns.models import Return
from sellerdesk.returns.types import ReturnRequest
from sellerdesk.sellers import services as sellers
from tests.stall import build

SYSTEM = Actor.system("test")
# The clocks of Berlin went back on 25 October 2026; India is half an hour off and never changes its clocks.
ZONES = ["Europe/Berlin", "Asia/Kolkata"]
SINCE, UNTIL, NOW = date(2026, 10, 18), date(2026, 11, 10), datetime(2026, 11, 10, 13, 7, tzinfo=UTC)
METRICS = ("revenue", "ordered_amount", "ordered_units", "units", "delivered_units", "delivered_amount",
           "cancelled_units", "cancelled_amount", "returned_units", "returned_amount")


@pytest.fixture
def shops(shop, rival_shop, clara, now, dated_rules, actor):
    third = sellers.register_shop(
        user_id=clara.pk, legal_name="Third LLC", country="RU", registration_number="7728168971", shop_name="Third",
        currency="RUB", time_zone="Asia/Kolkata", language="en", accepts_offer=True, actor=actor, now=now)
    stalls = [build(one, actor, now, prefix) for one, prefix in ((shop, ""), (rival_shop, "C-"), (third, "T-"))]
    for number, stall in enumerate(stalls):
        trade(stall, Random(number))
    facts.hear(news())
    return [stall.seller for stall in stalls]


def trade(stall, rng):
    """Some forty orders over the change of the clocks, many of them near the midnights of both zones."""
    at = datetime(2026, 10, 17, 12, 0, tzinfo=UTC)
    moments = [at + timedelta(minutes=rng.randrange(24 * 24 * 60)) for _ in range(9)]
    moments += [datetime(2026, 10, 24 + day, hour, minute, tzinfo=UTC) for day in (0, 1)
                for hour, minute in ((21, 59), (22, 0), (22, 59), (23, 0), (18, 29), (18, 30))][:8]
    numbers = stall.place(*(stall.request((stall.mug, 1), *([(stall.pan, 1)] if rng.random() < 0.4 else []), at=one,
                                          city=rng.choice(["Казань", "Пермь"])) for one in moments))
    ends = [rng.random() for _ in numbers]
    orders.cancel_many(seller=stall.seller, actor=SYSTEM, items=[
        Cancellation(number, 505, "", "client", moment + timedelta(hours=rng.randrange(1, 50)))
        for number, moment, end in zip(numbers, moments, ends, strict=True) if end < 0.25])
    done = [(number, moment) for number, moment, end in zip(numbers, moments, ends, strict=True) if end > 0.5]
    for number, moment in done:
        orders.ship_many(seller=stall.seller, numbers=[number], actor=SYSTEM, now=moment + timedelta(hours=1))
        orders.hand_over(seller=stall.seller, numbers=[number], actor=SYSTEM, now=moment + timedelta(hours=9))
        stall.scan(number, "accepted", "delivered", at=moment + timedelta(hours=60))
    returns.request_returns(seller=stall.seller, actor=SYSTEM, requests=[
        ReturnRequest(number, stall.sku(stall.mug), 1, "defective", moment + timedelta(hours=80), "")
        for number, moment in done[::2]])


def test_the_explorer_equals_the_rows(shops):
    for seller in shops:
        for name in ZONES:
            zone = ZoneInfo(name)
            for by in ("day", "week", "month", "sku", "region", "warehouse", "scheme"):
                found = explorer.answer(seller, Question(SINCE, UNTIL, (by,), METRICS), zone=zone, language="en")
                told = {row.keys[0]: dict(zip(METRICS, row.values, strict=True)) for row in found.rows}
                counted = recount(seller.id, zone, by)
                wanted = {key: {metric: counted[(key, metric)] for metric in METRICS} for key, _ in counted}
                assert {key: row for key, row in told.items() if any(row.values())} == {
                    key: row for key, row in wanted.items() if any(row.values())}, (seller.name, name, by)
                totals = Counter()
                for (_key, metric), value in counted.items():
                    totals[metric] += value
                assert dict(zip(METRICS, found.totals, strict=True)) == {metric: totals[metric] for metric in METRICS}


def test_the_home_board_equals_the_rows(shops):
    for seller in shops:
        for name in ZONES:
            zone = ZoneInfo(name)
            found = queries.figures(seller, now=NOW, zone=zone, with_money=False)
            for row in found.days:
                assert row == board_day(seller.id, zone, row.day)
            week = board_day(seller.id, zone, UNTIL - timedelta(days=7), NOW.astimezone(zone).time())
            assert (found.week_ago.orders, found.week_ago.units, found.week_ago.amount_minor) == (
                week.orders, week.units, week.amount_minor)


def recount(seller_id, zone, by):
    """(key, metric) → figure, from every posting, line and return of a shop."""
    made = Counter()
    for posting in Posting.objects.filter(seller_id=seller_id):
        for line in PostingLine.objects.filter(posting=posting):
            amount = line.price_minor * line.quantity
            told = [("ordered_units", posting.in_process_at, line.quantity), ("ordered_amount", posting.in_process_at, amount)]
            if posting.state == "cancelled":
                told += [("cancelled_units", posting.cancelled_at, line.quantity),
                         ("cancelled_amount", posting.cancelled_at, amount)]
            else:
                told += [("revenue", posting.in_process_at, amount), ("units", posting.in_process_at, line.quantity)]
            if posting.state == "delivered":
                told += [("delivered_units", posting.delivered_at, line.quantity),
                         ("delivered_amount", posting.delivered_at, amount)]
            count(made, told, zone, by, line.sku, posting.city, posting.warehouse_id, posting.scheme)
    for row in Return.objects.filter(seller_id=seller_id, kind="ClientReturn"):
        city = Posting.objects.get(number=row.posting_number).city
        count(made, [("returned_units", row.created_at, row.quantity), ("returned_amount", row.created_at, row.amount_minor)],
              zone, by, row.sku, city, row.warehouse_id, row.scheme)
    return made


def count(made, told, zone, by, sku, city, warehouse_id, scheme):
    for metric, at, value in told:
        day = at.astimezone(zone).date()
        if SINCE <= day <= UNTIL:
            key = {"day": day, "week": max(day - timedelta(days=day.weekday()), SINCE),
                   "month": max(day.replace(day=1), SINCE), "sku": sku, "region": city, "warehouse": warehouse_id,
                   "scheme": scheme}[by]
            made[(key.isoformat() if isinstance(key, date) else str(key), metric)] += value


def board_day(seller_id, zone, day, until=None):
    from sellerdesk.analytics.types import DayFacts

    def on(at):
        local = at and at.astimezone(zone)
        return bool(local) and local.date() == day and (until is None or local.time() < until)

    rows = list(Posting.objects.filter(seller_id=seller_id))
    ordered = [row for row in rows if on(row.in_process_at)]
    kept = [row for row in ordered if row.state != "cancelled"]
    gone = [row for row in rows if row.state == "cancelled" and on(row.cancelled_at)]
    back = [row for row in Return.objects.filter(seller_id=seller_id, kind="ClientReturn") if on(row.created_at)]
    return DayFacts(day, len(ordered), sum(row.units for row in kept), sum(row.amount_minor for row in kept), len(gone),
                    sum(row.amount_minor for row in gone), len(back), sum(row.amount_minor for row in back))
