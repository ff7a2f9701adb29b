"""Sending a posting by another delivery method, where the one it was ordered by does not take its parcel."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, fetch_all
from sellerdesk.orders import events, states
from sellerdesk.orders.errors import MethodNotFitting, NotBeingPacked, PostingNotFound
from sellerdesk.orders.services import carrying, moving
from sellerdesk.sellers.types import SellerRef


def choose_method(*, seller: SellerRef, number: str, method_id: int, actor: Actor, now: datetime) -> None:
    """Send a posting that waits to be packed by another method of its warehouse, at the tariff of the day of the order.

    Only a method that takes the whole parcel and works the same way (who carries, who tells where it is) can be chosen.
    Raises PostingNotFound, NotBeingPacked, MethodNotFitting, Overtaken.
    """
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is None:
            raise PostingNotFound(number)
        if posting.state != states.AWAITING_PACKAGING:
            raise NotBeingPacked(number, posting.state)
        moving.load_lines([posting])
        quote = next((one for one in carrying.ways(seller, posting) if one.method_id == method_id), None)
        if quote is None:
            raise MethodNotFitting(number)
        if quote.method_id == posting.method_id:
            return
        written = fetch_all(
            """UPDATE orders_posting SET delivery_method_id = %s, logistics_minor = %s, logistics_rule_id = %s,
                   version = version + 1
               WHERE id = %s AND version = %s RETURNING id""",
            [quote.method_id, quote.amount_minor, quote.rule_id, posting.id, posting.version])
        if not written:
            raise moving.overtaken([posting], set())
        carrying.keep(seller, [number])
        activity.record_many([Entry(
            events.METHOD_CHOSEN, now, actor, seller.id, "posting", number, number,
            before={"logistics_minor": posting.logistics_minor}, after={"logistics_minor": quote.amount_minor},
            data={"method": quote.method_name, "reason": quote.method_name})])
