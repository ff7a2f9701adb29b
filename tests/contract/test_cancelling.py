"""Reasons by posting, and units that cannot be sent, as programs cancel them."""

from __future__ import annotations

from sellerdesk.inventory.models import Stock


def test_each_posting_names_the_reasons_that_can_be_used_now(program, shelf, order_of):
    numbers = [order_of(program.seller, (shelf.ids["A-1"], 1)) for _ in range(2)]

    result = program.call("/v1/posting/fbs/cancel-reason", {"related_posting_numbers": numbers})["result"]

    assert [row["posting_number"] for row in result] == numbers
    assert [(one["id"], one["type_id"]) for one in result[0]["reasons"]] == [
        (352, "seller"), (400, "seller"), (402, "seller")]
    assert program.refusal("/v1/posting/fbs/cancel-reason", {"related_posting_numbers": ["1-1-1"]}) == (
        404, 5, "POSTING_NOT_FOUND")
    assert program.refusal("/v1/posting/fbs/cancel-reason", {})[:2] == (400, 3)


def test_units_are_cancelled_and_the_rest_is_shipped(program, shelf, order_of):
    number = order_of(program.seller, (shelf.ids["A-1"], 3), (shelf.ids["A-2"], 1))
    body = {"posting_number": number, "cancel_reason_id": 352, "cancel_reason_message": "Product is out of stock",
            "items": [{"sku": shelf.skus["A-1"], "quantity": 2}]}

    assert program.call("/v2/posting/fbs/product/cancel", body) == {"result": number}

    left = program.call("/v3/posting/fbs/get", {"posting_number": number})["result"]
    assert [(row["sku"], row["quantity"]) for row in left["products"]] == [
        (shelf.skus["A-1"], 1), (shelf.skus["A-2"], 1)]
    gone = program.call("/v3/posting/fbs/get", {"posting_number": number[:-1] + "2"})["result"]
    assert (gone["status"], gone["parent_posting_number"], gone["cancellation"]["cancel_reason_id"]) == (
        "cancelled", number, 352)
    assert Stock.objects.get(product_id=shelf.ids["A-1"]).reserved == 1


def test_what_cannot_be_taken_out_is_refused_in_the_contracts_words(program, shelf, order_of):
    number = order_of(program.seller, (shelf.ids["A-1"], 1))
    body = {"posting_number": number, "cancel_reason_id": 352, "cancel_reason_message": "Gone",
            "items": [{"sku": shelf.skus["A-1"], "quantity": 1}]}

    def refused(**other):
        return program.refusal("/v2/posting/fbs/product/cancel", {**body, **other})

    assert refused(posting_number="1-1-1") == (404, 5, "POSTING_NOT_FOUND")
    assert refused(cancel_reason_id=401) == (400, 3, "HAS_INCORRECT_CANCEL_REASON")
    assert refused(items=[{"sku": shelf.skus["A-1"], "quantity": 2}]) == (400, 3, "HAS_INCORRECT_PRODUCT_QUANTITY")
    assert refused(items=[{"sku": shelf.skus["A-2"], "quantity": 1}]) == (400, 3, "UNKNOWN_PRODUCT_DEFINED")
    assert refused(cancel_reason_message="")[2] == (
        "Request validation error: invalid PostingProductCancelRequest.CancelReasonMessage: "
        "value length must be at least 1 runes")
    assert Stock.objects.get(product_id=shelf.ids["A-1"]).reserved == 1
