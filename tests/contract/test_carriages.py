"""Carriages and acts as programs drive them."""

from __future__ import annotations

import base64
import io
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from sellerdesk.core import clock
from sellerdesk.handover import services as handover
from sellerdesk.handover.types import Seen
from sellerdesk.orders import queries as orders_queries
from sellerdesk.orders import services as orders
from tests.contract.conftest import MARKET


@pytest.fixture
def packed(program, shelf, order_of):
    numbers = [order_of(program.seller, (shelf.ids["A-1"], 1)) for _ in range(3)]
    orders.ship_many(seller=program.seller, numbers=numbers, actor=MARKET, now=clock.now() - timedelta(minutes=1))
    return numbers


@pytest.fixture
def method(program, packed):
    return orders_queries.posting(program.seller, packed[0]).delivery_method_id


def formed(program, method, containers=0):
    number = program.call("/v1/carriage/create", {"delivery_method_id": method})["carriage_id"]
    program.call("/v1/carriage/approve", {"carriage_id": number, "containers_count": containers})
    return number


def test_a_carriage_from_waiting_parcels_to_accepted(program, packed, method):
    def listed():
        [one] = program.call("/v2/carriage/delivery/list", {"limit": 10, "filter": {
            "delivery_method_id": method}})["methods"]
        return [(row["id"], row["postings_count"], row["status"]) for row in one["carriages"]]

    assert listed() == [(0, 3, "")]
    number = program.call("/v1/carriage/create", {"delivery_method_id": method})["carriage_id"]
    chosen = program.call("/v1/carriage/set-postings", {"carriage_id": number, "posting_numbers": [*packed[:2], "x"]})
    assert [(row["posting_number"], row["result"], row["error"]) for row in chosen["result"]] == [
        (packed[0], True, ""), (packed[1], True, ""), ("x", False, "POSTING_NOT_FOUND")]
    assert listed() == [(number, 2, "new"), (0, 1, "")]
    told = program.call("/v1/carriage/get", {"carriage_id": number})
    assert (told["status"], told["cancel_availability"]["is_cancel_available"], told["available_actions"],
            told["has_postings_for_next_carriage"]) == ("new", True, ["set_postings", "approve", "cancel"], True)

    assert program.call("/v1/carriage/approve", {"carriage_id": number, "containers_count": 1}) == {}
    posting = program.call("/v3/posting/fbs/get", {"posting_number": packed[0]})["result"]
    assert (posting["status"], posting["substatus"]) == ("awaiting_deliver", "posting_in_carriage")
    handover.follow_scans(seen=[Seen(one, "accepted", clock.now()) for one in packed[:2]])
    told = program.call("/v1/carriage/get", {"carriage_id": number})
    assert (told["status"], told["containers_count"], told["is_partial"], told["partial_num"],
            told["integration_type"]) == ("received", 1, True, 1, "ozon")
    assert program.refusal("/v1/carriage/cancel", {"carriage_id": number}) == (400, 9, "CARRIAGE_HAS_INCORRECT_STATUS")
    assert program.refusal("/v1/carriage/act-discrepancy/pdf", {"carriage_id": number}) == (400, 9, "PAPER_NOT_READY")


def test_the_older_lists_tell_of_the_same_carriages(program, rival, packed, method):
    number = program.call("/v1/carriage/create", {"delivery_method_id": method})["carriage_id"]
    program.call("/v1/carriage/set-postings", {"carriage_id": number, "posting_numbers": packed[:2]})
    asked = {"delivery_method_id": method}

    rows = program.call("/v1/posting/carriage-available/list", asked)["result"]
    [told] = program.call("/v1/carriage/delivery/list", asked)["result"]

    assert [(row["carriage_id"], row["carriage_postings_count"], row["carriage_status"]) for row in rows] == [
        (number, 2, "new"), (0, 1, "")]
    assert [(row["id"], row["postings_count"]) for row in told["carriages"]] == [(str(number), 2), ("0", 1)]
    assert (told["can_create_another_carriage"], told["carriage_postings_count"],
            told["postings_for_another_carriage_count"]) == (True, 2, 1)
    assert rows[1]["cutoff_at"] == told["cutoff_at"] is not None
    later = {**asked, "departure_date": (clock.now() + timedelta(days=3)).isoformat()}
    assert [row["carriage_id"] for row in program.call("/v1/posting/carriage-available/list", later)["result"]] == [0]
    assert rival.call("/v1/posting/carriage-available/list", asked)["result"] == []
    assert rival.call("/v1/carriage/delivery/list", asked)["result"] == []


