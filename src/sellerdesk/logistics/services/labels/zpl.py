"""Labels as ZPL II, the language of Zebra printers and of most that call themselves compatible.

Bars and QR codes are made by the printer. Text of plain ASCII uses the printer's own font; everything else is sent as
a picture drawn with our fonts, because hardly any printer holds Cyrillic and Chinese letters at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from django.utils import translation
from PIL import Image, ImageDraw, ImageFont

from sellerdesk.core import pdf
from sellerdesk.core.pdf import BOLD, REGULAR
from sellerdesk.logistics.services.labels import layout
from sellerdesk.logistics.services.labels.layout import DOT, Bars, Block, Qr, Text
from sellerdesk.logistics.types import LabelData, LabelSize

_POINT_DOTS = 203 / 72
# What begins a command, and the sign that begins a hexadecimal character in ^FH fields.
_SPECIAL = {"^": "_5E", "~": "_7E", "_": "_5F", "\\": "_5C"}


def labels_zpl(labels: Sequence[LabelData], size: LabelSize, *, language: str) -> bytes:
    """One stream of labels in the order given, for 203 dots to the inch. UTF-8."""
    pdf.register_fonts()
    with translation.override(language):
        return "".join(_label(label, size) for label in labels).encode()


def _label(label: LabelData, size: LabelSize) -> str:
    body = "".join(_element(one) for one in layout.elements(label, size))
    return f"^XA^CI28^LH0,0^PW{_dots(size.width_mm)}^LL{_dots(size.height_mm)}\n{body}^PQ1^XZ\n"


def _dots(length_mm: float) -> int:
    return round(length_mm / DOT)


def _element(one: layout.Element) -> str:
    match one:
        case Text():
            return _text(one)
        case Block():
            width, height = _dots(one.width), max(2, _dots(one.height))
            return f"^FO{_dots(one.x)},{_dots(one.y)}^GB{width},{height},{min(width, height)}^FS\n"
        case Bars():
            modules = layout.code128(one.text)[0]
            dots = layout.dots_per_module(one.width, modules)
            left = _dots(one.x) + (_dots(one.width) - modules * dots) // 2
            return (f"^FO{left},{_dots(one.y)}^BY{dots}^BCN,{_dots(one.height)},N,N,N,A"
                    f"^FH_^FD{_escaped(one.text)}^FS\n")
        case Qr():
            modules = len(layout.qr_rows(one.text))
            dots = min(10, layout.dots_per_module(one.side, modules))
            inset = (_dots(one.side) - modules * dots) // 2
            # Printers add ten dots above a QR code by themselves.
            return (f"^FO{_dots(one.x) + inset},{max(0, _dots(one.y) + inset - 10)}^BQN,2,{dots}"
                    f"^FH_^FDMA,{_escaped(one.text)}^FS\n")


def _text(one: Text) -> str:
    font, room = (BOLD if one.bold else REGULAR), one.room * 72 / 25.4
    text = pdf.fit(one.text, font, one.size, room)
    if not text:
        return ""
    left = _dots(one.x)
    if one.centred:
        left += max(0, round((room - pdf.width(text, font, one.size)) / 2 * _POINT_DOTS))
    reverse = "^FR" if one.white else ""
    height = round(one.size * _POINT_DOTS)
    if text.isascii():
        # A capital of the printer's font is about three quarters of its height.
        return f"^FO{left},{_dots(one.y) - round(height * 0.76)}{reverse}^A0N,{height},{round(height * 0.9)}" \
               f"^FH_^FD{_escaped(text)}^FS\n"
    graphic, beside, above = _graphic(text, font, one.size)
    return f"^FO{left + beside},{_dots(one.y) + above}{reverse}{graphic}^FS\n"


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text if letter >= " ")


@cache
def _font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(pdf.font_file(name), pixels)


@lru_cache(maxsize=2048)
def _graphic(text: str, font: str, size: float) -> tuple[str, int, int]:
    """The line as black dots, and where its upper left corner lies from the beginning of its base line."""
    pixels = max(8, round(size * _POINT_DOTS))
    base, below = round(pixels * 1.05), round(pixels * 0.35)
    pieces = [(_font(name, pixels), piece) for name, piece in pdf.runs(text, font)]
    lengths = [face.getlength(piece) for face, piece in pieces]
    image = Image.new("L", (round(sum(lengths)) + 2, base + below), 0)
    draw, x = ImageDraw.Draw(image), 0.0
    for (face, piece), length in zip(pieces, lengths, strict=True):
        draw.text((x, base), piece, fill=255, font=face, anchor="ls")
        x += length
    inked = image.point([0] * 111 + [255] * 145)
    box = inked.getbbox() or (0, 0, 1, 1)
    dots = inked.crop(box).convert("1")
    data = dots.tobytes().hex().upper()
    return f"^GFA,{len(data) // 2},{len(data) // 2},{(dots.width + 7) // 8},{data}", box[0], box[1] - base
