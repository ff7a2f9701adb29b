"""Whole orders are cancelled by programs, all of an order or nothing; goods that companies have not paid are told."""

from __future__ import annotations

from datetime import time

import pytest

from sellerdesk.catalog.models import Product
from sellerdesk.core import clock
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.models import Stock
from sellerdesk.orders import services as orders
from sellerdesk.orders.models import Order, Posting
from sellerdesk.sellers import services as sellers
from tests.contract.conftest import MARKET, Program

OUT_OF_STOCK = 352


@pytest.fixture
def parted(program, shelf, order_of):
    """An order of two postings: its number and theirs."""
    number = order_of(program.seller, (shelf.ids["A-1"], 2), (shelf.ids["A-2"], 1))
    program.call("/v1/posting/fbs/split", {"posting_number": number, "postings": [
        {"products": [{"product_id": shelf.skus["A-2"], "quantity": 1}]}]})
    order = Posting.objects.get(number=number).order
    return order.number, list(Posting.objects.filter(order=order).order_by("id").values_list("number", flat=True))


@pytest.fixture
def bound(shop, client):
    def make(*warehouses: int) -> Program:
        made = sellers.create_key(seller=shop, name="Bound", roles=["Admin"], warehouse_ids=warehouses, actor=MARKET,
                                  user_id=None, real_now=clock.real_now())
        return Program(shop, made.secret, client)

    return make


def reserved():
    return sum(Stock.objects.values_list("reserved", flat=True))


def ids(answer):
    return [one["id"] for one in answer["reasons"]]


def test_reasons_are_listed_for_all_for_an_order_and_for_a_posting(program, parted):
    order, numbers = parted

    assert ids(program.call("/v1/cancel-reason/list-by-order", {"order_number": order})) == [352, 400, 402]
    assert ids(program.call("/v1/cancel-reason/list-by-posting", {"posting_number": numbers[0]})) == [352, 400, 402]
    assert {352, 400, 402} <= set(ids(program.call("/v1/cancel-reason/list")))
    assert program.refusal("/v1/cancel-reason/list-by-order", {"order_number": "1"}) == (404, 5, "ORDER_NOT_FOUND")
    assert program.refusal("/v1/cancel-reason/list-by-posting", {"posting_number": "1"})[:2] == (404, 5)


def test_a_posting_is_cancelled_for_a_reason_and_its_state_can_be_asked(program, parted):
    order, [first, _second] = parted
    body = {"posting_number": first, "reason_id": OUT_OF_STOCK, "reason_message": "Sold elsewhere"}
    assert program.refusal("/v1/posting/cancel", {**body, "reason_id": 1})[:2] == (400, 3)
    before = program.call("/v1/posting/cancel/status", {"posting_number": first})
    program.call("/v1/posting/cancel", body)
    after = program.call("/v1/posting/cancel/status", {"posting_number": first})

    assert (before["state"], after["state"]) == ("awaiting_packaging", "cancelled")
    assert (after["order_number"], after["posting_number"]) == (order, [first])
    assert program.refusal("/v1/posting/cancel", body) == (400, 9, "POSTING_ALREADY_CANCELLED")
    told = program.call("/v1/order/cancel/status", {"order_number": order})
    assert (told["state"], told["posting_number"]) == ("awaiting_packaging", [first])


def test_an_order_is_cancelled_whole_and_frees_its_goods(program, parted):
    order, numbers = parted
    check = program.call("/v1/order/cancel/check", {"order_number": order})
    assert (check["cancellable"], check["posting_groups"]) == (True, [{"posting_numbers": numbers}])
    assert reserved() == 3

    program.call("/v1/order/cancel", {"order_number": order, "reason_id": OUT_OF_STOCK, "reason_message": "Out"})

    assert reserved() == 0
    told = program.call("/v1/order/cancel/status", {"order_number": order})
    assert (told["state"], told["posting_number"]) == ("cancelled", numbers)
    check = program.call("/v1/order/cancel/check", {"order_number": order})
    assert (check["cancellable"], check["posting_groups"]) == (False, [])
    assert [one["why_not_cancellable"] for one in check["postings"]] == ["POSTING_ALREADY_CANCELLED"] * 2
    assert program.refusal("/v1/order/cancel", {"order_number": order, "reason_id": OUT_OF_STOCK}) == (
        400, 9, "POSTING_ALREADY_CANCELLED")


