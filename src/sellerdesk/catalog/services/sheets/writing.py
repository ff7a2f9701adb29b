"""Workbooks made on demand: the template of a type or a category, and the rows of an import that failed."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override
from xlsxwriter.utility import xl_col_to_name

from sellerdesk.catalog import rules
from sellerdesk.catalog.services.sheets.columns import CLEAR, SHEET_NAMES, Column, yes_no
from sellerdesk.catalog.services.sheets.limits import Limits
from sellerdesk.catalog.services.sheets.reading import META_SHEET
from sellerdesk.catalog.types import TypeInfo
from sellerdesk.core.spreadsheet import FORMULA_SIGNS

SCHEMA = 2
# Drop-down lists and cell formats reach this far down an empty template.
_LIST_ROWS = 10_000
_DICTIONARY = {"en": "Dictionary", "ru": "Справочник", "zh-hans": "字典"}
_HELP = {"en": "Help", "ru": "Справка", "zh-hans": "说明"}
_GROUPS = {"card": "#1F4E79", "price": "#7F4F00", "stock": "#2F6B3A", "attribute": "#4A3F78"}
_OPTIONAL = {"card": "#DDE8F3", "price": "#F7E7CC", "stock": "#DCEFE0", "attribute": "#E4E0F2"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row to write: cells by column key, and what is wrong with them by column key (shown as comments)."""

    cells: Mapping[str, str]
    comments: Mapping[str, str]


def schema_hash(columns: Sequence[Column]) -> str:
    """Changes when columns come, go or become required: an older template is told by it."""
    said = "\n".join(f"{column.key}{'*' if column.required else ''}" for column in columns)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def workbook(columns: Sequence[Column], types: Sequence[TypeInfo], language: str, lines: Sequence[Line] = (), *,
             kind: str = "product", limits: Limits, now: datetime) -> bytes:
    """A product sheet with drop-down lists, marked required columns, a dictionary, help, and a hidden Meta sheet.

    Without `lines` it carries one example row, which an upload skips. Meta keeps what the sheet was made from, so that
    an older one is recognised.
    """
    out = io.BytesIO()
    # Cells are text unless we say otherwise: a name that begins with = must never become a formula.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})
    with override(language):
        products = book.add_worksheet(SHEET_NAMES[language])
        dictionary = book.add_worksheet(_DICTIONARY[language])
        guide = book.add_worksheet(_HELP[language])
        meta = book.add_worksheet(META_SHEET)
        ranges = _write_dictionary(book, dictionary, columns, language)
        _write_products(book, products, columns, ranges, language, lines)
        _write_help(book, guide, columns, limits)
        for at, (key, value) in enumerate({
                "schema": str(SCHEMA), "sheet": SHEET_NAMES[language], "language": language,
                "types": ",".join(str(each.id) for each in types), "kind": kind, "hash": schema_hash(columns),
                "columns": " ".join(column.key for column in columns), "created_at": now.isoformat()}.items()):
            meta.write_row(at, 0, (key, value))
        meta.very_hidden()
        products.activate()
    book.close()
    return out.getvalue()


