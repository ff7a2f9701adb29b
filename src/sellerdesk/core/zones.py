"""The time zones that this installation knows."""

from __future__ import annotations

import zoneinfo
from functools import cache


@cache
def known() -> frozenset[str]:
    """Names of all time zones, such as Europe/Moscow.

    The library reads some six hundred files for an answer, at every question; they do not change under a running
    process.
    """
    return frozenset(zoneinfo.available_timezones())
