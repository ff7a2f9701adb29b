"""Facts of sales: the same from news, from news told twice, and made anew."""

from datetime import timedelta

import pytest

from sellerdesk.analytics.models import GoodsDay, GoodsSlot, Heard, ShopSlot
from sellerdesk.analytics.services import facts
from sellerdesk.core import scope
from sellerdesk.core.activity import _COLUMNS, _entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import Cancellation
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import ReturnRequest

SYSTEM = Actor.system("test")


def news():
    return [_entry(row) for row in Activity.objects.filter(event__in=facts.EVENTS).order_by("id").values_list(*_COLUMNS)]


@pytest.fixture
def trade(stall, now):
    """Four orders: one delivered and half returned, one split and partly cancelled, one cancelled, one open."""
    at = now - timedelta(days=3)
    done, _torn, gone, _open = stall.packed(
        *(stall.request((stall.mug, 2), (stall.pan, 1), at=at + timedelta(minutes=20 * step)) for step in range(4)))[:4]
    orders.hand_over(seller=stall.seller, numbers=[done], actor=SYSTEM, now=now - timedelta(days=2))
    stall.scan(done, "accepted", "delivered", at=now - timedelta(days=1))
    returns.request_returns(seller=stall.seller, actor=SYSTEM, requests=[
        ReturnRequest(done, stall.sku(stall.mug), 1, "defective", now, "")])
    orders.cancel_many(seller=stall.seller, actor=SYSTEM, items=[Cancellation(gone, 505, "", "client", now)])
    [fresh] = stall.place(stall.request((stall.mug, 1), (stall.pan, 1), at=now - timedelta(hours=1)))
    _kept, part = orders.split_posting(seller=stall.seller, number=fresh, parts=[[(stall.sku(stall.pan), 1)]],
                                       actor=SYSTEM, now=now)
    orders.cancel_many(seller=stall.seller, actor=SYSTEM, items=[Cancellation(part, 505, "", "client", now)])
    forget()
    return stall


TABLES = (ShopSlot, GoodsSlot, GoodsDay)


def forget():
    for model in (*TABLES, Heard):
        model.objects.all().delete()


def sums(model, *names):
    return tuple(sum(row) for row in zip(*model.objects.values_list(*names), strict=True))


def test_facts_count_orders_cancellations_deliveries_and_returns(trade):
    facts.hear(news())

    counted = ("ordered_units", "ordered_minor", "lost_units", "cancelled_units", "cancelled_minor", "delivered_units",
               "returned_units")
    expected = (14, 9 * 100_000 + 5 * 25_050, 4, 4, 2 * 100_000 + 2 * 25_050, 3, 1)
    for model in TABLES:
        assert sums(model, *counted) == expected
    assert sums(ShopSlot, "ordered_postings", "cancelled_postings", "delivered_postings", "returns") == (6, 2, 1, 1)
    for model in TABLES:
        assert sums(model, "due_units", "timely_units", "delivery_minutes") == (3, 3, 3 * 48 * 60)


def test_an_act_told_twice_is_counted_once(trade):
    told = news()

    assert facts.hear(told[:5]) == 5
    assert facts.hear(told) == len(told) - 5
    assert facts.hear(told) == 0
    assert sums(ShopSlot, "ordered_postings") == (6,)


def test_news_that_come_after_a_split_count_the_whole_order_once(trade):
    """The line is read late: the split has happened before its order is counted."""
    for entry in news():
        facts.hear([entry])

    assert sums(ShopSlot, "ordered_postings", "ordered_units") == (6, 14)


def test_rebuilding_gives_equal_rows_and_passes_over_what_was_not_heard(trade):
    told = news()
    facts.hear(told[:4])
    facts.rebuild()
    rebuilt = [facts._rows(model) for model in TABLES]

    assert facts.hear(told) == 0
    forget()
    facts.hear(told)

    assert [facts._rows(model) for model in TABLES] == rebuilt


@pytest.mark.django_db(transaction=True)
def test_rebuilding_stands_alone(trade):
    """As the command runs it: its own transaction, in a scope that the connection has not been told of."""
    with scope.across_shops():
        facts.rebuild()

    assert sums(ShopSlot, "ordered_postings", "ordered_units", "delivery_minutes") == (6, 14, 3 * 48 * 60)