def _write_products(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[Column],
                    ranges: Mapping[str, str], language: str, lines: Sequence[Line]) -> None:
    look = {"bold": True, "valign": "vcenter", "text_wrap": True, "border": 1, "border_color": "#B8C0CC"}
    required = {group: book.add_format({**look, "bg_color": colour, "font_color": "#FFFFFF"})
                for group, colour in _GROUPS.items()}
    optional = {group: book.add_format({**look, "bg_color": colour, "font_color": "#1B2430"})
                for group, colour in _OPTIONAL.items()}
    text = book.add_format({"num_format": "@"})
    example = book.add_format({"num_format": "@", "italic": True, "font_color": "#7A8594"})
    wrong = book.add_format({"num_format": "@", "bg_color": "#FDE2E1"})
    # The prefix keeps programs from taking the text for a formula when somebody edits the cell.
    guarded = book.add_format({"num_format": "@", "quote_prefix": True})
    plain = book.add_format()
    sheet.set_row(0, 44)
    sheet.freeze_panes(1, 2)
    for at, column in enumerate(columns):
        chosen = (required if column.required else optional).get(column.group, optional["card"])
        sheet.write_string(0, at, f"{column.label} *" if column.required else column.label, chosen)
        if column.help:
            sheet.write_comment(0, at, column.help, {"x_scale": 2, "y_scale": 1.2})
        sheet.set_column(at, at, max(12, min(34, len(column.label) + 6)), text)
        rule = _rule(column, ranges, language)
        if rule:
            sheet.data_validation(1, at, _LIST_ROWS, at, rule)
    if not lines:
        for at, column in enumerate(columns):
            sheet.write_string(1, at, column.example, example)
        sheet.write_comment(1, 0, _("An example. Rows whose offer ID begins with # are skipped; you may overwrite it."),
                            {"x_scale": 2})
    for number, line in enumerate(lines, start=1):
        for at, column in enumerate(columns):
            said = line.comments.get(column.key)
            cell = line.cells.get(column.key, "")
            amount = rules.number(cell, whole=False) if column.kind in ("money", "integer") and cell else None
            if amount is not None and not said:
                sheet.write_number(number, at, float(amount), plain)
            else:
                sheet.write_string(number, at, cell,
                                   wrong if said else guarded if cell.startswith(FORMULA_SIGNS) else text)
            if said:
                sheet.write_comment(number, at, said, {"x_scale": 2, "y_scale": 1.2})


def _rule(column: Column, ranges: Mapping[str, str], language: str) -> dict[str, Any] | None:
    """What a cell offers in Excel. Lists only warn where several values may stand in one cell."""
    info = column.attribute
    several = bool(info and info.is_collection)
    if column.key == "vat":
        values = [f"{float(rate) * 100:.0f}%" for rate in rules.VAT]
        return {"validate": "list", "source": values, "error_type": "warning"}
    if column.key in ranges:
        return {"validate": "list", "source": ranges[column.key], "show_error": not several,
                "error_title": column.label[:32], "error_message": _("Choose a value from the list.")}
    if column.kind == "switch" or (info and info.kind == "Boolean"):
        return {"validate": "list", "source": list(yes_no(language)), "error_type": "warning"}
    return None


def _write_dictionary(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[Column],
                      language: str) -> dict[str, str]:
    """All allowed values, a column for each list. Returns the ranges by column key."""
    head = book.add_format({"bold": True, "bg_color": "#E4E0F2", "border": 1, "border_color": "#B8C0CC"})
    ranges = {}
    at = 0
    for column in columns:
        if not column.values:
            continue
        sheet.write_string(0, at, column.label, head)
        sheet.write_column(1, at, column.values)
        sheet.set_column(at, at, max(16, min(40, max(map(len, column.values)) + 2)))
        letter = xl_col_to_name(at, col_abs=True)
        ranges[column.key] = f"='{_DICTIONARY[language]}'!{letter}$2:{letter}${len(column.values) + 1}"
        at += 1
    sheet.freeze_panes(1, 0)
    return ranges


def _write_help(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[Column],
                limits: Limits) -> None:
    head = book.add_format({"bold": True, "font_size": 14})
    bold = book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, _("How to fill in this file"), head)
    lines = [
        _("One row is one product. The offer ID decides: a known one is changed, a new one is created."),
        _("Dark columns with a star are required for new products."),
        _("On an update an empty cell leaves the value as it is; %(sign)s empties it.")
        % {"sign": CLEAR},
        _("Several values in one cell are separated by semicolons."),
        _("Columns may be moved or left out; their headings are read in English, Russian and Chinese."),
        _("Rows whose offer ID begins with # are skipped."),
        _("At most %(rows)s rows and %(mb)s MB in one file. Wrong rows are reported cell by cell; all others are "
          "saved.")
        % {"rows": f"{limits.rows:,}".replace(",", "\u00a0"), "mb": limits.megabytes},
    ]
    for number, line in enumerate(lines, start=1):
        sheet.merge_range(number, 0, number, 1, "• " + line, wrap)
    start = len(lines) + 2
    for number, column in enumerate(columns, start=start):
        sheet.write_string(number, 0, f"{column.label} *" if column.required else column.label, bold)
        sheet.write_string(number, 1, column.help, wrap)
