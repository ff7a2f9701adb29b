"""The certificate of closing as a PDF of one A4 page, in the reader's language."""

from __future__ import annotations

import io

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from sellerdesk.core import pdf
from sellerdesk.core.ui import formats
from sellerdesk.sellers.types import Certificate

_LEFT, _ROOM = 25 * mm, 160 * mm


def certificate_pdf(paper: Certificate, language: str) -> bytes:
    """The same certificate in the same language is the same bytes."""
    pdf.register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1)
    with translation.override(language):
        _draw(canvas, paper)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, paper: Certificate) -> None:
    canvas.setTitle(f"{_('Certificate of closing')} {paper.number}")
    canvas.setCreator("Sellerdesk")
    pdf.write(canvas, "Sellerdesk", _LEFT, 272 * mm, pdf.BOLD, 12, _ROOM)
    pdf.write(canvas, paper.number, _LEFT + _ROOM, 272 * mm, pdf.REGULAR, 10, _ROOM / 2, right=True)
    canvas.setLineWidth(0.6)
    canvas.line(_LEFT, 267 * mm, _LEFT + _ROOM, 267 * mm)
    pdf.write(canvas, _("Certificate of closing"), _LEFT, 248 * mm, pdf.BOLD, 22, _ROOM)
    y = pdf.paragraph(canvas, _(
        "The marketplace certifies that the shop named below was closed at the wish of its owner. Nothing was open "
        "then: no orders, no returns, no balance."), _LEFT, 236 * mm, pdf.REGULAR, 11, _ROOM)
    y -= 6 * mm
    for label, value in (
            (pgettext("certificate", "Shop"), paper.shop_name), ("Client-Id", str(paper.shop_id)),
            (_("Company"), paper.legal_name), (_("Country"), formats.country(paper.country)),
            (_("Registration number"), paper.registration_number),
            (pgettext("certificate", "Opened"), formats.day(paper.opened_at)),
            (pgettext("certificate", "Closed"), formats.day(paper.closed_at)),
            (_("Documents kept until"), formats.day(paper.kept_until))):
        pdf.write(canvas, label, _LEFT, y, pdf.REGULAR, 10, 52 * mm)
        lines = pdf.wrap(value, pdf.BOLD, 11, _ROOM - 56 * mm) or ["—"]
        for line in lines:
            pdf.write(canvas, line, _LEFT + 56 * mm, y, pdf.BOLD, 11, _ROOM - 56 * mm)
            y -= 6.5 * mm
        canvas.setLineWidth(0.2)
        canvas.line(_LEFT, y + 3.2 * mm, _LEFT + _ROOM, y + 3.2 * mm)
        y -= 1.8 * mm
    y -= 5 * mm
    for text in (
            _("API keys of the shop are stopped. Papers, staff, invitations and names of people in its history were "
              "erased on the day of closing."),
            _("Bookings and tax documents are kept until the day named above, as the law on accounting and taxes asks. "
              "They can be handed out to the company until then.")):
        y = pdf.paragraph(canvas, text, _LEFT, y, pdf.REGULAR, 10, _ROOM) - 3 * mm
