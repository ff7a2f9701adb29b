"""Storage with the marketplace over the API: as an operation, in totals and accruals, and as a report by its code."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from sellerdesk.analytics.models import Report
from sellerdesk.analytics.services import reporting
from sellerdesk.core import rules as dated
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.services import storing
from sellerdesk.inventory.types import StockLine

PODOLSK = 1_020_004_000_000_101


@pytest.fixture
def stored(shop, shelf, now) -> int:
    """Ten units of a litre that lay in Podolsk for two days, the second of them paid for; returns the SKU."""
    dated.put("inventory.storage", "", {"free_days": 1, "minor_100l": 25_000, "least_ml": 500, "currency": "RUB"},
              valid_from=now - timedelta(days=30), source="test")
    inventory.receive(seller=shop, lines=[StockLine(shelf.ids["A-1"], PODOLSK, 10, "1", now - timedelta(days=2))])
    assert storing.count_due(now=now) == 2
    return shelf.skus["A-1"]


def test_storage_is_an_operation_of_its_own_in_lists_totals_and_accruals(program, stored):
    span = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-23T23:59:59Z"}
    asked = {"page": 1, "page_size": 10, "filter": {
        "date": span, "operation_type": ["OperationMarketplaceServiceStorage"]}}

    [operation] = program.call("/v3/finance/transaction/list", asked)["result"]["operations"]
    totals = program.call("/v3/finance/transaction/totals", {"date": span})["result"]
    [accrual] = program.call("/v1/finance/accrual/by-day", {"date": "2026-11-22"})["accruals"]
    types = {one["name"]: one["id"] for one in program.call("/v1/finance/accrual/types", {})["accrual_types"]}

    assert (operation["type"], operation["amount"]) == ("services", -25.0)
    assert operation["operation_type_name"] == "Хранение на складах маркетплейса"
    assert totals["services_amount"] == -25.0
    assert (accrual["total_amount"]["amount"], accrual["non_item_fee"]["type_id"]) == ("-25.00", types["placement"])
    balance = program.call("/v1/finance/balance", {"date_from": "2026-11-20T00:00:00Z", "date_to": "2026-11-24T00:00:00Z"})
    assert [one["amount"]["value"] for one in balance["cashflows"]["services"]] == [-25.0]


def test_the_report_of_storage_is_made_by_its_code_and_sums_to_what_was_booked(program, stored, now, key_of, rival_shop):
    created = program.call("/v1/report/placement/by-products/create", {
        "date_from": "2026-11-21", "date_to": "2026-11-22"})
    report = Report.objects.get(code=created["code"])
    reporting.make(report_id=report.pk, now=now)

    told = program.call("/v1/report/info", {"code": created["code"]})["result"]
    assert (told["status"], told["report_type"]) == ("success", "placement_by_products")
    content = b"".join(program.client.get(told["file"]).streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [(row[0], row[1], row[5], row[6], row[9]) for row in rows[1:]] == [
        ("2026-11-21", stored, 10, 0, 0), ("2026-11-22", stored, 10, 10, 25)]
    assert key_of(rival_shop).refusal("/v1/report/info", {"code": created["code"]})[:2] == (404, 5)


def test_a_report_of_storage_covers_a_month_at_most(program, stored):
    for span in (("2026-11-02", "2026-11-01"), ("2026-10-01", "2026-11-01"), ("soon", "2026-11-01")):
        assert program.refusal("/v1/report/placement/by-products/create", {
            "date_from": span[0], "date_to": span[1]})[:2] == (400, 3)
    program.call("/v1/report/placement/by-products/create", {"date_from": "2026-10-02", "date_to": "2026-11-01"})
    assert Report.objects.count() == 1
