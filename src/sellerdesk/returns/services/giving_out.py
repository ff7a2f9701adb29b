"""The barcode for which a return point hands out goods: shown as text, PNG and PDF, replaced at once when it leaks."""

from __future__ import annotations

import io
import secrets
from datetime import datetime

from PIL import Image, ImageDraw, ImageFont
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from sellerdesk.core import activity, pdf
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.returns import events
from sellerdesk.returns.models import GiveoutCode
from sellerdesk.sellers.types import SellerRef

_DIGITS = 14
_WIDTH, _HEIGHT = 100 * mm, 60 * mm


def code(*, seller: SellerRef, now: datetime) -> str:
    """The shop's barcode; the first question makes it."""
    made, _ = GiveoutCode.objects.get_or_create(seller_id=seller.id, defaults={"code": _fresh(), "changed_at": now})
    return made.code


def reset_code(*, seller: SellerRef, actor: Actor, now: datetime) -> str:
    """Replace the barcode: the old one opens nothing from now on. Returns the new one."""
    with atomic():
        fresh = _fresh()
        GiveoutCode.objects.update_or_create(seller_id=seller.id, defaults={"code": fresh, "changed_at": now})
        # The code itself is a key and never goes into the history.
        activity.record(events.CODE_RESET, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                        target_id=seller.id, target_label=seller.name)
        return fresh


def shop_of(shown: str) -> int | None:
    """Whose barcode this is, for the people at the point; None for one that was replaced."""
    return GiveoutCode.objects.filter(code=shown).values_list("seller_id", flat=True).first()


def _fresh() -> str:
    return f"GO{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"


def png(text: str) -> bytes:
    """The barcode as a picture, four pixels a module, with its text below."""
    bars = Code128(text, barWidth=1, quiet=0)
    bars.validate()
    bars.encode()
    bars.decompose()
    scale, height, margin = 4, 200, 48
    widths = _modules(bars.decomposed)
    picture = Image.new("1", (sum(width for width, _ in widths) * scale + 2 * margin, height + 2 * margin + 40), 1)
    draw = ImageDraw.Draw(picture)
    x = margin
    for width, dark in widths:
        if dark:
            draw.rectangle((x, margin, x + width * scale - 1, margin + height), fill=0)
        x += width * scale
    font = ImageFont.load_default(28)
    draw.text((picture.width / 2, margin + height + 30), text, fill=0, font=font, anchor="mm")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _modules(decomposed: str) -> list[tuple[int, bool]]:
    """Bars and gaps from reportlab's spelling: letters are bars, capitals of one to four modules, the rest gaps."""
    return [("abcd".index(letter.lower()) + 1, letter.isupper()) if letter.isalpha() else (int(letter), False)
            for letter in decomposed]


def sheet(text: str, shop: str, title: str) -> bytes:
    """The barcode on a page of 100 × 60 mm, with the name of the shop."""
    pdf.register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT), pageCompression=1, invariant=1)
    canvas.setTitle(title)
    canvas.setCreator("Sellerdesk")
    inner = _WIDTH - 12 * mm
    pdf.write(canvas, title, 6 * mm, _HEIGHT - 11 * mm, pdf.BOLD, 13, inner)
    pdf.write(canvas, shop, 6 * mm, _HEIGHT - 17 * mm, pdf.REGULAR, 10, inner)
    modules = Code128(text, barWidth=1, quiet=0).width
    bars = Code128(text, barHeight=24 * mm, barWidth=inner / modules, quiet=0)
    bars.drawOn(canvas, 6 * mm, 13 * mm)
    pdf.write(canvas, text, 6 * mm, 6 * mm, pdf.BOLD, 12, inner)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
