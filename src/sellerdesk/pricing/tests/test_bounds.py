"""What a delegate may do to prices: by percent a day, by products a day; through every door, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from sellerdesk.core.actor import Actor
from sellerdesk.pricing import queries, services
from sellerdesk.pricing.models import DelegateDay
from sellerdesk.pricing.types import PriceInput
from sellerdesk.sellers.models import Membership

KEY = Actor.key(7, "Feed")


@pytest.fixture
def agency(staff_boris, shop):
    """Boris, as an agency: 10 % a day, two products a day."""
    Membership.objects.filter(user=staff_boris).update(role="product", limits={"price_percent": 10, "skus_per_day": 2})
    return Actor.user(staff_boris.pk, "Boris", session="session2")


@pytest.fixture
def three(shop, actor, now, goods):
    ids = goods(shop, 3)
    services.set_prices(seller=shop, changes=[PriceInput(product_id=id_, price="1000") for id_ in ids], actor=actor,
                        now=now)
    return ids


def put(shop, actor, now, *prices: tuple[int, str]) -> list[str]:
    """The code of what is wrong with each row, empty for nothing."""
    done = services.set_prices(seller=shop, actor=actor, now=now, changes=[
        PriceInput(product_id=id_, price=price) for id_, price in prices])
    return [one.errors[0].code if one.errors else "" for one in done]


def cost(shop, id_: int) -> int:
    return queries.prices(shop, [id_])[id_].price_minor


def test_a_delegate_moves_a_price_by_so_much_a_day_and_small_steps_are_no_way_around(shop, agency, now, three):
    first = three[0]

    assert put(shop, agency, now, (first, "1100.01")) == ["delegate_percent"]
    assert put(shop, agency, now, (first, "899.99")) == ["delegate_percent"]
    assert put(shop, agency, now, (first, "1100")) == [""]
    assert put(shop, agency, now, (first, "1210")) == ["delegate_percent"]
    assert put(shop, agency, now, (first, "900")) == [""]
    assert cost(shop, first) == 90_000
    with time_machine.travel(now + timedelta(days=1), tick=False):
        assert put(shop, agency, now, (first, "810")) == [""]


def test_a_delegate_touches_so_many_products_a_day_also_within_one_batch(shop, agency, now, three):
    assert put(shop, agency, now, *((id_, "1050") for id_ in three)) == ["", "", "delegate_products"]
    assert put(shop, agency, now, (three[0], "1060"), (three[2], "1060")) == ["", "delegate_products"]
    assert [cost(shop, id_) for id_ in three] == [106_000, 105_000, 100_000]
    with time_machine.travel(now + timedelta(days=1), tick=False):
        assert put(shop, agency, now, (three[2], "1060")) == [""]
    assert DelegateDay.objects.count() == 3


def test_a_refused_row_uses_nothing_up(shop, agency, now, three):
    assert put(shop, agency, now, (three[0], "5000"), (three[1], "5000")) == ["delegate_percent"] * 2
    assert put(shop, agency, now, (three[1], "1010"), (three[2], "1010")) == ["", ""]


def test_nobody_else_is_bounded(shop, agency, actor, now, three):
    assert put(shop, actor, now, *((id_, "4000") for id_ in three)) == ["", "", ""]
    assert put(shop, KEY, now, *((id_, "500") for id_ in three)) == ["", "", ""]
    assert DelegateDay.objects.count() == 0


def test_the_grid_and_the_product_form_say_why(shop, agency, now, three, staff_boris, boris_client):
    saved = boris_client.post(f"/prices/{three[0]}/save", {"price": "5000"}, HTTP_HX_REQUEST="true")
    cell = boris_client.post(f"/products/{three[0]}/price", {"price": "5000"}, HTTP_HX_REQUEST="true")

    assert (saved.status_code, cell.status_code) == (422, 422)
    assert cost(shop, three[0]) == 100_000
