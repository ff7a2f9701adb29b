"""What every page asks about, kept for a moment in each process, so that pages ask no question of their own for it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from django.db import transaction

from sellerdesk.announcements.types import AnnouncementRow

_FRESH_SECONDS = 15.0
_kept: tuple[float, tuple[AnnouncementRow, ...]] | None = None


def kept() -> tuple[AnnouncementRow, ...] | None:
    """None where the database must be asked."""
    return _kept[1] if _kept is not None and time.monotonic() - _kept[0] < _FRESH_SECONDS else None


def keep(rows: Sequence[AnnouncementRow]) -> tuple[AnnouncementRow, ...]:
    global _kept
    _kept = time.monotonic(), tuple(rows)
    return _kept[1]


def forget() -> None:
    """Called with the change; other processes learn of it when theirs is no longer fresh."""
    _drop()
    # Somebody may read the old state before the change is there for all.
    transaction.on_commit(_drop)


def _drop() -> None:
    global _kept
    _kept = None
