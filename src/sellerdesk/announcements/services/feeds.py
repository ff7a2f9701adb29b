"""A person's own feed: its address is made, made anew so that the old one ends, and taken away."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.announcements.models import Feed
from sellerdesk.core import crypto
from sellerdesk.sellers.types import SellerRef


def open_feed(*, seller: SellerRef, user_id: int, now: datetime) -> None:
    """Make the address, or another one in its place: whoever knew the old one reads nothing any more."""
    Feed.objects.update_or_create(seller_id=seller.id, user_id=user_id, defaults={
        "nonce": crypto.token(16), "made_at": now})


def close_feed(*, seller: SellerRef, user_id: int) -> None:
    """Twice changes nothing."""
    Feed.objects.filter(seller_id=seller.id, user_id=user_id).delete()
