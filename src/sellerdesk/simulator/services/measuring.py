"""What a run has come to: figures that another run of the same scenario can be held against."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sellerdesk.finance import queries as finance
from sellerdesk.messaging import queries as messaging
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import LOST_BY_CARRIER, NOT_COLLECTED, PostingCard, RequestFilter
from sellerdesk.returns import queries as returns
from sellerdesk.returns.types import ClaimFilter
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator.models import Fate, Run

_AT_ONCE = 500
_BY = {"client": "cancelled_by_buyer", "platform": "cancelled_by_marketplace", "seller": "cancelled_by_seller"}


def _orders(run: Run) -> list[str]:
    return list(Fate.objects.filter(run_id=run.pk).order_by("order_number").values_list("order_number", flat=True))


def open_orders(seller: SellerRef, run: Run) -> bool:
    """Whether some order of the run has not come to its end."""
    wanted = _orders(run)
    return any(orders.any_open(seller, wanted[at:at + _AT_ONCE]) for at in range(0, len(wanted), _AT_ONCE))


def measure(seller: SellerRef, run: Run) -> dict[str, Any]:
    """The figures of a run by the keys of reading.EXPECTED, without the digest. Money is what was booked since the run
    began, in minor units of the shop's currency."""
    found: Counter[str] = Counter()
    ordered = set()
    wanted = _orders(run)
    parts = [orders.numbers_of_orders(seller, wanted[at:at + _AT_ONCE]) for at in range(0, len(wanted), _AT_ONCE)]
    for part in parts:
        for card in orders.cards(seller, part):
            ordered.add(card.order_id)
            _count(found, card)
    booked = finance.totals(seller, run.since)
    came_back = returns.units_since(seller, run.since)
    talked = messaging.said_since(seller, run.since)
    claims = returns.claims_after(seller, filter=ClaimFilter(since=run.since), limit=_AT_ONCE)
    asked = sum(orders.cancel_requests_count(seller, RequestFilter(numbers=tuple(part))) for part in parts)
    return {"orders": len(ordered), "refused": run.refused, "open": found["open"], "delivered": found["delivered"],
            "cancelled": found["cancelled"], **{key: found[key] for key in _BY.values()}, "lost": found["lost"],
            "not_collected": found["not_collected"], "units": found["units"],
            "delivered_units": found["delivered_units"], "returned_units": came_back,
            "sales_minor": booked.kind("sale"), "balance_minor": booked.accrued_minor, **talked,
            "claims": len(claims), "cancel_requests": asked}


def _count(found: Counter[str], card: PostingCard) -> None:
    found["units"] += card.units
    if card.delivered_at is not None:
        found["delivered"] += 1
        found["delivered_units"] += card.units
    elif card.cancelled_at is not None:
        found["cancelled"] += 1
        if card.cancel_reason_id == NOT_COLLECTED:
            found["not_collected"] += 1
        elif card.cancel_reason_id == LOST_BY_CARRIER:
            found["lost"] += 1
        elif card.cancelled_by in _BY:
            found[_BY[card.cancelled_by]] += 1
    else:
        found["open"] += 1
