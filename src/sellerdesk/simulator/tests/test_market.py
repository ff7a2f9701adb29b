from collections import Counter
from datetime import timedelta

import pytest

from sellerdesk.core import clock, outbox
from sellerdesk.core.actor import Actor
from sellerdesk.finance.models import Line
from sellerdesk.inventory.models import Stock, StockMove
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as order_services
from sellerdesk.orders.models import Order, Posting, PostingLine
from sellerdesk.orders.types import PostingFilter
from sellerdesk.simulator import queries, services
from sellerdesk.simulator.models import Errand, Market

pytestmark = pytest.mark.django_db(transaction=True)


def bought():
    """Who ordered what and when, without the numbers, which never repeat."""
    lines = {}
    for order_id, offer_id, quantity in PostingLine.objects.values_list("posting__order_id", "offer_id", "quantity"):
        lines.setdefault(order_id, []).append((offer_id, quantity))
    return [(at, name, city, sorted(lines[id_])) for id_, at, name, city in
            Order.objects.order_by("created_at", "buyer_name").values_list("id", "created_at", "buyer_name", "city")]


def wipe(start, stock):
    for model in (Errand, PostingLine, Posting, Order):
        model.objects.all().delete()
    Stock.objects.update(present=stock, reserved=0)
    Market.objects.update(simulated_until=start)


def test_a_simulated_week_keeps_stock_and_money_in_balance(market, stocked_shop, now):
    services.simulate_history(until=now)

    states = Counter(Posting.objects.values_list("state", flat=True))
    assert states["delivered"] > 20
    assert states["awaiting_packaging"] > 0
    moved, promised = Counter(), Counter()
    for product_id, present, reserved in StockMove.objects.values_list("product_id", "present_delta", "reserved_delta"):
        moved[product_id] += present
        promised[product_id] += reserved
    held = Counter()
    for product_id, quantity in PostingLine.objects.exclude(
            posting__state__in=["delivered", "cancelled"]).values_list("product_id", "quantity"):
        held[product_id] += quantity
    for product_id, present, reserved in Stock.objects.values_list("product_id", "present", "reserved"):
        assert (present, reserved) == (moved[product_id], promised[product_id])
        assert reserved == held[product_id]
    booked = Counter()
    for transaction_id, amount in Line.objects.values_list("transaction_id", "amount_minor"):
        booked[transaction_id] += amount
    assert len(booked) >= states["delivered"]
    assert set(booked.values()) == {0}


def test_the_same_seed_makes_the_same_orders_also_after_a_restart(market, stocked_shop, now):
    until = market + timedelta(days=1)
    services.simulate_history(until=until)
    first = bought()
    wipe(market, 40)

    for hours in (5, 9, 14, 20, 24):
        services.tick(market + timedelta(hours=hours))

    assert len(first) > 5
    assert bought() == first
    assert queries.setting().simulated_until == until


def test_ticking_again_at_the_same_moment_changes_nothing(market, stocked_shop, now):
    services.tick(market + timedelta(hours=12))
    before = bought()

    assert services.tick(market + timedelta(hours=12)).orders == 0
    assert bought() == before


def test_what_is_packed_by_hand_is_fetched_and_nearly_always_delivered(market, stocked_shop, now):
    services.simulate_history(until=now)
    rows = orders.postings_page(stocked_shop, filter=PostingFilter(tab="to_pack"), limit=100).rows
    numbers = [row.number for row in rows]
    order_services.ship_many(seller=stocked_shop, numbers=numbers, actor=Actor.system("test"), now=now)

    services.tick(now + timedelta(days=15))

    ends = Counter(card.state for card in orders.cards(stocked_shop, numbers))
    assert set(ends) <= {"delivered", "cancelled"}
    assert ends["delivered"] > 0.7 * len(numbers)


def test_what_people_leave_lying_is_packed_for_them_only_while_they_want_it(market, stocked_shop, now, actor):
    services.simulate_history(until=now)
    waiting = orders.to_pack_count(stocked_shop)
    services.change_pace(orders_per_day=0, autopilot=False, actor=actor, now=now)
    services.tick(now + timedelta(hours=30))
    left = orders.to_pack_count(stocked_shop)

    services.change_pace(orders_per_day=0, autopilot=True, actor=actor, now=now + timedelta(hours=30))
    services.tick(now + timedelta(hours=60))

    assert left > waiting * 0.7
    assert orders.to_pack_count(stocked_shop) == 0


def test_nothing_happens_while_the_people_are_at_home(market, stocked_shop, now, actor):
    services.set_running(running=False, actor=actor, now=now)

    assert services.tick(now) == services.tick(now + timedelta(days=1))

    assert Posting.objects.count() == 0
    assert queries.setting().simulated_until == now + timedelta(days=1)


def test_news_without_a_market_plans_nothing(stocked_shop, now):
    outbox.drain()

    assert Errand.objects.count() == 0
    assert services.tick(clock.now()).orders == 0
