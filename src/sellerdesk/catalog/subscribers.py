"""What the catalogue learns from shops and from itself."""

from __future__ import annotations

from sellerdesk.catalog import events_moderation as events
from sellerdesk.catalog.services import deciding, letters
from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.events import SHOP_CLOSED


def on_closed(entries: list[Entry]) -> None:
    """A shop is closed for good: nobody needs to decide about its cards."""
    for seller_id in sorted({entry.seller_id for entry in entries if entry.seller_id}):
        deciding.drop(seller=sellers.seller_ref(seller_id))


def on_hidden(entries: list[Entry]) -> None:
    letters.tell_hidden(entries)


def register() -> None:
    outbox.subscribe("catalog.hidden_letters", [events.PRODUCT_HIDDEN.name, events.PRODUCT_STOPPED.name], on_hidden)
    outbox.subscribe("catalog.closed_shops", [SHOP_CLOSED], on_closed)
