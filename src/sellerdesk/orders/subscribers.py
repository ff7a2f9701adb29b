"""What orders learns from below: load, one service call."""

from __future__ import annotations

from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.logistics.events import PARCEL_SCANNED
from sellerdesk.orders.services import Sighting, follow_scans


def on_scans(entries: list[Entry]) -> None:
    """A carrier saw parcels: their postings move along."""
    follow_scans(sightings=[
        Sighting((entry.data or {})["posting_number"], (entry.data or {})["code"], (entry.data or {})["place"],
                 entry.at, entry.actor)
        for entry in entries])


def register() -> None:
    outbox.subscribe("orders.parcels", [PARCEL_SCANNED], on_scans)
