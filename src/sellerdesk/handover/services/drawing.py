"""Drawing labels and counting their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sellerdesk.handover.types import Printing
from sellerdesk.logistics import queries as logistics_queries
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import LabelData


@dataclass(frozen=True, slots=True)
class Drawn:
    content: bytes
    pages: int


def draw(labels: Sequence[LabelData], how: Printing, language: str) -> Drawn:
    """Raises NoSuchSize, SheetsAreNoZpl."""
    content = logistics.draw_labels(labels, size=how.size, kind=how.kind, language=language, first_cell=how.first_cell)
    cells = next((one.cells for one in logistics_queries.label_sizes() if one.key == how.size), 0)
    pages = -(-(len(labels) + (how.first_cell - 1) % cells) // cells) if cells else len(labels)
    return Drawn(content, pages)
