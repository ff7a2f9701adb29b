"""This very order, now: for whoever rehearses a case by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.orders.types import Placed
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import buyers, events, queries
from sellerdesk.simulator.errors import FateUnknown, NoMarket, OfferUnknown, OrderRefused, QuantityOutOfRange
from sellerdesk.simulator.models import Fate
from sellerdesk.simulator.scenarios.types import FATES
from sellerdesk.simulator.services import buying
from sellerdesk.simulator.services.acts import customer

MOST_UNITS = 1000
MOST_LINES = 50


def place_order(*, seller: SellerRef, lines: Sequence[tuple[str, int]], city: str, fate: str, actor: Actor,
                now: datetime) -> Placed:
    """Let a buyer from a city order (offer id, quantity) and have it fare as told: one of FATES, or "" for delivered.

    Raises NoMarket, OfferUnknown, QuantityOutOfRange, FateUnknown, OrderRefused.
    """
    setting = queries.setting()
    if setting is None:
        raise NoMarket()
    if fate and fate not in FATES:
        raise FateUnknown(field="fate", data={"value": fate[:40], "known": ", ".join(FATES)})
    ids = {ref.offer_id: ref.id for ref in catalog.refs(seller, offer_ids=[offer for offer, _ in lines])} if lines \
        else {}
    for offer, quantity in lines:
        if offer not in ids:
            raise OfferUnknown(field="offer_id", data={"value": offer[:60]})
        if not 1 <= quantity <= MOST_UNITS:
            raise QuantityOutOfRange(field="quantity", data={"value": quantity, "high": MOST_UNITS})
    if not 1 <= len(lines) <= MOST_LINES:
        raise QuantityOutOfRange(field="lines", data={"value": len(lines), "high": MOST_LINES})
    with atomic():
        wish = buyers.Wish(customer(f"{setting.seed}:by hand:{now.isoformat()}", city[:100]),
                           tuple((ids[offer], quantity) for offer, quantity in lines), now)
        made = buying.place(seller, [wish])[0]
        if not isinstance(made, Placed):
            raise OrderRefused(made.code)
        Fate.objects.create(order_number=made.order_number, seller_id=seller.id, kind=fate)
        activity.record(events.ORDER_PLACED, now=now, actor=actor, seller_id=seller.id, target_type="posting",
                        target_id=made.posting_number, target_label=made.posting_number, data={"fate": fate})
        return made
