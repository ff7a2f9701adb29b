"""Categories, products, prices, stock and warehouses as programs read and write them."""

from __future__ import annotations

import pytest
import time_machine

from sellerdesk.catalog.models import Product
from sellerdesk.core import worker
from sellerdesk.inventory.models import Stock
from sellerdesk.pricing.models import Price

# --- categories -------------------------------------------------------------------------------------------------


def test_the_tree_ends_in_types_and_speaks_three_languages(program, starter):
    russian = program.call("/v1/description-category/tree")["result"]
    chinese = program.call("/v1/description-category/tree", {"language": "ZH_HANS"})["result"]

    leaves, seen = [], list(russian)
    while seen:
        node = seen.pop()
        seen += node["children"]
        if "type_id" in node:
            leaves.append(node)
            assert (set(node), node["children"]) == ({"type_id", "type_name", "disabled", "children"}, [])
    assert len(russian) >= 12
    assert len(leaves) >= 60
    assert russian[0]["category_name"] != chinese[0]["category_name"]
    assert program.refusal("/v1/description-category/tree", {"language": "FR"}) == (
        400,
        3,
        "proto: invalid value for enum field language",
    )


def test_attributes_and_their_values_page_by_page(program, starter):
    pair = {"type_id": 91101, "description_category_id": 17000101}
    attributes = program.call("/v1/description-category/attribute", {**pair, "language": "EN"})["result"]
    listed = next(row for row in attributes if row["dictionary_id"])

    asked = {**pair, "attribute_id": listed["id"], "limit": 2, "language": "EN"}
    first = program.call("/v1/description-category/attribute/values", asked)
    second = program.call(
        "/v1/description-category/attribute/values", {**asked, "last_value_id": str(first["result"][-1]["id"])}
    )

    assert any(row["is_required"] for row in attributes)
    assert (len(first["result"]), first["has_next"]) == (2, True)
    assert second["result"][0]["id"] > first["result"][1]["id"]
    assert program.refusal("/v1/description-category/attribute", {**pair, "description_category_id": 1}) == (
        404,
        5,
        "description_category_has_no_description_type",
    )
    assert program.refusal("/v1/description-category/attribute/values", {**asked, "limit": 2001}) == (
        400,
        3,
        "Request validation error: invalid GetAttributeValuesRequest.Limit: value must be inside range [1, 2000]",
    )


# --- listing ----------------------------------------------------------------------------------------------------


def test_products_are_listed_page_by_page_with_their_three_numbers(program, shelf_of):
    shelf = shelf_of(program.seller, 5)

    first = program.call("/v3/product/list", {"filter": {"visibility": "ALL"}, "limit": 2})["result"]
    rest = program.call("/v3/product/list", {"filter": {}, "limit": "3", "last_id": first["last_id"]})["result"]

    assert [row["offer_id"] for row in first["items"] + rest["items"]] == [f"A-{n}" for n in range(1, 6)]
    assert first["items"][0] == {
        "product_id": shelf.ids["A-1"],
        "offer_id": "A-1",
        "sku": shelf.skus["A-1"],
        "archived": False,
        "has_fbs_stocks": True,
        "has_fbo_stocks": False,
        "is_discounted": False,
        "quants": [],
    }
    assert (first["total"], first["total_items"], rest["last_id"]) == (5, 5, "")
    assert program.refusal("/v3/product/list", {"filter": {}, "last_id": "made up"}) == (
        400,
        3,
        "Request validation error: invalid cursor",
    )


def test_identifiers_may_be_text_and_make_visibility_rest(program, shelf):
    Product.objects.filter(pk=shelf.ids["A-2"]).update(archived=True)

    hidden = program.call("/v3/product/list", {"filter": {"visibility": "ALL"}})["result"]["items"]
    named = program.call(
        "/v3/product/list", {"filter": {"product_id": [str(shelf.ids["A-2"])], "visibility": "VISIBLE"}}
    )["result"]["items"]

    assert [row["offer_id"] for row in hidden] == ["A-1", "A-3"]
    assert [(row["offer_id"], row["archived"]) for row in named] == [("A-2", True)]


