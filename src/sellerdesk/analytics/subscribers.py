"""What analytics learns from below: one service call."""

from __future__ import annotations

from sellerdesk.analytics.services import facts
from sellerdesk.analytics.types import SUBSCRIBER
from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry


def on_sales(entries: list[Entry]) -> None:
    """Orders were placed, split, cancelled, delivered; buyers want to give goods back."""
    facts.hear(entries)


def register() -> None:
    outbox.subscribe(SUBSCRIBER, facts.EVENTS, on_sales)
