"""What returns learns from below: load, one service call."""

from __future__ import annotations

from collections import defaultdict

from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.logistics.events import PARCEL_SCANNED
from sellerdesk.orders.events import POSTING_CANCELLED
from sellerdesk.orders.types import NOT_COLLECTED
from sellerdesk.returns import services
from sellerdesk.sellers import queries as sellers

_ACTOR = Actor.system("returns")


def on_news(entries: list[Entry]) -> None:
    """A posting was cancelled while the carrier had it, or the carrier brought one back."""
    by_seller: dict[int, list[Entry]] = defaultdict(list)
    back: list[Entry] = []
    for entry in entries:
        data = entry.data or {}
        if entry.event == POSTING_CANCELLED and data.get("coming_back") and entry.seller_id:
            by_seller[entry.seller_id].append(entry)
        elif entry.event == PARCEL_SCANNED and data.get("code") == "returned":
            back.append(entry)
    for seller_id, news in sorted(by_seller.items()):
        services.start_for_cancelled(
            seller=sellers.seller_ref(seller_id), actor=_ACTOR,
            cancelled=[(entry.target_id, "not_collected" if (entry.data or {})["reason_id"] == NOT_COLLECTED
                        else "cancelled_under_way", entry.at) for entry in news])
    if back:
        services.arrive_by_posting(numbers=[(entry.data or {})["posting_number"] for entry in back],
                                   at=max(entry.at for entry in back), actor=_ACTOR)


def register() -> None:
    outbox.subscribe("returns.news", [POSTING_CANCELLED, PARCEL_SCANNED], on_news)
