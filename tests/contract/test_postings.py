"""Postings as programs list, read, ship, label and cancel them."""

from __future__ import annotations

import base64
import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from sellerdesk.inventory.models import Stock
from sellerdesk.orders.models import Posting

NOTHING = {"analytics_data", "barcodes", "financial_data", "legal_info"}


@pytest.fixture
def period(now):
    return {"since": (now - timedelta(days=30)).isoformat(), "to": (now + timedelta(days=1)).isoformat()}


def packages(*groups):
    return [{"products": [{"product_id": sku, "quantity": quantity} for sku, quantity in group]} for group in groups]


def test_a_period_is_listed_in_both_directions_page_by_page(program, shelf, order_of, period):
    numbers = [order_of(program.seller, (shelf.ids["A-1"], 1), ago=timedelta(hours=hours)) for hours in (5, 4, 3, 2, 1)]

    first = program.call("/v4/posting/fbs/list", {"filter": period, "limit": 2})
    second = program.call("/v4/posting/fbs/list", {"filter": period, "limit": "3", "cursor": first["cursor"]})
    newest = program.call("/v4/posting/fbs/list", {"filter": period, "limit": 1, "sort_dir": "DESC"})

    listed = [row["posting_number"] for row in first["postings"] + second["postings"]]
    assert listed == numbers
    assert (first["has_next"], second["has_next"], second["cursor"]) == (True, False, "")
    assert newest["postings"][0]["posting_number"] == numbers[-1]


def test_a_posting_carries_extra_blocks_only_when_asked(program, shelf, order_of, period):
    order_of(program.seller, (shelf.ids["A-1"], 2))
    body = {"filter": period, "limit": 10}

    [plain] = program.call("/v4/posting/fbs/list", body)["postings"]
    [full] = program.call("/v4/posting/fbs/list", {**body, "with": dict.fromkeys(NOTHING, True)})["postings"]

    assert {name for name in NOTHING if plain[name] is None} == NOTHING
    assert {name for name in NOTHING if full[name] is None} == set()
    assert (full["status"], full["substatus"], full["available_actions"]) == (
        "awaiting_packaging",
        "posting_created",
        ["cancel", "product_cancel", "ship"],
    )
    assert full["products"][0]["price"] == {"amount": "1000.00", "currency": "RUB"}
    money = full["financial_data"]["products"][0]
    assert (money["price"], money["old_price"], money["total_discount_value"], money["total_discount_percent"]) == (
        1000.0,
        1500.0,
        500.0,
        33.33,
    )
    assert money["payout"] == pytest.approx(2000 - money["commission"]["amount"])
    assert (full["analytics_data"]["city"], full["analytics_data"]["warehouse_id"]) == ("Perm", shelf.warehouse_id)
    # The buyer stays with the marketplace.
    assert (full["customer"], full["addressee"]) == (None, None)


def test_filters_narrow_the_list(program, shelf, order_of, period):
    number = order_of(program.seller, (shelf.ids["A-1"], 1))
    posting = program.call("/v3/posting/fbs/get", {"posting_number": number})["result"]
    carrier = posting["delivery_method"]["tpl_provider_id"]

    def found(**more):
        return len(program.call("/v4/posting/fbs/list", {"filter": {**period, **more}, "limit": 10})["postings"])

    assert found(statuses=["awaiting_packaging"], warehouse_ids=[str(shelf.warehouse_id)]) == 1
    assert found(order_numbers=[posting["order_number"]], order_id=posting["order_id"]) == 1
    assert found(provider_ids=[str(carrier)], integration_type_flow=["ozon"]) == 1
    assert found(statuses=["delivered"]) == 0
    assert found(warehouse_ids=["1"]) == 0
    assert found(provider_ids=["987654"]) == 0
    assert found(integration_type_flow=["aggregator"]) == 0
    assert found(last_changed_status_date={"from": period["to"]}) == 0


def test_unfulfilled_postings_come_by_urgency_and_are_counted(program, shelf, order_of):
    late, soon = (order_of(program.seller, (shelf.ids["A-1"], 1), ago=timedelta(days=days)) for days in (1, 9))

    answer = program.call("/v4/posting/fbs/unfulfilled/list", {"limit": 1})
    rest = program.call("/v4/posting/fbs/unfulfilled/list", {"limit": 1, "cursor": answer["cursor"]})

    assert [row["posting_number"] for row in answer["postings"] + rest["postings"]] == [soon, late]
    assert (answer["count"], answer["has_next"], rest["has_next"]) == (2, True, False)
    both = {"cutoff_from": "2026-01-01T00:00:00Z", "delivering_date_to": "2026-01-01T00:00:00Z"}
    assert program.refusal("/v4/posting/fbs/unfulfilled/list", {"limit": 1, "filter": both})[:2] == (400, 3)


