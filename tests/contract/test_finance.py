"""Money over the API: operations, accruals, realisation, balance, cash flow, and reports by their code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from sellerdesk.core import clock
from sellerdesk.finance import services
from sellerdesk.finance.types import BookedLine, Charge, DeliveredPosting, ReturnedGoods

DECEMBER = datetime(2026, 12, 4, 9, tzinfo=UTC)
NOVEMBER = {"from": "2026-11-01T00:00:00Z", "to": "2026-11-30T23:59:59Z"}


@pytest.fixture
def booked(shop, shelf, order_of, now) -> str:
    """One order delivered with two products, one unit back; a penalty and a compensation. Time is December then."""
    number = order_of(shop, (shelf.ids["A-1"], 1), ago=timedelta(days=3))
    first, second = shelf.skus["A-1"], shelf.skus["A-2"]
    at = now - timedelta(days=2)
    services.book_deliveries(postings=[DeliveredPosting(shop.id, number, "RUB", at, (
        BookedLine(first, 2, 2_000_00, 240_00, 7), BookedLine(second, 1, 100_01, 12_00, 7)), 150_00, 8)])
    services.book_returns(returns=[ReturnedGoods(shop.id, "r", number, "RUB", now, (
        BookedLine(first, 1, 1_000_00, 120_00, 7),), 90_00, 8)])
    services.book_charges(charges=[Charge(shop.id, "p", "penalty", number, "RUB", now, -60_00, 3),
                                   Charge(shop.id, "c", "compensation", number, "RUB", now, 500_00, 4)])
    with time_machine.travel(DECEMBER, tick=False):
        clock.forget()
        yield number


def test_operations_add_up_to_the_balance_and_say_what_they_are_made_of(program, booked, shelf):
    answer = program.call("/v3/finance/transaction/list", {"page": 1, "page_size": 10, "filter": {"date": NOVEMBER}})

    found = answer["result"]
    assert (found["row_count"], found["page_count"]) == (4, 1)
    sale = found["operations"][0]
    assert (sale["operation_type"], sale["type"], sale["amount"]) == ("OperationAgentDeliveredToCustomer", "orders", 1666.51)
    assert (sale["accruals_for_sale"], sale["sale_commission"]) == (2100.01, -252.0)
    assert {one["name"]: one["price"] for one in sale["services"]} == {
        "MarketplaceServiceItemDirectFlowLogistic": -150.0, "MarketplaceRedistributionOfAcquiringOperation": -31.5}
    assert (sale["posting"]["posting_number"], sale["posting"]["delivery_schema"]) == (booked, "FBS")
    assert sum(round(one["amount"] * 100) for one in found["operations"]) == 1_136_51
    only = program.call("/v3/finance/transaction/list", {"page": 1, "page_size": 10, "filter": {
        "posting_number": booked, "transaction_type": "returns"}})["result"]
    assert [one["amount"] for one in only["operations"]] == [-970.0]
    totals = program.call("/v3/finance/transaction/totals", {"date": NOVEMBER})["result"]
    assert sum(round(value * 100) for value in totals.values()) == 1_136_51
    assert program.refusal("/v3/finance/transaction/list", {"page": 1, "page_size": 10, "filter": {
        "date": {"from": "2026-09-01T00:00:00Z", "to": "2026-11-01T00:00:00Z"}}})[:2] == (400, 3)


def test_accruals_share_the_parcels_fees_between_products_without_losing_a_kopeck(program, booked, shelf):
    day = program.call("/v1/finance/accrual/by-day", {"date": "2026-11-21"})["accruals"]

    [sale] = [one for one in day if one["accrued_category"] == "POSTING"]
    assert (sale["total_amount"], sale["unit_number"]) == ({"amount": "1666.51", "currency": "RUB"}, booked)
    parts = [round(float(part["commission"]["sale_amount"]["amount"]) * 100)
             + round(float(part["commission"]["sale_commission"]["amount"]) * 100)
             + round(float(part["delivery"]["total_accrued"]["amount"]) * 100) for part in sale["posting"]["products"]]
    assert sum(parts) == 1_666_51
    names = {one["id"]: one["name"] for one in program.call("/v1/finance/accrual/types")["accrual_types"]}
    [of_posting] = program.call("/v1/finance/accrual/postings", {"posting_numbers": [booked, "0-0-0"]})["posting_accruals"]
    assert {names[one["type_id"]] for one in of_posting["accruals"]} == {
        "sale", "commission", "logistics", "acquiring", "return_sale", "return_commission", "return_logistics", "penalty",
        "compensation"}
    assert sum(round(float(one["accrued"]["amount"]) * 100) for one in of_posting["accruals"]) == 1_136_51


def test_realisation_tells_what_was_sold_and_returned(program, booked, shelf):
    report = program.call("/v2/finance/realization", {"year": 2026, "month": 11})["result"]

    assert (report["header"]["start_date"], report["header"]["currency_sys_name"]) == ("2026-11-01", "RUB")
    mug = next(row for row in report["rows"] if row["item"]["offer_id"] == "A-1")
    assert mug["delivery_commission"]["quantity"] == 2
    assert (mug["delivery_commission"]["amount"], mug["delivery_commission"]["total"]) == (2000.0, 1760.0)
    assert (mug["return_commission"]["quantity"], mug["return_commission"]["total"]) == (1, 880.0)
    assert program.call("/v1/finance/realization/by-day", {"year": 2026, "month": 11, "day": 21})["rows"][0][
        "return_commission"] is None
    rows = program.call("/v1/finance/realization/posting", {"year": 2026, "month": 11})["rows"]
    assert {row["order"]["posting_number"] for row in rows} == {booked}
    assert program.refusal("/v2/finance/realization", {"year": 2026, "month": 12})[:2] == (400, 3)


def test_the_balance_opens_moves_and_closes(program, booked):
    answer = program.call("/v1/finance/balance", {"date_from": "2026-11-21T00:00:00Z", "date_to": "2026-11-23T00:00:00Z"})

    total = answer["total"]
    assert (total["opening_balance"]["value"], total["accrued"]["value"], total["closing_balance"]["value"]) == (
        0.0, 1666.51, 1666.51)
    flow = program.call("/v1/finance/cash-flow-statement/list", {
        "date": {"from": "2026-10-31T21:00:00Z", "to": "2026-12-01T00:00:00Z"}, "page": 1, "page_size": 10,
        "with_details": True})["result"]
    assert [one["end_balance_amount"] for one in flow["details"]] == [0.0, 1136.51, 1136.51]
    assert flow["cash_flows"][1]["orders_amount"] == 2100.01


def test_reports_are_asked_for_found_by_code_and_fetched(program, rival, booked, client):
    code = program.call("/v1/finance/mutual-settlement", {"date": "2026-08", "language": "EN"})["result"]["code"]
    paid = program.call("/v1/finance/compensation", {"date": "2026-11"})["result"]["code"]
    program.call("/v1/finance/decompensation", {"date": "2026-11"})
    postings = program.call("/v1/report/realization/posting/create", {"year": 2026, "month": 11})["code"]

    info = program.call("/v1/report/info", {"code": paid})["result"]
    assert (info["status"], info["report_type"], info["params"]) == ("success", "compensation_report", {"date": "2026-11"})
    file = client.get(info["file"].removeprefix("http://testserver"))
    assert file.content.startswith(b"PK")
    listed = program.call("/v1/report/list", {"page": 1, "page_size": 10, "report_type": "ALL"})["result"]
    assert {code, paid, postings} < {one["code"] for one in listed["reports"]}
    assert listed["total"] == 4
    assert rival.refusal("/v1/report/info", {"code": paid})[:2] == (404, 5)
    status, number, text = program.refusal("/v1/finance/mutual-settlement", {"date": "2026-12"})
    assert (status, number) == (400, 9)
    assert text


def test_a_key_without_the_right_hears_nothing_of_money(shop, key_of):
    packer = key_of(shop, "Posting FBS")

    assert packer.refusal("/v1/finance/accrual/types")[:2] == (403, 7)
