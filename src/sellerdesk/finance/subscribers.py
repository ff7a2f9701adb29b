"""When a shop closes for good, nobody needs its bank details any more."""

from __future__ import annotations

from sellerdesk.core import outbox
from sellerdesk.core.activity import Entry
from sellerdesk.finance.services import banking
from sellerdesk.sellers import events as sellers


def register() -> None:
    outbox.subscribe("finance.closed_shops", [sellers.SHOP_CLOSED], _forget)


def _forget(entries: list[Entry]) -> None:
    for entry in entries:
        banking.forget(seller_id=int(entry.target_id))
