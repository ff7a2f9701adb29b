"""People of single warehouses see and touch the orders and stock of those only."""

from __future__ import annotations

from datetime import time

import pytest
from django.urls import reverse

from sellerdesk.inventory import queries as stock
from sellerdesk.inventory import services as inventory
from sellerdesk.orders import queries
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


@pytest.mark.parametrize("act", ["pack", "packages", "label", "hand_over"])
def test_orders_of_other_warehouses_are_not_touched(act, stall, other, narrow, boris_client) -> None:
    [number] = stall.place() if act in ("pack", "packages") else stall.packed()
    before = stall.place_of(number)
    narrow(other)

    assert boris_client.post(reverse(f"orders:{act}", args=[number])).status_code == 404
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