def test_listings_need_the_same_number_of_queries_for_any_size(program, shelf_of):
    shelf = shelf_of(program.seller, 20)
    program.call("/v1/roles")
    ids = list(shelf.ids.values())
    paths = {
        "/v3/product/list": lambda n: {"filter": {}, "limit": n},
        "/v5/product/info/prices": lambda n: {"filter": {}, "limit": n},
        "/v4/product/info/stocks": lambda n: {"filter": {}, "limit": n},
        "/v3/product/info/list": lambda n: {"product_id": ids[:n]},
    }
    for path, body in paths.items():
        program.call(path, body(1))

        assert (path, program.queries(path, body(20))) == (path, program.queries(path, body(1)))


def test_a_card_tells_price_stock_commission_and_state(program, shelf, shop, now):
    card = program.call("/v3/product/info/list", {"sku": [str(shelf.skus["A-1"])]})["items"][0]

    assert {name: card[name] for name in ("id", "offer_id", "price", "old_price", "min_price", "currency_code")} == {
        "id": shelf.ids["A-1"],
        "offer_id": "A-1",
        "price": "1000.00",
        "old_price": "1500.00",
        "min_price": "",
        "currency_code": "RUB",
    }
    assert card["stocks"] == {
        "has_stock": True,
        "stocks": [{"present": 10, "reserved": 0, "sku": shelf.skus["A-1"], "source": "fbs"}],
    }
    statuses = card["statuses"]
    assert (statuses["status"], statuses["validation_status"], statuses["status_failed"]) == (
        "price_sent",
        "success",
        "",
    )
    assert (statuses["status_name"], statuses["is_created"]) == ("Продается", True)
    assert (card["barcodes"], card["vat"], card["volume_weight"]) == (["4600000000017"], "0.2", 0.2)
    assert card["commissions"][0]["sale_schema"] == "FBS"
    assert card["commissions"][0]["value"] == pytest.approx(1000 * card["commissions"][0]["percent"] / 100)
    assert card["created_at"] == now.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_texts_follow_accept_language(program, shelf):
    body = {"offer_id": ["A-1"]}

    english = program.call("/v3/product/info/list", body, **{"Accept-Language": "en"})["items"][0]
    chinese = program.call("/v3/product/info/list", body, **{"Accept-Language": "zh-hans"})["items"][0]

    assert english["statuses"]["status_name"] == "On sale now"
    assert chinese["statuses"]["status_name"] == "销售中"


def test_a_card_must_be_named(program):
    assert program.refusal("/v3/product/info/list", {}) == (400, 3, "use either offer_id or product_id or sku")


def test_a_rivals_goods_do_not_exist(program, rival, shelf, shelf_of):
    foreign = shelf_of(rival.seller, 1, "R")
    named = {"product_id": [foreign.ids["R-1"]], "offer_id": ["R-1"]}

    assert program.call("/v3/product/info/list", {**named, "sku": [foreign.skus["R-1"]]})["items"] == []
    assert program.call("/v3/product/list", {"filter": named})["result"]["items"] == []
    assert program.call("/v5/product/info/prices", {"filter": named, "limit": 10})["items"] == []
    assert program.call("/v4/product/info/stocks", {"filter": named, "limit": 10})["items"] == []
    price = program.call("/v1/product/import/prices", {"prices": [{"product_id": foreign.ids["R-1"], "price": "1"}]})
    stock = program.call(
        "/v2/products/stocks",
        {
            "stocks": [
                {"product_id": foreign.ids["R-1"], "stock": 1, "warehouse_id": shelf.warehouse_id},
                {"offer_id": "A-1", "stock": 1, "warehouse_id": foreign.warehouse_id},
            ]
        },
    )

    assert [(row["updated"], row["errors"][0]["code"]) for row in price["result"]] == [(False, "NOT_FOUND_ERROR")]
    assert [(row["updated"], row["errors"][0]["code"]) for row in stock["result"]] == [
        (False, "NOT_FOUND_ERROR"),
        (False, "WAREHOUSE_NOT_FOUND"),
    ]
    assert Price.objects.get(pk=foreign.ids["R-1"]).price_minor == 100_000
    warehouses = program.call("/v2/warehouse/list", {"limit": 200, "warehouse_ids": [foreign.warehouse_id]})
    assert warehouses["warehouses"] == []


