"""What orders learns from below: load, one service call."""

from __future__ import annotations

from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.logistics.events import PARCEL_SCANNED
from sellerdesk.orders.services import Sighting, follow_scans, forget_buyers, forget_invoice_files
from sellerdesk.sellers.events import SHOP_CLOSED


def on_scans(entries: list[Entry]) -> None:
    """A carrier saw parcels: their postings move along. A shop's own notes move nothing: it has acts for that."""
    follow_scans(sightings=[
        Sighting((entry.data or {})["posting_number"], (entry.data or {})["code"], (entry.data or {})["place"],
                 entry.at, entry.actor)
        for entry in entries if (entry.data or {}).get("source") != "seller"])


def on_closed(entries: list[Entry]) -> None:
    """A shop closed: its buyers are forgotten, their orders stay with what was sold and for how much."""
    for entry in entries:
        forget_buyers(seller_id=int(entry.target_id))
        forget_invoice_files(int(entry.target_id))


def register() -> None:
    outbox.subscribe("orders.closed_shops", [SHOP_CLOSED], on_closed)
    outbox.subscribe("orders.parcels", [PARCEL_SCANNED], on_scans)
