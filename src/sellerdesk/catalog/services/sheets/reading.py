"""From a file to rows of text: XLSX and CSV, bounded, whatever a stranger sends.

Every refusal says what is wrong with the file in words. Rows come one by one, so memory does not grow with the file.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import IO

from sellerdesk.catalog.services.sheets import refusals, texts
from sellerdesk.catalog.services.sheets.limits import Limits
from sellerdesk.catalog.services.sheets.rows import Row
from sellerdesk.catalog.services.sheets.workbooks import Workbook

META_SHEET = "Meta"
#: Among so many first rows the heading is looked for.
HEADER_ROWS = 5
_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet about to be read: its first rows, and all of them as a stream that can be read once."""

    name: str
    head: list[Row]
    rows: Iterator[Row]
    meta: dict[str, str] = field(default_factory=dict)
    kind: str = "xlsx"


def glance(handle: IO[bytes], size: int, limits: Limits) -> str:
    """The cheap checks, for the door; returns xlsx or csv.

    Raises FileRefused: empty, too large, or no spreadsheet at all.
    """
    if size > limits.bytes:
        raise refusals.too_large(limits)
    handle.seek(0)
    start = handle.read(4096)
    if not start.strip():
        raise refusals.empty()
    if start.startswith(_XLS):
        raise refusals.old_format()
    if start.startswith(b"PK"):
        Workbook(handle, limits)
        return "xlsx"
    texts.encoding_of(handle)
    return "csv"


def opened(handle: IO[bytes], limits: Limits, sheet_names: frozenset[str] = frozenset()) -> Sheet:
    """The product sheet: the one the file's own Meta names, else one of `sheet_names`, else the first.

    Raises FileRefused, also while the rows are read.
    """
    handle.seek(0)
    if handle.read(2) == b"PK":
        book = Workbook(handle, limits)
        meta = _meta(book)
        names = [name for name in book.sheets if name != META_SHEET]
        wanted = [name for name in names if name == meta.get("sheet")]
        wanted += [name for name in names if name in sheet_names] + names
        if not wanted:
            raise refusals.not_a_spreadsheet()
        return _begun(wanted[0], _counted(book.rows(wanted[0]), limits), meta, "xlsx")
    return _begun("CSV", _counted(texts.rows(handle, limits), limits), {}, "csv")


def _begun(name: str, rows: Iterator[Row], meta: dict[str, str], kind: str) -> Sheet:
    head = list(itertools.islice(rows, HEADER_ROWS))
    if not head:
        raise refusals.empty()
    return Sheet(name, head, itertools.chain(head, rows), meta, kind)


def _counted(rows: Iterator[Row], limits: Limits) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count >= limits.rows + HEADER_ROWS:
            raise refusals.too_many_rows(limits)
        yield row


def _meta(book: Workbook) -> dict[str, str]:
    if META_SHEET not in book.sheets:
        return {}
    with closing(book.rows(META_SHEET)) as rows:  # type: ignore[type-var]
        return {row.cells[0]: row.cells[1] for row in itertools.islice(rows, 50) if len(row.cells) >= 2}
