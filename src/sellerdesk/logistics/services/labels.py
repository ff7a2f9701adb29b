"""Labels of 58 × 40 mm as one PDF, in the order asked: a page per parcel.

A label must be read by a scanner at arm's length and by a person from two metres: sort letters large, the posting
number as Code 128 across the whole width, the tracking number as QR. Fonts are embedded; Droid Sans Fallback draws what
DejaVu lacks, which is Chinese.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from sellerdesk.core.db import execute, json_param, json_rows
from sellerdesk.logistics.types import LabelData
from sellerdesk.sellers.types import SellerRef

WIDTH, HEIGHT = 58 * mm, 40 * mm
_MARGIN = 2 * mm
_FONTS = Path(__file__).resolve().parent.parent / "fonts"
_REGULAR, _BOLD, _CHINESE = "SellerdeskRegular", "SellerdeskBold", "SellerdeskChinese"


@cache
def _register_fonts() -> None:
    for name, file in ((_REGULAR, "DejaVuSansCondensed.ttf"), (_BOLD, "DejaVuSansCondensed-Bold.ttf"),
                       (_CHINESE, "DroidSansFallbackFull.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(_FONTS / file)))


def _runs(text: str, font: str) -> list[tuple[str, str]]:
    """The text in pieces of one font each."""
    known = pdfmetrics.getFont(font).face.charToGlyph
    pieces: list[tuple[str, str]] = []
    for letter in text:
        wanted = font if ord(letter) in known else _CHINESE
        if pieces and pieces[-1][0] == wanted:
            pieces[-1] = (wanted, pieces[-1][1] + letter)
        else:
            pieces.append((wanted, letter))
    return pieces


def _width(text: str, font: str, size: float) -> float:
    return float(sum(pdfmetrics.stringWidth(piece, name, size) for name, piece in _runs(text, font)))


def _fit(text: str, font: str, size: float, room: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if _width(text, font, size) <= room:
        return text
    while text and _width(text + "…", font, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _write(canvas: Canvas, text: str, x: float, y: float, font: str, size: float, room: float,
           right: bool = False) -> None:
    text = _fit(text, font, size, room)
    if right:
        x -= _width(text, font, size)
    for name, piece in _runs(text, font):
        canvas.setFont(name, size)
        canvas.drawString(x, y, piece)
        x += pdfmetrics.stringWidth(piece, name, size)


def _qr(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    matrix = segno.make(text, error="m", micro=False).matrix
    cell = side / len(matrix)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            if dark:
                # A hair wider than the cell, so that no white lines show between neighbours.
                canvas.rect(x + column * cell, y + side - (row + 1) * cell, cell * 1.02, cell * 1.02, stroke=0, fill=1)


def _page(canvas: Canvas, label: LabelData) -> None:
    inner = WIDTH - 2 * _MARGIN
    top = HEIGHT - _MARGIN
    box = 7.5 * mm
    code_width = max(12 * mm, _width(label.sort_code, _BOLD, 17) + 3 * mm)
    canvas.rect(_MARGIN, top - box, code_width, box, stroke=0, fill=1)
    canvas.setFillGray(1)
    _write(canvas, label.sort_code, _MARGIN + (code_width - _width(label.sort_code, _BOLD, 17)) / 2,
           top - box + 1.75 * mm, _BOLD, 17, code_width)
    canvas.setFillGray(0)
    beside, room = _MARGIN + code_width + 1.6 * mm, inner - code_width - 1.6 * mm
    _write(canvas, label.city, beside, top - 3.2 * mm, _BOLD, 9, room)
    _write(canvas, label.carrier, beside, top - 6.9 * mm, _REGULAR, 6.5, room)

    # One millimetre more than the margin on both sides: scanners want ten empty modules beside the bars.
    modules = Code128(label.posting_number, barWidth=1, quiet=0).width
    bars = Code128(label.posting_number, barHeight=10 * mm, barWidth=(inner - 2 * mm) / modules, quiet=0)
    bars.drawOn(canvas, _MARGIN + 1 * mm, top - box - 1.5 * mm - 10 * mm)
    number_at = top - box - 1.5 * mm - 10 * mm - 4 * mm
    _write(canvas, label.posting_number, _MARGIN, number_at, _BOLD, 10.5, inner - 14 * mm)
    weight = f"{label.weight_g / 1000:.2f} kg" if label.weight_g else ""
    side = 12.5 * mm
    qr_left = WIDTH - _MARGIN - side
    _qr(canvas, label.tracking_number or label.posting_number, qr_left, _MARGIN, side)
    room = inner - side - 1.5 * mm
    _write(canvas, "  ".join(part for part in (label.tracking_number, weight) if part), _MARGIN, number_at - 3.1 * mm,
           _REGULAR, 6.5, room)
    _write(canvas, label.recipient, _MARGIN, number_at - 6.0 * mm, _BOLD, 6.5, room)
    _write(canvas, label.contents, _MARGIN, number_at - 8.7 * mm, _REGULAR, 6, room)
    _write(canvas, "  ".join(part for part in (label.shop, label.sender, label.date) if part), _MARGIN,
           number_at - 11.4 * mm, _REGULAR, 5.5, room)
    canvas.showPage()


def labels_pdf(labels: Sequence[LabelData]) -> bytes:
    """One PDF with a page for each label, in the order given."""
    _register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1)
    canvas.setTitle(labels[0].posting_number if len(labels) == 1 else f"{len(labels)} × 58×40")
    canvas.setCreator("Sellerdesk")
    for label in labels:
        _page(canvas, label)
    canvas.save()
    return out.getvalue()


def note_labels(*, seller: SellerRef, numbers: Sequence[str]) -> None:
    """Count one more printing of each posting's label."""
    execute(
        f"""UPDATE logistics_parcel SET labels_printed = labels_printed + 1
            FROM {json_rows("v", posting="text")}
            WHERE logistics_parcel.posting_number = v.posting AND logistics_parcel.seller_id = %s""",
        [json_param([[number] for number in numbers]), seller.id])
