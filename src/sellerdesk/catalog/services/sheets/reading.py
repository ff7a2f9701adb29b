"""From a file to rows of text: XLSX, XLS, ODS and CSV, bounded, whatever a stranger sends.

Every refusal says what is wrong with the file in words; nothing has been written by then.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from sellerdesk.catalog import rules
from sellerdesk.catalog.errors import FileRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 300
# A workbook of 10,000 rows unpacks to some tens of megabytes; what is far larger was made to hurt.
MAX_UNPACKED = 250 * 1024 * 1024
MAX_RATIO = 200
MAX_ENTRIES = 2000
META_SHEET = "Meta"
_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_ROWS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sheet under its number as people see it."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: list[Row]
    meta: dict[str, str] = field(default_factory=dict)

    def candidates(self) -> list[Row]:
        """Rows among which the header may be."""
        return self.rows[:_HEADER_ROWS]


def glance(data: bytes) -> None:
    """The cheap checks, for the door. Raises FileRefused: empty, too large, or no spreadsheet at all."""
    if not data.strip():
        raise FileRefused("file_empty", _("The file is empty."), field="file")
    if len(data) > MAX_BYTES:
        raise FileRefused("file_too_large", _("The file is larger than %(limit)s MB. Split it into several."),
                          field="file", data={"limit": MAX_BYTES // (1024 * 1024)})
    if data.startswith(b"PK"):
        _unpackable(data)
    elif not data.startswith(_XLS):
        _decoded(data)


def read(data: bytes, sheet_names: frozenset[str] = frozenset()) -> Sheet:
    """All rows of the product sheet: the one the file's own Meta names, else one of `sheet_names`, else the first.

    Raises FileRefused.
    """
    glance(data)
    sheet = _workbook(data, sheet_names) if data.startswith((b"PK", _XLS)) else _text(data)
    if not sheet.rows:
        raise FileRefused("file_empty", _("The file is empty."), field="file")
    if len(sheet.rows) > MAX_ROWS + _HEADER_ROWS:
        raise FileRefused("too_many_rows", _("The file has more than %(limit)s rows. Split it into several."),
                          field="file", data={"limit": MAX_ROWS})
    return sheet


def _not_a_spreadsheet() -> FileRefused:
    return FileRefused("not_a_spreadsheet", _("This is not a spreadsheet. Send an XLSX or CSV file, best made from "
                                              "our template."), field="file")


def _unpackable(data: bytes) -> None:
    """Look into the archive without unpacking it. Raises FileRefused for no workbook, or a bomb."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _not_a_spreadsheet() from None
    names = {entry.filename for entry in entries}
    if not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & names:
        raise _not_a_spreadsheet()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > MAX_ENTRIES or unpacked > MAX_RATIO * max(len(data), 100_000):
        raise FileRefused("file_suspicious", _("The file unpacks to an unreasonable size. Save the sheet as a new "
                                               "file and retry."), field="file")


def _workbook(data: bytes, sheet_names: frozenset[str]) -> Sheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        meta = _meta(book)
        names = [name for name in book.sheet_names if name != META_SHEET]
        wanted = [name for name in names if name == meta.get("sheet")]
        wanted += [name for name in names if name in sheet_names] + names
        if not wanted:
            raise _not_a_spreadsheet()
        sheet = book.get_sheet_by_name(wanted[0])
        if sheet.total_height > MAX_ROWS + 1000 or sheet.total_width > MAX_COLUMNS:
            _too_big(sheet.total_width)
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, KeyError, OSError):
        raise _not_a_spreadsheet() from None
    return Sheet(wanted[0], list(_filled(cells)), meta)


def _too_big(width: int) -> None:
    if width > MAX_COLUMNS:
        raise FileRefused("too_many_columns", _("The sheet has more than %(limit)s columns. Start from our template."),
                          field="file", data={"limit": MAX_COLUMNS})
    raise FileRefused("too_many_rows", _("The file has more than %(limit)s rows. Split it into several."),
                      field="file", data={"limit": MAX_ROWS})


def _meta(book: CalamineWorkbook) -> dict[str, str]:
    if META_SHEET not in book.sheet_names:
        return {}
    rows = book.get_sheet_by_name(META_SHEET).to_python()
    return {str(row[0]): cell_text(row[1]) for row in rows[:50] if len(row) >= 2 and row[0]}


def _filled(rows: list[list[Any]]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        cells = [cell_text(value) for value in row]
        if any(cells):
            yield Row(number, cells)


def cell_text(value: Any) -> str:
    """A cell as a person would have typed it: 12 for 12.0, true for a tick, an ISO date for a date."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return rules.clean(str(value)) if value is not None else ""


# --- CSV --------------------------------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16, Windows-1251 or GB 18030. Raises FileRefused for bytes that are no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x00" in data[:4096] or data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{", b"<")):
        raise _not_a_spreadsheet()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    high = [byte for byte in data[:65536] if byte >= 0x80]
    # In Russian text nearly every byte above 127 is a letter, C0 to FF; in Chinese about half are below.
    letters = sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high)
    return _strictly(data, "cp1251" if letters >= 0.85 * len(high) else "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise FileRefused("encoding_unknown", _("The text of the file cannot be read. Save it as XLSX or as CSV in "
                                                "UTF-8."), field="file") from None


def _text(data: bytes) -> Sheet:
    text = _decoded(data)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    if not first.count(delimiter):
        raise _not_a_spreadsheet()
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) > MAX_ROWS + 1000 or len(cells) > MAX_COLUMNS:
                _too_big(len(cells))
            rows.append(cells)
    except csv.Error:
        raise _not_a_spreadsheet() from None
    return Sheet("CSV", list(_filled(rows)))
