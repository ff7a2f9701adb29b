"""What handing over learns from below: load, one service call."""

from __future__ import annotations

from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.handover import services
from sellerdesk.handover.types import Seen
from sellerdesk.logistics.events import PARCEL_SCANNED
from sellerdesk.sellers.events import SHOP_CLOSED


def on_closed(entries: list[Entry]) -> None:
    """A shop closed: papers with names of its buyers go with them."""
    for entry in entries:
        services.forget_shop(seller_id=int(entry.target_id))


def on_scans(entries: list[Entry]) -> None:
    """A carrier saw parcels: their carriages learn what arrived."""
    services.follow_scans(seen=[Seen((entry.data or {})["posting_number"], (entry.data or {})["code"], entry.at)
                                for entry in entries])


def register() -> None:
    outbox.subscribe("handover.closed_shops", [SHOP_CLOSED], on_closed)
    outbox.subscribe("handover.parcels", [PARCEL_SCANNED], on_scans)