# --- prices and stock -------------------------------------------------------------------------------------------


def test_prices_change_row_by_row_and_read_back_as_doubles(program, shelf):
    answer = program.call(
        "/v1/product/import/prices",
        {
            "prices": [
                {"offer_id": "A-1", "price": "1234.56", "old_price": "0", "net_price": "700", "currency_code": "RUB"},
                {"product_id": str(shelf.ids["A-2"]), "price": "990", "old_price": "1000", "min_price": None},
                {"offer_id": "A-3", "price": "-1"},
                {"offer_id": "A-3", "price": "5000", "currency_code": "CNY"},
            ]
        },
    )
    prices = program.call("/v5/product/info/prices", {"filter": {"offer_id": ["A-1", "A-3"]}, "limit": 100})

    assert answer["result"][0] == {"product_id": shelf.ids["A-1"], "offer_id": "A-1", "updated": True, "errors": []}
    assert [row["updated"] for row in answer["result"]] == [True, False, False, False]
    assert [row["errors"][0]["code"] for row in answer["result"][1:]] == [
        "discount_for_average_price_is_too_small",
        "price_negative",
        "currency_mismatch",
    ]
    first, third = prices["items"]
    assert (first["price"]["price"], first["price"]["old_price"], first["price"]["net_price"]) == (1234.56, 0.0, 700.0)
    assert (third["price"]["price"], third["price"]["old_price"], third["price"]["vat"]) == (1200.0, 1700.0, 0.2)
    assert (prices["total"], prices["cursor"]) == (2, "")


def test_a_price_that_moves_by_more_than_half_is_taken_and_held(program, shelf):
    answer = program.call(
        "/v1/product/import/prices", {"prices": [{"offer_id": "A-3", "price": "300", "old_price": "0", "vat": "0.1"}]}
    )
    held = program.call("/v3/product/list", {"filter": {"visibility": "QUARANTINE"}, "limit": 10})["result"]
    [row] = program.call("/v5/product/info/prices", {"filter": {"offer_id": ["A-3"]}, "limit": 10})["items"]

    assert answer["result"] == [{"product_id": shelf.ids["A-3"], "offer_id": "A-3", "updated": True, "errors": []}]
    assert [item["offer_id"] for item in held["items"]] == ["A-3"]
    assert (row["price"]["price"], row["price"]["old_price"], row["price"]["vat"]) == (1200.0, 1700.0, 0.1)


def test_stock_is_what_is_free_to_sell(program, shelf, order_of, now):
    order_of(program.seller, (shelf.ids["A-1"], 3))

    with time_machine.travel(now, tick=False):
        answer = program.call(
            "/v2/products/stocks",
            {
                "stocks": [
                    {"offer_id": "A-1", "stock": "5", "warehouse_id": str(shelf.warehouse_id)},
                    {"offer_id": "A-1", "stock": 6, "warehouse_id": shelf.warehouse_id},
                    {"offer_id": "nothing", "stock": 6, "warehouse_id": shelf.warehouse_id},
                ]
            },
        )["result"]
    read = program.call("/v4/product/info/stocks", {"filter": {"offer_id": ["A-1"]}, "limit": 10})

    assert [row["updated"] for row in answer] == [True, False, False]
    assert [row["errors"][0]["code"] for row in answer[1:]] == ["TOO_MANY_REQUESTS", "offer_id_not_found"]
    assert Stock.objects.values_list("present", "reserved").get(product_id=shelf.ids["A-1"]) == (8, 3)
    assert read["items"] == [
        {
            "product_id": shelf.ids["A-1"],
            "offer_id": "A-1",
            "stocks": [
                {
                    "sku": shelf.skus["A-1"],
                    "type": "fbs",
                    "present": 8,
                    "reserved": 3,
                    "shipment_type": "SHIPMENT_TYPE_GENERAL",
                    "warehouse_ids": [shelf.warehouse_id],
                }
            ],
        }
    ]
    assert (read["total"], read["cursor"]) == (1, "")


