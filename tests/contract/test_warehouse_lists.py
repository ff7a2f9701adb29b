"""Warehouses and what lies in them, in the older and the narrower listings that programs still ask for."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from sellerdesk.core import clock
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.models import Warehouse
from sellerdesk.seller_api import budget
from sellerdesk.sellers import services as sellers
from tests.contract.conftest import MARKET, SHAPES, Program, wrong
from tests.contract.test_supplies import PODOLSK, POINT, booked, drafted

LIST = "/v1/warehouse/list"
STOCKS, BY_WAREHOUSE = "/v1/product/info/warehouse/stocks", "/v1/product/info/stocks-by-warehouse/fbs"


@pytest.fixture
def north(shop, now) -> int:
    return inventory.create_warehouse(seller=shop, name="North", city="Москва", address="Мира, 1", actor=MARKET,
                                      time_zone="Europe/Moscow", cut_off=time(18), now=now).id


@pytest.fixture
def bound(shop, client):
    """A program whose key reaches these warehouses only."""

    def make(*warehouses: int) -> Program:
        made = sellers.create_key(seller=shop, name="Bound", roles=["Admin"], warehouse_ids=warehouses, actor=MARKET,
                                  user_id=None, real_now=clock.real_now())
        return Program(shop, made.secret, client)

    return make


def got(program, path):
    response = program.send("GET", path, b"")
    assert response.status_code == 200
    assert list(wrong(SHAPES[path]["answer"], response.json())) == []
    return response.json()


def test_the_older_list_tells_of_warehouses_by_offset_and_without_a_body_of_all(program, rival, shelf, north):
    Warehouse.objects.filter(pk=north).update(kind="own", working_days=[1, 2, 5], postings_limit=40, bulky=True)
    everything = program.call(LIST, {})["result"]
    budget.forget()
    second = program.call(LIST, {"limit": 1, "offset": 1})["result"]
    budget.forget()

    assert [row["warehouse_id"] for row in everything] == sorted([shelf.warehouse_id, north])
    assert second == everything[1:]
    row = next(row for row in everything if row["warehouse_id"] == north)
    assert (row["name"], row["status"], row["is_rfbs"], row["is_kgt"]) == ("North", "created", True, True)
    assert (row["working_days"], row["has_postings_limit"], row["postings_limit"]) == (["1", "2", "5"], True, 40)
    assert rival.call(LIST, {})["result"] == []


def test_the_older_list_is_asked_for_once_a_minute_and_within_its_limits(program, shelf):
    program.call(LIST, {"limit": 200})
    assert program.refusal(LIST, {"limit": 200})[:2] == (429, 8)
    budget.forget()
    assert program.refusal(LIST, {"limit": 201}) == (
        400, 3, "Request validation error: invalid WarehouseListRequest.Limit: value must be inside range [1, 200]")


def test_what_lies_in_one_warehouse_is_paged_by_product(program, shop, shelf, order_of):
    order_of(shop, (shelf.ids["A-1"], 2))
    first = program.call(STOCKS, {"warehouse_id": shelf.warehouse_id, "limit": 2})
    rest = program.call(STOCKS, {"warehouse_id": str(shelf.warehouse_id), "limit": 2, "cursor": first["cursor"]})

    assert (first["has_next"], rest["has_next"], rest["cursor"]) == (True, False, "")
    assert [row["offer_id"] for row in first["stocks"] + rest["stocks"]] == ["A-1", "A-2", "A-3"]
    row = first["stocks"][0]
    assert (row["present"], row["reserved"], row["free_stock"]) == (10, 2, 8)
    assert (row["sku"], row["product_id"], row["warehouse_id"]) == (
        shelf.skus["A-1"], shelf.ids["A-1"], shelf.warehouse_id)
    assert program.queries(STOCKS, {"warehouse_id": shelf.warehouse_id, "limit": 1}) == program.queries(
        STOCKS, {"warehouse_id": shelf.warehouse_id, "limit": 3})


def test_what_lies_in_a_warehouse_is_told_to_whom_it_belongs(program, rival, shelf, north, bound):
    named = {"warehouse_id": shelf.warehouse_id, "limit": 10}

    assert rival.refusal(STOCKS, named)[:2] == bound(north).refusal(STOCKS, named)[:2] == (404, 5)
    assert program.refusal(STOCKS, {**named, "warehouse_id": PODOLSK})[:2] == (404, 5)
    assert program.refusal(STOCKS, {**named, "cursor": "nonsense"})[:2] == (400, 3)
    assert len(bound(shelf.warehouse_id).call(STOCKS, named)["stocks"]) == 3
    assert bound(north).call(STOCKS, {**named, "warehouse_id": north})["stocks"] == []


def test_the_older_listing_of_stocks_takes_either_name_of_a_product(program, rival, shelf, north, bound):
    by_sku = program.call(BY_WAREHOUSE, {"sku": [str(shelf.skus["A-2"])]})["result"]

    assert by_sku == program.call(BY_WAREHOUSE, {"offer_id": ["A-2", "nothing"]})["result"]
    assert by_sku == [{"sku": shelf.skus["A-2"], "product_id": shelf.ids["A-2"], "offer_id": "A-2", "present": 10,
                       "reserved": 0, "warehouse_id": shelf.warehouse_id, "warehouse_name": "Depot A"}]
    assert program.refusal(BY_WAREHOUSE, {}) == (400, 3, "use either sku or offer_id")
    assert rival.call(BY_WAREHOUSE, {"sku": [shelf.skus["A-2"]]})["result"] == []
    assert bound(north).call(BY_WAREHOUSE, {"offer_id": ["A-2"]})["result"] == []


def test_hours_that_take_supplies_are_told_for_each_place_and_day(program, shelf, now):
    places = got(program, "/v1/supplier/available_warehouses")["result"]
    podolsk = [row for row in places if row["warehouse"]["id"] == str(PODOLSK)]
    hour = podolsk[0]["schedule"]["capacity"][0]
    draft = drafted(program, shelf, ["A-1"])
    booked(program, draft)
    after = next(row for row in got(program, "/v1/supplier/available_warehouses")["result"]
                 if row["warehouse"]["id"] == str(PODOLSK))["schedule"]["capacity"][0]

    assert {row["warehouse"]["id"] for row in places} >= {str(PODOLSK), str(POINT)}
    assert len({row["schedule"]["date"] for row in podolsk}) == len(podolsk) > 7
    assert datetime.fromisoformat(hour["start"]) > now
    assert (after["start"], after["value"]) == (hour["start"], hour["value"] - 1)


def test_warehouses_of_the_marketplace_are_listed_by_type(program):
    everything = program.call("/v1/warehouse/ozon/list", {})["warehouses"]
    points = program.call("/v1/warehouse/ozon/list", {"warehouse_types": ["ORDERS_RECEIVING_POINT"]})["warehouses"]
    none = program.call("/v1/warehouse/ozon/list", {"warehouse_types": ["PHARMACY"]})["warehouses"]

    assert (none, len(everything) > len(points) > 0) == ([], True)
    podolsk = next(row for row in everything if row["warehouse_id"] == PODOLSK)
    assert (podolsk["warehouse_type"], podolsk["is_cross_dock"], podolsk["country_iso_numeric"]) == (
        "FULL_FILLMENT", False, 643)
    assert {(row["warehouse_type"], row["is_cross_dock"]) for row in points} == {("ORDERS_RECEIVING_POINT", True)}


def test_own_warehouses_are_told_with_hours_and_cluster(program, rival, north, shelf, bound):
    rows = program.call("/v1/warehouse/fbo/seller/list")["warehouses"]
    row = next(row for row in rows if row["seller_warehouse_id"] == north)

    assert len(rows) == 2
    assert (row["address"]["region"], row["address"]["macrolocal_cluster_id"]) == ("Москва", 4001)
    assert row["working_days"][0] == {"day": "MONDAY", "time_from_local": "09:00", "time_to_local": "21:00"}
    assert rival.call("/v1/warehouse/fbo/seller/list")["warehouses"] == []
    assert len(bound(north).call("/v1/warehouse/fbo/seller/list")["warehouses"]) == 1


def test_hours_of_a_supply_in_the_older_listing(program, rival, shelf, bound, now):
    order = booked(program, drafted(program, shelf, ["A-1"]))
    asked = {"supply_order_id": order}
    told = program.call("/v1/supply-order/timeslot/get", asked)
    newer = program.call("/v2/supply-order/timeslot/list", {"order_id": order})["timeslots_info"]

    assert told["timeslots"] == newer["timeslots"] != []
    assert told["timezone"] == [{"iana_name": "Europe/Moscow", "offset": "+03:00"}]
    assert rival.refusal("/v1/supply-order/timeslot/get", asked)[:2] == (404, 5)
    assert bound(shelf.warehouse_id).refusal("/v1/supply-order/timeslot/get", asked)[:2] == (403, 7)
    program.call("/v1/supply-order/cancel", {"order_id": order})
    assert program.call("/v1/supply-order/timeslot/get", asked)["timeslots"] == []
