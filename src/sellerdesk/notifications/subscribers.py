"""What this domain learns from below: load, one service call."""

from __future__ import annotations

from collections import defaultdict

from sellerdesk.core import clock, outbox, scope
from sellerdesk.core.activity import Entry
from sellerdesk.notifications import services
from sellerdesk.notifications.services import noting, payloads


def on_news(entries: list[Entry]) -> None:
    """Something happened that shops' programs may want to hear of."""
    services.collect(entries=entries, real_now=clock.real_now())


def on_notable(entries: list[Entry]) -> None:
    """Something happened that people may want to hear of; each shop by its own clock."""
    by_shop: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.seller_id:
            by_shop[entry.seller_id].append(entry)
    for seller_id, own in sorted(by_shop.items()):
        with scope.one_shop(seller_id):
            services.tell(entries=own, now=clock.now(), real_now=clock.real_now())


def register() -> None:
    # One reader for all of it: pushes of one object are kept in the order in which it happened.
    outbox.subscribe("notifications.pushes", payloads.EVENTS, on_news)
    outbox.subscribe("notifications.notes", noting.EVENTS, on_notable)
