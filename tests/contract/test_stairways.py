"""Discounts by quantity, as programs set and read them, and what orders make of them."""

from __future__ import annotations

import pytest

from sellerdesk.orders import queries as orders
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions.models import Stairway

SET, GET = "/v1/product/stairway-discount/by-quantity/set", "/v1/product/stairway-discount/by-quantity/get"


def stairs(sku, *steps, enabled=True):
    return {"sku": sku, "enabled": enabled, "stairway": {"steps": [
        {"step": place, "quantity": quantity, "discount": discount}
        for place, (quantity, discount) in enumerate(steps, 1)]}}


def put(program, *rows, **more):
    return program.call(SET, {"stairways": list(rows), **more})


def test_steps_are_kept_told_and_paid_by_buyers(program, stall):
    mug, pan = stall.sku(stall.mug), stall.sku(stall.pan)
    assert put(program, stairs(mug, (3, 10), (5, 15)), stairs(pan, (2, 1))) == {
        "accepted": True, "errors": [], "warnings": []}

    told = program.call(GET, {"skus": [str(mug), str(pan), str(mug)]})["stairways"]
    assert told[0] == {"sku": mug, "enabled": True, "status": "SUCCESS", "stairway": {"steps": [
        {"step": 1, "quantity": 3, "discount": 10}, {"step": 2, "quantity": 5, "discount": 15}]}}
    assert [row["sku"] for row in told] == [mug, pan]

    paid = []
    for quantity in (2, 3, 4, 5):
        [number] = stall.place(stall.request((stall.mug, quantity), (stall.pan, 1)))
        paid.append([(line.price_minor, line.old_price_minor) for line in orders.posting(stall.seller, number).lines])
    assert [rows[0] for rows in paid] == [(100_000, 0), (90_000, 100_000), (90_000, 100_000), (85_000, 100_000)]
    assert {rows[1] for rows in paid} == {(25_050, 0)}
    # 250.50 less one percent is 247.995: buyers never pay more than promised.
    [number] = stall.place(stall.request((stall.pan, 2)))
    assert orders.posting(stall.seller, number).lines[0].price_minor == 24_799


def test_the_same_product_twice_in_one_order_counts_together(program, stall):
    put(program, stairs(stall.sku(stall.mug), (3, 10)))

    [number] = stall.place(stall.request((stall.mug, 1), (stall.mug, 2)))

    assert orders.posting(stall.seller, number).amount_minor == 270_000


def test_switched_off_they_keep_their_steps_and_change_no_price(program, stall):
    mug = stall.sku(stall.mug)
    put(program, stairs(mug, (2, 10)))
    put(program, stairs(mug, (2, 10), enabled=False))

    [number] = stall.place(stall.request((stall.mug, 2)))

    assert orders.posting(stall.seller, number).amount_minor == 200_000
    [row] = program.call(GET, {"skus": [mug]})["stairways"]
    assert (row["enabled"], len(row["stairway"]["steps"])) == (False, 1)


def test_a_step_below_the_lowest_price_is_warned_of_and_does_not_count(program, stall):
    mug = stall.sku(stall.mug)
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now,
                       changes=[PriceInput(product_id=stall.mug, min_price="850")])

    refused = put(program, stairs(mug, (2, 10), (4, 20)))
    assert (refused["accepted"], refused["errors"]) == (False, [])
    [remark] = refused["warnings"][0]["data"]
    assert (remark["code"], remark["step"], remark["field"], remark["value"]) == ("STEP_BELOW_MIN_PRICE", 2, "discount", "20")
    assert "850.00" in remark["message"]
    assert not Stairway.objects.exists()

    assert put(program, stairs(mug, (2, 10), (4, 20)), suppress_warnings=True)["accepted"]
    [number] = stall.place(stall.request((stall.mug, 4)))
    # The first step holds where the second one may not.
    assert orders.posting(stall.seller, number).lines[0].price_minor == 90_000


@pytest.mark.parametrize(("steps", "code"), [
    ((), "STEPS_COUNT"), (((2, 1), (3, 2), (4, 3), (5, 4), (6, 5)), "STEPS_COUNT"), (((1, 5),), "STEP_QUANTITY"),
    (((3, 5), (3, 6)), "STEP_QUANTITY"), (((2, 5), (3, 5)), "STEP_DISCOUNT"), (((2, 0),), "STEP_DISCOUNT"),
    (((2, 91),), "STEP_DISCOUNT"), (((1001, 5),), "STEP_QUANTITY")])
def test_steps_that_do_not_rise_are_refused_and_spoil_the_call(program, stall, steps, code):
    answer = put(program, stairs(stall.sku(stall.mug), *steps), stairs(stall.sku(stall.pan), (2, 5)),
                 suppress_warnings=True)

    assert answer["accepted"] is False
    assert [one["sku"] for one in answer["errors"]] == [stall.sku(stall.mug)]
    assert answer["errors"][0]["data"][-1]["code"] == code
    assert not Stairway.objects.exists()


def test_numbers_of_steps_and_of_products_are_looked_at(program, stall):
    mug = stall.sku(stall.mug)
    row = stairs(mug, (2, 5))
    row["stairway"]["steps"][0]["step"] = 2

    assert put(program, row)["errors"][0]["data"][0]["code"] == "STEP_NUMBER"
    assert put(program, stairs(mug, (2, 5)), stairs(mug, (2, 6)))["errors"][0]["data"][0]["code"] == "NAMED_TWICE"


def test_another_shop_neither_sees_nor_sets_them(program, rival, stall, rival_stall):
    mug = stall.sku(stall.mug)
    put(program, stairs(mug, (2, 10)))

    assert rival.call(GET, {"skus": [mug]}) == {"stairways": []}
    assert put(rival, stairs(mug, (2, 50)))["errors"][0]["data"][0]["code"] == "NOT_FOUND"
    assert Stairway.objects.get().steps == [[2, 10]]


def test_rights(key_of, stall, program):
    put(program, stairs(stall.sku(stall.mug), (2, 10)))
    reader = key_of(stall.seller, "Admin read only")

    assert len(reader.call(GET, {"skus": [stall.sku(stall.mug)]})["stairways"]) == 1
    assert reader.refusal(SET, {"stairways": [stairs(stall.sku(stall.mug), (2, 5))]})[:2] == (403, 7)


def test_the_number_of_queries_does_not_grow(program, stall):
    rows = [stairs(stall.sku(stall.mug), (2, 10)), stairs(stall.sku(stall.pan), (2, 10))]

    put(program, *rows)
    assert program.queries(SET, {"stairways": rows[:1]}) == program.queries(SET, {"stairways": rows})
    skus = [row["sku"] for row in rows]
    assert program.queries(GET, {"skus": skus[:1]}) == program.queries(GET, {"skus": skus})
