"""Doing what is due: each kind of errand in one batch a shop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ScanInput
from sellerdesk.orders import queries as posting_queries
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import BUYER_CHANGED_MIND, NO_DELIVERY, OTHER_SELLER_FAULT, Cancellation, CancelledBy
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import ReturnRequest
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator.models import Errand
from sellerdesk.simulator.types import Setting

BATCH = 1000
# While people are told not to be helped, their untouched work is looked at again after so long.
_LATER = timedelta(hours=4)
_PACKER = Actor.system("autopilot")
_PLATFORM = Actor.system("marketplace")
_BUYER = Actor.buyer("buyer")
_COURIER = Actor.courier("courier")
_WAREHOUSE = Actor.system("warehouse")


@dataclass(frozen=True, slots=True)
class Due:
    """An errand whose time has come; `at` is its moment, never before the stretch of time that is being lived."""

    id: int
    kind: str
    seller_id: int
    reference: str
    at: datetime
    data: dict[str, Any]


def do_due(*, setting: Setting, since: datetime, until: datetime) -> int:
    """Do what is due until a moment, at most BATCH errands. Returns how many were done.

    The doing and the crossing off are one transaction. What has become impossible meanwhile is crossed off as well.
    """
    with atomic():
        locked("simulator.errands")
        rows = Errand.objects.filter(due_at__lte=until).order_by("due_at", "id").values_list(
            "id", "kind", "seller_id", "reference", "due_at", "data")[:BATCH]
        due = [Due(id_, kind, seller_id, reference, max(due_at, since), data)
               for id_, kind, seller_id, reference, due_at, data in rows]
        if not due:
            return 0
        shops = {seller.id: seller for seller in sellers.active_sellers()}
        by_kind: dict[str, dict[int, list[Due]]] = defaultdict(lambda: defaultdict(list))
        for one in due:
            if one.seller_id in shops:
                by_kind[one.kind][one.seller_id].append(one)
        postponed: set[int] = set()
        for kind in Errand.Kind.values:
            for seller_id, group in sorted(by_kind[kind].items()):
                postponed.update(_ACTS[kind](setting, shops[seller_id], group) or ())
        Errand.objects.filter(id__in=postponed).update(due_at=until + _LATER)
        Errand.objects.filter(id__in={one.id for one in due} - postponed).delete()
    return len(due) - len(postponed)


def _numbers(group: list[Due]) -> tuple[list[str], dict[str, datetime]]:
    return [one.reference for one in group], {one.reference: one.at for one in group}


def _buyers_cancel(setting: Setting, seller: SellerRef, group: list[Due]) -> None:
    """Only what has not left the warehouse: a parcel on its way is refused at the door instead."""
    open_ = _open_numbers(seller, group)
    _cancel(seller, [one for one in group if one.reference in open_], BUYER_CHANGED_MIND, "client", _BUYER)


def _platform_cancels(setting: Setting, seller: SellerRef, group: list[Due]) -> None:
    open_ = _open_numbers(seller, group)
    for one in group:
        state = open_.get(one.reference)
        if one.data.get("unpacked") and state == "awaiting_packaging":
            _cancel(seller, [one], OTHER_SELLER_FAULT, "platform", _PLATFORM, "Not packed in time")
        elif state and not one.data.get("unpacked"):
            _cancel(seller, [one], NO_DELIVERY, "platform", _PLATFORM)


def _open_numbers(seller: SellerRef, group: list[Due]) -> dict[str, str]:
    """State by number of those postings that are still in the shop."""
    return {card.number: card.state for card in posting_queries.cards(seller, [one.reference for one in group])
            if card.handed_over_at is None and card.cancelled_at is None}


def _cancel(seller: SellerRef, group: list[Due], reason_id: int, by: CancelledBy, actor: Actor,
            message: str = "") -> None:
    if group:
        orders.cancel_many(seller=seller, actor=actor, items=[
            Cancellation(one.reference, reason_id, message, by, one.at) for one in group])


def _pack(setting: Setting, seller: SellerRef, group: list[Due]) -> list[int]:
    """What people want to pack themselves waits for them; it is looked at again later."""
    helped = [one for one in group if setting.autopilot or not one.data.get("autopilot")]
    if helped:
        numbers, at = _numbers(helped)
        orders.ship_many(seller=seller, numbers=numbers, actor=_PACKER, now=max(at.values()), at=at)
    return [one.id for one in group if one not in helped]


def _pick_up(setting: Setting, seller: SellerRef, group: list[Due]) -> None:
    numbers, at = _numbers(group)
    orders.hand_over(seller=seller, numbers=numbers, actor=_COURIER, now=max(at.values()), at=at)


def _scan(setting: Setting, seller: SellerRef, group: list[Due]) -> None:
    logistics.record_scans(actor=_COURIER, scans=[
        ScanInput(one.data["tracking"], one.data["code"], one.data["place"], one.at) for one in group])


def _give_back(setting: Setting, seller: SellerRef, group: list[Due]) -> None:
    cards = {card.number: card for card in posting_queries.cards(seller, [one.reference for one in group])}
    wishes = []
    for one in group:
        card = cards.get(one.reference)
        if card is not None and card.lines:
            line = card.lines[one.data["line"] % len(card.lines)]
            wishes.append(ReturnRequest(card.number, line.sku, 1, one.data["reason"], one.at))
    returns.request_returns(seller=seller, requests=wishes, actor=_BUYER)


def _return_moves(setting: Setting, seller: SellerRef, group: list[Due]) -> None:
    for one in group:
        returns.advance(return_ids=[int(one.reference)], to_state=one.data["to"], at=one.at, actor=_COURIER)


def _take_back(setting: Setting, seller: SellerRef, group: list[Due]) -> None:
    for one in group:
        if setting.autopilot or not one.data.get("autopilot"):
            returns.receive_many(seller=seller, return_ids=[int(one.reference)], actor=_WAREHOUSE, now=one.at)


# Each answers with the errands that are only postponed, if any.
_ACTS: dict[str, Callable[[Setting, SellerRef, list[Due]], list[int] | None]] = {
    "buyer_cancels": _buyers_cancel,
    "platform_cancels": _platform_cancels,
    "pack": _pack,
    "pick_up": _pick_up,
    "scan": _scan,
    "give_back": _give_back,
    "return_moves": _return_moves,
    "take_back": _take_back,
}
