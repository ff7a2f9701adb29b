"""A program supplies goods to the marketplace and sells them from there, by the methods of the contract alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core.actor import Actor
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import OrderRequest, Placed
from sellerdesk.supply import services as supplies
from sellerdesk.supply.types import Counted

pytestmark = pytest.mark.django_db
PEOPLE = Actor.system("warehouse")
PODOLSK, CENTRE, POINT = 1_020_004_000_000_101, 4001, 1_020_004_000_000_901
CAR = {"driver_name": "Борис К.", "driver_phone": "+7 900 000-11-22", "vehicle_model": "ГАЗель",
       "vehicle_number": "А123ВС77"}


@pytest.fixture
def shelf(shelf_of, shop):
    return shelf_of(shop)


@pytest.fixture
def offers(shelf):
    return sorted(shelf.skus)


def drafted(program, shelf, offers, path="/v1/draft/direct/create", **more):
    made = program.call(path, {
        "cluster_info": {"macrolocal_cluster_id": CENTRE, "items": [{"sku": shelf.skus[offers[0]], "quantity": 10}]},
        "deletion_sku_mode": "PARTIAL", **more})
    assert made["errors"] == []
    return made["draft_id"]


def booked(program, draft, kind="DIRECT"):
    """An order in the first hour that is free."""
    chosen = [{"macrolocal_cluster_id": CENTRE, "storage_warehouse_id": PODOLSK}]
    table = program.call("/v2/draft/timeslot/info", {
        "draft_id": draft, "supply_type": kind, "date_from": "2026-11-23", "date_to": "2026-11-30",
        "selected_cluster_warehouses": chosen})["result"]["drop_off_warehouse_timeslots"]
    slot = table["days"][0]["timeslots"][0]
    assert program.call("/v2/draft/supply/create", {
        "draft_id": draft, "supply_type": kind, "selected_cluster_warehouses": chosen, "timeslot": slot,
    })["error_reasons"] == []
    status = program.call("/v2/draft/supply/create/status", {"draft_id": draft})
    assert status["status"] == "SUCCESS"
    return status["order_id"]


def test_a_supply_is_made_filled_in_accepted_and_sold(program, shelf, offers, now):
    sku = shelf.skus[offers[0]]
    clusters = program.call("/v2/cluster/list")["result"]
    assert PODOLSK in [one["warehouse_id"] for row in clusters for one in row["data"]["fulfillments"]]

    draft = drafted(program, shelf, offers)
    found = program.call("/v2/draft/create/info", {"draft_id": draft})
    assert found["status"] == "SUCCESS"
    assert found["clusters"][0]["warehouses"][0]["availability_status"]["state"] == "FULL_AVAILABLE"

    order = booked(program, draft)
    [row] = program.call("/v3/supply-order/get", {"order_ids": [order]})["orders"]
    assert row["state"] == "DATA_FILLING"
    supply = row["supplies"][0]["supply_id"]
    assert str(supply) == row["order_number"]
    [line] = program.call("/v1/supply-order/bundle", {
        "bundle_ids": [row["supplies"][0]["bundle_id"]], "limit": 10})["items"]
    assert (line["sku"], line["quantity"], line["offer_id"]) == (sku, 10, offers[0])

    made = program.call("/v1/cargoes/create", {"supply_id": supply, "cargoes": [
        {"key": "a", "value": {"type": "BOX", "items": [{"offer_id": offers[0], "quantity": 6}]}},
        {"key": "b", "value": {"type": "PALLET", "items": [{"offer_id": offers[0], "quantity": 4}]}}]})
    info = program.call("/v2/cargoes/create/info", {"operation_id": made["operation_id"]})
    assert [one["key"] for one in info["result"]["cargoes"]] == ["a", "b"]
    passed = program.call("/v1/supply-order/pass/create", {"supply_order_id": order, "vehicle": CAR})
    assert program.call("/v1/supply-order/pass/status", {"operation_id": passed["operation_id"]})["result"] == "Success"
    [row] = program.call("/v3/supply-order/get", {"order_ids": [order]})["orders"]
    assert row["state"] == "READY_TO_SUPPLY"
    [rules] = program.call("/v1/cargoes/rules/get", {"supply_ids": [supply]})["supply_check_lists"]
    assert rules["is_valid_distribution_rule"]["percents_int"] == 100

    labels = program.call("/v1/cargoes-label/create", {"supply_id": supply})
    url = program.call("/v1/cargoes-label/get", {"operation_id": labels["operation_id"]})["result"]["file_url"]
    assert program.client.get(url).content.startswith(b"%PDF")

    supplies.hand_in(supply_id=order, actor=PEOPLE, now=now)
    supplies.report_counted(supply_id=order, counted=[Counted(shelf.ids[offers[0]], 10)], actor=PEOPLE, now=now)
    assert program.call("/v3/supply-order/list", {
        "filter": {"states": ["COMPLETED"]}, "limit": 10, "sort_by": "ORDER_CREATION"})["order_ids"] == [str(order)]
    counted = {one["order_state"]: one["count"] for one in program.call("/v1/supply-order/status/counter")["items"]}
    assert counted["ORDER_STATE_COMPLETED"] == 1

    [item] = program.call("/v4/product/info/stocks", {"filter": {"offer_id": [offers[0]]}, "limit": 10})["items"]
    assert {one["type"]: (one["present"], one["warehouse_ids"]) for one in item["stocks"]} == {
        "fbo": (10, [PODOLSK]), "fbs": (10, [shelf.warehouse_id])}
    [lying] = program.call("/v1/product/info/stocks-by-warehouse/fbo", {"limit": 10})["products"]
    assert (lying["sku"], lying["present"], lying["warehouse_id"]) == (sku, 10, PODOLSK)

    [placed] = orders.place_orders(seller=program.seller, actor=Actor.buyer("Dmitri"), orders=[OrderRequest(
        "Dmitri K.", "+79031234567", "Москва", "Москва", "Lenina 1", ((shelf.ids[offers[0]], 2),), now)])
    assert isinstance(placed, Placed)
    [shelf_row] = program.call("/v1/analytics/stocks", {"skus": [sku]})["items"]
    assert (shelf_row["available_stock_count"], shelf_row["valid_stock_count"], shelf_row["warehouse_id"],
            shelf_row["cluster_name"], shelf_row["turnover_grade"]) == (8, 10, PODOLSK, "Москва и Центр", "NO_SALES")
    assert program.call("/v1/analytics/stocks", {"skus": [sku], "turnover_grades": ["DEFICIT"]})["items"] == []
    assert program.refusal("/v1/analytics/stocks", {"skus": [sku], "cluster_ids": [1], "macrolocal_cluster_ids": [1]})[:2] == (
        400, 3)
    [managed] = program.call("/v1/analytics/manage/stocks", {"limit": 10, "filter": {"skus": [sku]}})["items"]
    assert (managed["offer_id"], managed["valid_stock_count"]) == (offers[0], 10)
    [lies] = program.call("/v2/analytics/stock_on_warehouses", {"limit": 10})["result"]["rows"]
    assert (lies["free_to_sell_amount"], lies["reserved_amount"], lies["promised_amount"]) == (8, 2, 0)
    assert program.call("/v2/analytics/stock_on_warehouses", {
        "limit": 10, "warehouse_type": "EXPRESS_DARK_STORE"})["result"]["rows"] == []
    asked = {"analytics_data": True, "financial_data": True}
    [posting] = program.call("/v3/posting/fbo/list", {"limit": 10, "with": asked})["postings"]
    assert (posting["posting_number"], posting["status"]) == (placed.posting_number, "awaiting_packaging")
    one = program.call("/v2/posting/fbo/get", {"posting_number": placed.posting_number, "with": asked})["result"]
    assert one["analytics_data"]["warehouse_id"] == PODOLSK
    assert one["financial_data"]["cluster_from"] == one["financial_data"]["cluster_to"] == "Москва и Центр"
    [older] = program.call("/v2/posting/fbo/list", {
        "filter": {"since": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z"}, "limit": 10})["result"]
    assert older["products"][0]["sku"] == sku
    assert program.refusal("/v3/posting/fbs/get", {"posting_number": placed.posting_number})[0] == 404


def test_a_draft_tells_what_it_leaves_out_and_is_asked_for_twice_a_minute(program, shelf, offers):
    body = {"cluster_info": {"macrolocal_cluster_id": CENTRE, "items": [
        {"sku": shelf.skus[offers[0]], "quantity": 1}, {"sku": 999, "quantity": 1}]}, "deletion_sku_mode": "FULL"}
    draft = program.call("/v1/draft/direct/create", body)["draft_id"]

    found = program.call("/v2/draft/create/info", {"draft_id": draft})
    program.call("/v1/draft/direct/create", body)
    status, code, _ = program.refusal("/v1/draft/direct/create", body)

    assert (found["status"], found["errors"][0]["error_message"]) == ("FAILED", "ITEMS_VALIDATION")
    assert found["errors"][0]["items_validation"][0]["rejected_items"] == [{"reasons": ["INVALID"], "sku": 999}]
    assert (status, code) == (429, 8)


def test_acts_tell_their_refusals_by_the_contracts_words(program, shelf, offers, now):
    order = booked(program, drafted(program, shelf, offers))
    [row] = program.call("/v3/supply-order/get", {"order_ids": [order]})["orders"]
    supply = row["supplies"][0]["supply_id"]

    wrong = program.call("/v1/cargoes/create", {"supply_id": supply, "cargoes": [
        {"key": "a", "value": {"type": "BOX", "items": [{"offer_id": "no such", "quantity": 1}]}}]})["errors"]
    assert wrong["error_reasons"] == ["VALIDATION_FAILED"]
    assert (wrong["items_validation"][0]["cargo_key"], wrong["items_validation"][0]["type"]) == (
        "a", "SUPPLY_ITEM_NOT_FOUND")
    assert program.call("/v1/supply-order/pass/create", {
        "supply_order_id": order, "vehicle": {**CAR, "driver_phone": "?"}})["error_reasons"] == [
            "SET_VEHICLE_ERROR_UNSPECIFIED"]
    changed = program.call("/v1/supply-order/content/update", {
        "order_id": order, "supply_id": supply, "items": [{"sku": shelf.skus[offers[1]], "quantity": 3, "quant": 1}]})
    assert program.call("/v1/supply-order/content/update/status", {
        "operation_id": changed["operation_id"]})["status"] == "SUCCESS"

    free = program.call("/v2/supply-order/timeslot/list", {"order_id": order})["timeslots_info"]["timeslots"]
    moved = program.call("/v1/supply-order/timeslot/update", {"supply_order_id": order, "timeslot": free[3]})
    assert program.call("/v1/supply-order/timeslot/status", {
        "operation_id": moved["operation_id"]})["status"] == "STATUS_SUCCESS"
    far = {"from": (now + timedelta(days=40)).isoformat(), "to": (now + timedelta(days=40, hours=1)).isoformat()}
    assert program.call("/v1/supply-order/timeslot/update", {"supply_order_id": order, "timeslot": far})["errors"] == [
        "UPDATE_TIMESLOT_ERROR_OUT_OF_ALLOWED_RANGE"]

    for done in (True, False):
        asked = program.call("/v1/supply-order/cancel", {"order_id": order})
        told = program.call("/v1/supply-order/cancel/status", {"operation_id": asked["operation_id"]})
        assert (told["status"], told["result"]["is_order_cancelled"]) == ("SUCCESS" if done else "ERROR", done)
    told = program.call("/v1/supply-order/details", {"order_id": order})
    assert (told["state"], told["supplies"][0]["cancellation_allowability"]["can_set"]) == ("CANCELLED", False)


def test_boxes_are_listed_and_taken_away(program, shelf, offers):
    order = booked(program, drafted(program, shelf, offers, "/v1/draft/crossdock/create", delivery_info={
        "type": "DROPOFF", "drop_off_warehouse": {"warehouse_id": POINT, "warehouse_type": "ORDERS_RECEIVING_POINT"}}),
        "CROSSDOCK")
    [row] = program.call("/v3/supply-order/get", {"order_ids": [order]})["orders"]
    supply = row["supplies"][0]["supply_id"]
    assert (row["dropoff_warehouse"]["warehouse_id"], row["supplies"][0]["is_crossdock"]) == (POINT, True)
    program.call("/v1/cargoes/create", {"supply_id": supply, "cargoes": [
        {"key": "a", "value": {"type": "BOX", "items": [{"offer_id": offers[0], "quantity": 10}]}}]})

    [boxes] = program.call("/v1/cargoes/get", {"supply_ids": [supply]})["supply"]
    unknown = program.call("/v1/cargoes/delete", {"supply_id": supply, "cargo_ids": [7]})
    gone = program.call("/v1/cargoes/delete", {"supply_id": supply, "cargo_ids": [boxes["cargoes"][0]["cargo_id"]]})

    assert boxes["cargoes"][0]["tracking_info"]["status"] == "READY_TO_SUPPLY"
    assert unknown["errors"]["cargo_error_reasons"] == [{"cargo_id": 7, "error_reasons": ["CARGO_NOT_FOUND"]}]
    assert program.call("/v1/cargoes/delete/status", {"operation_id": gone["operation_id"]})["status"] == "SUCCESS"
    assert program.call("/v1/cargoes/get", {"supply_ids": [supply]})["supply"][0]["cargoes"] == []


def test_reference_lists_name_warehouses_and_points(program):
    kinds = {place["type"] for cluster in program.call("/v1/cluster/list", {"cluster_type": "CLUSTER_TYPE_OZON"})["clusters"]
             for group in cluster["logistic_clusters"] for place in group["warehouses"]}
    found = program.call("/v1/warehouse/fbo/list", {"filter_by_supply_type": ["CREATE_TYPE_CROSSDOCK"], "search": "москва"})

    assert kinds == {"FULL_FILLMENT", "ORDERS_RECEIVING_POINT"}
    assert [one["warehouse_id"] for one in found["search"]] == [POINT]
    assert {one["id"] for one in program.call("/v1/posting/fbo/cancel-reason/list")["reasons"]} >= {505, 666, 667}


def test_a_key_that_only_reads_makes_no_supplies(key_of, shop, shelf, offers):
    reader = key_of(shop, "Admin read only")

    assert reader.refusal("/v1/draft/direct/create", {
        "cluster_info": {"macrolocal_cluster_id": CENTRE, "items": [{"sku": shelf.skus[offers[0]], "quantity": 1}]},
        "deletion_sku_mode": "FULL"})[0] == 403
    assert reader.call("/v1/supply-order/status/counter")["items"]


def counted(program, shelf, offers, now, good, damaged):
    """A supply of ten that was counted otherwise; its order id and its own."""
    order = booked(program, drafted(program, shelf, offers))
    supply = program.call("/v3/supply-order/get", {"order_ids": [order]})["orders"][0]["supplies"][0]["supply_id"]
    program.call("/v1/cargoes/create", {"supply_id": supply, "cargoes": [
        {"key": "a", "value": {"type": "BOX", "items": [{"offer_id": offers[0], "quantity": 10}]}}]})
    program.call("/v1/supply-order/pass/create", {"supply_order_id": order, "vehicle": CAR})
    supplies.hand_in(supply_id=order, actor=PEOPLE, now=now + timedelta(days=1))
    supplies.report_counted(supply_id=order, counted=[Counted(shelf.ids[offers[0]], good, damaged)], actor=PEOPLE,
                            now=now + timedelta(days=1))
    return order, supply


def test_acts_tell_what_was_counted_and_are_accepted_together(program, shelf, offers, now):
    order, supply = counted(program, shelf, offers, now, 6, 1)

    [told] = program.call("/v1/supply-order/act/summary/get", {"order_id": order})["supplies_acts"]
    assert (told["supply_id"], told["is_agreement_completed"]) == (supply, False)
    assert [(act["type"], act["act_state"], act["summary"]["fact_quantity"]) for act in told["supply_acts"]] == [
        ("ACCEPTANCE", "AWAITING_APPROVAL_BY_SELLER", 6), ("DEFECT", "AWAITING_APPROVAL_BY_SELLER", 1),
        ("SHORTCOMING", "AWAITING_APPROVAL_BY_SELLER", 3)]
    assert told["supply_acts"][0]["deadline_utc"] == "2026-11-27T09:00:00Z"
    goods = program.call("/v1/supply-order/act/product/get", {"supply_id": supply})
    assert [(act["type"], act["items"][0]["sku_info"]["offer_id"], act["items"][0]["declared_quantity"],
             act["items"][0]["fact_quantity"]) for act in goods["supply_acts"]] == [
        ("ACCEPTANCE", offers[0], 10, 6), ("DEFECT", offers[0], 10, 1), ("SHORTCOMING", offers[0], 10, 3)]
    assert goods["skus_defects"] == [{"sku": shelf.skus[offers[0]], "defect_reasons": ["DAMAGED"]}]

    act = told["supply_acts"][2]["act_id"]
    done = program.call("/v1/supply-order/act/accept", {"act_id": act})
    assert done["error_reasons"] == []
    assert program.call("/v1/supply-order/act/accept/status", {"operation_id": done["operation_id"]}) == {
        "status": "SUCCESS", "error_message": ""}
    [told] = program.call("/v1/supply-order/act/summary/get", {"order_id": order})["supplies_acts"]
    assert told["is_agreement_completed"] is True
    assert {act["act_state"] for act in told["supply_acts"]} == {"ACCEPTED"}
    again = program.call("/v1/supply-order/act/accept", {"act_id": act})
    assert again["error_reasons"] == ["INVALID_STATE"]
    assert program.call("/v1/supply-order/act/accept/status", {"operation_id": again["operation_id"]})["status"] == "FAILED"
    assert program.refusal("/v1/supply-order/act/accept", {"act_id": 7})[0] == 404


def test_boxes_are_told_and_taken_away_by_the_newer_methods(program, shelf, offers):
    order = booked(program, drafted(program, shelf, offers))
    supply = program.call("/v3/supply-order/get", {"order_ids": [order]})["orders"][0]["supplies"][0]["supply_id"]
    program.call("/v1/cargoes/create", {"supply_id": supply, "cargoes": [
        {"key": key, "value": {"type": "BOX", "items": [{"offer_id": offers[0], "quantity": 5}]}} for key in "ab"]})

    [told] = program.call("/v2/cargoes/get", {"supplies": [{"supply_id": supply, "cargo_ids": []}]})["supplies"]
    first, second = (one["cargo_id"] for one in told["cargoes"])
    assert told["cargoes"][0]["tracking_info"]["arrival_at"]["timezone_info"] == {
        "iana_name": "Europe/Moscow", "offset": 10800}
    [only] = program.call("/v2/cargoes/get", {"supplies": [{"supply_id": supply, "cargo_ids": [second]}]})["supplies"]
    assert [one["cargo_id"] for one in only["cargoes"]] == [second]

    how = {"supply_id": supply, "transport_cargo_deletion_type": "UNBIND_CONTAINED_CARGOES"}
    wrong = program.call("/v2/cargoes/delete", {**how, "transport_cargo_ids": [9]})
    assert wrong["errors"]["transport_cargo_error_reasons"] == [
        {"transport_cargo_id": 9, "error_reasons": ["CARGO_NOT_FOUND"]}]
    gone = program.call("/v2/cargoes/delete", {**how, "cargo_ids": [first]})
    assert program.call("/v2/cargoes/delete/status", {"operation_id": gone["operation_id"]})["status"] == "SUCCESS"
    [left] = program.call("/v2/cargoes/get", {"supplies": [{"supply_id": supply, "cargo_ids": []}]})["supplies"]
    assert [one["cargo_id"] for one in left["cargoes"]] == [second]