def test_warehouses_come_page_by_page(program, shelf_of):
    shelves = [shelf_of(program.seller, 1, prefix) for prefix in "ABC"]

    first = program.call("/v2/warehouse/list", {"limit": 2})
    rest = program.call("/v2/warehouse/list", {"limit": 2, "cursor": first["cursor"]})

    found = first["warehouses"] + rest["warehouses"]
    assert [row["warehouse_id"] for row in found] == [shelf.warehouse_id for shelf in shelves]
    assert (first["has_next"], rest["has_next"], rest["cursor"]) == (True, False, "")
    assert (found[0]["name"], found[0]["status"], found[0]["address_info"]["utc"]) == (
        "Depot A",
        "created",
        "UTC+03:00",
    )


# --- import -----------------------------------------------------------------------------------------------------


def test_an_import_makes_a_card_and_tells_what_became_of_each_item(program, starter):
    good = {
        "offer_id": "NEW-1",
        "name": "Headphones Wave 2",
        "description_category_id": 17000101,
        "type_id": "91101",
        "price": "2990",
        "old_price": "3990",
        "currency_code": "RUB",
        "vat": "0.2",
        "barcode": "4600000000024",
        "depth": 20,
        "width": 18,
        "height": 8,
        "dimension_unit": "cm",
        "weight": 1,
        "weight_unit": "lb",
        "images": [],
        "attributes": _required(program),
    }
    bad = {**good, "offer_id": "NEW-2", "weight": 0, "name": ""}

    task = program.call("/v3/product/import", {"items": [good, bad]})["result"]["task_id"]
    waiting = program.call("/v1/product/import/info", {"task_id": str(task)})["result"]
    worker.run_until_idle()
    done = program.call("/v1/product/import/info", {"task_id": task})["result"]

    assert [(row["offer_id"], row["status"], row["product_id"]) for row in waiting["items"]] == [
        ("NEW-1", "pending", 0),
        ("NEW-2", "pending", 0),
    ]
    assert [(row["offer_id"], row["status"]) for row in done["items"]] == [("NEW-1", "imported"), ("NEW-2", "failed")]
    assert done["items"][0]["errors"] == []
    assert {error["code"] for error in done["items"][1]["errors"]} >= {"name_empty", "missing_dimension"}
    product = Product.objects.get(offer_id="NEW-1")
    assert done["items"][0]["product_id"] == product.pk
    assert (product.depth_mm, product.height_mm, product.weight_g, product.status) == (200, 80, 454, "price_sent")
    assert Price.objects.get(pk=product.pk).old_price_minor == 399_000
    assert not Product.objects.filter(offer_id="NEW-2").exists()


def test_a_rivals_import_does_not_exist(program, rival, starter):
    task = program.call("/v3/product/import", {"items": [{"offer_id": "X"}]})["result"]["task_id"]

    assert rival.refusal("/v1/product/import/info", {"task_id": task}) == (404, 5, "TASK_NOT_FOUND")


def _required(program) -> list[dict]:
    pair = {"type_id": 91101, "description_category_id": 17000101}
    made = []
    for row in program.call("/v1/description-category/attribute", pair)["result"]:
        if row["is_required"] and row["id"] != 8229:
            value = {"value": "1"}
            if row["dictionary_id"]:
                found = program.call(
                    "/v1/description-category/attribute/values", {**pair, "attribute_id": row["id"], "limit": 1}
                )["result"][0]
                value = {"dictionary_value_id": found["id"], "value": found["value"]}
            made.append({"complex_id": 0, "id": row["id"], "values": [value]})
    return made
