from __future__ import annotations

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.inventory import services
from sellerdesk.inventory.models import Stock, Warehouse
from sellerdesk.inventory.types import StockInput, StockLine

HTMX = {"HX-Request": "true", "HX-Target": "tr"}


@pytest.fixture
def depot(shop, actor, now):
    return services.create_warehouse(seller=shop, name="Moscow – main", city="Moscow", time_zone="Europe/Moscow",
                                     cut_off=time(14), actor=actor, now=now)


@pytest.fixture
def stocked(shop, actor, now, goods, depot) -> list[int]:
    ids = goods(shop, 3)
    services.set_stocks(seller=shop, actor=actor, now=now, changes=[
        StockInput(depot.id, 20, product_id=ids[0]), StockInput(depot.id, 4, product_id=ids[1])])
    services.reserve(seller=shop, lines=[StockLine(ids[0], depot.id, 3, "1-1-1", now)])
    return ids


def names(page) -> list[str]:
    return [row.offer_id for row in page.context["table"].rows]


def test_the_grid_shows_free_reserved_and_present(anna_client, stocked) -> None:
    rows = {row.offer_id: row for row in anna_client.get(reverse("inventory:stocks")).context["table"].rows}

    assert {offer: (row.free, row.reserved, row.present, row.level) for offer, row in rows.items()} == {
        "A-1": (17, 3, 20, ""), "A-2": (4, 0, 4, "low"), "A-3": (0, 0, 0, "out")}
    assert names(anna_client.get(reverse("inventory:stocks"), {"tab": "low"})) == ["A-2"]
    assert names(anna_client.get(reverse("inventory:stocks"), {"tab": "out"})) == []
    assert names(anna_client.get(reverse("inventory:stocks"), {"q": "a-3"})) == ["A-3"]


def test_the_grid_takes_the_same_queries_for_few_and_for_many_rows(anna_client, shop, stocked, goods) -> None:
    anna_client.get(reverse("inventory:stocks"))
    counts = []
    for more in (1, 40):
        goods(shop, more, prefix=f"B{more}")
        with CaptureQueriesContext(connection) as seen:
            assert anna_client.get(reverse("inventory:stocks")).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_packer_corrects_stock_in_place_and_reserved_units_stay(boris_client, depot, stocked) -> None:
    address = reverse("inventory:save", args=[stocked[0], depot.id])

    saved = boris_client.post(address, {"free": "5"}, headers=HTMX)
    refused = boris_client.post(address, {"free": "lots"}, headers=HTMX)

    assert saved.status_code == 200
    assert 'value="5"' in saved.content.decode()
    assert refused.status_code == 422
    assert all(text in refused.content.decode() for text in ('value="lots"', 'role="alert"'))
    assert Stock.objects.values_list("present", "reserved").get(product_id=stocked[0]) == (8, 3)


def test_a_rival_sees_and_changes_nothing(clara_client, depot, stocked) -> None:
    assert clara_client.get(reverse("inventory:moves", args=[stocked[0]])).status_code == 404
    assert clara_client.get(reverse("inventory:warehouse", args=[depot.id])).status_code == 404
    assert clara_client.post(reverse("inventory:save", args=[stocked[0], depot.id]), {"free": "1"},
                             headers=HTMX).status_code == 404
    assert Stock.objects.values_list("present", "reserved").get(product_id=stocked[0]) == (20, 3)


def test_the_ledger_tells_the_balance_after_each_line(anna_client, stocked) -> None:
    page = anna_client.get(reverse("inventory:moves", args=[stocked[0]]))

    assert [(item.title, item.text, item.by) for item in page.context["items"]] == [
        ("Reserved: +3", "Moscow – main · on the shelf: 20", "1-1-1"),
        ("Stock set: +20", "Moscow – main · on the shelf: 20", "Anna")]


def test_a_warehouse_is_opened_and_changed_by_form(anna_client, shop) -> None:
    data = {"name": "Kazan – spare", "city": "Kazan", "address": "", "time_zone": "Europe/Moscow", "cut_off": "15:30",
            "preparation_hours": "36"}

    refused = anna_client.post(reverse("inventory:warehouse_new"), {**data, "name": "Call 8 912 345-67-89"})
    assert refused.status_code == 422
    assert "must not contain phone numbers" in refused.content.decode()
    assert not Warehouse.objects.exists()

    assert anna_client.post(reverse("inventory:warehouse_new"), data)["Location"] == reverse("inventory:warehouses")
    made = Warehouse.objects.get()
    assert (made.seller_id, made.name, made.cut_off, made.preparation_hours, made.state) == (
        shop.id, "Kazan – spare", time(15, 30), 36, "active")

    anna_client.post(reverse("inventory:warehouse", args=[made.pk]), {**data, "state": "paused"})
    made.refresh_from_db()
    assert made.state == "paused"
    assert "Kazan – spare" in anna_client.get(reverse("inventory:warehouses")).content.decode()


def test_without_a_warehouse_the_grid_leads_to_opening_one(anna_client, goods, shop) -> None:
    goods(shop)

    page = anna_client.get(reverse("inventory:stocks")).content.decode()

    assert reverse("inventory:warehouse_new") in page
    assert "Open a warehouse first" in page
