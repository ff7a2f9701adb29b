"""A spreadsheet becomes products; what is wrong is told cell by cell, and nothing is half-written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import FileRefused, ImportUnknown
from sellerdesk.catalog.models import Batch, Change, ImportTask, Product, TypeAttribute
from sellerdesk.catalog.services import import_rows, import_run, importing, products, workbooks
from sellerdesk.core import worker
from sellerdesk.core.models import Job
from sellerdesk.inventory import queries as inventory
from sellerdesk.pricing import queries as pricing

pytestmark = pytest.mark.django_db
ALL = frozenset({"price", "stock"})
GOOD = {"Offer ID": "HP-1", "Product name": "Aria 5", "Price": 1999.5, "Stock": 12, "Package depth, mm": 200,
        "Package width, mm": "90", "Package height, mm": 220.0, "Weight with package, g": "350", "VAT": "20%",
        "Brand": "No brand", "Model name": "Aria 5", "Product colour": "black; White", "Connection": "Bluetooth"}


@pytest.fixture
def send(shop, depot, actor, now, tree) -> Callable[..., int]:
    """Uploads a file for Anna and lets the worker finish."""

    def make(data: bytes, name: str = "goods.xlsx", language: str = "en") -> int:
        with override(language):
            task_id = importing.upload_file(seller=shop, file_name=name, data=data, language=language, actor=actor,
                                            now=now)
        worker.run_until_idle()
        assert not Job.objects.filter(state="failed").exists()
        return task_id

    return make


def filled(template: bytes, rows: list[dict[str, Any]]) -> bytes:
    """The template as a seller fills it: same headings and Meta, own rows."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(template))
    header = book.get_sheet_by_index(0).to_python()[0]
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet(book.sheet_names[0])
    sheet.write_row(0, 0, header)
    names = [heading.rstrip(" *") for heading in header]
    plain = [name.removesuffix(", RUB") for name in names]
    for number, row in enumerate(rows, start=1):
        assert set(row) <= set(plain), set(row) - set(plain)
        for key, value in row.items():
            sheet.write(number, plain.index(key), value)
    meta = made.add_worksheet("Meta")
    for number, row in enumerate(book.get_sheet_by_name("Meta").to_python()):
        meta.write_row(number, 0, row)
    made.close()
    return out.getvalue()


@pytest.fixture
def template(shop, tree, now) -> bytes:
    return workbooks.template(seller=shop, type_ids=[91101], language="en", parts=ALL, now=now)


def test_a_filled_template_creates_priced_products_with_stock(shop, template, send):
    task = queries.import_task(shop, send(filled(template, [GOOD, {**GOOD, "Offer ID": 4601.0}])))

    assert (task.state, task.total, task.created, task.failed) == ("done", 2, 2, 0)
    first, second = queries.refs(shop, offer_ids=["HP-1", "4601"])
    card = queries.product(shop, first.id)
    assert (card.status, card.vat, card.depth_mm) == ("price_sent", "0.2", 200)
    assert [value.value for each in card.attributes if each.id == 10096 for value in each.values] == ["Black", "White"]
    assert pricing.prices(shop, [first.id])[first.id].price_minor == 199950
    assert inventory.free(shop) == {first.id: 12, second.id: 12}


def test_every_wrong_cell_is_named_with_value_reason_and_closest_values(shop, template, send):
    rows = [GOOD, {**GOOD, "Offer ID": "HP-2", "Price": "-1", "Package depth, mm": "wide", "Product colour": "blakc"},
            GOOD, {**GOOD, "Offer ID": "HP-4", "Model name": "", "Price": ""}]

    task_id = send(filled(template, rows))

    task = queries.import_task(shop, task_id)
    assert (task.created, task.failed) == (1, 3)
    failed = {item.row_number: item for item in queries.import_items(shop, task_id, status="failed")}
    cells = {error.field: (error.cell, error.column, error.value) for error in failed[3].errors}
    assert cells["depth_mm"][1:] == ("Package depth, mm", "wide")
    assert cells["parts.price.price"][1:] == ("Price, RUB", "-1")
    assert cells["attribute.10096"][1:] == ("Product colour", "blakc")
    assert all(cell.endswith("3") for cell, _column, _value in cells.values())
    colour = next(error for error in failed[3].errors if error.field == "attribute.10096")
    assert (colour.attribute_name, colour.suggestions[0]) == ("Product colour", "Black")
    assert [error.code for error in failed[4].errors] == ["offer_id_repeated"]
    assert [error.field for error in failed[5].errors] == ["parts.price.price", "attribute.9048"]
    with override("ru"):
        again = queries.import_items(shop, task_id, language="ru", status="failed")[2].errors[1]
    assert again.message == "Заполните поле «Название модели»: оно обязательное."
    assert list(Product.objects.values_list("offer_id", flat=True)) == ["HP-1"]


def test_failed_rows_come_back_as_a_file_that_can_be_mended_and_sent(shop, template, send, now):
    task_id = send(filled(template, [GOOD, {**GOOD, "Offer ID": "HP-2", "Product colour": "blakc"}]))

    data, kind = workbooks.failed_rows(seller=shop, task_id=task_id, language="en", now=now)

    assert kind == "xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Offer ID *", "HP-2"]
    comments = zipfile.ZipFile(io.BytesIO(data)).read("xl/comments1.xml").decode()
    assert "is not in the list of values" in comments
    assert "Black" in comments
    again = send(filled(data, [{**GOOD, "Offer ID": "HP-2"}]))
    assert queries.import_task(shop, again).created == 1