def test_the_older_list_goes_by_offset(program, shelf, order_of, period):
    numbers = [order_of(program.seller, (shelf.ids["A-1"], 1), ago=timedelta(hours=hours)) for hours in (3, 2, 1)]
    body = {"dir": "ASC", "filter": {**period, "status": "awaiting_packaging"}, "with": {"financial_data": True}}

    first = program.call("/v3/posting/fbs/list", {**body, "limit": 2, "offset": 0})["result"]
    rest = program.call("/v3/posting/fbs/list", {**body, "limit": 2, "offset": 2})["result"]

    assert [row["posting_number"] for row in first["postings"] + rest["postings"]] == numbers
    assert (first["has_next"], rest["has_next"]) == (True, False)
    assert first["postings"][0]["products"][0]["price"] == "1000.00"


def test_a_period_of_more_than_a_year_is_too_long(program, now):
    filter_ = {"since": (now - timedelta(days=400)).isoformat(), "to": now.isoformat()}

    for path in ("/v4/posting/fbs/list", "/v3/posting/fbs/list"):
        assert program.refusal(path, {"filter": filter_, "limit": 1}) == (400, 3, "PERIOD_IS_TOO_LONG")


def test_times_and_offsets_beyond_reason_are_refused(program, period):
    early = {"since": "0001-01-01T00:00:00+05:00", "to": "0001-01-02T00:00:00Z"}

    assert program.refusal("/v4/posting/fbs/list", {"filter": early, "limit": 1})[:2] == (400, 3)
    assert program.refusal("/v3/posting/fbs/list", {"filter": period, "limit": 1, "offset": 2**62})[:2] == (400, 3)


def test_lists_need_the_same_number_of_queries_for_any_size(program, shelf, order_of, period):
    for _ in range(8):
        order_of(program.seller, (shelf.ids["A-1"], 1), (shelf.ids["A-2"], 1))
    program.call("/v1/roles")
    whole = {"with": dict.fromkeys(NOTHING, True)}
    for path, body in (
        ("/v4/posting/fbs/list", {"filter": period}),
        ("/v4/posting/fbs/unfulfilled/list", {}),
        ("/v3/posting/fbs/list", {"filter": period}),
    ):
        few, many = (program.queries(path, {**body, **whole, "limit": limit}) for limit in (1, 8))
        assert (path, many) == (path, few)


def test_shipping_in_two_packages_makes_two_postings(program, shelf, order_of):
    number = order_of(program.seller, (shelf.ids["A-1"], 2), (shelf.ids["A-2"], 1))
    first, second = shelf.skus["A-1"], shelf.skus["A-2"]

    answer = program.call(
        "/v4/posting/fbs/ship",
        {
            "posting_number": number,
            "packages": packages([(first, 1), (second, 1)], [(first, 1)]),
            "with": {"additional_data": True},
        },
    )
    made = program.call(
        "/v3/posting/fbs/get", {"posting_number": answer["result"][1], "with": {"related_postings": True}}
    )["result"]

    assert answer["result"] == [number, f"{number[:-1]}2"]
    assert [[row["quantity"] for row in one["products"]] for one in answer["additional_data"]] == [[1, 1], [1]]
    assert (made["status"], made["substatus"], made["previous_substatus"]) == (
        "awaiting_deliver",
        "posting_registered",
        "posting_created",
    )
    assert (made["parent_posting_number"], made["related_postings"]) == (
        number,
        {"related_posting_numbers": [number]},
    )
    assert made["tracking_number"]
    assert made["products"][0]["dimensions"] == {
        "height": "50.00",
        "length": "100.00",
        "weight": "400",
        "width": "200.00",
    }


@pytest.mark.parametrize(
    ("units", "refusal"),
    [
        ([("A-1", 1)], (400, 3, "HAS_INCORRECT_PRODUCT_QUANTITY")),
        ([("A-1", 3)], (400, 3, "HAS_INCORRECT_PRODUCT_QUANTITY")),
        ([("A-1", 2), ("A-3", 1)], (400, 3, "UNKNOWN_PRODUCT_DEFINED")),
    ],
)
def test_a_wrong_package_is_refused_and_nothing_changes(program, shelf, order_of, units, refusal):
    number = order_of(program.seller, (shelf.ids["A-1"], 2))

    body = {"posting_number": number, "packages": packages([(shelf.skus[offer], count) for offer, count in units])}

    assert program.refusal("/v4/posting/fbs/ship", body) == refusal
    assert Posting.objects.values_list("state", "version").get() == ("awaiting_packaging", 1)


