"""Labels of parcels: sizes, drawing, and how often each was printed."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.core.db import execute, json_param, json_rows
from sellerdesk.logistics.errors import NoSuchSize, SheetsAreNoZpl
from sellerdesk.logistics.rules import LABEL_SIZES
from sellerdesk.logistics.services.labels.pdf import labels_pdf
from sellerdesk.logistics.services.labels.zpl import labels_zpl
from sellerdesk.logistics.types import LabelData
from sellerdesk.sellers.types import SellerRef

__all__ = ["check_size", "draw_labels", "note_labels"]


def check_size(size: str, kind: str) -> None:
    """Raises NoSuchSize for anything but a key of rules.LABEL_SIZES, SheetsAreNoZpl for sheets of a ZPL printer."""
    if size not in LABEL_SIZES or kind not in ("pdf", "zpl"):
        raise NoSuchSize(size)
    if kind == "zpl" and LABEL_SIZES[size].cells:
        raise SheetsAreNoZpl(LABEL_SIZES[size].name)


def draw_labels(labels: Sequence[LabelData], *, size: str, kind: str = "pdf", language: str,
                first_cell: int = 1) -> bytes:
    """The labels in the order given as one file, `kind` pdf or zpl. Raises NoSuchSize, SheetsAreNoZpl."""
    check_size(size, kind)
    facts = LABEL_SIZES[size]
    if kind == "zpl":
        return labels_zpl(labels, facts, language=language)
    return labels_pdf(labels, facts, language=language, first_cell=min(max(1, first_cell), facts.cells or 1))


def note_labels(*, seller: SellerRef, numbers: Sequence[str]) -> None:
    """Count one more printing of each posting's label."""
    execute(
        f"""UPDATE logistics_parcel SET labels_printed = labels_printed + 1
            FROM {json_rows("v", posting="text")}
            WHERE logistics_parcel.posting_number = v.posting AND logistics_parcel.seller_id = %s""",
        [json_param([[number] for number in numbers]), seller.id])