def test_empty_cells_leave_values_and_unchanged_rows_are_counted(shop, template, send):
    send(filled(template, [GOOD]))

    change = queries.import_task(shop, send(filled(template, [{"Offer ID": "HP-1", "Price": "2 100,00"}])))
    same = queries.import_task(shop, send(filled(template, [GOOD | {"Price": 2100}])))

    card = queries.product(shop, queries.refs(shop, offer_ids=["HP-1"])[0].id)
    assert (change.updated, same.unchanged) == (1, 1)
    assert (card.name, pricing.prices(shop, [card.id])[card.id].price_minor) == ("Aria 5", 210000)


def test_text_files_of_three_countries_are_read(shop, send, draft, actor, now):
    products.apply_drafts(seller=shop, drafts=[draft("A"), draft("B"), draft("C")], actor=actor, now=now)
    for text, encoding, price in (("Артикул;Цена;Название товара\r\nA;1 500,50;Колонка «Ария»\r\n", "cp1251", 150050),
                                  ("货号,价格,商品名称\nB,1300,真无线耳机\n", "gb18030", 130000),
                                  ("Offer ID\tPrice\tOddity\nC\t1700\tx\n", "utf-8-sig", 170000)):
        task = queries.import_task(shop, send(text.encode(encoding), "prices.csv"))

        assert (task.updated, task.failed, task.problems) == (1, 0, ()), text
        ref = queries.refs(shop, offer_ids=[text.splitlines()[1][0]])[0]
        assert pricing.prices(shop, [ref.id])[ref.id].price_minor == price
    assert queries.refs(shop, offer_ids=["B"])[0].name == "真无线耳机"
    assert task.notes[0].text == "These columns are not known and were left out: Oddity."


def test_what_is_no_product_sheet_is_refused_and_nothing_is_written(shop, send, photo, actor, now):
    for data, code in ((b"", "file_empty"), (photo(), "not_a_spreadsheet"), (b"PK\x03\x04rest", "not_a_spreadsheet"),
                       (b"just words", None), (b"%PDF-1.7", "not_a_spreadsheet")):
        if code:
            with pytest.raises(FileRefused) as refused:
                importing.upload_file(seller=shop, file_name="f", data=data, language="en", actor=actor, now=now)
            assert refused.value.code == code
    assert not ImportTask.objects.exists()

    wrong = queries.import_task(shop, send(b"Name,\nA,\n", "wrong.csv"))
    bare = queries.import_task(shop, send(b"Offer ID;Price\n", "bare.csv"))

    assert (wrong.state, bare.state, bare.problems[0].code) == ("failed", "failed", "no_rows")
    assert "there is no column “Offer ID”. Found: Name." in wrong.problems[0].text
    assert not Product.objects.exists()


def test_a_broken_workers_successor_does_nothing_twice(shop, template, send, monkeypatch, actor, now):
    monkeypatch.setattr(import_run, "CHUNK", 2)
    data = filled(template, [GOOD | {"Offer ID": f"K-{at}"} for at in range(5)])
    task_id = importing.upload_file(seller=shop, file_name="f.xlsx", data=data, language="en", actor=actor, now=now)
    finish = import_rows.finish
    calls: list[int] = []

    def dies(*args: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("killed")
        finish(*args)

    monkeypatch.setattr(import_rows, "finish", dies)
    with pytest.raises(RuntimeError):
        import_run.run(task_id=task_id, run_number=0, now=now)
    assert Product.objects.count() == 2

    import_run.run(task_id=task_id, run_number=0, now=now)

    task = queries.import_task(shop, task_id)
    assert (task.state, task.created, task.total) == ("done", 5, 5)
    assert len(queries.import_items(shop, task_id)) == 5
    assert (Batch.objects.count(), Change.objects.count()) == (1, 5)


def test_an_import_whose_work_broke_for_good_says_so(shop, template, actor, now):
    task_id = importing.upload_file(seller=shop, file_name="f.xlsx", data=filled(template, [GOOD]), language="en",
                                    actor=actor, now=now)
    Job.objects.update(state="failed")

    task = queries.import_task(shop, task_id)

    assert (task.state, task.problems[0].code) == ("failed", "import_broken")


def test_the_api_queue_tells_the_outcome_of_each_item(shop, rival_shop, depot, draft, actor, now):
    task_id = importing.submit_items(seller=shop, items=[draft("A"), draft("B", vat="9")], actor=actor, now=now)
    assert [item.status for item in queries.import_items(shop, task_id)] == ["pending", "pending"]

    worker.run_until_idle()

    items = queries.import_items(shop, task_id)
    assert [(item.offer_id, item.status, item.product_id > 0) for item in items] == [
        ("A", "imported", True), ("B", "failed", False)]
    assert (items[1].errors[0].field, items[1].errors[0].code) == ("vat", "vat_invalid")
    again = importing.submit_items(seller=shop, items=[draft("A")], actor=actor, now=now)
    worker.run_until_idle()
    assert queries.import_items(shop, again)[0].status == "skipped"
    assert queries.import_items(rival_shop, task_id) == []
    with pytest.raises(ImportUnknown):
        queries.import_task(rival_shop, task_id)


def test_a_file_from_an_older_template_is_read_with_a_note(shop, template, send):
    TypeAttribute.objects.filter(type_id=91101, attribute_id=10096).delete()

    task = queries.import_task(shop, send(filled(template, [GOOD])))

    assert task.created == 1
    older = next(note for note in task.notes if note.code == "template_older")
    assert older.text == ("This file was made from an older template. Columns that are new since then: —. Columns no "
                          "longer used: 1.")
    assert queries.import_task(shop, send(filled(template, [GOOD]))).notes == task.notes
