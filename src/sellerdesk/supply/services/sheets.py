"""Contents of a supply from a spreadsheet: offer id and units, row by row."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.utils.translation import gettext as _

from sellerdesk.catalog.services.sheets import limits as sheet_limits
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.supply import rules
from sellerdesk.supply.types import ItemInput, RowError


def read_contents(handle: IO[bytes], size: int, now: datetime) -> tuple[list[ItemInput], list[RowError]]:
    """The first two columns of an XLSX or CSV file; a heading is skipped, a bad row never spoils the others.

    Raises FileRefused where the file cannot be read at all.
    """
    limits = sheet_limits.limits(now)
    reading.glance(handle, size, limits)
    sheet = reading.opened(handle, limits)
    items, wrong = rules.read_lines((row.number, row.cells) for row in sheet.rows)
    return items, [RowError(one.row, one.value, in_words(one.text)) for one in wrong]


def in_words(code: str) -> str:
    """A row's error in the reader's language."""
    return _("Write how many units, as a whole number in the second column.") if code == "units_missing" \
        else _("This is not a whole number of units.")
