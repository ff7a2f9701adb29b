"""What one unit costs the shop's buyers now, as programs ask for it."""

from __future__ import annotations

from datetime import timedelta

from sellerdesk.finance import queries as finance
from sellerdesk.promotions import services
from sellerdesk.promotions.types import JoinInput, Terms

DETAILS = "/v1/product/prices/details"


def test_price_and_what_a_buyer_pays_are_told_apart(program, stall):
    action_id = services.create_own(seller=stall.seller, actor=stall.actor, now=stall.now, terms=Terms(
        "discount", "Autumn", stall.now, stall.now + timedelta(days=7), discount_bp=1000))
    services.join(seller=stall.seller, action_id=action_id, actor=stall.actor, now=stall.now,
                  rows=[JoinInput(product_id=stall.mug, price="850")])
    services.move_own(seller=stall.seller, action_id=action_id, state="active", actor=stall.actor, now=stall.now)
    mug, pan = stall.sku(stall.mug), stall.sku(stall.pan)

    told = {row["sku"]: row for row in program.call(DETAILS, {"skus": [str(mug), pan, mug]})["prices"]}

    assert told[mug] == {
        "sku": mug, "offer_id": "MUG-1", "price": {"amount": "1000.00", "currency": "RUB"}, "discount_percent": 15.0,
        "customer_price": {"amount": "850.00", "currency": "RUB"}, "price_indexes": [], "weight_index": []}
    assert (told[pan]["customer_price"]["amount"], told[pan]["discount_percent"]) == ("250.50", 0.0)


def test_buyers_pay_in_their_own_currency(rival, rival_stall, now):
    [row] = rival.call(DETAILS, {"skus": [rival_stall.sku(rival_stall.mug)]})["prices"]

    assert row["price"] == {"amount": "1000.00", "currency": "CNY"}
    wanted = finance.convert(1_000_00, "CNY", "RUB", now).amount_minor
    assert row["customer_price"] == {"amount": f"{wanted / 100:.2f}", "currency": "RUB"}


def test_what_is_another_shop_s_is_not_there_and_the_list_has_bounds(program, rival_stall, stall, key_of):
    assert program.call(DETAILS, {"skus": [rival_stall.sku(rival_stall.mug), 17]}) == {"prices": []}
    assert program.refusal(DETAILS, {"skus": []})[0] == 400
    assert program.refusal(DETAILS, {"skus": [1] * 1001})[0] == 400
    assert key_of(stall.seller, "Warehouse").refusal(DETAILS, {"skus": [17]})[:2] == (403, 7)


def test_the_number_of_queries_does_not_grow(program, stall):
    skus = [stall.sku(stall.mug), stall.sku(stall.pan)]
    program.call(DETAILS, {"skus": skus})

    assert program.queries(DETAILS, {"skus": skus[:1]}) == program.queries(DETAILS, {"skus": skus})
