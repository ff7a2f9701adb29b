"""Shops that do nothing: warned three times, then paused, never silently; one click ends it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sellerdesk.core.errors import Conflict
from sellerdesk.core.models import Message
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import Refusal
from sellerdesk.sellers import queries, rules, services
from sellerdesk.sellers.models import Inactivity, Seller
from sellerdesk.sellers.services import closing, pausing

pytestmark = pytest.mark.django_db
LIMITS = {"upload": 45, "sale": 60, "last_sale": 90}
START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number):
    return START + timedelta(days=number)


@pytest.mark.parametrize(("uploaded", "sold", "expected"), [
    (None, None, ("upload", day(45))), (day(3), None, ("sale", day(60))), (day(3), day(10), ("last_sale", day(100))),
    (day(-9), day(-5), ("last_sale", day(90)))])
def test_what_a_shop_must_do_next_and_by_when(uploaded, sold, expected):
    assert rules.inactive_at(START, uploaded, sold, LIMITS) == expected


def state(shop):
    return queries.seller_ref(shop.id).state


def warnings():
    return Message.objects.filter(to="anna@example.com", subject="The shop “Anna's Shop” will be paused soon").count()


def test_empty_shop_is_warned_at_14_7_and_1_days_and_paused_after_45(shop, now):
    def at(days, hours=0):
        return pausing.watch(now=now + timedelta(days=days, hours=hours))

    assert (at(30), warnings()) == (0, 0)
    assert (at(31), at(31, 1), warnings()) == (0, 0, 1)
    assert (at(38), at(39), warnings()) == (0, 0, 2)
    assert (at(44), warnings()) == (0, 3)
    assert state(shop) == "active"

    assert at(45) == 1

    row = Seller.objects.get(pk=shop.id)
    assert (row.state, row.state_reason) == ("paused", "@inactive_upload")
    assert Message.objects.filter(to="anna@example.com", subject="The shop “Anna's Shop” is paused").count() == 1
    assert at(46) == 0


def test_watching_costs_as_many_queries_for_eleven_shops_as_for_one(shop, now, django_assert_num_queries):
    pausing.watch(now=now)
    with django_assert_num_queries(4):
        pausing.watch(now=now)
    company = Seller.objects.values_list("company_id", flat=True).get()
    Seller.objects.bulk_create(Seller(company_id=company, name=f"Shop {at}", currency="RUB", state="active",
                                      created_at=now) for at in range(10))

    with django_assert_num_queries(4):
        pausing.watch(now=now)


def test_a_worker_that_slept_warns_first_and_pauses_a_day_later(shop, now):
    late = now + timedelta(days=70)

    assert (pausing.watch(now=late), warnings()) == (0, 1)
    assert pausing.watch(now=late + timedelta(hours=23)) == 0
    assert pausing.watch(now=late + timedelta(days=1)) == 1


def test_goods_and_sales_move_the_day(stall, shop, now):
    assert pausing.watch(now=now + timedelta(days=46)) == 0
    assert Inactivity.objects.get().deadline == now + timedelta(days=60)
    stall.place(stall.request(at=now + timedelta(days=50)))

    assert pausing.watch(now=now + timedelta(days=61)) == 0

    assert queries.pause_announced(shop) is None
    assert Inactivity.objects.get().deadline == now + timedelta(days=140)


def test_paused_shop_sells_nothing_until_its_owner_says_so(stall, shop, actor, now, anna_client):
    late = now + timedelta(days=70)
    pausing.watch(now=late)
    pausing.watch(now=late + timedelta(days=1))
    assert orders.place_orders(seller=shop, orders=[stall.request()], actor=actor) == [Refusal("shop_closed")]
    assert "Sell again" in anna_client.get("/").content.decode()

    assert anna_client.post("/shop/resume/").status_code == 302

    assert state(shop) == "active"
    assert stall.place()
    with pytest.raises(Conflict):
        pausing.resume(seller=shop, actor=actor, now=late)


def test_days_count_anew_after_a_pause(shop, actor, now):
    late = now + timedelta(days=70)
    pausing.watch(now=late)
    pausing.watch(now=late + timedelta(days=1))
    pausing.resume(seller=shop, actor=actor, now=late + timedelta(days=2))

    assert pausing.watch(now=late + timedelta(days=30)) == 0
    assert pausing.watch(now=late + timedelta(days=40)) == 0

    assert Inactivity.objects.get().deadline == late + timedelta(days=47)


def test_stopping_a_closing_leaves_a_paused_shop_paused(shop, anna, actor, now):
    late = now + timedelta(days=70)
    pausing.watch(now=late)
    pausing.watch(now=late + timedelta(days=1))
    closing.start_closing(seller=queries.seller_ref(shop.id), typed_name="Anna's Shop", user_id=anna.pk, actor=actor,
                          now=late)

    closing.stop_closing(seller=shop, actor=actor, now=late)

    row = Seller.objects.get(pk=shop.id)
    assert (row.state, row.state_reason) == ("paused", "@inactive_upload")


def test_watching_costs_the_same_for_one_and_for_many_shops(shop, anna, actor, now, statements):
    pausing.watch(now=now)
    one = statements(lambda: pausing.watch(now=now))
    for number in range(5):
        services.register_shop(user_id=anna.pk, legal_name="Anna LLC", country="RU", registration_number="7707083893",
                               shop_name=f"More {number}", currency="RUB", language="en", actor=actor, now=now)

    assert statements(lambda: pausing.watch(now=now)) == one


def test_home_page_tells_that_a_pause_is_near(shop, now, anna_client):
    pausing.watch(now=now + timedelta(days=40))

    assert "If that goes on, it is paused on 7 Jan" in anna_client.get("/").content.decode()
