"""Forgetting who bought."""

from __future__ import annotations

from sellerdesk.core.db import atomic
from sellerdesk.orders.models import Order, Posting


def forget_buyers(*, seller_id: int) -> None:
    """Take names, telephones and addresses of buyers out of a closed shop's orders. What was sold, when, for how much
    and to which city stays, because bookings refer to it. A second time changes nothing.
    """
    with atomic():
        Order.objects.filter(seller_id=seller_id).update(buyer_name="", buyer_phone="", address="", latin_name="",
                                                         latin_address="")
        # It holds the buyer's name among other words; nobody searches the orders of a closed shop.
        Posting.objects.filter(seller_id=seller_id).update(search_text="")