def test_an_order_that_is_partly_on_its_way_is_not_cancelled_at_all(program, parted):
    order, [first, second] = parted
    orders.ship_many(seller=program.seller, numbers=[second], actor=MARKET, now=clock.now())
    Posting.objects.filter(number=second).update(state="delivering", substate="posting_in_pickup_point")

    check = program.call("/v1/order/cancel/check", {"order_number": order})
    assert (check["cancellable"], [one["cancellable"] for one in check["postings"]]) == (False, [True, False])
    assert check["postings"][1]["why_not_cancellable"] == "HAS_INCORRECT_STATUS"
    refused = program.refusal("/v1/order/cancel", {"order_number": order, "reason_id": OUT_OF_STOCK,
                                                   "reason_message": "Out"})
    assert refused == (400, 9, "HAS_INCORRECT_STATUS")
    assert Posting.objects.get(number=first).state == "awaiting_packaging"


def test_nobody_else_reaches_an_order(rival, parted, bound, north):
    order, [first, _second] = parted
    acts = [("/v1/order/cancel", {"order_number": order, "reason_id": OUT_OF_STOCK, "reason_message": "x"}),
            ("/v1/order/cancel/check", {"order_number": order}), ("/v1/order/cancel/status", {"order_number": order}),
            ("/v1/cancel-reason/list-by-order", {"order_number": order}),
            ("/v1/posting/cancel", {"posting_number": first, "reason_id": OUT_OF_STOCK, "reason_message": "x"}),
            ("/v1/posting/cancel/status", {"posting_number": first})]
    for path, body in acts:
        assert (path, rival.refusal(path, body)[0]) == (path, 404)
        assert (path, bound(north).refusal(path, body)[0]) == (path, 404)
    assert reserved() == 3


@pytest.fixture
def north(shop, now) -> int:
    return inventory.create_warehouse(seller=shop, name="North", city="Тверь", address="", actor=MARKET,
                                      time_zone="Europe/Moscow", cut_off=time(18), now=now).id


def test_goods_that_companies_have_not_paid_are_told_by_product(program, rival, shelf, order_of, bound, north):
    path = "/v1/posting/unpaid-legal/product/list"
    numbers = [order_of(program.seller, (shelf.ids["A-1"], 2)), order_of(program.seller, (shelf.ids["A-1"], 1)),
               order_of(program.seller, (shelf.ids["A-2"], 1)), order_of(program.seller, (shelf.ids["A-3"], 1))]
    Posting.objects.filter(number__in=numbers[:3]).update(state="awaiting_verification", substate="posting_created")
    assert program.call(path, {"limit": 10}) == {"products": [], "cursor": ""}
    Order.objects.update(company_name="ООО «Вектор»")

    first = program.call(path, {"limit": 1})
    rest = program.call(path, {"limit": 1, "cursor": first["cursor"]})

    assert [(row["offer_id"], row["quantity"]) for row in first["products"] + rest["products"]] == [
        ("A-1", 3), ("A-2", 1)]
    assert (bool(first["cursor"]), rest["cursor"]) == (True, "")
    assert rival.call(path, {"limit": 10})["products"] == bound(north).call(path, {"limit": 10})["products"] == []
    assert program.refusal(path, {"limit": 1001})[:2] == program.refusal(path, {"limit": 1, "cursor": "x"})[:2] == (
        400, 3)


def test_a_sku_is_sold_in_every_way_and_strangers_are_errors(program, rival, shelf):
    sku = shelf.skus["A-1"]
    told = program.call("/v1/product/related-sku/get", {"sku": [str(sku), 4711]})

    assert told["items"] == [{"sku": sku, "product_id": shelf.ids["A-1"], "availability": "AVAILABLE",
                              "delivery_schema": "SDS", "deleted_at": None}]
    assert [(one["sku"], one["code"]) for one in told["errors"]] == [(4711, "product_unknown")]
    Product.objects.filter(pk=shelf.ids["A-2"]).update(status="hidden")
    Product.objects.filter(pk=shelf.ids["A-3"]).update(archived=True)
    others = program.call("/v1/product/related-sku/get", {"sku": [shelf.skus["A-2"], shelf.skus["A-3"]]})["items"]
    assert [one["availability"] for one in others] == ["HIDDEN", "UNAVAILABLE"]
    assert rival.call("/v1/product/related-sku/get", {"sku": [sku]})["items"] == []
    assert program.refusal("/v1/product/related-sku/get", {"sku": []})[:2] == (400, 3)
