"""Papers of A4 and A5: a heading, facts, tables that go on over pages, notes, lines to sign on."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from sellerdesk.core import pdf
from sellerdesk.core.pdf import BOLD, REGULAR

MARGIN = 15 * mm
_BOTTOM = 16 * mm


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its share of the width; numbers stand on the right."""

    title: str
    share: float
    right: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    content: bytes
    pages: int


S = TypeVar("S", bound="Sheet")


class Sheet:
    """A paper being drawn from above. What does not fit goes on to the next page, under the table's head again."""

    def __init__(self, canvas: Canvas, size: tuple[float, float], total: int) -> None:
        self.canvas = canvas
        self.width, self.height = size
        self.room = self.width - 2 * MARGIN
        self.total = total
        self.page = 0
        self.name = ""
        self.y = 0.0
        self._turn()

    def _turn(self) -> None:
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.y = self.height - MARGIN
        foot = _("Page %(page)s of %(total)s") % {"page": self.page, "total": self.total or self.page}
        pdf.write(self.canvas, foot, self.width - MARGIN, 8 * mm, REGULAR, 7.5, self.room / 2, right=True)
        if self.name:
            pdf.write(self.canvas, self.name, MARGIN, 8 * mm, REGULAR, 7.5, self.room / 2)

    def need(self, height: float) -> None:
        """A new page unless so much is free."""
        if self.y - height < _BOTTOM:
            self._turn()

    def new_page(self) -> None:
        self._turn()

    def heading(self, title: str, under: str = "", *, beside: float = 0) -> None:
        """The title with a line under it; `beside` of the room on the right is left free."""
        self.name = title
        wide = self.room - beside - (4 * mm if beside else 0)
        lines = pdf.wrap(title, BOLD, 16, wide)[:2]
        self.y -= 5.5 * mm
        for line in lines:
            pdf.write(self.canvas, line, MARGIN, self.y, BOLD, 16, wide)
            self.y -= 7 * mm
        if under:
            pdf.write(self.canvas, under, MARGIN, self.y, REGULAR, 9.5, wide)
            self.y -= 5 * mm
        self.beside()
        self.canvas.setLineWidth(0.8)
        self.canvas.line(MARGIN, self.y + 1 * mm, MARGIN + self.room, self.y + 1 * mm)
        self.y -= 5 * mm

    def beside(self) -> None:
        """Drawn between the title and the line under it; papers with a code in bars put it there."""

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Label and value, a line each; long values wrap."""
        label_room = min(46 * mm, self.room * 0.34)
        for label, value in pairs:
            lines = pdf.wrap(value, BOLD, 9.5, self.room - label_room) or ["—"]
            self.need(len(lines) * 4.8 * mm)
            pdf.write(self.canvas, label, MARGIN, self.y, REGULAR, 9, label_room - 2 * mm)
            for line in lines:
                pdf.write(self.canvas, line, MARGIN + label_room, self.y, BOLD, 9.5, self.room - label_room)
                self.y -= 4.8 * mm
        self.y -= 3 * mm

    def subheading(self, text: str) -> None:
        self.need(18 * mm)
        self.y -= 3 * mm
        pdf.write(self.canvas, text, MARGIN, self.y, BOLD, 11, self.room)
        self.y -= 5 * mm

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float = 8.5) -> None:
        """Rows with lines between; a cell's text wraps to at most three lines."""
        whole = sum(column.share for column in columns)
        widths = [column.share / whole * self.room for column in columns]
        step = size * 1.25
        self._head(columns, widths)
        for row in rows:
            cells = [pdf.wrap(text, BOLD if column.bold else REGULAR, size, width - 2 * mm)[:3] or [""]
                     for text, column, width in zip(row, columns, widths, strict=True)]
            height = max(map(len, cells)) * step + 1.6 * mm
            if self.y - height < _BOTTOM:
                self._turn()
                self._head(columns, widths)
            x = MARGIN
            for lines, column, width in zip(cells, columns, widths, strict=True):
                for index, line in enumerate(lines):
                    at = x + width - 1 * mm if column.right else x + 1 * mm
                    pdf.write(self.canvas, line, at, self.y - step * (index + 1) + 0.4 * mm,
                              BOLD if column.bold else REGULAR, size, width - 2 * mm, right=column.right)
                x += width
            self.y -= height
            self.canvas.setLineWidth(0.2)
            self.canvas.line(MARGIN, self.y, MARGIN + self.room, self.y)
        self.y -= 4 * mm

    def _head(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        self.need(20 * mm)
        self.canvas.setFillGray(0.92)
        self.canvas.rect(MARGIN, self.y - 5 * mm, self.room, 5 * mm, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        x = MARGIN
        for column, width in zip(columns, widths, strict=True):
            pdf.write(self.canvas, column.title, x + width - 1 * mm if column.right else x + 1 * mm,
                      self.y - 3.6 * mm, BOLD, 7.5, width - 2 * mm, right=column.right)
            x += width
        self.y -= 5 * mm

    def note(self, text: str) -> None:
        lines = pdf.wrap(text, REGULAR, 9, self.room)
        self.need(len(lines) * 4.8 * mm)
        self.y = pdf.paragraph(self.canvas, text, MARGIN, self.y, REGULAR, 9, self.room) - 2 * mm

    def signatures(self, who: Sequence[str]) -> None:
        """A line for each side, with places for name, date and stamp."""
        self.need(30 * mm)
        self.y -= 10 * mm
        wide = self.room / len(who)
        for index, side in enumerate(who):
            x = MARGIN + index * wide
            pdf.write(self.canvas, side, x, self.y, BOLD, 9, wide - 6 * mm)
            self.canvas.setLineWidth(0.4)
            self.canvas.line(x, self.y - 11 * mm, x + wide - 8 * mm, self.y - 11 * mm)
            pdf.write(self.canvas, _("signature, name, date"), x, self.y - 14.5 * mm, REGULAR, 7, wide - 8 * mm)
        self.y -= 18 * mm


def make(draw: Callable[[S], None], *, title: str, language: str, small: bool = False, of: type[S]) -> Made:
    """A PDF in a language, of A4 or (`small`) A5. Drawn twice, because the foot of a page tells how many there are.

    The same paper is the same bytes.
    """
    pdf.register_fonts()
    total = 0
    with translation.override(language):
        for _turn in range(2):
            out = io.BytesIO()
            size = A5 if small else A4
            canvas = Canvas(out, pagesize=size, pageCompression=1, invariant=1)
            canvas.setTitle(title)
            canvas.setCreator("Sellerdesk")
            sheet = of(canvas, size, total)
            draw(sheet)
            canvas.showPage()
            canvas.save()
            total = sheet.page
    return Made(out.getvalue(), total)
