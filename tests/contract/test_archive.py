"""Archive and deletion over the API: the same service as the screens, in the contract's shapes."""

from __future__ import annotations

import pytest

from sellerdesk.catalog import queries

pytestmark = pytest.mark.django_db


def test_products_go_to_the_archive_and_come_back(program, shelf_of, shop):
    shelf = shelf_of(shop)
    product_id = shelf.ids["A-2"]

    code = program.refusal("/v1/product/archive", {"product_id": [product_id]})
    assert code[:2] == (400, 9)
    assert code[2].startswith("archive_with_stock: ")

    program.call("/v2/products/stocks", {"stocks": [
        {"product_id": product_id, "stock": 0, "warehouse_id": shelf.warehouse_id}]})
    for path, archived in (("/v1/product/archive", True), ("/v1/product/unarchive", False)):
        assert program.call(path, {"product_id": [str(product_id)]}) == {"result": True}
        assert queries.refs(shop, product_ids=[product_id])[0].archived is archived


def test_foreign_and_too_many_products_are_refused(program, rival, shelf_of, shop):
    shelf = shelf_of(shop)

    assert rival.refusal("/v1/product/archive", {"product_id": [shelf.ids["A-1"]]})[:2] == (400, 9)
    assert program.refusal("/v1/product/unarchive", {"product_id": list(range(1, 102))})[:2] == (400, 3)
    assert not queries.refs(shop, product_ids=[shelf.ids["A-1"]])[0].archived


def test_deletion_answers_for_each_offer_id(program, shelf_of, shop):
    shelf_of(shop)

    answer = program.call("/v2/products/delete", {"products": [{"offer_id": "A-1"}, {"offer_id": "no such"}]})

    assert [(one["offer_id"], one["is_deleted"], bool(one["error"])) for one in answer["status"]] == [
        ("A-1", False, True), ("no such", False, True)]
    assert len(queries.refs(shop, offer_ids=["A-1"])) == 1


def test_a_card_of_another_shop_is_taken_over_by_its_sku(program, rival, shelf_of, shop, rival_shop):
    sku = queries.refs(shop, product_ids=[shelf_of(shop).ids["A-1"]])[0].sku

    answer = rival.call("/v1/product/import-by-sku", {"items": [
        {"sku": sku, "offer_id": "MINE", "price": "2300", "old_price": "2590", "currency_code": "RUB", "vat": "0.1"},
        {"sku": 1, "offer_id": "NONE", "price": "1"}]})
    info = rival.call("/v1/product/import/info", {"task_id": answer["result"]["task_id"]})

    assert answer["result"]["unmatched_sku_list"] == [1]
    assert [item["offer_id"] for item in info["result"]["items"]] == ["MINE"]


def test_the_content_score_is_told_by_group_and_condition(program, rival, shelf_of, shop):
    sku = queries.refs(shop, product_ids=[shelf_of(shop).ids["A-1"]])[0].sku

    rated = program.call("/v1/product/rating-by-sku", {"skus": [str(sku)]})["products"][0]

    assert [group["key"] for group in rated["groups"]] == ["media", "required", "optional", "text"]
    assert sum(group["weight"] for group in rated["groups"]) == 100
    assert rated["groups"][0]["improve_at_least"] == 3
    assert rival.call("/v1/product/rating-by-sku", {"skus": [sku]}) == {"products": []}
