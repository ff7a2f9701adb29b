"""Tables written row by row into CSV, XLSX and Parquet files of any length, with constant memory.

Rows hold plain values: text, numbers, `Money`, moments in the reader's zone, days. People get money in whole units and
moments by the reader's clock; programs get minor units and moments in UTC, in columns of a type that is declared.

Text that a spreadsheet program would take for a formula stays text: quoted in XLSX, behind an apostrophe in CSV, which
our own readers take off again (core.spreadsheet).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import IO, Any, Literal

import xlsxwriter
from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema
from arro3.io import write_parquet as write_arrow

from sellerdesk.core.money import Money, minor_digits
from sellerdesk.core.spreadsheet import FORMULA_SIGNS, safe_cell

#: What spreadsheet programs hold on one sheet, without the line of headings.
MOST_XLSX_ROWS = 1_048_575
#: Rows of a Parquet file that are turned into columns at once.
_BATCH = 10_000
_EPOCH, _FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC), date(1970, 1, 1)

Kind = Literal["text", "whole", "number", "money", "moment", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is for programs and never translated, `heading` for people. Money is named `…_minor` to programs."""

    name: str
    heading: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value that people read as something else: a first day as “November 2026”."""

    value: Any
    text: str


def write_csv(handle: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    """UTF-8 with the mark that Excel looks for; numbers stay numbers. Returns how many rows were written."""
    out = io.TextIOWrapper(handle, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(column.heading) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_PRINTED.get(cell.__class__, _plain)(cell) for cell in row])
        count += 1
    out.flush()
    out.detach()
    return count


def write_xlsx(handle: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Any]], *,
               sheet: str = "Report") -> int:
    """One sheet; what lies beyond the end of a sheet goes onto the next. Returns how many rows were written."""
    book = xlsxwriter.Workbook(handle, {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "remove_timezone": True})
    head = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF"})
    quoted = book.add_format({"quote_prefix": True})
    page, place, count = None, MOST_XLSX_ROWS + 1, 0
    for row in rows:
        if place > MOST_XLSX_ROWS:
            page, place = _page(book, sheet, [column.heading for column in columns], head), 1
        assert page is not None
        for at, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if cell.__class__ in _NUMERIC:
                page.write_number(place, at, cell)
            elif cell.__class__ is Money:
                page.write_number(place, at, cell.amount_minor / _UNIT[cell.currency])
            else:
                text = cell if cell.__class__ is str else _text(cell)
                page.write_string(place, at, text, quoted if text.startswith(FORMULA_SIGNS) else None)
        place, count = place + 1, count + 1
    if page is None:
        _page(book, sheet, [column.heading for column in columns], head)
    book.close()
    return count


def write_parquet(handle: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    """Typed columns, all of which may be empty: text, 64-bit whole numbers, floating numbers, money in minor units (its
    currency is a column of its own), moments as UTC timestamps, days. Returns how many rows were written."""
    schema = Schema([Field(f"{column.name}_minor" if column.kind == "money" else column.name, _TYPES[column.kind],
                           nullable=True) for column in columns])
    count = 0

    def batches() -> Iterator[RecordBatch]:
        nonlocal count
        left = iter(rows)
        while taken := list(islice(left, _BATCH)):
            count += len(taken)
            yield RecordBatch.from_arrays([
                _array(column.kind, [row[at] for row in taken]) for at, column in enumerate(columns)], schema=schema)

    write_arrow(RecordBatchReader.from_batches(schema, batches()), handle, compression="zstd(3)")
    return count


_TYPES = {"text": DataType.utf8(), "whole": DataType.int64(), "number": DataType.float64(), "money": DataType.int64(),
          "moment": DataType.timestamp("us", tz="UTC"), "day": DataType.date32()}
#: What is put into a column, by its kind; moments and days are numbers until the column is whole.
_TYPED: dict[str, Callable[[Any], Any]] = {
    "text": str, "whole": int, "number": float, "money": lambda money: money.amount_minor,
    "moment": lambda at: (at - _EPOCH) // timedelta(microseconds=1), "day": lambda day: (day - _FIRST_DAY).days}
_NUMBERS = {"moment": DataType.int64(), "day": DataType.int32()}


def _array(kind: str, cells: Sequence[Any]) -> Array:
    put = _TYPED[kind]
    values = [None if cell is None or cell == "" else put(cell.value if isinstance(cell, Labelled) else cell)
              for cell in cells]
    if kind in _NUMBERS:
        return Array(values, type=_NUMBERS[kind]).cast(_TYPES[kind])
    return Array(values, type=_TYPES[kind])


def _page(book: Any, sheet: str, header: Sequence[Any], head: Any) -> Any:
    number = len(book.worksheets())
    page = book.add_worksheet(sheet[:28] if not number else f"{sheet[:25]} {number + 1}")
    page.freeze_panes(1, 0)
    page.set_column(0, max(len(header) - 1, 0), 18)
    page.write_row(0, 0, [_text(cell) for cell in header], head)
    return page


class _Units(dict[str, int]):
    """How many minor units a currency's whole one has; looked up for every cell of a column."""

    def __missing__(self, currency: str) -> int:
        self[currency] = found = 10 ** minor_digits(currency)
        return found


_UNIT = _Units()


def _amount(money: Money) -> str:
    """Whole units with all places: 123.45."""
    unit, minor = _UNIT[money.currency], money.amount_minor
    if unit == 1:
        return str(minor)
    return f"{'-' if minor < 0 else ''}{abs(minor) // unit}.{abs(minor) % unit:0{len(str(unit)) - 1}}"


def _clock(moment: datetime) -> str:
    """By the reader's clock, to the second, without its zone."""
    return moment.isoformat(" ", "seconds")[:19]


def _text(cell: Any) -> str:
    if isinstance(cell, Labelled):
        return cell.text
    if isinstance(cell, datetime):
        return _clock(cell)
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _plain(cell: Any) -> str:
    return safe_cell(_text(cell))


def _safe(text: str) -> str:
    """Nearly all text begins with a letter and is as it should be."""
    return text if text[:1].isalnum() and "\x00" not in text else safe_cell(text)


_NUMERIC = frozenset({int, float, Decimal})
#: How a CSV file takes cells, by what they are. Millions of them: no chain of questions for each.
_PRINTED: dict[type, Callable[[Any], Any]] = {
    int: int, float: float, Decimal: str, str: _safe, type(None): lambda nothing: "", Money: _amount,
    datetime: _clock}
