"""Passes for cars, as programs order, change and withdraw them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core import clock
from sellerdesk.handover.models import ArrivalPass
from sellerdesk.orders import queries as orders_queries
from sellerdesk.orders import services as orders
from sellerdesk.returns.models import ReturnPlace
from sellerdesk.sellers import services as sellers
from tests.contract.conftest import MARKET, Program

CAR = {"driver_name": "Борис К.", "driver_phone": "+7 900 000-11-22", "vehicle_model": "ГАЗель",
       "vehicle_license_plate": "А123ВС77"}
CARRIAGE, RETURN = "/v1/carriage/pass", "/v1/return/pass"


@pytest.fixture
def carriage(program, shelf, order_of) -> int:
    number = order_of(program.seller, (shelf.ids["A-1"], 1))
    orders.ship_many(seller=program.seller, numbers=[number], actor=MARKET, now=clock.now() - timedelta(minutes=1))
    method = orders_queries.posting(program.seller, number).delivery_method_id
    return program.call("/v1/carriage/create", {"delivery_method_id": method})["carriage_id"]


@pytest.fixture
def fetching(shelf, now):
    """A pass for returns as a program asks for it."""
    point = ReturnPlace.objects.create(city="Moscow").pk
    return {**CAR, "arrival_time": (now + timedelta(hours=5)).isoformat(), "dropoff_point_id": point,
            "warehouse_id": shelf.warehouse_id}


@pytest.fixture
def bound(shop, client):
    def make(*warehouses: int) -> Program:
        made = sellers.create_key(seller=shop, name="Bound", roles=["Admin"], warehouse_ids=warehouses, actor=MARKET,
                                  user_id=None, real_now=clock.real_now())
        return Program(shop, made.secret, client)

    return make


def listed(program, **filter):
    return program.call("/v1/pass/list", {"limit": 100, "filter": filter})["arrival_passes"]


def test_passes_of_a_carriage_are_ordered_changed_and_withdrawn(program, carriage, shelf):
    made = program.call(f"{CARRIAGE}/create", {
        "carriage_id": carriage, "arrival_passes": [CAR, {**CAR, "with_returns": True}]})["arrival_pass_ids"]
    first, second = map(int, made)
    rows = listed(program)

    assert [row["arrival_pass_id"] for row in rows] == [first, second]
    assert [row["arrival_reasons"] for row in rows] == [["FBS_DELIVERY"], ["FBS_DELIVERY", "FBS_RETURN"]]
    assert (rows[0]["driver_name"], rows[0]["vehicle_license_plate"], rows[0]["is_active"], rows[0]["warehouse_id"]) == (
        "Борис К.", "А123ВС77", True, shelf.warehouse_id)
    assert program.call("/v1/carriage/get", {"carriage_id": carriage})["arrival_pass_ids"] == made

    assert program.call(f"{CARRIAGE}/update", {"carriage_id": carriage, "arrival_passes": [
        {**CAR, "id": first, "driver_name": "Anna"}]}) == {}
    assert program.call(f"{CARRIAGE}/delete", {"carriage_id": carriage, "arrival_pass_ids": [str(second)]}) == {}
    assert [(row["arrival_pass_id"], row["driver_name"]) for row in listed(program)] == [(first, "Anna")]


def test_passes_for_returns_are_ordered_changed_and_withdrawn(program, fetching, now):
    [made] = program.call(f"{RETURN}/create", {"arrival_passes": [fetching]})["arrival_pass_ids"]
    [row] = listed(program, arrival_reason="FBS_RETURN", dropoff_point_ids=[fetching["dropoff_point_id"]])
    assert (row["arrival_pass_id"], row["arrival_reasons"]) == (int(made), ["FBS_RETURN"])
    assert listed(program, arrival_reason="FBS_DELIVERY") == []

    later = (now + timedelta(days=2)).isoformat()
    program.call(f"{RETURN}/update", {"arrival_passes": [
        {**CAR, "arrival_pass_id": made, "arrival_time": later, "vehicle_model": "Ford"}]})
    [row] = listed(program, arrival_pass_ids=[made], only_active_passes=True)
    assert (row["vehicle_model"], row["arrival_time"][:10]) == ("Ford", later[:10])

    program.call(f"{RETURN}/delete", {"arrival_pass_ids": [made]})
    assert listed(program) == []


def test_what_is_wrong_with_a_pass_is_refused_whole(program, carriage, fetching, now):
    wrong = [({**CAR, "driver_phone": "12"}, f"{CARRIAGE}/create"), ({**CAR, "vehicle_model": "x" * 61},
                                                                     f"{CARRIAGE}/create")]
    for car, path in wrong:
        assert program.refusal(path, {"carriage_id": carriage, "arrival_passes": [CAR, car]})[:2] == (400, 3)
    past = {**fetching, "arrival_time": now.isoformat()}
    assert program.refusal(f"{RETURN}/create", {"arrival_passes": [past]})[:2] == (400, 3)
    unknown = {**fetching, "dropoff_point_id": 4711}
    assert program.refusal(f"{RETURN}/create", {"arrival_passes": [unknown]})[:2] == (404, 5)
    assert program.refusal(f"{CARRIAGE}/create", {"carriage_id": carriage, "arrival_passes": []})[:2] == (400, 3)
    assert not ArrivalPass.objects.exists()
    program.call("/v1/carriage/cancel", {"carriage_id": carriage})
    assert program.refusal(f"{CARRIAGE}/create", {"carriage_id": carriage, "arrival_passes": [CAR]}) == (
        400, 9, "CARRIAGE_HAS_INCORRECT_STATUS")


def test_passes_are_paged_and_nobody_elses_are_reached(program, rival, bound, carriage, fetching, key_of, shop):
    [mine] = program.call(f"{CARRIAGE}/create", {"carriage_id": carriage, "arrival_passes": [CAR]})["arrival_pass_ids"]
    [other] = program.call(f"{RETURN}/create", {"arrival_passes": [fetching]})["arrival_pass_ids"]
    first = program.call("/v1/pass/list", {"limit": 1})
    rest = program.call("/v1/pass/list", {"limit": 1, "cursor": first["cursor"]})
    assert [row["arrival_pass_id"] for row in first["arrival_passes"] + rest["arrival_passes"]] == [
        int(mine), int(other)]
    assert rest["cursor"] == ""

    acts = [(f"{CARRIAGE}/create", {"carriage_id": carriage, "arrival_passes": [CAR]}),
            (f"{CARRIAGE}/update", {"carriage_id": carriage, "arrival_passes": [{**CAR, "id": mine}]}),
            (f"{CARRIAGE}/delete", {"carriage_id": carriage, "arrival_pass_ids": [mine]}),
            (f"{RETURN}/update", {"arrival_passes": [{**CAR, "arrival_pass_id": other,
                                                      "arrival_time": fetching["arrival_time"]}]}),
            (f"{RETURN}/delete", {"arrival_pass_ids": [other]})]
    for stranger in (rival, bound(1)):
        assert listed(stranger) == []
        for path, body in acts:
            assert (path, stranger.refusal(path, body)[:2]) == (path, (404, 5))
        assert stranger.refusal(f"{RETURN}/create", {"arrival_passes": [fetching]})[:2] == (400, 3)
    reader = key_of(shop, "Posting FBS read only")
    assert len(listed(reader)) == 2
    assert {reader.refusal(path, body)[:2] for path, body in acts} == {(403, 7)}
    # A pass of a carriage is none for returns, and the other way round.
    assert program.refusal(f"{RETURN}/delete", {"arrival_pass_ids": [mine]})[:2] == (404, 5)
    assert ArrivalPass.objects.count() == 2
