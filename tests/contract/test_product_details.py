"""Cards in full, and changing one thing of them, as programs do it."""

from __future__ import annotations

import pytest

from sellerdesk.catalog.models import Product, ProductBarcode
from sellerdesk.core import worker

PAIR = {"type_id": 91101, "description_category_id": 17000101}


@pytest.fixture
def card(program, starter):
    """One whole card, made as programs make it."""

    def make(offer_id="NEW-1", **said):
        required = []
        for row in program.call("/v1/description-category/attribute", PAIR)["result"]:
            if row["is_required"] and row["id"] != 8229:
                value = {"value": "1"}
                if row["dictionary_id"]:
                    found = program.call("/v1/description-category/attribute/values",
                                         {**PAIR, "attribute_id": row["id"], "limit": 1})["result"][0]
                    value = {"dictionary_value_id": found["id"], "value": found["value"]}
                required.append({"id": row["id"], "values": [value]})
        item = {**PAIR, "offer_id": offer_id, "name": "Headphones Wave 2", "price": "2990", "barcode": "4600000000024",
                "depth": 200, "width": 180, "height": 80, "weight": 454, "attributes": required, **said}
        program.call("/v3/product/import", {"items": [item]})
        worker.run_until_idle()
        return Product.objects.get(offer_id=offer_id)

    return make


def details(program, *offers):
    return program.call("/v4/product/info/attributes", {"filter": {"offer_id": offers}, "limit": 10})["result"]


def test_a_card_is_told_in_full(program, rival, card):
    made = card()

    [told] = details(program, "NEW-1")

    assert (told["id"], told["sku"], told["barcode"], told["barcodes"]) == (
        made.pk, made.sku, "4600000000024", ["4600000000024"])
    assert (told["depth"], told["height"], told["weight"], told["dimension_unit"]) == (200, 80, 454, "mm")
    assert {each["id"] for each in told["attributes"]} == {each["id"] for each in made.attributes}
    assert told["model_info"] == {"model_id": made.pk, "count": 1}
    assert details(rival, "NEW-1") == []
    text = program.call("/v1/product/info/description", {"offer_id": "NEW-1"})["result"]
    assert (text["id"], text["name"], text["description"]) == (made.pk, "Headphones Wave 2", made.description)
    assert rival.refusal("/v1/product/info/description", {"product_id": made.pk})[0] == 404
    assert program.refusal("/v1/product/info/description", {})[0] == 400


def test_named_attributes_change_and_the_others_stay(program, card):
    made = card()
    [told] = details(program, "NEW-1")
    colour = next(row for row in program.call("/v1/description-category/attribute", PAIR)["result"]
                  if row["dictionary_id"] and row["id"] not in {8229, *(each["id"] for each in told["attributes"])})
    found = program.call("/v1/description-category/attribute/values",
                         {**PAIR, "attribute_id": colour["id"], "limit": 1})["result"][0]
    [by_search] = [row for row in program.call("/v1/description-category/attribute/values/search", {
        **PAIR, "attribute_id": colour["id"], "value": found["value"][:4].upper()})["result"]
        if row["id"] == found["id"]]

    task = program.call("/v1/product/attributes/update", {"items": [
        {"offer_id": "NEW-1", "attributes": [
            {"id": colour["id"], "values": [{"dictionary_value_id": by_search["id"]}]},
            {"id": told["attributes"][0]["id"], "values": []}]},
        {"offer_id": "NOBODY", "attributes": []}]})["task_id"]
    worker.run_until_idle()

    outcome = program.call("/v1/product/import/info", {"task_id": task})["result"]["items"]
    assert [(row["offer_id"], row["status"]) for row in outcome] == [("NEW-1", "imported"), ("NOBODY", "failed")]
    [after] = details(program, "NEW-1")
    assert after["attributes"][:len(told["attributes"])] == told["attributes"]
    assert after["attributes"][-1]["id"] == colour["id"]
    assert Product.objects.get(pk=made.pk).version == made.version + 1


