"""Holidays: planned, begun, ended by themselves or by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Conflict, Invalid
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import Refusal
from sellerdesk.sellers import queries
from sellerdesk.sellers.errors import StateForbids
from sellerdesk.sellers.models import Holiday
from sellerdesk.sellers.services import holidays, review

pytestmark = pytest.mark.django_db
OLGA = Actor.operator(1, "Olga")
TODAY = date(2026, 11, 23)


def plan(shop, actor, now, first=3, days=5, text="Back soon"):
    start = TODAY + timedelta(days=first)
    holidays.plan_holiday(seller=queries.seller_ref(shop.id), first_day=start,
                          last_day=start + timedelta(days=days - 1), text=text, actor=actor, now=now)


def state(shop):
    return queries.seller_ref(shop.id).state


def test_holiday_begins_and_ends_at_midnight_of_the_shop(stall, shop, actor, now):
    plan(shop, actor, now)
    row = queries.holiday(shop)
    assert (row.start_at.isoformat(), row.end_at.isoformat()) == ("2026-11-25T21:00:00+00:00",
                                                                  "2026-11-30T21:00:00+00:00")

    assert (holidays.keep(now=row.start_at - timedelta(seconds=1)), state(shop)) == (0, "active")
    assert (holidays.keep(now=row.start_at), state(shop)) == (1, "paused")
    assert orders.place_orders(seller=shop, orders=[stall.request()], actor=actor) == [Refusal("shop_closed")]
    assert holidays.keep(now=row.end_at - timedelta(seconds=1)) == 0
    assert (holidays.keep(now=row.end_at), state(shop)) == (1, "active")
    assert queries.holiday(shop) is None


def test_holiday_from_today_begins_at_once_and_may_be_ended_early(stall, shop, actor, now):
    plan(shop, actor, now, first=0)
    assert state(shop) == "paused"

    holidays.cancel_holiday(seller=shop, actor=actor, now=now + timedelta(days=1))

    assert state(shop) == "active"
    assert stall.place()
    with pytest.raises(Conflict):
        holidays.cancel_holiday(seller=shop, actor=actor, now=now)


@pytest.mark.parametrize(("first", "days", "text", "field", "code"), [
    (-1, 5, "", "first_day", "past"), (2, 0, "", "last_day", "order"), (2, 61, "", "last_day", "too_long"),
    (2, 5, "write to a@b.example", "text", "contact"), (2, 5, "x" * 201, "text", "length")])
def test_holiday_that_cannot_be_names_the_field_and_changes_nothing(first, days, text, field, code, shop, actor, now):
    with pytest.raises(Invalid) as refused:
        plan(shop, actor, now, first, days, text)

    assert [(one.field, one.code) for one in refused.value.fields] == [(field, code)]
    assert not Holiday.objects.exists()


def test_one_holiday_at_a_time_and_only_for_shops_that_sell(shop, actor, now):
    plan(shop, actor, now)
    with pytest.raises(Conflict):
        plan(shop, actor, now, first=20)
    holidays.cancel_holiday(seller=shop, actor=actor, now=now)
    review.suspend_shop(seller_id=shop.id, reason="complaints", note="", until=None, actor=OLGA, now=now)

    with pytest.raises(StateForbids):
        plan(shop, actor, now)

    assert list(Holiday.objects.values_list("state", flat=True)) == ["cancelled"]


def test_holiday_is_no_way_out_of_a_suspension_nor_the_other_way_round(shop, actor, now):
    plan(shop, actor, now, first=0)
    review.suspend_shop(seller_id=shop.id, reason="complaints", note="", until=None, actor=OLGA, now=now)
    later = now + timedelta(days=1)
    review.resume_shop(seller_id=shop.id, actor=OLGA, now=later)

    assert (holidays.keep(now=later), state(shop)) == (1, "paused")
    review.suspend_shop(seller_id=shop.id, reason="complaints", note="", until=None, actor=OLGA, now=later)
    holidays.keep(now=now + timedelta(days=9))

    assert state(shop) == "suspended"


def test_pages_of_a_holiday(anna_client, shop, stall):
    stall.place()
    page = anna_client.get("/shop/holiday/").content.decode()
    assert "1 order already taken is still due" in page
    wrong = anna_client.post("/shop/holiday/", {"first_day": "2026-11-20", "last_day": "2026-11-25"})
    assert (wrong.status_code, "Choose today or a later day." in wrong.content.decode()) == (422, True)

    anna_client.post("/shop/holiday/", {"first_day": "2026-11-23", "last_day": "2026-11-25", "text": "Back soon"})

    assert "End it now" in anna_client.get("/shop/holiday/").content.decode()
    assert "The shop is on holiday." in anna_client.get("/shop/onboarding/").content.decode()
    anna_client.post("/shop/resume/")
    assert state(shop) == "active"
    assert queries.holiday(shop) is None