def test_a_cancelled_carriage_frees_its_parcels(program, packed, method):
    number = program.call("/v1/carriage/create", {"delivery_method_id": method})["carriage_id"]
    assert program.refusal("/v1/carriage/create", {"delivery_method_id": method}) == (404, 5, "POSTING_NOT_FOUND")

    assert program.call("/v1/carriage/cancel", {"carriage_id": number}) == {"error": "", "carriage_status": "cancelled"}

    assert program.call("/v1/carriage/create", {"delivery_method_id": method})["carriage_id"] > number
    assert program.refusal("/v1/carriage/create", {"delivery_method_id": 5}) == (404, 5, "DELIVERY_METHOD_NOT_FOUND")


def test_an_act_is_made_printed_and_scanned(program, packed, method):
    number = program.call("/v2/posting/fbs/act/create", {"delivery_method_id": method, "containers_count": 2})[
        "result"]["id"]

    told = program.call("/v2/posting/fbs/act/check-status", {"id": number})["result"]
    pdf = program.post("/v2/posting/fbs/act/get-pdf", {"id": number})
    labels = program.post("/v2/posting/fbs/act/get-container-labels", {"id": number})
    png = program.post("/v2/posting/fbs/act/get-barcode", {"id": number})
    text = program.call("/v2/posting/fbs/act/get-barcode/text", {"id": number})["result"]
    as_json = program.post("/v2/posting/fbs/act/get-barcode", {"id": number}, Accept="application/json").json()

    assert (told["status"], sorted(told["added_to_act"]), told["act_type"]) == ("ready", sorted(packed), "cargo_places")
    words = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "Акт приёма-передачи" in words
    assert all(one in words for one in packed)
    assert len(PdfReader(io.BytesIO(labels.content)).pages) == 2
    assert png["Content-Type"] == "image/png"
    [seen] = zxingcpp.read_barcodes(Image.open(io.BytesIO(png.content)).convert("L"))
    assert seen.text == text == f"%303%{number}"
    assert base64.b64decode(as_json["file_content"]) == png.content
    inside = program.call("/v2/posting/fbs/act/get-postings", {"id": number})["result"]
    assert sorted(row["posting_number"] for row in inside) == sorted(packed)
    assert inside[0]["products"][0]["quantity"] == 1


def test_acts_are_listed_by_day_and_tell_of_their_papers(program, packed, method):
    number = formed(program, method)
    handover.close_due(now=clock.now() + timedelta(days=4))
    period = {"date_from": "2026-11-01", "date_to": "2026-12-01"}

    [row] = program.call("/v2/posting/fbs/act/list", {"limit": 10, "filter": period})["result"]
    none = program.call("/v2/posting/fbs/act/list", {"limit": 10, "filter": {
        "date_from": "2026-01-01", "date_to": "2026-02-01"}})["result"]
    act = program.call("/v1/carriage/act-discrepancy/pdf", {"carriage_id": number})
    digital = program.call("/v2/posting/fbs/digital/act/check-status", {"id": number})
    waybill = program.post("/v2/posting/fbs/digital/act/get-pdf", {"id": number, "doc_type": "waybill"})

    assert (row["id"], row["status"], row["integration_type"], none) == (number, "closed", "ozon", [])
    assert row["related_docs"]["act_of_mismatch"]["document_status"] == "NEED_TO_SIGN"
    assert act["type"] == "application/pdf"
    assert base64.b64decode(act["content"]).startswith(b"%PDF")
    assert digital == {"id": number, "status": "CONFIRMED_WITH_MISMATCH"}
    assert "Товарно-транспортная" in PdfReader(io.BytesIO(waybill.content)).pages[0].extract_text()
    assert program.refusal("/v2/posting/fbs/act/list", {"limit": 10, "filter": {**period, "date_to": "soon"}})[1] == 3


