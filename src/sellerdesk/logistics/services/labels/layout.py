"""Where things stand on a label, in millimetres from its upper left corner; drawn by `pdf` and by `zpl` alike.

A label must be read by a scanner at arm's length and by a person from two metres: sort letters large, the posting
number as Code 128 across the whole width, the tracking number as QR, on larger labels as bars too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import segno
from django.utils.translation import ngettext, pgettext
from reportlab.graphics.barcode.code128 import Code128

from sellerdesk.core import pdf
from sellerdesk.logistics.types import LabelData, LabelSize

# A dot of a thermal printer with 203 dots to the inch.
DOT = 25.4 / 203
_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Text:
    """One line; `y` is its base line, `size` in points. What does not fit into `room` ends with an ellipsis."""

    x: float
    y: float
    size: float
    text: str
    room: float
    bold: bool = False
    centred: bool = False
    white: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle; with hardly any height it is a line."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Code 128, as wide as whole printer dots allow within `width`, in its middle."""

    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True, slots=True)
class Qr:
    x: float
    y: float
    side: float
    text: str


Element = Text | Block | Bars | Qr
Layout = Callable[[LabelData, float, float], list[Element]]


def elements(label: LabelData, size: LabelSize) -> list[Element]:
    """What stands on the label, in the active language."""
    return (_small if size.height_mm <= 45 else _tall)(label, size.width_mm, size.height_mm)


@lru_cache(maxsize=4096)
def code128(text: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    """How many modules wide the code is, and where its bars begin and how wide they are, in modules."""
    code = Code128(text, barWidth=1, quiet=0)
    # Its sizes are computed on the way to the bars.
    code.validate()
    code.encode()
    code.decompose()
    at, found = 0, []
    # Letters tell widths: small ones of spaces, capital ones of bars, a = 1.
    for letter in code.decomposed:
        wide = ord(letter.lower()) - ord("a") + 1
        if letter.isupper():
            found.append((at, wide))
        at += wide
    return at, tuple(found)


@lru_cache(maxsize=4096)
def qr_rows(text: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The dark stretches of each row of a QR code: (first module, how many).

    A fixed mask: choosing the best of eight costs more than all the rest of a label and is no easier to read.
    """
    found = []
    for line in segno.make(text, error="m", micro=False, mask=2).matrix:
        row, column = [], 0
        while column < len(line):
            end = column
            while end < len(line) and line[end]:
                end += 1
            if end > column:
                row.append((column, end - column))
            column = end + 1
        found.append(tuple(row))
    return tuple(found)


def dots_per_module(width_mm: float, modules: int) -> int:
    """The width of the thinnest bar in printer dots: whole ones, so that a thermal head prints every bar true."""
    return max(1, int(width_mm / modules / DOT + 1e-9))


def _weight(label: LabelData) -> str:
    return f"{label.weight_g / 1000:.2f} {pgettext('weight', 'kg')}" if label.weight_g else ""


def _sort_box(label: LabelData, size: float, margin: float, height: float, least: float) -> tuple[list[Element], float]:
    """White letters on black, and where it ends."""
    wide = max(least, pdf.width(label.sort_code, pdf.BOLD, size) * _POINT + 3)
    return [Block(margin, margin, wide, height),
            Text(margin, margin + height / 2 + size * _POINT * 0.36, size, label.sort_code, wide, bold=True,
                 centred=True, white=True)], margin + wide


def _small(label: LabelData, width: float, height: float) -> list[Element]:
    margin = 2.0
    inner = width - 2 * margin
    found, end = _sort_box(label, 17, margin, 7.5, 12)
    beside, room = end + 1.6, margin + inner - end - 1.6
    bars, side = 11.0, 12.5
    number = bars + 10 + 4
    left = inner - side - 1.5
    facts = "  ".join(part for part in (label.tracking_number, _weight(label)) if part)
    foot = "  ".join(part for part in (label.shop, label.sender, label.date) if part)
    return [
        *found,
        Text(beside, margin + 3.2, 9, label.city, room, bold=True),
        Text(beside, margin + 6.9, 6.5, label.carrier, room),
        # One millimetre more than the margin on both sides: scanners want ten empty modules beside the bars.
        Bars(margin + 1, bars, inner - 2, 10, label.posting_number),
        Text(margin, number, 10.5, label.posting_number, left, bold=True),
        Text(margin, number + 3.1, 6.5, facts, left),
        Text(margin, number + 6.0, 6.5, label.recipient, left, bold=True),
        Text(margin, number + 8.7, 6, label.contents, left),
        Text(margin, number + 11.4, 5.5, foot, left),
        Qr(width - margin - side, height - margin - side, side, label.tracking_number or label.posting_number),
    ]


def _tall(label: LabelData, width: float, height: float) -> list[Element]:
    # Sizes are those of 75 mm, larger on wider labels; what a higher label has more goes to the contents.
    scale = min(width / 75, height / 120)
    margin = 3 * scale
    inner = width - 2 * margin

    def rule(y: float) -> Block:
        return Block(margin, y, inner, 0.25)

    def at(y: float) -> float:
        return y * scale

    found, end = _sort_box(label, 30 * scale, margin, at(16), 22 * scale)
    beside, room = end + at(2.5), margin + inner - end - at(2.5)
    side = at(24)
    bottom = height - margin - side
    right, beside_qr = margin + side + at(3), inner - side - at(3)
    shipper = ", ".join(part for part in (label.shop, label.sender) if part)
    address = pdf.wrap(", ".join(part for part in (label.city, label.region, label.address) if part), pdf.REGULAR,
                       9 * scale, inner / _POINT)[:2]
    found += [
        Text(beside, at(9), 15 * scale, label.city, room, bold=True),
        Text(beside, at(14), 9 * scale, label.carrier, room),
        Text(beside, at(18), 7 * scale, label.service, room),
        Bars(margin + at(2), at(22), inner - at(4), at(19), label.posting_number),
        Text(margin, at(47), 14 * scale, label.posting_number, inner, bold=True, centred=True),
        rule(at(49.5)),
        Text(margin, at(53.5), 7 * scale, f"{pgettext('label', 'From')}: {shipper}", inner),
        Text(margin, at(59), 11 * scale, label.recipient, inner, bold=True),
        *(Text(margin, at(63.5 + 4 * index), 9 * scale, line, inner) for index, line in enumerate(address)),
        rule(at(71)),
    ]
    first, step = at(75), 3.4 * scale
    most = max(1, int((bottom - at(2) - first) / step) + 1)
    lines = pdf.wrap(label.contents, pdf.REGULAR, 7 * scale, inner / _POINT)
    if len(lines) > most:
        lines = [*lines[:most - 1], " ".join(lines[most - 1:])]
    found += [Text(margin, first + step * index, 7 * scale, line, inner) for index, line in enumerate(lines)]
    amounts = "  ".join(part for part in (
        _weight(label), ngettext("%(count)s pc", "%(count)s pcs", label.units) % {"count": label.units}
        if label.units else "") if part)
    order = f"{pgettext('label', 'Order')} {label.order_number}" if label.order_number else ""
    found += [
        rule(bottom - at(2)),
        Qr(margin, bottom, side, label.tracking_number or label.posting_number),
        Bars(right, bottom, beside_qr, at(10), label.tracking_number or label.posting_number),
        Text(right, bottom + at(14), 9 * scale, label.tracking_number, beside_qr, bold=True, centred=True),
        Text(right, bottom + at(18.5), 8 * scale, amounts, beside_qr),
        Text(right, bottom + at(22.5), 7 * scale,
             "  ".join(part for part in (order, label.date) if part), beside_qr),
    ]
    return found
