"""Papers of a carriage: act, waybill, discrepancy act, labels of cargo places.

Drawn when first asked for and kept; asked again in the same language while nothing has changed, the same bytes come.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from sellerdesk.core import pdf
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.i18n import localized
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.pdf import BOLD, REGULAR
from sellerdesk.core.ui import formats
from sellerdesk.handover import queries, rules, texts
from sellerdesk.handover.errors import NotFormed
from sellerdesk.handover.services import archive
from sellerdesk.handover.services.sheets import Column, Made, Sheet, make
from sellerdesk.handover.types import ACT, CONTAINERS, DISCREPANCY, WAYBILL, CarriageRow, PaperFile, ParcelRow
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics.services.labels import pdf as label_pdf
from sellerdesk.sellers.types import SellerRef


def carriage_paper(*, seller: SellerRef, carriage_id: int, kind: str, language: str, actor: Actor, now: datetime,
                   viewer: queries.Viewer = queries.EVERYBODY) -> archive.Kept:
    """One paper of a formed carriage; `kind` is act, waybill, discrepancy_act or container_labels.

    Raises CarriageUnknown, NotFormed while the carriage has no such paper.
    """
    with atomic():
        row = queries.carriage(seller, carriage_id, viewer)
        if kind not in row.actions or kind not in _DRAW:
            raise NotFormed()
        known = queries.kept_paper(seller, carriage_id, kind, row.version, language)
        if known:
            return archive.Kept(known, archive.open_paper(seller=seller, paper_id=known))
        parcels = queries.parcels(seller, carriage_id)
        with translation.override(language):
            name = f"{texts.KINDS[kind]} {row.id}"
            made = _DRAW[kind](seller, row, parcels, language)
        return archive.keep(
            seller=seller, kind=kind, form="pdf", name=name, data=made.content, pages=made.pages, actor=actor, now=now,
            numbers=[one.number for one in parcels], warehouse_id=row.warehouse_id, carriage_id=row.id,
            source_version=row.version, language=language,
            search=[str(row.id), rules.barcode(row.id), *(one.tracking_number for one in parcels)])


def barcode_png(*, seller: SellerRef, carriage_id: int, viewer: queries.Viewer = queries.EVERYBODY) -> PaperFile:
    """The carriage's code as a picture for a telephone's screen. Raises CarriageUnknown."""
    row = queries.carriage(seller, carriage_id, viewer)
    return PaperFile(f"{row.id}.png", "image/png", label_pdf.bars_png(rules.barcode(row.id)))


def _act(seller: SellerRef, row: CarriageRow, parcels: list[ParcelRow], language: str) -> Made:
    def draw(sheet: Sheet) -> None:
        sheet.heading(f"{_('Hand-over act')} {row.id}", _about(row), rules.barcode(row.id))
        sheet.facts(_sides(seller, row, language))
        sheet.table(
            [Column("№", 7, right=True), Column(_("Posting"), 30, bold=True), Column(_("Tracking number"), 26),
             Column(_("City"), 24), Column(_("Units"), 9, right=True), Column(_("Weight, kg"), 13, right=True)],
            [[str(index), one.number, one.tracking_number, one.city, str(one.units), _kilograms(one.weight_g)]
             for index, one in enumerate(parcels, 1)])
        sheet.facts(_totals(row, parcels))
        sheet.note(_("The parcels listed above were handed over whole, with labels that can be read. What the carrier "
                     "does not scan is settled in a discrepancy act."))
        sheet.signatures([_("Handed over by"), _("Taken by")])

    return make(draw, title=f"{_('Hand-over act')} {row.id}", language=language)


def _waybill(seller: SellerRef, row: CarriageRow, parcels: list[ParcelRow], language: str) -> Made:
    warehouse = next((one for one in inventory.warehouses(seller) if one.id == row.warehouse_id), None)
    value = sum(one.amount_minor for one in parcels)

    def draw(sheet: Sheet) -> None:
        sheet.heading(f"{_('Waybill')} {row.id}", _about(row), rules.barcode(row.id))
        sheet.facts([
            (_("Shipper"), seller.name),
            (_("Loading point"), ", ".join(part for part in (
                row.warehouse_name, warehouse.city if warehouse else "", warehouse.address if warehouse else "")
                if part)),
            (_("Carrier"), localized(row.carrier_names, language)),
            (_("Service"), row.method_name)])
        sheet.subheading(_("Cargo"))
        places = row.containers or len(parcels)
        sheet.table(
            [Column(pgettext("handover", "What"), 40), Column(_("Places"), 15, right=True), Column(_("Units"), 15,
                                                                                                   right=True),
             Column(_("Weight, kg"), 18, right=True), Column(_("Declared value"), 24, right=True)],
            [[_("Parcels with goods"), str(places), str(sum(one.units for one in parcels)), _kilograms(row.weight_g),
              format_money(Money(value, parcels[0].currency), language) if parcels else ""]], size=9.5)
        sheet.facts([(_("Vehicle"), "_" * 28), (_("Driver"), "_" * 28), (_("Seal"), "_" * 28)])
        sheet.note(_("The parcels are listed in hand-over act %(number)s.") % {"number": row.id})
        sheet.signatures([_("Handed over by"), _("Driver"), _("Received by")])

    return make(draw, title=f"{_('Waybill')} {row.id}", language=language)


def _discrepancy(seller: SellerRef, row: CarriageRow, parcels: list[ParcelRow], language: str) -> Made:
    missing = [one for one in parcels if one.sight == "missed"]

    def draw(sheet: Sheet) -> None:
        sheet.heading(f"{_('Discrepancy act')} {row.id}", _about(row), rules.barcode(row.id))
        sheet.facts([*_sides(seller, row, language), (_("Handed over by the act"), str(row.postings)),
                     (_("Accepted by the carrier"), str(row.accepted)), (_("Missing"), str(len(missing)))])
        sheet.subheading(_("Not accepted by the carrier"))
        sheet.table(
            [Column("№", 7, right=True), Column(_("Posting"), 30, bold=True), Column(_("Tracking number"), 28),
             Column(_("Units"), 10, right=True), Column(_("Weight, kg"), 14, right=True),
             Column(_("Declared value"), 20, right=True)],
            [[str(index), one.number, one.tracking_number, str(one.units), _kilograms(one.weight_g),
              format_money(Money(one.amount_minor, one.currency), language)] for index, one in enumerate(missing, 1)])
        sheet.signatures([_("Shipper"), _("Carrier")])

    return make(draw, title=f"{_('Discrepancy act')} {row.id}", language=language)


def _containers(seller: SellerRef, row: CarriageRow, parcels: list[ParcelRow], language: str) -> Made:
    """A label of 75 × 120 mm for each cargo place."""
    pdf.register_fonts()
    out = io.BytesIO()
    wide, high = 75 * mm, 120 * mm
    canvas = Canvas(out, pagesize=(wide, high), pageCompression=1, invariant=1)
    canvas.setTitle(f"{row.id}")
    canvas.setCreator("Sellerdesk")
    room = wide - 8 * mm
    for place in range(1, row.containers + 1):
        pdf.write(canvas, localized(row.carrier_names, language), 4 * mm, high - 10 * mm, BOLD, 15, room)
        pdf.write(canvas, row.method_name, 4 * mm, high - 15 * mm, REGULAR, 8, room)
        code = f"{rules.barcode(row.id)}-{place}"
        label_pdf.bars(canvas, code, 4 * mm, high - 20 * mm, room, 22 * mm)
        pdf.write(canvas, code, 4 * mm, high - 47 * mm, BOLD, 12, room)
        pdf.write(canvas, f"{place} / {row.containers}", 4 * mm, high - 68 * mm, BOLD, 40, room)
        y = high - 80 * mm
        for label, value in ((_("Carriage"), str(row.id)), (_("Departure"), formats.day(row.departs_on)),
                             (_("Shipper"), seller.name), (_("Loading point"), row.warehouse_name)):
            pdf.write(canvas, label, 4 * mm, y, REGULAR, 8, 24 * mm)
            pdf.write(canvas, value, 30 * mm, y, BOLD, 9, room - 26 * mm)
            y -= 6 * mm
        canvas.showPage()
    canvas.save()
    return Made(out.getvalue(), row.containers)


_DRAW: dict[str, Callable[[SellerRef, CarriageRow, list[ParcelRow], str], Made]] = {
    ACT: _act, WAYBILL: _waybill, DISCREPANCY: _discrepancy, CONTAINERS: _containers}


def _about(row: CarriageRow) -> str:
    return _("Departure %(day)s, carriage %(number)s of the day") % {
        "day": formats.day(row.departs_on), "number": row.partial_num}


def _sides(seller: SellerRef, row: CarriageRow, language: str) -> list[tuple[str, str]]:
    return [(_("Shipper"), seller.name), (_("Loading point"), row.warehouse_name),
            (_("Carrier"), localized(row.carrier_names, language)), (_("Service"), row.method_name)]


def _totals(row: CarriageRow, parcels: list[ParcelRow]) -> list[tuple[str, str]]:
    made = [(_("Parcels"), str(len(parcels))), (_("Units"), str(sum(one.units for one in parcels))),
            (_("Weight, kg"), _kilograms(row.weight_g))]
    return [*made, (_("Cargo places"), str(row.containers))] if row.containers else made


def _kilograms(grams: int) -> str:
    return f"{grams / 1000:.3f}"
