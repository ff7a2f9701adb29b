"""Looking at who bought."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.orders import events, queries
from sellerdesk.orders.errors import BuyerHidden
from sellerdesk.orders.types import BuyerView
from sellerdesk.sellers.types import SellerRef


def reveal_buyer(*, seller: SellerRef, number: str, actor: Actor, now: datetime) -> BuyerView:
    """The buyer with the whole telephone number. Every look is written down. Raises PostingNotFound, BuyerHidden."""
    with atomic():
        person = queries.buyer(queries.posting(seller, number), now, whole=True)
        if person.hidden_since:
            raise BuyerHidden(number)
        activity.record(events.BUYER_REVEALED, now=now, actor=actor, seller_id=seller.id, target_type="posting",
                        target_id=number, target_label=number)
        return person
