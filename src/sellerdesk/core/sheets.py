"""Tables written row by row into CSV and XLSX files of any length, with constant memory.

Text that a spreadsheet program would take for a formula stays text: quoted in XLSX, behind an apostrophe in CSV, which
our own readers take off again (core.spreadsheet).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from sellerdesk.core.spreadsheet import FORMULA_SIGNS, safe_cell

#: What spreadsheet programs hold on one sheet, without the line of headings.
MOST_XLSX_ROWS = 1_048_575


def write_csv(handle: IO[bytes], header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> int:
    """UTF-8 with the mark that Excel looks for; numbers stay numbers. Returns how many rows were written."""
    out = io.TextIOWrapper(handle, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    count = 0
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
        count += 1
    out.flush()
    out.detach()
    return count


def write_xlsx(handle: IO[bytes], header: Sequence[Any], rows: Iterable[Sequence[Any]], *,
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
            page, place = _page(book, sheet, header, head), 1
        assert page is not None
        for at, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
                page.write_number(place, at, cell)
            else:
                text = _text(cell)
                page.write_string(place, at, text, quoted if text.startswith(FORMULA_SIGNS) else None)
        place, count = place + 1, count + 1
    if page is None:
        _page(book, sheet, header, head)
    book.close()
    return count


def _page(book: Any, sheet: str, header: Sequence[Any], head: Any) -> Any:
    number = len(book.worksheets())
    page = book.add_worksheet(sheet[:28] if not number else f"{sheet[:25]} {number + 1}")
    page.freeze_panes(1, 0)
    page.set_column(0, max(len(header) - 1, 0), 18)
    page.write_row(0, 0, [_text(cell) for cell in header], head)
    return page


def _plain(cell: Any) -> Any:
    return cell if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool) else safe_cell(_text(cell))


def _text(cell: Any) -> str:
    if isinstance(cell, (datetime, date)):
        return cell.isoformat(sep=" ", timespec="seconds") if isinstance(cell, datetime) else cell.isoformat()
    return "" if cell is None else str(cell)