def test_business_refusals_are_words_in_the_message(program, shelf, order_of):
    number = order_of(program.seller, (shelf.ids["A-1"], 1))
    ship = {"posting_number": number, "packages": packages([(shelf.skus["A-1"], 1)])}
    program.call("/v4/posting/fbs/ship", ship)

    assert program.refusal("/v4/posting/fbs/ship", ship) == (400, 9, "POSTING_ALREADY_SHIPPED")
    assert program.refusal("/v4/posting/fbs/ship", {**ship, "posting_number": "1-1-1"}) == (
        404,
        5,
        "POSTING_NOT_FOUND",
    )
    program.call("/v2/posting/fbs/cancel", {"posting_number": number, "cancel_reason_id": 352})
    again = {"posting_number": number, "cancel_reason_id": 352}
    assert program.refusal("/v2/posting/fbs/cancel", again) == (400, 9, "POSTING_ALREADY_CANCELLED")


def test_labels_are_one_pdf_or_none(program, labels_at_once, shelf, order_of):
    packed, waiting = (order_of(program.seller, (shelf.ids["A-1"], 1)) for _ in range(2))
    program.call("/v4/posting/fbs/ship", {"posting_number": packed, "packages": packages([(shelf.skus["A-1"], 1)])})

    pdf = program.post("/v2/posting/fbs/package-label", {"posting_number": [packed]})
    as_json = program.post("/v2/posting/fbs/package-label", {"posting_number": [packed]}, Accept="application/json")

    assert pdf["Content-Type"] == "application/pdf"
    [page] = PdfReader(io.BytesIO(pdf.content)).pages
    assert packed in page.extract_text()
    assert as_json.json()["content_type"] == "application/pdf"
    assert base64.b64decode(as_json.json()["file_content"]).startswith(b"%PDF")
    both = {"posting_number": [packed, waiting]}
    assert program.refusal("/v2/posting/fbs/package-label", both) == (400, 9, "The next postings aren't ready")
    many = {"posting_number": ["1"] * 21}
    assert program.refusal("/v2/posting/fbs/package-label", many)[2].endswith(
        "PackageLabelRequest.PostingNumber: value must contain no more than 20 item(s)"
    )


def test_cancelling_frees_the_stock_and_says_why(program, shelf, order_of):
    number = order_of(program.seller, (shelf.ids["A-1"], 4))
    reasons = program.call("/v2/posting/fbs/cancel-reason/list")["result"]
    cancel = {"posting_number": number, "cancel_reason_id": "402"}

    assert program.refusal("/v2/posting/fbs/cancel", {**cancel, "cancel_reason_id": 401}) == (
        400,
        3,
        "HAS_INCORRECT_CANCEL_REASON",
    )
    assert program.refusal("/v2/posting/fbs/cancel", cancel)[2] == "CANCEL_REASON_MESSAGE_REQUIRED"
    assert program.call("/v2/posting/fbs/cancel", {**cancel, "cancel_reason_message": "Broken"}) == {"result": True}

    posting = program.call("/v3/posting/fbs/get", {"posting_number": number})["result"]
    assert posting["cancellation"] == {
        "cancel_reason_id": 402,
        "cancel_reason": "Другое (вина продавца)",
        "cancellation_type": "seller",
        "cancelled_after_ship": False,
        "affect_cancellation_rating": True,
        "cancellation_initiator": "Продавец",
    }
    assert {row["id"]: row["is_available_for_cancellation"] for row in reasons}[401] is False
    assert Stock.objects.values_list("present", "reserved").get(product_id=shelf.ids["A-1"]) == (10, 0)


def test_a_rivals_postings_do_not_exist(program, rival, shelf_of, order_of, period):
    foreign = shelf_of(rival.seller, 1, "R")
    number = order_of(rival.seller, (foreign.ids["R-1"], 1))
    missing = (404, 5, "POSTING_NOT_FOUND")

    assert program.call("/v4/posting/fbs/list", {"filter": period, "limit": 9})["postings"] == []
    assert program.call("/v4/posting/fbs/unfulfilled/list", {"limit": 9})["postings"] == []
    assert program.refusal("/v3/posting/fbs/get", {"posting_number": number}) == missing
    ship = {"posting_number": number, "packages": packages([(foreign.skus["R-1"], 1)])}
    assert program.refusal("/v4/posting/fbs/ship", ship) == missing
    assert program.refusal("/v2/posting/fbs/package-label", {"posting_number": [number]}) == missing
    cancel = {"posting_number": number, "cancel_reason_id": 352}
    assert program.refusal("/v2/posting/fbs/cancel", cancel) == missing
    assert Posting.objects.get(number=number).state == "awaiting_packaging"