def test_offer_ids_change_and_taken_ones_are_named(program, card):
    made = card()
    card("NEW-2", barcode="")

    answer = program.call("/v1/product/update/offer-id", {"update_offer_id": [
        {"offer_id": "NEW-1", "new_offer_id": "WAVE-2"}, {"offer_id": "GONE", "new_offer_id": "X"}]})["errors"]
    taken = program.call("/v1/product/update/offer-id", {"update_offer_id": [
        {"offer_id": "NEW-2", "new_offer_id": "WAVE-2"}]})["errors"]

    assert [error["offer_id"] for error in answer] == ["GONE"]
    assert [error["offer_id"] for error in taken] == ["WAVE-2"]
    assert Product.objects.get(pk=made.pk).offer_id == "WAVE-2"
    assert Product.objects.filter(offer_id="NEW-2").exists()


def test_barcodes_are_added_made_and_taken_away(program, rival, card):
    made, bare = card(), card("NEW-2", barcode="")

    def codes(product):
        return sorted(ProductBarcode.objects.filter(product_id=product.pk).values_list("code", flat=True))

    added = program.call("/v1/barcode/add", {"barcodes": [
        {"sku": made.sku, "barcode": "BOX-77"}, {"sku": str(made.sku), "barcode": "4600000000024"},
        {"sku": 1, "barcode": "BOX-78"}]})["errors"]
    assert [(error["sku"], error["code"]) for error in added] == [(made.sku, "barcode_exists"), (1, "product_unknown")]
    assert codes(made) == ["4600000000024", "BOX-77"]

    generated = program.call("/v1/barcode/generate", {"product_ids": [bare.pk, made.pk, 1]})["errors"]
    assert [(error["product_id"], error["code"]) for error in generated] == [
        (made.pk, "barcode_exists"), (1, "product_unknown")]
    assert codes(bare) == [f"OZN{bare.sku}"]

    assert rival.call("/v1/barcode/delete", {"barcodes": [{"sku": made.sku, "barcode": "BOX-77"}]})["errors"][0][
        "code"] == "product_unknown"
    gone = program.call("/v1/barcode/delete", {"barcodes": [
        {"sku": made.sku, "barcode": "BOX-77"}, {"sku": made.sku, "barcode": "BOX-79"}]})["errors"]
    assert [error["code"] for error in gone] == ["barcode_not_found"]
    assert codes(made) == ["4600000000024"]


def test_cards_come_in_the_order_asked_for(program, shelf_of):
    shelf_of(program.seller, 3)

    def offers(**asked):
        rows, last = [], ""
        while not rows or last:
            page = program.call("/v4/product/info/attributes", {"filter": {}, "limit": 2, "last_id": last, **asked})
            rows, last = [*rows, *[row["offer_id"] for row in page["result"]]], page["last_id"]
        return rows

    assert offers(sort_by="offer_id", sort_dir="DESC") == sorted(offers(), reverse=True)
    assert offers(sort_by="title") == offers(sort_by="sku") == sorted(offers())


def test_limits_and_stock_by_warehouse(program, shelf_of):
    shelf = shelf_of(program.seller, 3)

    limits = program.call("/v4/product/info/limit")
    assert (limits["total"]["usage"], limits["daily_create"]["limit"]) == (3, -1)
    assert limits["total"]["limit"] > 3

    first = program.call("/v2/product/info/stocks-by-warehouse/fbs", {"limit": 2})
    rest = program.call("/v2/product/info/stocks-by-warehouse/fbs", {"limit": 2, "cursor": first["cursor"]})
    rows = first["products"] + rest["products"]
    assert (first["has_next"], rest["has_next"]) == (True, False)
    assert [(row["present"], row["reserved"], row["free_stock"]) for row in rows] == [(10, 0, 10)] * 3
    assert {row["warehouse_id"] for row in rows} == {shelf.warehouse_id}
    assert all(row["warehouse_name"] for row in rows)
