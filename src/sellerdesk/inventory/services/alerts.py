"""Telling once that stock is running out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.inventory.events import STOCK_LOW
from sellerdesk.inventory.services.ledger import Held, Pair
from sellerdesk.sellers.types import SellerRef

_NAMED = 3


def tell_low(seller: SellerRef, state: Mapping[Pair, Held], taken: Sequence[tuple[Pair, int]], at: datetime) -> None:
    """Record which pairs these promises took down to the warning level, in the caller's transaction.

    Pairs that were there before are not told again. One query more where there is something to tell.
    """
    usual = dated.get("inventory.low_stock", "", at).value["units"]
    low = []
    for pair, units in taken:
        held = state[pair]
        free, level = held.present - held.reserved, usual if held.low is None else held.low
        if free > level >= free - units:
            low.append([*pair, free - units])
    if not low:
        return
    names = {ref.id: ref.offer_id for ref in catalog.refs(seller, product_ids=[row[0] for row in low])}
    offers = list(dict.fromkeys(names[row[0]] for row in low if row[0] in names))
    activity.record(
        STOCK_LOW, now=at, actor=Actor.system("inventory"), seller_id=seller.id,
        target_type="product" if len(low) == 1 else "stocks", target_id=low[0][0] if len(low) == 1 else "",
        target_label=", ".join(offers[:_NAMED]) + ("…" if len(offers) > _NAMED else ""),
        data={"count": len(low), "items": low})
