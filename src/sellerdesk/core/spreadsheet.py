"""Lists as CSV files that open well in spreadsheet programs and run nothing there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

#: A cell that starts with one of these is a formula to Excel, LibreOffice and Google Sheets (OWASP, CSV injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: Put before such a cell; before text that begins with it too, so that taking one off gives the text back.
_GUARD = "'"
_GUARDED = (*FORMULA_SIGNS, _GUARD)


def safe_cell(value: Any) -> str:
    """The value as text that no spreadsheet program takes for a formula."""
    text = "" if value is None else str(value).replace("\x00", "")
    return f"{_GUARD}{text}" if text.startswith(_GUARDED) else text


def plain_cell(text: str) -> str:
    """The text that `safe_cell` was given."""
    return text[1:] if text.startswith(_GUARD) and text[1:].startswith(_GUARDED) else text


def csv_response(file_name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A file to save. The mark at its start tells Excel that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
