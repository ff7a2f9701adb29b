"""The buyer's name and address in Latin letters, for labels and declarations of parcels that go abroad."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.core import activity, latin
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute
from sellerdesk.orders import events, states
from sellerdesk.orders.errors import AddressLeft, NotLatin, PostingNotFound
from sellerdesk.orders.services import moving
from sellerdesk.sellers.types import SellerRef

LENGTHS = {"latin_name": 120, "latin_address": 300}


def write_latin(*, seller: SellerRef, number: str, name: str, address: str, actor: Actor, now: datetime) -> None:
    """Write how the buyer is spelled, for all postings of the order; an empty text is spelled by rule again.

    Raises PostingNotFound, AddressLeft once the posting has left the shop, NotLatin.
    """
    texts = {"latin_name": " ".join(name.split()), "latin_address": " ".join(address.split())}
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is None:
            raise PostingNotFound(number)
        if posting.handed_over_at or posting.state not in (states.AWAITING_PACKAGING, states.AWAITING_DELIVER):
            raise AddressLeft(number, posting.state)
        for field, text in texts.items():
            if text and not latin.is_latin(text):
                raise NotLatin(field, text)
        execute("UPDATE orders_order SET latin_name = %s, latin_address = %s WHERE id = %s AND seller_id = %s",
                [*(text[:LENGTHS[field]] for field, text in texts.items()), posting.order_id, seller.id])
        activity.record_many([Entry(events.LATIN_WRITTEN, now, actor, seller.id, "posting", number, number)])
