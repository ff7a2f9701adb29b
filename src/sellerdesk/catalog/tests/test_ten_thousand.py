"""E04: ten thousand rows with three in a hundred wrong, of every kind: each is named and no other; mended, undone, redone."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from sellerdesk.catalog import queries
from sellerdesk.catalog.models import Change, Product
from sellerdesk.catalog.services import importing, undoing, workbooks
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.catalog.services.sheets.limits import DEFAULTS, Limits
from sellerdesk.core import worker
from sellerdesk.core.models import Activity, Job
from sellerdesk.pricing.models import Price

pytestmark = pytest.mark.django_db
COUNT = 10_000
HEAD = ("Offer ID", "Product name", "Product type", "Price", "Price before discount", "Stock", "Package depth, mm",
        "Package width, mm", "Package height, mm", "Weight with package, g", "VAT", "Barcodes", "Picture addresses",
        "Brand", "Model name", "Product colour", "Connection")
#: What is planted: column, value, and the code by which it must be named.
FAULTS: tuple[tuple[str, Any, str], ...] = (
    ("Offer ID", "", "offer_id_empty"), ("Offer ID", "x" * 51, "offer_id_too_long"), ("Offer ID", "HP-1", "offer_id_repeated"),
    ("Product name", "", "name_empty"), ("Product name", "n" * 501, "name_too_long"),
    ("Product type", "Flying carpet", "description_category_invalid"), ("Price", "-5", "price_negative"),
    ("Price", "", "part_empty"), ("Price", "cheap", "money_unreadable"),
    ("Price before discount", "1001", "discount_for_average_price_is_too_small"), ("Stock", "many", "stock_unreadable"),
    ("Stock", 5_000_000, "STOCK_TOO_BIG"), ("Package depth, mm", "wide", "whole_number_expected"),
    ("Package width, mm", 0, "missing_dimension"), ("Package height, mm", 90_000, "dimension_too_large"),
    ("Weight with package, g", 900_000, "Incorrect_density"), ("VAT", "13%", "vat_invalid"),
    ("Barcodes", "?!", "barcode_invalid"), ("Picture addresses", "C:\\a.jpg", "image_address_invalid"),
    ("Product colour", "blakc", "error_attribute_values_out_of_range"), ("Model name", "", "EMPTY_REQUIRED"))


def row(at: int) -> dict[str, Any]:
    return dict(zip(HEAD, (f"HP-{at}", f"Aria {at}", 91101, 1000, "", at % 40, 200, 90, 220, 350, "20%", "", "", "No brand",
                           f"Aria {at}", "Black", "Bluetooth"), strict=True))


def book(rows: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = made.add_worksheet("Products")
    sheet.write_row(0, 0, HEAD)
    for number, each in enumerate(rows, start=1):
        sheet.write_row(number, 0, list(each.values()))
    made.close()
    return out.getvalue()


@pytest.fixture(scope="module")
def planted() -> dict[int, tuple[str, str]]:
    """Row of the sheet → the cell's column and code: every 33rd row, the kinds in turn."""
    return {at + 1: (FAULTS[at // 33 % len(FAULTS)][0], FAULTS[at // 33 % len(FAULTS)][2])
            for at in range(33, COUNT + 1, 33)}


def test_E04_every_planted_fault_is_named_and_no_other_and_all_of_it_can_be_mended_undone_and_redone(
        shop, depot, tree, actor, now, planted):
    rows = [row(at) for at in range(1, COUNT + 1)]
    for number in planted:
        column, value, _code = FAULTS[(number - 1) // 33 % len(FAULTS)]
        rows[number - 2][column] = f"{value}{number}" if value == "x" * 51 else value

    def send(data: bytes) -> Any:
        task_id = importing.upload_file(seller=shop, file_name="goods.xlsx", data=data, language="en", actor=actor,
                                        now=now)
        worker.run_until_idle(500)
        assert not Job.objects.filter(state="failed").exists()
        return queries.import_task(shop, task_id)

    task = send(book(rows))

    failed = queries.import_items(shop, task.id, status="failed")
    assert {item.row_number: (item.errors[0].column, item.errors[0].code) for item in failed} == planted
    assert all(error.cell.endswith(str(item.row_number)) for item in failed for error in item.errors)
    assert (task.state, task.created, task.failed) == ("done", COUNT - len(planted), len(planted))
    assert Product.objects.filter(status="price_sent").count() == Price.objects.count() == task.created

    # The file of failed rows, mended, goes in; the first file a second time changes nothing.
    data, _kind = workbooks.failed_rows(seller=shop, task_id=task.id, language="en", now=now)
    sheet = reading.opened(io.BytesIO(data), Limits(**DEFAULTS))
    assert len(list(sheet.rows)) == len(planted) + 1
    mended = send(book([row(number - 1) for number in planted]))
    assert (mended.created, mended.failed, Product.objects.count()) == (len(planted), 0, COUNT)
    before = (Change.objects.count(), Activity.objects.exclude(event="catalog.import.finished").count())
    again = send(book([row(at) for at in range(1, COUNT + 1)]))
    assert (again.unchanged, again.saved) == (COUNT, 0)
    assert (Change.objects.count(), Activity.objects.exclude(event="catalog.import.finished").count()) == before

    batch = queries.changes.batch_of_import(shop, task.id)
    kept = list(Product.objects.order_by("id").values_list("id", "sku", "offer_id", "attributes"))
    undo_id = undoing.undo(seller=shop, batch_id=batch.id, actor=actor, now=now)
    worker.run_until_idle(500)
    assert queries.changes.batch(shop, batch.id).state == "undone"
    assert Product.objects.count() == len(planted)
    undoing.undo(seller=shop, batch_id=undo_id, actor=actor, now=now)
    worker.run_until_idle(500)
    assert list(Product.objects.order_by("id").values_list("id", "sku", "offer_id", "attributes")) == kept
