"""Labels as PDF: one a page for rolls, in cells on A4 sheets."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.utils import translation
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from sellerdesk.core import pdf
from sellerdesk.core.pdf import BOLD, REGULAR
from sellerdesk.logistics.services.labels import layout
from sellerdesk.logistics.services.labels.layout import DOT, Bars, Block, Qr, Text
from sellerdesk.logistics.types import LabelData, LabelSize


def labels_pdf(labels: Sequence[LabelData], size: LabelSize, *, language: str, first_cell: int = 1) -> bytes:
    """One PDF with the labels in the order given. On sheets the first one stands in cell `first_cell`, from 1, so that
    a sheet some of whose labels are used up can be fed again. The same labels are the same bytes."""
    pdf.register_fonts()
    out = io.BytesIO()
    page = A4 if size.cells else (size.width_mm * mm, size.height_mm * mm)
    canvas = Canvas(out, pagesize=page, pageCompression=1, invariant=1)
    canvas.setTitle(labels[0].posting_number if len(labels) == 1 else f"{len(labels)} × {size.name}")
    canvas.setCreator("Sellerdesk")
    with translation.override(language):
        if size.cells:
            _sheets(canvas, labels, size, first_cell)
        else:
            for label in labels:
                _draw(canvas, label, size, 0, page[1])
                canvas.showPage()
    canvas.save()
    return out.getvalue()


def _sheets(canvas: Canvas, labels: Sequence[LabelData], size: LabelSize, first_cell: int) -> None:
    cell_width, cell_height = A4[0] / size.columns, A4[1] / size.rows
    beside, above = (cell_width - size.width_mm * mm) / 2, (cell_height - size.height_mm * mm) / 2
    for index, label in enumerate(labels, first_cell - 1):
        cell = index % size.cells
        if not cell and index > first_cell - 1:
            canvas.showPage()
        row, column = divmod(cell, size.columns)
        _draw(canvas, label, size, column * cell_width + beside, A4[1] - row * cell_height - above)
    canvas.showPage()


def _draw(canvas: Canvas, label: LabelData, size: LabelSize, left: float, top: float) -> None:
    """One label whose upper left corner is there."""
    for one in layout.elements(label, size):
        x = left + one.x * mm
        y = top - one.y * mm
        match one:
            case Text():
                _text(canvas, one, x, y)
            case Block():
                canvas.rect(x, y - one.height * mm, one.width * mm, one.height * mm, stroke=0, fill=1)
            case Bars():
                bars(canvas, one.text, x, y, one.width * mm, one.height * mm)
            case Qr():
                qr(canvas, one.text, x, y, one.side * mm)


def _text(canvas: Canvas, one: Text, x: float, y: float) -> None:
    font, room = BOLD if one.bold else REGULAR, one.room * mm
    if one.centred:
        x += max(0.0, (room - pdf.width(one.text, font, one.size)) / 2)
    if one.white:
        canvas.setFillGray(1)
    pdf.write(canvas, one.text, x, y, font, one.size, room)
    if one.white:
        canvas.setFillGray(0)


def bars(canvas: Canvas, text: str, x: float, top: float, width: float, height: float) -> None:
    """Code 128 in the middle of the width, its thinnest bar a whole number of printer dots."""
    modules, found = layout.code128(text)
    module = layout.dots_per_module(width / mm, modules) * DOT * mm
    _rectangles(canvas, x + (width - modules * module) / 2, top - height, module, height,
                ((at, 0, wide) for at, wide in found))


def bars_png(text: str, module_dots: int = 3, height_dots: int = 160) -> bytes:
    """Code 128 as a picture with ten empty modules on each side, for screens."""
    modules, found = layout.code128(text)
    image = Image.new("1", ((modules + 20) * module_dots, height_dots), 1)
    draw = ImageDraw.Draw(image)
    for at, wide in found:
        left = (at + 10) * module_dots
        draw.rectangle((left, 0, left + wide * module_dots - 1, height_dots - 1), fill=0)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def qr(canvas: Canvas, text: str, x: float, top: float, side: float) -> None:
    """A QR code in the middle of a square, its cells whole printer dots."""
    rows = layout.qr_rows(text)
    cell = layout.dots_per_module(side / mm, len(rows)) * DOT * mm
    inset = (side - cell * len(rows)) / 2
    _rectangles(canvas, x + inset, top - inset - cell * len(rows), cell, cell, (
        (at, len(rows) - 1 - row, wide) for row, stretches in enumerate(rows) for at, wide in stretches))


def _rectangles(canvas: Canvas, x: float, y: float, across: float, up: float,
                found: Iterable[tuple[int, int, int]]) -> None:
    """(column, row, width) in cells of `across` × `up`: whole numbers under one scale, which is short and quick."""
    canvas.addLiteral(f"q {across:.5f} 0 0 {up:.5f} {x:.4f} {y:.4f} cm")
    # A hair higher than the cell, so that no white lines show between rows.
    canvas.addLiteral(" ".join(f"{column} {row} {wide} 1.02 re" for column, row, wide in found) + " f Q")
