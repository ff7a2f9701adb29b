"""The customs declarations list of a carriage, as a sheet and as a paper. In English on every form, whoever asks: it is
read abroad."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import translation

from sellerdesk.core import clock
from sellerdesk.core.money import Money, format_money, minor_digits
from sellerdesk.core.ui import formats
from sellerdesk.finance.queries.rates import BASE_CURRENCY
from sellerdesk.handover import queries, rules
from sellerdesk.handover.services.sheets import Column, Sheet, make
from sellerdesk.handover.types import CarriageRow, DeclarationLine, Declarations, PaperFile
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import CompanyProfile, SellerRef

LANGUAGE = "en"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def declarations_file(*, seller: SellerRef, carriage_id: int, form: str,
                      viewer: queries.Viewer = queries.EVERYBODY) -> PaperFile:
    """`form` is xlsx or pdf; anything else is taken as pdf. Raises CarriageUnknown."""
    row = queries.carriage(seller, carriage_id, viewer)
    found = queries.declarations(seller, carriage_id, viewer, now=clock.now())
    company = sellers.profile(seller)
    with translation.override(LANGUAGE):
        if form == "xlsx":
            return PaperFile(f"customs-{row.id}.xlsx", _XLSX, _xlsx(row, found, company))
        return PaperFile(f"customs-{row.id}.pdf", "application/pdf", _pdf(row, found, company))


def declaration_file(*, seller: SellerRef, number: str) -> PaperFile:
    """The customs declaration of one parcel that has left the shop, as PDF. Raises PaperUnknown."""
    export, found, consignee = queries.declaration(seller, number, now=clock.now())
    company = sellers.profile(seller)
    with translation.override(LANGUAGE):
        facts = [*_shipper(company), ("Posting", export.posting_number),
                 ("Dispatched", formats.day(export.day)),
                 *(("Consignee", text) for text in consignee if text), *_totals(found)]
        made = _paper(f"Customs declaration {export.number}", formats.day(export.day), export.posting_number, facts,
                      found)
        return PaperFile(f"customs-{export.number.replace('/', '-')}.pdf", "application/pdf", made)


def _shipper(company: CompanyProfile) -> list[tuple[str, str]]:
    address = company.address_in_latin
    return [("Shipper", company.legal_name), *([("Address", address)] if address else []),
            ("Registration number", company.registration_number), ("Country", company.country)]


def _totals(found: Declarations) -> list[tuple[str, str]]:
    return [("Units", str(found.units)), ("Weight, kg", _kilograms(found.weight_g)),
            ("Value", format_money(Money(found.value_minor, found.currency), LANGUAGE))]


def _kilograms(grams: int) -> str:
    return f"{grams / 1000:.3f}"


def _facts(row: CarriageRow, found: Declarations, company: CompanyProfile) -> list[tuple[str, str]]:
    return [*_shipper(company), ("Carriage", str(row.id)),
            ("Departure", formats.day(row.departs_on)), ("Parcels", str(row.postings)),
            *_totals(found)]


def _pdf(row: CarriageRow, found: Declarations, company: CompanyProfile) -> bytes:
    return _paper(f"Customs declarations list {row.id}", formats.day(row.departs_on), rules.barcode(row.id),
                  _facts(row, found, company), found)


def _paper(title: str, day: str, code: str, facts: list[tuple[str, str]], found: Declarations) -> bytes:
    def amount(minor: int) -> str:
        return format_money(Money(minor, found.currency), LANGUAGE)

    sources = sorted({f"{one.rate.currency} {one.rate.text} since {formats.day(one.rate.since)}, "
                      f"{one.rate.source}" for one in found.lines if one.rate})

    def draw(sheet: Sheet) -> None:
        sheet.heading(title, day, code)
        sheet.facts(facts)
        sheet.subheading("By code and country")
        sheet.table(
            [Column("HS code", 20, bold=True), Column("Origin", 14), Column("Units", 14, right=True),
             Column("Weight, kg", 18, right=True), Column("Value", 24, right=True)],
            [[one.hs_code or "—", one.country or "—", str(one.quantity), _kilograms(one.weight_g),
              amount(one.value_minor)] for one in found.sums])
        sheet.subheading("By parcel")
        sheet.table(
            [Column("№", 6, right=True), Column("Posting", 26), Column("HS code", 15, bold=True),
             Column("Goods", 30), Column("Origin", 10), Column("Units", 9, right=True),
             Column("Weight, kg", 13, right=True), Column("Value", 17, right=True), Column("Rate", 14, right=True)],
            [[str(index), one.number, one.hs_code or "—", one.name, one.country or "—", str(one.quantity),
              _kilograms(one.weight_g), format_money(Money(one.value_minor, one.currency), LANGUAGE),
              one.rate.text if one.rate else "—"] for index, one in enumerate(found.lines, 1)], size=7)
        if named := list(dict.fromkeys((one.number, *one.consignee) for one in found.lines if any(one.consignee))):
            sheet.subheading("Consignees")
            sheet.table([Column("Posting", 26), Column("Consignee", 44), Column("Address", 70)],
                        [list(row) for row in named], size=7)
        sheet.note("The value is the price at which the goods were sold, unless another one is declared. Rates are "
                   f"those of the day of the order, {BASE_CURRENCY} for one unit of the currency"
                   f"{': ' if sources else '.'}{'; '.join(sources)}")
        sheet.note("Weights are those of the cards, with packing.")
        sheet.signatures(["Shipper"])

    return make(draw, title=title, language=LANGUAGE).content


def _xlsx(row: CarriageRow, found: Declarations, company: CompanyProfile) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})
    digits = minor_digits(found.currency)
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "text_wrap": True})
    # The prefix keeps programs from taking the text for a formula when somebody edits the cell.
    plain = book.add_format({"num_format": "@", "quote_prefix": True})
    money = book.add_format({"num_format": "#,##0" + ("." + "0" * digits if digits else "")})
    weight = book.add_format({"num_format": "0.000"})

    def table(name: str, columns: list[tuple[str, int]], rows: list[list[Any]]) -> None:
        page = book.add_worksheet(name)
        page.freeze_panes(1, 0)
        for column, (label, width) in enumerate(columns):
            page.set_column(column, column, width)
            page.write_string(0, column, label, head)
        for at, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, Money):
                    page.write_number(at, column, Decimal(cell.decimal_text()), money)
                elif isinstance(cell, Decimal):
                    page.write_number(at, column, cell, weight)
                elif isinstance(cell, int):
                    page.write_number(at, column, cell)
                else:
                    page.write_string(at, column, cell, plain)

    def kilograms(grams: int) -> Decimal:
        return Decimal(grams) / 1000

    def value(minor: int) -> Money:
        return Money(minor, found.currency)

    front = book.add_worksheet("Summary")
    front.set_column(0, 1, 36)
    front.write_string(0, 0, "Customs declarations list", bold)
    for at, (label, text) in enumerate(_facts(row, found, company), start=2):
        front.write_string(at, 0, label)
        front.write_string(at, 1, text, plain)
    table("By parcel", [
        ("Posting", 26), ("Tracking number", 18), ("Offer ID", 18), ("HS code", 14), ("Goods", 44),
        ("Origin", 10), ("Units", 10), ("Weight, kg", 12), ("Value", 14), ("Currency", 10),
        (f"Rate, {BASE_CURRENCY} for one unit", 14), ("Rate since", 14), ("Source of the rate", 30),
        (f"Value, {found.currency}", 14), ("Consignee", 30), ("Address of the consignee", 50)],
        [[*_cells(one, kilograms(one.weight_g)), value(one.own_minor), *one.consignee] for one in found.lines])
    table("By code and country", [
        ("HS code", 14), ("Origin", 10), ("Units", 10), ("Weight, kg", 12), ("Value", 14)],
        [[one.hs_code, one.country, one.quantity, kilograms(one.weight_g), value(one.value_minor)]
         for one in found.sums])
    book.close()
    return out.getvalue()


def _cells(one: DeclarationLine, weight: Decimal) -> list[Any]:
    rate = one.rate
    return [one.number, one.tracking_number, one.offer_id, one.hs_code, one.name, one.country, one.quantity, weight,
            Money(one.value_minor, one.currency), one.currency,
            *([rate.text, formats.day(rate.since), str(rate.source)] if rate else ["", "", ""])]
