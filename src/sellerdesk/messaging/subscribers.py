"""What messaging learns from below: load, one service call."""

from __future__ import annotations

from sellerdesk.core import outbox, storage
from sellerdesk.core.activity import Entry
from sellerdesk.messaging import services
from sellerdesk.orders.events import POSTING_CANCELLED, POSTING_DELIVERED
from sellerdesk.sellers.events import SHOP_CLOSED


def on_news(entries: list[Entry]) -> None:
    """A posting came to its end, and with it the time in which a shop may write."""
    services.postings_ended([(entry.seller_id, entry.target_id, entry.at) for entry in entries if entry.seller_id])


def on_closed(entries: list[Entry]) -> None:
    """Conversations end with the shop."""
    for entry in entries:
        for key in services.forget_buyers(seller_id=int(entry.target_id)):
            storage.delete(key)


def register() -> None:
    outbox.subscribe("messaging.closed_shops", [SHOP_CLOSED], on_closed)
    outbox.subscribe("messaging.news", [POSTING_DELIVERED, POSTING_CANCELLED], on_news)
