"""People of single warehouses see and touch the orders and stock of those only."""

from __future__ import annotations

from datetime import time

import pytest
from django.urls import reverse

from sellerdesk.inventory import queries as stock
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders import queries
from sellerdesk.returns import queries as returns
from sellerdesk.returns import services as returning
from sellerdesk.returns.errors import ReturnNotFound
from sellerdesk.returns.types import ReturnRequest
from sellerdesk.sellers.models import Membership


@pytest.fixture
def other(stall) -> int:
    """A second warehouse, where nothing lies."""
    return inventory.create_warehouse(seller=stall.seller, name="North", city="Тверь", address="", actor=stall.actor,
                                      time_zone="Europe/Moscow", cut_off=time(18), now=stall.now).id


@pytest.fixture
def narrow(staff_boris):
    def make(*warehouses: int) -> None:
        Membership.objects.filter(user=staff_boris).update(warehouses=list(warehouses))

    return make


def test_orders_of_other_warehouses_are_neither_listed_counted_nor_opened(stall, other, narrow, boris_client) -> None:
    [number] = stall.place()
    narrow(other)

    page = boris_client.get("/orders/?tab=all").content.decode()

    assert number not in page
    assert boris_client.get(reverse("orders:posting", args=[number])).status_code == 404
    assert queries.counts(stall.seller, [other])["all"] == 0
    assert number not in boris_client.get(f"/orders/?tab=all&warehouse={stall.warehouse_id}").content.decode()
    narrow(stall.warehouse_id)
    assert number in boris_client.get("/orders/?tab=all").content.decode()
    assert boris_client.get(reverse("orders:posting", args=[number])).status_code == 200


@pytest.mark.parametrize("act", ["orders:pack", "orders:packages", "handover:label", "orders:hand_over"])
def test_orders_of_other_warehouses_are_not_touched(act, stall, other, narrow, boris_client) -> None:
    [number] = stall.place() if act in ("orders:pack", "orders:packages") else stall.packed()
    before = stall.place_of(number)
    narrow(other)

    assert boris_client.post(reverse(act, args=[number])).status_code == 404
    boris_client.post(reverse("orders:bulk"), {"action": "pack", "ids": [number]})
    boris_client.post(reverse("orders:bulk"), {"action": "hand_over", "ids": [number]})

    assert stall.place_of(number) == before


def test_stock_of_other_warehouses_is_neither_shown_nor_changed(stall, other, narrow, boris_client) -> None:
    narrow(other)

    grid = boris_client.get("/stocks/").content.decode()
    refused = boris_client.post(reverse("inventory:save", args=[stall.mug, stall.warehouse_id]), {"free": "1"})
    allowed = boris_client.post(reverse("inventory:save", args=[stall.mug, other]), {"free": "4"})

    assert reverse("inventory:save", args=[stall.mug, other]) in grid
    assert reverse("inventory:save", args=[stall.mug, stall.warehouse_id]) not in grid
    assert (refused.status_code, allowed.status_code) == (404, 302)
    assert stall.shelf(stall.mug) == (20, 0)
    assert {row.warehouse_id: row.present for row in stock.stocks(stall.seller, [stall.mug])[stall.mug]}[other] == 4
    assert boris_client.get(reverse("inventory:warehouse", args=[stall.warehouse_id])).status_code == 404
    # The product form writes to the shop's main warehouse.
    assert boris_client.post(reverse("catalog:product_stock", args=[stall.mug]), {"stock": "1"}).status_code == 403


# -- returns and the board ---------------------------------------------------------------------------------------------


@pytest.fixture
def arrived(stall) -> int:
    """A return that waits in the first warehouse."""
    number = stall.handed_over()[0]
    stall.scan(number, "accepted", "at_pickup_point", "delivered")
    made = returning.request_returns(seller=stall.seller, actor=stall.actor, requests=[
        ReturnRequest(number, stall.sku(stall.mug), 1, "defective", stall.now)])[0]
    returning.advance(return_ids=[made.return_id], to_state="arrived", at=stall.now, actor=stall.actor)
    return made.return_id


def test_returns_to_other_warehouses_are_neither_listed_counted_nor_taken_in(stall, other, narrow, boris_client,
                                                                             arrived) -> None:
    narrow(other)

    page = boris_client.get("/returns/?tab=all")

    assert (page.context["table"].rows, page.context["table"].tab_counts["all"]) == ([], 0)
    assert boris_client.post(reverse("returns:receive", args=[arrived])).status_code == 302
    boris_client.post(reverse("returns:bulk"), {"action": "receive", "ids": [arrived]})
    assert returns.counts(stall.seller)["arrived"] == 1
    with pytest.raises(ReturnNotFound):
        returning.receive(seller=stall.seller, return_id=arrived, actor=stall.actor, now=stall.now, only_in=[other])
    assert returns.counts(stall.seller)["arrived"] == 1
    narrow(stall.warehouse_id)
    assert len(boris_client.get("/returns/?tab=all").context["table"].rows) == 1
    boris_client.post(reverse("returns:bulk"), {"action": "receive", "ids": [arrived]})
    assert returns.counts(stall.seller)["received"] == 1


def test_the_board_counts_what_is_in_ones_own_warehouses(stall, other, narrow, boris_client, arrived) -> None:
    [number] = stall.place()
    stall.spread()
    inventory.set_stocks(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        StockInput(other, 2, product_id=stall.pan)])

    def board() -> tuple[dict[str, str], dict[str, int], list[str], str]:
        page = boris_client.get("/")
        return ({tile.key: tile.value for tile in page.context["tiles"]},
                {str(task.href): task.count for task in page.context["tasks"]},
                [row.name for row in page.context["low"]], page.content.decode())

    narrow(other)
    tiles, tasks, low, text = board()
    assert (tiles["orders"], tiles["units"]) == ("0", "0")
    assert [tasks[href] for href in ("/orders/?tab=to_pack", "/returns/?tab=arrived", "/stocks/?tab=low")] == [0, 0, 1]
    assert low == ["Pan «Ёлка»"]
    assert number not in text

    narrow(stall.warehouse_id)
    tiles, tasks, low, text = board()
    assert (tiles["orders"], tiles["units"]) == ("2", "2")
    assert [tasks[href] for href in ("/orders/?tab=to_pack", "/returns/?tab=arrived", "/stocks/?tab=low")] == [1, 1, 0]
    assert low == []
    assert number in text


def test_the_parts_of_the_board_that_refresh_are_bounded_too(stall, other, narrow, boris_client) -> None:
    [number] = stall.place()
    narrow(other)

    for part in ("figures", "tasks", "news"):
        page = boris_client.get(reverse("home_live", args=[part]))
        assert page.status_code == 200
        assert number not in page.content.decode()
        if part == "tasks":
            assert page.context["tasks"][0].count == 0
