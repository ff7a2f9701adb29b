"""One set of figures as PDF, XLSX and JSON. Texts of cells never become formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from sellerdesk.core import paper
from sellerdesk.core.money import Money, format_money, minor_digits
from sellerdesk.core.ui import formats
from sellerdesk.finance.texts import COLUMNS, DOCUMENTS, FLOW, LINE_KINDS, TABLES
from sellerdesk.finance.types.documents import Cell, Figures, Table
from sellerdesk.sellers.types import CompanyProfile

#: Share of a page's width by column; amounts and units stand on the right.
_SHARES = {"name": 3.4, "company": 2.4, "tax_number": 1.6, "address": 3.4, "vat": 0.9, "quantity": 0.9,
           "offer_id": 1.6, "kind": 3, "posting": 2.2, "sku": 1.5, "sold": 0.9, "returned": 0.9}
_XLSX_WIDTHS = {"name": 46, "company": 34, "address": 46, "offer_id": 20, "kind": 42, "posting": 24}
_EXCEL_DIGITS = 15


def _word(column: str, cell: Cell) -> str:
    """What a text cell says: kinds are kept by their keys."""
    return str(FLOW.get(str(cell)) or LINE_KINDS.get(str(cell), cell)) if column == "kind" else str(cell)


def _cells(table: Table, row: Sequence[Cell], language: str) -> list[str]:
    return [format_money(cell, language) if isinstance(cell, Money) else formats.number(cell)
            if isinstance(cell, int) else _word(column, cell) for column, cell in zip(table.columns, row, strict=True)]


def _parties(company: CompanyProfile, shop: str, number: str, found: Figures, made: date) -> list[tuple[str, str]]:
    return [(_("Number"), number), (_("Shop"), f"{shop} · {company.legal_name}"),
            (_("Registration number"), company.registration_number),
            (_("Days"), f"{formats.day(found.start_day)} – {formats.day(found.end_day)}"),
            (_("Currency"), found.currency), (_("Made on"), formats.day(made))]


def _checks(found: Figures, language: str) -> list[tuple[str, str]]:
    """The lines that every form ends with."""
    def text(amount_minor: int) -> str:
        return format_money(Money(amount_minor, found.currency), language)

    return [(_("Total of this document"), text(found.total_minor)),
            (_("The same total in the ledger"), text(found.ledger_minor)),
            (_("Difference"), text(found.difference_minor) if found.difference_minor else "0")]


def pdf(found: Figures, *, company: CompanyProfile, shop: str, number: str, made: date, language: str) -> bytes:
    title = str(DOCUMENTS[found.kind])

    def draw(sheet: paper.Sheet) -> None:
        name = str(DOCUMENTS[found.kind])
        sheet.heading(name, f"{formats.day(found.start_day)} – {formats.day(found.end_day)}")
        sheet.facts(_parties(company, shop, number, found, made))
        for table in found.tables:
            sheet.subheading(str(TABLES[table.key]))
            if not table.rows:
                sheet.note(_("Nothing in these days."))
                continue
            kinds = table.rows[0]
            sheet.table([paper.Column(str(COLUMNS[key]), _SHARES.get(key, 1.5), right=not isinstance(cell, str))
                         for key, cell in zip(table.columns, kinds, strict=True)],
                        [_cells(table, row, language) for row in table.rows], size=7 if len(kinds) > 6 else 8.5)
        sheet.subheading(_("Reconciled with the ledger"))
        sheet.facts(_checks(found, language))

    return paper.make(draw, title=title, language=language, of=paper.Sheet).content


def xlsx(found: Figures, *, company: CompanyProfile, shop: str, number: str, made: date, language: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})
    digits = minor_digits(found.currency)
    head = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1,
                            "text_wrap": True, "valign": "vcenter"})
    bold = book.add_format({"bold": True})
    # The prefix keeps programs from taking the text for a formula when somebody edits the cell.
    plain = book.add_format({"num_format": "@", "quote_prefix": True})
    amount = book.add_format({"num_format": "#,##0" + ("." + "0" * digits if digits else "")})
    count = book.add_format({"num_format": "0"})

    def put(page: Any, at: int, column: int, value: Cell) -> None:
        if isinstance(value, Money) and len(str(abs(value.amount_minor))) <= _EXCEL_DIGITS:
            page.write_number(at, column, Decimal(value.amount_minor).scaleb(-digits), amount)
        elif isinstance(value, int):
            page.write_number(at, column, value, count)
        else:
            page.write_string(at, column, value.decimal_text() if isinstance(value, Money) else value, plain)

    with translation.override(language):
        front = book.add_worksheet(_("Summary"))
        front.set_column(0, 0, 34)
        front.set_column(1, 1, 46)
        front.write_string(0, 0, str(DOCUMENTS[found.kind]), bold)
        for at, (label, value) in enumerate(_parties(company, shop, number, found, made), start=2):
            front.write_string(at, 0, label)
            front.write_string(at, 1, value, plain)
        labels = [label for label, _text in _checks(found, language)]
        for at, (label, minor) in enumerate(zip(labels, (found.total_minor, found.ledger_minor,
                                                         found.difference_minor), strict=True), start=9):
            front.write_string(at, 0, label, bold)
            put(front, at, 1, Money(minor, found.currency))
        for table in found.tables:
            page = book.add_worksheet(str(TABLES[table.key])[:31])
            page.freeze_panes(1, 0)
            for column, key in enumerate(table.columns):
                page.set_column(column, column, _XLSX_WIDTHS.get(key, 16))
                page.write_string(0, column, str(COLUMNS[key]), head)
            for at, row in enumerate(table.rows, start=1):
                for column, (key, cell) in enumerate(zip(table.columns, row, strict=True)):
                    put(page, at, column, _word(key, cell) if isinstance(cell, str) else cell)
            if table.rows:
                page.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return out.getvalue()


def json(found: Figures, *, company: CompanyProfile, shop: str, number: str, made: date, language: str) -> bytes:
    """For programs: keys instead of words, amounts as decimal text."""
    def plain(cell: Cell) -> str | int:
        return cell.decimal_text() if isinstance(cell, Money) else cell

    def text(amount_minor: int) -> str:
        return Money(amount_minor, found.currency).decimal_text()

    return msgspec.json.format(msgspec.json.encode({
        "document": found.kind, "number": number, "shop": shop, "company": company.legal_name,
        "registration_number": company.registration_number, "language": language, "made_on": made.isoformat(),
        "start_day": found.start_day.isoformat(), "end_day": found.end_day.isoformat(), "currency": found.currency,
        **{table.key: [dict(zip(table.columns, map(plain, row), strict=True)) for row in table.rows]
           for table in found.tables},
        "total": text(found.total_minor), "ledger": text(found.ledger_minor),
        "difference": text(found.difference_minor)}), indent=2)


FORMS = {"pdf": pdf, "xlsx": xlsx, "json": json}
