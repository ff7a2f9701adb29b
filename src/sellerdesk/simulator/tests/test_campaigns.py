"""The promotions of the demo, and buyers who haggle."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from sellerdesk.orders.models import PostingLine
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.models import DiscountRequest
from sellerdesk.promotions.queries import strategies
from sellerdesk.promotions.services.requests import Answer
from sellerdesk.promotions.types import JoinInput, Terms
from sellerdesk.simulator import buyers, people
from sellerdesk.simulator.services import buying, campaigns, haggling
from sellerdesk.simulator.types import Setting


def test_the_demo_has_a_calendar_own_promotions_a_strategy_and_requests(stall, rival_stall) -> None:
    campaigns.open_campaigns(shops=[stall.seller, rival_stall.seller], operator_id=1, actor=stall.actor, now=stall.now)

    states = [queries.status_of(row, stall.now) for row in queries.shop_actions(stall.seller, own=False)]
    assert sorted(states) == ["active", "planned", "planned"]
    assert len(queries.shop_actions(stall.seller, own=True)) == 3
    assert queries.buyer_prices(stall.seller, [stall.mug], stall.now)[stall.mug].price_minor == 900_00
    [strategy] = strategies.strategies(stall.seller)
    assert strategy.products == 2
    assert queries.requests_waiting(stall.seller) == 2


def test_some_buyers_pay_in_parts_where_a_shop_offers_it_and_companies_never(stall) -> None:
    made = services.create_own(seller=stall.seller, actor=stall.actor, now=stall.now, terms=Terms(
        "instalment", "In parts", stall.now, stall.now + timedelta(days=9)))
    services.join(seller=stall.seller, action_id=made, actor=stall.actor, now=stall.now,
                  rows=[JoinInput(product_id=stall.mug)])
    services.move_own(seller=stall.seller, action_id=made, state="active", actor=stall.actor, now=stall.now)
    someone = people.someone(Random("parts"))
    firm = people.firm(Random("parts"), someone.city.name)
    wishes = [buyers.Wish(replace(someone, phone=f"+7 900 000-00-0{digit}"), ((stall.mug, 1),), stall.now, one)
              for digit in range(10) for one in ([None, firm] if digit == 3 else [None])]

    buying.place(stall.seller, wishes)

    assert list(PostingLine.objects.order_by("id").values_list("action_ids", flat=True)) == [
        str(made) if wish.buyer.phone[-1] in "369" and wish.firm is None else "" for wish in wishes]


def test_a_buyer_whose_request_was_approved_buys_at_that_price(stall) -> None:
    asked = services.ask(seller=stall.seller, product_id=stall.mug, buyer_name="Dmitri", buyer="d", quantity=2,
                         requested_minor=800_00, comment="", actor=stall.actor, now=stall.now)
    services.answer(seller=stall.seller, answers=[Answer(asked, 850_00, 1, 2)], actor=stall.actor, now=stall.now)
    setting = Setting(1, True, 0, False, 0, frozenset(), None, None, stall.now)

    made = haggling.haggle(setting=setting, stories={}, since=stall.now - timedelta(minutes=1), until=stall.now,
                           shelves=buying.Shelves())

    assert made == 1
    assert DiscountRequest.objects.get(pk=asked).state == "PURCHASED"
    # Over two weeks some ask of their own accord, the same ones for the same seed.
    for _again in range(2):
        haggling.haggle(setting=setting, stories={}, since=stall.now, until=stall.now + timedelta(days=14),
                        shelves=buying.Shelves())
    assert 4 < DiscountRequest.objects.count() < 40
