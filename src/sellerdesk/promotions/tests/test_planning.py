"""The list of products that join a promotion by themselves, before its moment comes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.errors import ActionUnknown, AutoJoinOver
from sellerdesk.promotions.models import AutoJoin
from sellerdesk.promotions.types import JoinInput, Terms

OPERATOR, WEEK = Actor.operator(1, "Olga"), timedelta(days=7)


@pytest.fixture
def winter(stall) -> int:
    """A tenth off in a week; the mug joins by itself a day before."""
    action_id = services.create_platform(actor=OPERATOR, now=stall.now, terms=Terms(
        "platform", "Winter", stall.now + WEEK, stall.now + 2 * WEEK, discount_bp=1000))
    services.publish(action_id=action_id, actor=OPERATOR, now=stall.now)
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, min_price="600", auto_action="yes")])
    return action_id


def planned(stall, action_id) -> list[tuple[int, int, bool]]:
    return [(ref.id, one.price_minor, one.by_hand) for ref, one in queries.planned(
        stall.seller, queries.action(stall.seller, action_id))]


def plan(stall, action_id, *rows, **more):
    return services.plan(seller=stall.seller, action_id=action_id, rows=rows, actor=stall.actor, now=stall.now, **more)


def joined(stall, action_id) -> list[tuple[int, int, int | None, bool]]:
    return [(one.product_id, one.price_minor, one.stock, one.auto)
            for one in queries.entries(stall.seller, action_ids=[action_id])]


def test_the_list_waits_until_a_day_before_and_then_joins_once(stall, winter) -> None:
    assert queries.action(stall.seller, winter).auto_join_at == stall.now + WEEK - timedelta(days=1)
    assert planned(stall, winter) == [(stall.mug, 900_00, False)]
    services.run_due(stall.now)
    assert joined(stall, winter) == []

    services.run_due(stall.now + WEEK - timedelta(hours=24))

    assert joined(stall, winter) == [(stall.mug, 900_00, None, True)]
    assert planned(stall, winter) == []
    with pytest.raises(AutoJoinOver):
        plan(stall, winter, JoinInput(product_id=stall.pan))


def test_a_price_and_a_share_given_by_hand_are_what_joins_and_bad_rows_spoil_nothing(stall, winter) -> None:
    outcomes = plan(stall, winter, JoinInput(product_id=stall.mug, price="800", stock=3),
                    JoinInput(offer_id="PAN-1", price="250"), JoinInput(product_id=stall.pan, price="200"),
                    JoinInput(offer_id="NOPE"))
    assert [one.code for one in outcomes] == ["", "MAX_ACTION_PRICE", "", "NOT_FOUND"]
    assert [one.code for one in plan(stall, winter, JoinInput(product_id=stall.pan, price="200"))] == ["NO_CHANGES"]
    assert planned(stall, winter) == [(stall.mug, 800_00, True), (stall.pan, 200_00, True)]

    services.run_due(stall.now + WEEK - timedelta(hours=24))

    assert joined(stall, winter) == [(stall.mug, 800_00, 3, True), (stall.pan, 200_00, None, True)]


def test_what_is_kept_out_stays_out_whatever_the_switches_say(stall, winter) -> None:
    outcomes = services.unplan(seller=stall.seller, action_id=winter, product_ids=[stall.mug, stall.pan],
                               actor=stall.actor, now=stall.now)
    assert [one.code for one in outcomes] == ["", "NOT_IN_ACTION"]
    assert planned(stall, winter) == []

    services.run_due(stall.now + WEEK - timedelta(hours=24))

    assert joined(stall, winter) == []


def test_a_listed_price_that_came_to_lie_below_the_lowest_one_does_not_join(stall, winter) -> None:
    plan(stall, winter, JoinInput(product_id=stall.mug, price="700"))
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, min_price="750")])

    services.run_due(stall.now + WEEK - timedelta(hours=24))

    assert joined(stall, winter) == []


def test_a_price_above_the_allowed_one_takes_a_product_off_the_list_where_asked(stall, winter) -> None:
    assert [one.code for one in plan(stall, winter, JoinInput(product_id=stall.mug, price="950"))] == [
        "MAX_ACTION_PRICE"]
    assert planned(stall, winter) == [(stall.mug, 900_00, False)]

    plan(stall, winter, JoinInput(product_id=stall.mug, price="950"), dearer_leaves=True)

    assert planned(stall, winter) == []


def test_lists_are_of_the_shop_and_of_the_marketplaces_promotions(stall, rival_stall, winter, own) -> None:
    [outcome] = services.plan(seller=rival_stall.seller, action_id=winter, rows=[JoinInput(product_id=stall.mug)],
                              actor=stall.actor, now=stall.now)
    assert outcome.code == "NOT_FOUND"
    assert not AutoJoin.objects.exists()
    with pytest.raises(ActionUnknown):
        plan(stall, own("discount"), JoinInput(product_id=stall.mug))


def test_the_page_shows_the_list_and_changes_it(anna_client, stall, winter) -> None:
    page = reverse("promotions:action", args=[winter])
    selected = reverse("promotions:selected", args=[winter])
    shown = anna_client.get(page, {"tab": "auto"}).content.decode()
    assert "by its switch" in shown
    assert "PAN-1" not in shown

    refused = anna_client.post(f"{selected}?tab=auto", {"do": "plan", "ids": [stall.mug], f"price_{stall.mug}": "500"})
    assert refused.status_code == 422
    assert "below your lowest price" in refused.content.decode()

    anna_client.post(selected, {"do": "plan", "ids": [stall.pan], f"price_{stall.pan}": "200"})
    anna_client.post(selected, {"do": "unplan", "ids": [stall.mug]})
    assert planned(stall, winter) == [(stall.pan, 200_00, True)]
    assert "by hand" in anna_client.get(page, {"tab": "auto"}).content.decode()
