"""Papers of handing over: the kit's sheets with a code in bars beside the title."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.lib.units import mm

from sellerdesk.core import paper, pdf
from sellerdesk.core.paper import MARGIN, Column, Made
from sellerdesk.core.pdf import REGULAR
from sellerdesk.logistics.services.labels import pdf as label_pdf

__all__ = ["Column", "Made", "Sheet", "make"]
_BESIDE = 62 * mm


class Sheet(paper.Sheet):
    """A paper being drawn from above, which programs can read by its code."""

    code = ""

    def heading(self, title: str, under: str = "", code: str = "", *, beside: float = 0) -> None:
        """The title with a line under it; on the right `code` in bars with its text."""
        self.code = code
        super().heading(title, under, beside=_BESIDE if code else beside)

    def beside(self) -> None:
        if not self.code:
            return
        top = self.height - MARGIN
        label_pdf.bars(self.canvas, self.code, self.width - MARGIN - _BESIDE, top, _BESIDE, 11 * mm)
        mid = self.width - MARGIN - _BESIDE / 2 - pdf.width(self.code, REGULAR, 8) / 2
        pdf.write(self.canvas, self.code, mid, top - 14.5 * mm, REGULAR, 8, _BESIDE)
        self.y = min(self.y, top - 17 * mm)


def make(draw: Callable[[Sheet], None], *, title: str, language: str, small: bool = False) -> Made:
    """A PDF in a language, of A4 or (`small`) A5."""
    return paper.make(draw, title=title, language=language, small=small, of=Sheet)
