"""Turning news into errands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from sellerdesk.core.activity import Entry
from sellerdesk.core.db import execute, is_postgres, json_param, json_rows, json_value
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import events as happened
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import LOST_BY_CARRIER, NOT_COLLECTED
from sellerdesk.returns import events as came_back
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import plans, queries
from sellerdesk.simulator.models import Errand
from sellerdesk.simulator.types import Planned, Setting

# The marketplace's carrier works in this country; parcels from elsewhere cross its border.
_HOME = "RU"
# Scans of a parcel that turned round come after all scans of its way there.
_WAY_BACK = 100


def plan_after(*, news: list[Entry]) -> None:
    """Plan what follows from the news. A fixed number of statements a shop, whatever the number of news."""
    setting = queries.setting()
    if setting is None:
        return
    shops = {seller.id: seller for seller in sellers.active_sellers()}
    by_shop: dict[int, list[Entry]] = defaultdict(list)
    for entry in news:
        if entry.seller_id in shops:
            by_shop[entry.seller_id].append(entry)
    for seller_id, entries in by_shop.items():
        _plan_for(setting, shops[seller_id], entries)


def _plan_for(setting: Setting, seller: SellerRef, entries: list[Entry]) -> None:
    ended = [entry for entry in entries if entry.event == happened.POSTING_CANCELLED]
    if ended:
        Errand.objects.filter(seller_id=seller.id, reference__in=[entry.target_id for entry in ended],
                              position__lt=_WAY_BACK).exclude(kind=Errand.Kind.SCAN, data__code="returned").delete()
    planned: list[Planned] = []
    for event, plan in _PLANS.items():
        heard = [entry for entry in entries if entry.event == event]
        if heard:
            planned.extend(plan(setting, seller, heard))
    if planned:
        execute(
            f"""INSERT INTO simulator_errand (kind, seller_id, reference, position, due_at, data)
                SELECT v.kind, v.seller, v.reference, v.place, v.due, v.data
                FROM {json_rows("v", kind="text", seller="int", reference="text", place="int", due="time",
                                data="json" if is_postgres() else "text")}
                WHERE TRUE ON CONFLICT (reference, kind, position) DO NOTHING""",
            [json_param([(one.kind, one.seller_id, one.reference, one.position, one.due_at, json_value(one.data))
                         for one in planned])])


def _created(setting: Setting, seller: SellerRef, entries: list[Entry]) -> Iterable[Planned]:
    for entry in entries:
        yield from plans.after_order(setting, number=entry.target_id, seller_id=seller.id,
                                     time_zone=seller.time_zone, at=entry.at)


def _shipped(setting: Setting, seller: SellerRef, entries: list[Entry]) -> Iterable[Planned]:
    for entry in entries:
        packages = (entry.data or {}).get("packages") or [entry.target_id]
        for number in packages:
            yield from plans.after_packing(setting, number=number, seller_id=seller.id, at=entry.at)


def _handed_over(setting: Setting, seller: SellerRef, entries: list[Entry]) -> Iterable[Planned]:
    cities = {row.id: row.city for row in inventory.warehouses(seller)}
    for entry in entries:
        data = entry.data or {}
        yield from plans.after_hand_over(
            setting, number=entry.target_id, seller_id=seller.id, tracking_number=data["tracking"], at=entry.at,
            origin=cities.get(data["warehouse_id"], ""), destination=data["city"], abroad=seller.country != _HOME)


def _delivered(setting: Setting, seller: SellerRef, entries: list[Entry]) -> Iterable[Planned]:
    for entry in entries:
        yield from plans.after_delivery(setting, number=entry.target_id, seller_id=seller.id, at=entry.at)


def _cancelled(setting: Setting, seller: SellerRef, entries: list[Entry]) -> Iterable[Planned]:
    """Parcels that were cancelled under way come home; those that nobody collected, or that are lost, are planned."""
    turning = [entry for entry in entries if (entry.data or {}).get("coming_back")
               and (entry.data or {}).get("reason_id") not in (NOT_COLLECTED, LOST_BY_CARRIER)]
    cards = {card.number: card for card in orders.cards(seller, [entry.target_id for entry in turning])}
    for entry in turning:
        card = cards.get(entry.target_id)
        if card is not None:
            yield from plans.after_cancelling_under_way(
                setting, number=card.number, seller_id=seller.id, tracking_number=card.tracking_number, at=entry.at,
                place=card.city, origin=card.warehouse_city)


def _return_requested(setting: Setting, seller: SellerRef, entries: list[Entry]) -> Iterable[Planned]:
    for entry in entries:
        yield from plans.after_return_request(setting, return_id=int(entry.target_id), seller_id=seller.id,
                                              at=entry.at)


def _return_moved(setting: Setting, seller: SellerRef, entries: list[Entry]) -> Iterable[Planned]:
    for entry in entries:
        if (entry.data or {}).get("state") == "arrived":
            yield from plans.after_return_arrival(setting, return_id=int(entry.target_id), seller_id=seller.id,
                                                  at=entry.at)


_PLANS: dict[str, Callable[[Setting, SellerRef, list[Entry]], Iterable[Planned]]] = {
    happened.POSTING_CREATED: _created,
    happened.POSTING_SHIPPED: _shipped,
    happened.POSTING_HANDED_OVER: _handed_over,
    happened.POSTING_DELIVERED: _delivered,
    happened.POSTING_CANCELLED: _cancelled,
    came_back.RETURN_REQUESTED: _return_requested,
    came_back.RETURN_MOVED: _return_moved,
}
