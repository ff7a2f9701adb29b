"""Ordering bad days for a shop's programs: refusals, late and lost answers of the Seller API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sellerdesk.core import activity
from sellerdesk.core import trouble as made_up
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid, NotFound
from sellerdesk.core.trouble import MOST_AT_ONCE, MOST_MINUTES, MOST_SECONDS, Order
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import events, queries
from sellerdesk.simulator.errors import NoMarket, TooMuchTrouble, trouble_out_of_range


def order(*, seller: SellerRef, order: Order, actor: Actor, now: datetime, real_now: datetime) -> int:
    """Let calls of a shop's programs go wrong; returns the trouble's id.

    Raises Invalid with every wrong figure, TooMuchTrouble, and NoMarket where real programs of real shops call.
    """
    if queries.setting() is None:
        raise NoMarket()
    wrong = _faults(order)
    if wrong:
        raise Invalid.many(wrong)
    with atomic():
        if len(made_up.in_force(seller.id, real_now)) >= MOST_AT_ONCE:
            raise TooMuchTrouble(data={"limit": MOST_AT_ONCE})
        trouble_id = made_up.make(seller_id=seller.id, order=order, made_by=actor.label, real_now=real_now)
        _tell(events.TROUBLE_ORDERED, seller, trouble_id, actor, now,
              {"kind": order.kind, "path": order.path, "percent": order.percent, "after": order.after})
    return trouble_id


def end(*, seller: SellerRef, trouble_id: int | None, actor: Actor, now: datetime) -> int:
    """End one trouble of a shop, or all (None); returns how many. Raises NotFound for one that is not there."""
    with atomic():
        count = made_up.end(seller_id=seller.id, trouble_id=trouble_id)
        if trouble_id is not None and not count:
            raise NotFound("trouble_not_found")
        if count:
            _tell(events.TROUBLE_ENDED, seller, trouble_id or "", actor, now, {"count": count})
    return count


def _faults(order: Order) -> list[FieldError]:
    bounds = {"percent": (order.percent, 1, 100), "minutes": (order.minutes, 1, MOST_MINUTES),
              "seconds": (order.seconds, 1 if order.kind in ("slow", "push_late") else 0, MOST_SECONDS)}
    if order.times is not None:
        bounds["times"] = (order.times, 1, 1_000_000)
    wrong = [trouble_out_of_range(field, value, low, high) for field, (value, low, high) in bounds.items()
             if not low <= value <= high]
    if order.kind not in made_up.KINDS:
        wrong.append(FieldError("kind", "unknown", TooMuchTrouble.unknown_kind, order.kind[:40],
                                {"known": ", ".join(made_up.KINDS)}))
    begins = "TYPE_" if order.kind in made_up.PUSH_KINDS else "/v"
    if order.path and not (order.path.startswith(begins) and len(order.path) <= 120):
        wrong.append(FieldError("path", "path_unknown", TooMuchTrouble.unknown_path, order.path[:120]))
    return wrong


def _tell(event: str, seller: SellerRef, trouble_id: int | str, actor: Actor, now: datetime, data: dict[str, Any]
          ) -> None:
    activity.record(event, now=now, actor=actor, seller_id=seller.id, target_type="trouble", target_id=trouble_id,
                    data=data)