def test_the_courier_knows_whom_to_call(program, packed, method):
    number = formed(program, method)
    before = program.call("/v1/carriage/courier-contact/get", {"carriage_id": number})

    said = {"carriage_id": number, "phone": "+79031234567", "wechat_nickname": "anna", "comment": "Gate 3"}
    assert program.call("/v1/carriage/courier-contact/set", said) == {}

    [told] = program.call("/v1/carriage/courier-contact/get", {"carriage_id": number})["contact"]
    assert before == {"contact": []}
    assert {key: told[key] for key in said} == said
    assert program.call("/v1/carriage/ettn/status", {"carriage_id": number}) == {
        "errors": [], "status": "NOT_UPLOADED"}


def test_a_rivals_carriage_does_not_exist(program, rival, packed, method):
    number = formed(program, method)

    for path in ("/v1/carriage/get", "/v1/carriage/approve", "/v1/carriage/cancel", "/v1/carriage/ettn/status",
                 "/v1/carriage/courier-contact/get", "/v1/carriage/courier-contact/set",
                 "/v1/carriage/act-discrepancy/pdf"):
        assert rival.refusal(path, {"carriage_id": number}) == (404, 5, "CARRIAGE_NOT_FOUND"), path
    for path in ("check-status", "get-pdf", "get-container-labels", "get-barcode", "get-barcode/text", "get-postings"):
        assert rival.refusal(f"/v2/posting/fbs/act/{path}", {"id": number}) == (404, 5, "CARRIAGE_NOT_FOUND"), path
    for path in ("check-status", "get-pdf"):
        assert rival.refusal(f"/v2/posting/fbs/digital/act/{path}", {"id": number}) == (404, 5, "CARRIAGE_NOT_FOUND")
    assert rival.refusal("/v1/carriage/set-postings", {"carriage_id": number, "posting_numbers": packed}) == (
        404, 5, "CARRIAGE_NOT_FOUND")
    assert rival.refusal("/v1/carriage/create", {"delivery_method_id": method}) == (404, 5, "DELIVERY_METHOD_NOT_FOUND")
    assert rival.call("/v2/posting/fbs/act/list", {"limit": 50})["result"] == []
    assert all(not one["carriages"] for one in rival.call("/v2/carriage/delivery/list", {"limit": 50})["methods"])


def test_what_lies_in_a_carriage_is_listed_by_posting_and_by_product(program, rival, packed, method):
    number = program.call("/v1/carriage/create", {"delivery_method_id": method})["carriage_id"]
    asked = {"filter": {"carriage_id": number}, "limit": 1}

    first = program.call("/v1/assembly/carriage/posting/list", asked)
    second = program.call("/v1/assembly/carriage/posting/list", {**asked, "cursor": first["cursor"]})
    goods = program.call("/v1/assembly/carriage/product/list", {**asked, "limit": 100})

    told = [*first["postings"], *second["postings"]]
    assert [one["posting_number"] for one in told] == list(packed)[:2]
    assert first["can_print_mass_label"] is all(one["can_print_label"] for one in told)
    assert {number for one in goods["products"] for number in one["posting_numbers"]} == set(packed)
    assert sum(one["quantity"] for one in goods["products"]) >= len(packed)
    assert rival.refusal("/v1/assembly/carriage/posting/list", asked)[0] == 404


def test_what_waits_to_be_packed_is_listed_by_posting_and_by_product(program, shelf, order_of):
    numbers = [order_of(program.seller, (shelf.ids["A-1"], units)) for units in (1, 2, 1)]
    due = {"cutoff_from": "2026-11-01T00:00:00Z", "cutoff_to": "2026-12-31T00:00:00Z"}

    page = program.call("/v1/assembly/fbs/posting/list", {"filter": due, "limit": 2, "sort_dir": "ASC"})
    rest = program.call("/v1/assembly/fbs/posting/list", {"filter": due, "limit": 2, "sort_dir": "ASC",
                                                          "cursor": page["cursor"]})
    goods = program.call("/v1/assembly/fbs/product/list", {"filter": due, "limit": 1000})

    told = [*page["postings"], *rest["postings"]]
    assert {one["posting_number"] for one in told} == set(numbers)
    assert {(part["posting_number"], part["quantity"]) for one in goods["products"] for part in one["postings"]} == {
        (one["posting_number"], line["quantity"]) for one in told for line in one["products"]}
    assert (goods["products_count"], goods["has_next"]) == (len(goods["products"]), False)
    assert program.call("/v1/assembly/fbs/product/list", {
        "filter": {**due, "cutoff_to": "2026-11-02T00:00:00Z"}, "limit": 10})["products"] == []
