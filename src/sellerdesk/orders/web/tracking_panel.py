"""The tracking section of a posting: alarms, every scan as it was sent, and a note by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.logistics import queries as logistics
from sellerdesk.logistics.permissions import PARCEL_REPORT
from sellerdesk.logistics.types import ScanRow
from sellerdesk.orders.types import PostingCard


@dataclass(frozen=True, slots=True)
class ScanView:
    """One scan: what it means, and how it was sent."""

    at: datetime
    text: Any
    place: str
    source: Any
    code: str


def context(request: WebRequest, card: PostingCard, scans: Sequence[ScanRow]) -> dict[str, Any]:
    """What `orders/_tracking.html` needs. One query."""
    parcel = logistics.parcel(request.seller, card.number)
    if parcel is None:
        return {"parcel": None}
    shown = [ScanView(scan.at, logistics.scan_text(scan.code), scan.place, logistics.source_text(scan.source),
                      scan.code) for scan in scans]
    return {
        "parcel": parcel, "scans": shown[::-1], "own_carrier": localized(parcel.carrier_names, request.language),
        "other_carrier": localized(parcel.other_names, request.language) if parcel.other_names else "",
        "note_codes": logistics.note_choices() if parcel.note_by_hand and request.can(PARCEL_REPORT) else []}
