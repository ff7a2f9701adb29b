"""One table as CSV and XLSX for people, and as Parquet with declared types for programs."""

import io
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from arro3.core import DataType
from arro3.io import read_parquet
from django.utils.functional import lazystr
from python_calamine import CalamineWorkbook

from sellerdesk.core.money import Money
from sellerdesk.core.sheets import Column, Labelled, write_csv, write_parquet, write_xlsx

AT = datetime(2026, 11, 23, 14, 30, 15, 250_000, tzinfo=ZoneInfo("Asia/Kolkata"))
COLUMNS = (Column("offer_id", "Артикул"), Column("sku", "SKU", "whole"), Column("price", "Цена", "money"),
           Column("share", "Доля", "number"), Column("at", "Когда", "moment"), Column("month", "Месяц", "day"))
ROWS = [("=1+1", "1000000001", Money(123_45, "RUB"), 12.5, AT, Labelled(date(2026, 11, 1), "ноябрь 2026")),
        ("кружка", None, Money(700, "JPY"), None, None, Labelled(date(2026, 12, 1), "декабрь 2026"))]


def test_parquet_keeps_types_and_exact_values():
    handle = io.BytesIO()

    assert write_parquet(handle, COLUMNS, iter(ROWS)) == 2

    table = read_parquet(io.BytesIO(handle.getvalue())).read_all()
    assert [(field.name, field.type) for field in table.schema] == [
        ("offer_id", DataType.utf8()), ("sku", DataType.int64()), ("price_minor", DataType.int64()),
        ("share", DataType.float64()), ("at", DataType.timestamp("us", tz="UTC")), ("month", DataType.date32())]
    assert [[cell.as_py() for cell in table.column(name)] for name in ("offer_id", "sku", "price_minor", "share")] == [
        ["=1+1", "кружка"], [1_000_000_001, None], [12_345, 700], [12.5, None]]
    assert [cell.as_py() for cell in table.column("at")] == [AT, None]
    assert [cell.as_py() for cell in table.column("month")] == [date(2026, 11, 1), date(2026, 12, 1)]


def test_parquet_without_rows_still_tells_its_columns():
    handle = io.BytesIO()

    assert write_parquet(handle, COLUMNS, iter(())) == 0
    assert read_parquet(io.BytesIO(handle.getvalue())).read_all().num_columns == 6


def test_parquet_takes_more_rows_than_a_batch():
    handle = io.BytesIO()

    assert write_parquet(handle, [Column("n", "N", "whole")], ((number,) for number in range(25_000))) == 25_000
    found = read_parquet(io.BytesIO(handle.getvalue())).read_all().column("n")
    assert [cell.as_py() for cell in found] == list(range(25_000))


def test_people_get_whole_units_and_their_own_clock():
    text, book = io.BytesIO(), io.BytesIO()
    write_csv(text, COLUMNS, ROWS)
    write_xlsx(book, COLUMNS, ROWS)

    assert text.getvalue().decode("utf-8-sig").splitlines() == [
        "Артикул,SKU,Цена,Доля,Когда,Месяц", "'=1+1,1000000001,123.45,12.5,2026-11-23 14:30:15,ноябрь 2026",
        "кружка,,700,,,декабрь 2026"]
    book.seek(0)
    found = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    assert found[1] == ["=1+1", "1000000001", 123.45, 12.5, "2026-11-23 14:30:15", "ноябрь 2026"]


def test_amounts_of_any_currency_keep_all_their_places():
    text, book = io.BytesIO(), io.BytesIO()
    amounts = [Money(amount, currency) for amount, currency in (
        (0, "RUB"), (5, "RUB"), (-5, "RUB"), (-12_345, "RUB"), (100_000_000_001, "CNY"), (7, "JPY"), (-7, "JPY"),
        (1_234, "KWD"))]
    write_csv(text, [Column("a", "A", "money")], [[amount] for amount in amounts])
    write_xlsx(book, [Column("a", "A", "money")], [[amount] for amount in amounts])

    assert text.getvalue().decode("utf-8-sig").split()[1:] == [
        "0.00", "0.05", "-0.05", "-123.45", "1000000000.01", "7", "-7", "1.234"]
    book.seek(0)
    assert [row[0] for row in CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()[1:]] == [
        0, 0.05, -0.05, -123.45, 1_000_000_000.01, 7, -7, 1.234]


def test_cells_of_every_kind_are_safe_text_in_files_for_people():
    text, book = io.BytesIO(), io.BytesIO()
    rows = [["plain", "-1", "'quoted", "\x00nul", True, Decimal("1.50"), date(2026, 11, 1), lazystr("=lazy"), ""]]
    write_csv(text, [Column(str(at), str(at)) for at in range(9)], rows)
    write_xlsx(book, [Column(str(at), str(at)) for at in range(9)], rows)

    assert text.getvalue().decode("utf-8-sig").splitlines()[1] == "plain,'-1,''quoted,nul,True,1.50,2026-11-01,'=lazy,"
    book.seek(0)
    assert CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()[1][4:8] == ["True", 1.5, "2026-11-01", "=lazy"]
