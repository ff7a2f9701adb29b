"""In whose time a page cuts days: the reader's own, or the shop's where a person has chosen none."""

from __future__ import annotations

import zoneinfo

from sellerdesk.core.http.request import WebRequest


def reader_zone(request: WebRequest) -> zoneinfo.ZoneInfo:
    """The person's zone, else the shop's, else UTC; names this machine does not know count as none."""
    for name in (getattr(request.user, "time_zone", ""), getattr(getattr(request, "seller", None), "time_zone", "")):
        try:
            if name:
                return zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            continue
    return zoneinfo.ZoneInfo("UTC")
