"""How much a file may hold. Dated figures, so that an installation can set its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sellerdesk.core import rules as dated

# A workbook that grows beyond `ratio_from` bytes must not be `ratio` times its packed size: honest sheets of ours
# stay under 40.
DEFAULTS = {"rows": 100_000, "columns": 200, "bytes": 50 * 1024 * 1024, "unpacked": 512 * 1024 * 1024,
            "members": 1000, "ratio": 100, "ratio_from": 64 * 1024 * 1024, "cell": 32_767}


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, `cell` in characters."""

    rows: int
    columns: int
    bytes: int
    unpacked: int
    members: int
    ratio: int
    ratio_from: int
    cell: int

    @property
    def megabytes(self) -> int:
        return self.bytes // (1024 * 1024)


def limits(now: datetime) -> Limits:
    """The figures in force at a moment."""
    return Limits(**{**DEFAULTS, **dated.get("catalog.import_limits", "", now).value})
