"""What packing asks about goods, as programs answer it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellerdesk.core import rules as dated
from sellerdesk.orders.models import PostingLine
from tests.contract.conftest import TYPE_ID

V6, V5 = "/v6/fbs/posting/product/exemplar", "/v5/fbs/posting/product/exemplar"


def mark(serial: int) -> str:
    return f"010460000000001521SERIAL{serial:06d}"


@pytest.fixture
def asked(dated_rules):
    def ask(*wanted: str) -> None:
        for need in wanted:
            dated.put("orders.packing_needs", need, {"goods": [{"types": [TYPE_ID], "shops": "all"}]},
                      valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")

    return ask


def whole(number: str, sku: int, quantity: int = 1):
    return {"posting_number": number, "packages": [{"products": [{"product_id": sku, "quantity": quantity}]}]}


def exemplar(id_: int, mark_: str = "", **more):
    marks = [{"mark": mark_, "mark_type": "mandatory_mark"}] if mark_ else []
    return {"exemplar_id": id_, "marks": marks, **more}


def test_marks_are_given_unit_by_unit_before_packing(program, shelf, order_of, asked):
    asked("mandatory_mark")
    number, sku = order_of(program.seller, (shelf.ids["A-1"], 2)), shelf.skus["A-1"]

    posting = program.call("/v3/posting/fbs/get", {"posting_number": number})["result"]
    assert posting["requirements"]["products_requiring_mandatory_mark"] == [str(sku)]
    assert posting["available_actions"] == ["cancel", "product_cancel", "ship_with_additional_info"]
    assert program.refusal("/v4/posting/fbs/ship", whole(number, sku, 2)) == (
        400, 9, "EXEMPLAR_INFO_NOT_FILLED_COMPLETELY")

    made = program.call(f"{V6}/create-or-get", {"posting_number": number})
    [product] = made["products"]
    assert (product["product_id"], product["quantity"], product["is_mandatory_mark_needed"]) == (sku, 2, True)
    first, second = (row["exemplar_id"] for row in product["exemplars"])
    program.call(f"{V6}/set", {"posting_number": number, "multi_box_qty": 2, "products": [
        {"product_id": sku, "exemplars": [exemplar(first, mark(1)), exemplar(second, "4600000000015")]}]})
    status = program.call(f"{V5}/status", {"posting_number": number})
    assert status["status"] == "ship_not_available"
    assert [row["marks"][0]["check_status"] for row in status["products"][0]["exemplars"]] == ["passed", "failed"]
    assert status["products"][0]["exemplars"][1]["marks"][0]["error_codes"] == ["MARK_FORMAT_INVALID"]

    program.call(f"{V6}/set", {"posting_number": number, "products": [
        {"product_id": str(sku), "exemplars": [exemplar(first, mark(1)), exemplar(second, mark(2))]}]})
    assert program.call(f"{V5}/status", {"posting_number": number})["status"] == "ship_available"
    assert program.call("/v4/posting/fbs/ship", whole(number, sku, 2))["result"] == [number]
    packed = program.call("/v3/posting/fbs/get", {"posting_number": number, "with": {"product_exemplars": True}})
    assert [row["mandatory_mark"] for row in packed["result"]["product_exemplars"]["products"][0]["exemplars"]] == [
        mark(1), mark(2)]
    assert (packed["result"]["multi_box_qty"], packed["result"]["is_multibox"]) == (2, True)
    assert packed["result"]["requirements"]["products_requiring_mandatory_mark"] == []


def test_codes_are_checked_without_saving(program, shelf, order_of, asked):
    asked("mandatory_mark", "weight")
    number, sku = order_of(program.seller, (shelf.ids["A-1"], 1)), shelf.skus["A-1"]

    [good, unknown] = program.call(f"{V5}/validate", {"posting_number": number, "products": [
        {"product_id": sku, "exemplars": [
            {"marks": [{"mark": mark(1), "mark_type": "mandatory_mark"}], "weight": 0.4},
            {"marks": [{"mark": "1", "mark_type": "imei"}], "gtd": "1", "weight": 9}]},
        {"product_id": 1, "exemplars": [{}]}]})["products"]

    assert (good["valid"], [row["valid"] for row in good["exemplars"]]) == (False, [True, False])
    assert good["exemplars"][1]["errors"] == ["GTD_INVALID", "WEIGHT_OUT_OF_RANGE"]
    assert good["exemplars"][1]["marks"][0]["errors"] == ["IMEI_INVALID"]
    assert (unknown["valid"], unknown["error"]) == (False, "UNKNOWN_PRODUCT_DEFINED")
    assert program.call(f"{V5}/status", {"posting_number": number})["products"][0]["exemplars"] == []


def test_a_country_may_ask_for_a_customs_number(program, shelf, order_of, asked):
    asked("country", "gtd")
    number, sku = order_of(program.seller, (shelf.ids["A-1"], 1)), shelf.skus["A-1"]

    [turkey] = program.call("/v2/posting/fbs/product/country/list", {"name_search": "турция"})["result"]
    assert turkey == {"name": "Турция", "country_iso_code": "TR"}
    body = {"posting_number": number, "product_id": sku, "country_iso_code": "TR"}
    assert program.call("/v2/posting/fbs/product/country/set", body) == {"product_id": sku, "is_gtd_needed": True}
    needs = program.call("/v3/posting/fbs/get", {"posting_number": number})["result"]["requirements"]
    assert (needs["products_requiring_country"], needs["products_requiring_change_country"],
            needs["products_requiring_gtd"]) == ([], [str(sku)], [str(sku)])
    assert program.refusal("/v2/posting/fbs/product/country/set", {**body, "country_iso_code": "XX"})[:2] == (400, 3)


def test_boxes_are_counted(program, shelf, order_of):
    number = order_of(program.seller, (shelf.ids["A-1"], 1))

    answer = program.call("/v3/posting/multiboxqty/set", {"posting_number": number, "multi_box_qty": 3})

    assert answer == {"result": {"result": True}}
    assert program.call("/v3/posting/fbs/get", {"posting_number": number})["result"]["multi_box_qty"] == 3
    assert program.refusal("/v3/posting/multiboxqty/set", {"posting_number": number, "multi_box_qty": 500}) == (
        400, 3, "INCORRECT_MULTI_BOX_QTY")


def test_a_weight_alone_has_its_own_word(program, shelf, order_of, asked):
    asked("weight")
    number = order_of(program.seller, (shelf.ids["A-1"], 1))

    assert program.refusal("/v4/posting/fbs/ship", whole(number, shelf.skus["A-1"])) == (400, 9, "WEIGHT_IS_REQUIRED")


def test_marks_where_none_belong_are_redundant(program, shelf, order_of):
    number, sku = order_of(program.seller, (shelf.ids["A-1"], 1)), shelf.skus["A-1"]
    [product] = program.call(f"{V6}/create-or-get", {"posting_number": number})["products"]
    row = exemplar(product["exemplars"][0]["exemplar_id"], mark(1))
    body = {"posting_number": number, "products": [{"product_id": sku, "exemplars": [row]}]}

    assert program.refusal(f"{V6}/set", body) == (400, 3, "MANDATORY_MARK_REDUNDANT")
    row["marks"][0]["mark_type"] = "tattoo"
    assert program.refusal(f"{V6}/set", body)[:2] == (400, 3)


def test_packed_postings_are_changed_in_two_steps(program, shelf, order_of, asked):
    asked("mandatory_mark")
    number, sku = order_of(program.seller, (shelf.ids["A-1"], 1)), shelf.skus["A-1"]
    [product] = program.call(f"{V6}/create-or-get", {"posting_number": number})["products"]
    id_ = product["exemplars"][0]["exemplar_id"]

    def put(serial: int) -> None:
        program.call(f"{V6}/set", {"posting_number": number, "products": [
            {"product_id": sku, "exemplars": [exemplar(id_, mark(serial))]}]})

    put(1)
    program.call("/v4/posting/fbs/ship", whole(number, sku))
    update = "/v1/fbs/posting/product/exemplar/update"
    assert program.refusal(update, {"posting_number": number}) == (400, 9, "UPDATE_NOT_AVAILABLE")
    assert program.refusal(f"{V6}/create-or-get", {"posting_number": number})[1:] == (
        9, "Posting must have 'awaiting_packaging' status")
    put(2)
    assert program.call(f"{V5}/status", {"posting_number": number})["status"] == "update_available"
    program.call(update, {"posting_number": number})

    status = program.call(f"{V5}/status", {"posting_number": number})
    assert (status["status"], status["products"][0]["exemplars"][0]["marks"][0]["mark"]) == (
        "update_not_available", mark(2))


def test_traceable_goods_name_what_they_must_carry(program, shelf, order_of, asked):
    asked("rnpt")
    number = order_of(program.seller, (shelf.ids["A-1"], 1))

    assert program.call("/v1/posting/fbs/product/traceable/attribute", {"posting_number": number})["products"] == [
        {"required_attributes": ["rnpt"], "sku": shelf.skus["A-1"]}]


@pytest.mark.parametrize("path", [
    f"{V6}/create-or-get", f"{V5}/status", "/v1/fbs/posting/product/exemplar/update",
    "/v1/posting/fbs/product/traceable/attribute"])
def test_anothers_postings_do_not_exist(program, rival, shelf, order_of, path):
    number = order_of(program.seller, (shelf.ids["A-1"], 1))

    assert rival.refusal(path, {"posting_number": number}) == (404, 5, "POSTING_NOT_FOUND")


def test_a_part_is_packed_and_the_rest_stays(program, shelf, order_of, asked):
    asked("mandatory_mark")
    number, sku = order_of(program.seller, (shelf.ids["A-1"], 3)), shelf.skus["A-1"]
    [product] = program.call(f"{V6}/create-or-get", {"posting_number": number})["products"]
    ids = [row["exemplar_id"] for row in product["exemplars"]]
    program.call(f"{V6}/set", {"posting_number": number, "products": [{"product_id": sku, "exemplars": [
        exemplar(ids[0]), exemplar(ids[1]), exemplar(ids[2], mark(3))]}]})
    path = "/v4/posting/fbs/ship/package"

    def part(quantity: int, *units: int):
        return {"posting_number": number, "products": [
            {"product_id": sku, "quantity": quantity, "exemplarsIds": [str(id_) for id_ in units]}]}

    assert program.refusal(path, part(1, ids[0])) == (400, 9, "EXEMPLAR_INFO_NOT_FILLED_COMPLETELY")
    assert program.refusal(path, part(1, 999_999)) == (400, 3, "EXEMPLAR_NOT_FOUND")
    assert program.refusal(path, part(4)) == (400, 3, "HAS_INCORRECT_PRODUCT_QUANTITY")
    packed = program.call(path, part(1, ids[2]))["result"]

    assert packed == f"{number[:-1]}2"
    rest = program.call("/v3/posting/fbs/get", {"posting_number": number})["result"]
    assert (rest["status"], [row["quantity"] for row in rest["products"]]) == ("awaiting_packaging", [2])
    done = program.call("/v3/posting/fbs/get", {"posting_number": packed, "with": {"product_exemplars": True}})["result"]
    assert (done["status"], done["parent_posting_number"]) == ("awaiting_deliver", number)
    assert done["product_exemplars"]["products"][0]["exemplars"][0]["mandatory_mark"] == mark(3)


def test_everything_named_packs_the_posting_itself(program, shelf, order_of):
    number, sku = order_of(program.seller, (shelf.ids["A-1"], 2)), shelf.skus["A-1"]

    answer = program.call("/v4/posting/fbs/ship/package", {
        "posting_number": number, "products": [{"product_id": sku, "quantity": 2}]})

    assert answer == {"result": number}
    assert program.refusal("/v4/posting/fbs/ship/package", {
        "posting_number": number, "products": [{"product_id": sku, "quantity": 2}]})[2] == "POSTING_ALREADY_SHIPPED"


def test_a_posting_is_split_and_nothing_is_packed(program, shelf, order_of):
    number = order_of(program.seller, (shelf.ids["A-1"], 3), (shelf.ids["A-2"], 1))
    first, second = shelf.skus["A-1"], shelf.skus["A-2"]

    answer = program.call("/v1/posting/fbs/split", {"posting_number": number, "postings": [
        {"products": [{"product_id": first, "quantity": 1}]},
        {"products": [{"product_id": first, "quantity": 1}, {"product_id": second, "quantity": 1}]}]})

    assert answer == {
        "parent_posting": {"posting_number": number, "products": [{"product_id": first, "quantity": 1}]},
        "postings": [
            {"posting_number": f"{number[:-1]}2", "products": [{"product_id": first, "quantity": 1}]},
            {"posting_number": f"{number[:-1]}3", "products": [{"product_id": first, "quantity": 1},
                                                              {"product_id": second, "quantity": 1}]}]}
    for part in (number, f"{number[:-1]}2", f"{number[:-1]}3"):
        assert program.call("/v3/posting/fbs/get", {"posting_number": part})["result"]["status"] == "awaiting_packaging"


def test_traceable_goods_travel_by_themselves(program, shelf, order_of, asked):
    number = order_of(program.seller, (shelf.ids["A-1"], 1), (shelf.ids["A-2"], 1))
    plain = program.call("/v1/posting/fbs/traceable/split", {"posting_number": number})["postings"]
    PostingLine.objects.filter(sku=shelf.skus["A-2"]).update(needs="rnpt")

    split = program.call("/v1/posting/fbs/traceable/split", {"posting_number": number})["postings"]

    assert [row["potential_blr_traceable"] for row in plain] == [False]
    assert [(row["posting_number"], row["potential_blr_traceable"]) for row in split] == [
        (number, False), (f"{number[:-1]}2", True)]


def test_a_parcel_that_its_carrier_does_not_take_is_refused(program, shelf, order_of):
    for tariff in ("veloport.standard", "tundra.cargo"):
        value = dated.get("logistics.tariff", tariff, datetime(2021, 1, 1, tzinfo=UTC)).value
        dated.put("logistics.tariff", tariff, {**value, "limits": {**value["limits"], "max_units": 1}},
                  valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")
    number, sku = order_of(program.seller, (shelf.ids["A-1"], 2)), shelf.skus["A-1"]

    assert program.refusal("/v4/posting/fbs/ship", whole(number, sku, 2)) == (400, 9, "PARCEL_OVER_LIMITS")
    assert program.refusal("/v4/posting/fbs/ship/package", {
        "posting_number": number, "products": [{"product_id": sku, "quantity": 2}]}) == (400, 9, "PARCEL_OVER_LIMITS")

    packages = [{"products": [{"product_id": sku, "quantity": 1}]}] * 2
    assert len(program.call("/v4/posting/fbs/ship", {"posting_number": number, "packages": packages})["result"]) == 2
