"""Turning news into errands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime

from sellerdesk.core import clock, scope
from sellerdesk.core.activity import Entry
from sellerdesk.core.db import execute, is_postgres, json_param, json_rows, json_value
from sellerdesk.inventory import queries as inventory
from sellerdesk.messaging import events as messages
from sellerdesk.orders import events as happened
from sellerdesk.orders import queries as orders
from sellerdesk.orders.types import LOST_BY_CARRIER, NOT_COLLECTED, PostingCard
from sellerdesk.returns import events as came_back
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import plans, queries, talks
from sellerdesk.simulator.models import Errand
from sellerdesk.simulator.services import runs, supplying
from sellerdesk.simulator.stories import Story
from sellerdesk.simulator.types import Fate, Planned, Setting
from sellerdesk.supply import events as supplied
from sellerdesk.supply import queries as supplies

# The marketplace's carrier works in this country; parcels from elsewhere cross its border.
_HOME = "RU"
# Scans of a parcel that turned round come after all scans of its way there.
_WAY_BACK = 100


def plan_after(*, news: list[Entry]) -> None:
    """Plan what follows from the news, in each market for its own shops. A fixed number of statements a shop, whatever
    the number of news."""
    by_clock: dict[int, list[Entry]] = defaultdict(list)
    for entry in news:
        by_clock[entry.seller_id if entry.seller_id and clock.has_own(entry.seller_id) else 0].append(entry)
    for shop_id, entries in by_clock.items():
        with scope.one_shop(shop_id) if shop_id else nullcontext():
            _plan(entries)


def _plan(news: list[Entry]) -> None:
    setting = queries.setting()
    if setting is None:
        return
    shops = {seller.id: seller for seller in sellers.active_sellers()}
    by_shop: dict[int, list[Entry]] = defaultdict(list)
    for entry in news:
        if entry.seller_id in shops:
            by_shop[entry.seller_id].append(entry)
    stories = runs.stories()
    for seller_id, entries in by_shop.items():
        _plan_for(_shop(setting, shops[seller_id], stories.get(seller_id), entries), entries)


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop in whose name plans are made: its run, if it has one, and what scripts have decided about its orders."""

    setting: Setting
    seller: SellerRef
    story: Story | None
    known: dict[str, Fate]
    # Cities of the warehouses, asked where parcels are handed over.
    cities: dict[int, str]
    # Postings that turn round on their way, by number.
    turning: dict[str, PostingCard]
    # Who carries a posting, asked where roads are bad.
    carriers: dict[str, str]
    # When supplies come, asked where one has moved.
    slots: dict[int, datetime | None]

    def fate(self, entry: Entry) -> Fate:
        number = _order_number(entry)
        return self.known.get(number) or plans.chance_fate(self.setting.seed, number)


    def road_times(self, entry: Entry) -> float:
        return self.story.road_times(entry.at, self.carriers.get(entry.target_id, "")) if self.story else 1.0


def _shop(setting: Setting, seller: SellerRef, story: Story | None, entries: list[Entry]) -> Shop:
    """Everything plans for these news need, asked for at once."""
    handed = [entry for entry in entries if entry.event == happened.POSTING_HANDED_OVER]
    fulfilled = [entry for entry in entries if entry.event == happened.POSTING_FULFILLED]
    moved = [int(entry.target_id) for entry in entries if entry.target_type == "supply"]
    turned = [entry.target_id for entry in entries if entry.event == happened.POSTING_CANCELLED
              and (entry.data or {}).get("coming_back")
              and (entry.data or {}).get("reason_id") not in (NOT_COLLECTED, LOST_BY_CARRIER)]
    delayed = [entry.target_id for entry in handed if story and story.delayed(entry.at)]
    return Shop(
        setting, seller, story, runs.fates(seller, map(_order_number, entries)),
        {**({row.id: row.city for row in inventory.warehouses(seller)} if handed else {}),
         **({row.id: row.city for row in inventory.platform_warehouses()} if fulfilled else {})},
        {card.number: card for card in orders.cards(seller, turned)},
        {card.number: card.carrier_code for card in orders.cards(seller, delayed)},
        supplies.slots_of(moved) if moved else {})


def _order_number(entry: Entry) -> str:
    """The order that news of a posting or return is about: its number is that of the posting without the last part."""
    number = entry.target_id if entry.target_type == "posting" else str((entry.data or {}).get("posting_number", ""))
    return number.rpartition("-")[0]


def _plan_for(shop: Shop, entries: list[Entry]) -> None:
    seller = shop.seller
    ended = [entry for entry in entries if entry.event == happened.POSTING_CANCELLED]
    if ended:
        Errand.objects.filter(seller_id=seller.id, reference__in=[entry.target_id for entry in ended],
                              position__lt=_WAY_BACK).exclude(kind=Errand.Kind.SCAN, data__code="returned").delete()
    planned: list[Planned] = []
    for event, plan in _PLANS.items():
        heard = [entry for entry in entries if entry.event == event]
        if heard:
            planned.extend(replace(one, run_id=shop.fate(entry).run_id)
                           for entry in heard for one in plan(shop, entry))
    if planned:
        execute(
            f"""INSERT INTO simulator_errand (kind, seller_id, reference, position, due_at, data, run_id)
                SELECT v.kind, v.seller, v.reference, v.place, v.due, v.data, v.run
                FROM {json_rows("v", kind="text", seller="int", reference="text", place="int", due="time",
                                data="json" if is_postgres() else "text", run="int")}
                WHERE TRUE ON CONFLICT (reference, kind, position) DO NOTHING""",
            [json_param([(one.kind, one.seller_id, one.reference, one.position, one.due_at, json_value(one.data),
                          one.run_id)
                         for one in planned])])


def _created(shop: Shop, entry: Entry) -> Iterable[Planned]:
    said = talks.after_order(shop.setting, shop.fate(entry).talk, number=entry.target_id, seller_id=shop.seller.id,
                             at=entry.at)
    return [*_made(shop, entry), *said]


def _made(shop: Shop, entry: Entry) -> Iterable[Planned]:
    if (entry.data or {}).get("scheme") == "fbo":
        return plans.after_fulfilled_order(shop.setting, shop.fate(entry), number=entry.target_id,
                                           seller_id=shop.seller.id, at=entry.at)
    return plans.after_order(
        shop.setting, shop.fate(entry), number=entry.target_id, seller_id=shop.seller.id,
        time_zone=shop.seller.time_zone, at=entry.at, ship_by=datetime.fromisoformat((entry.data or {})["ship_by"]),
        packed_from=shop.story.packed_from(entry.at) if shop.story else None)


def _shipped(shop: Shop, entry: Entry) -> Iterable[Planned]:
    packages = (entry.data or {}).get("packages") or [entry.target_id]
    for number in packages:
        yield from plans.after_packing(shop.setting, number=number, seller_id=shop.seller.id, at=entry.at)


def _handed_over(shop: Shop, entry: Entry) -> Iterable[Planned]:
    data, fate = entry.data or {}, shop.fate(entry)
    said = talks.after_hand_over(shop.setting, fate, fate.talk, number=entry.target_id, seller_id=shop.seller.id,
                                 at=entry.at)
    return [*plans.after_hand_over(
        shop.setting, fate, number=entry.target_id, seller_id=shop.seller.id,
        tracking_number=data["tracking"], at=entry.at, origin=shop.cities.get(data["warehouse_id"], ""),
        destination=data["city"], abroad=shop.seller.country != _HOME,
        times=shop.road_times(entry)), *said]


def _set_out(shop: Shop, entry: Entry) -> Iterable[Planned]:
    return talks.after_setting_out(shop.setting, shop.fate(entry), number=entry.target_id, seller_id=shop.seller.id,
                                   at=entry.at)


def _wish_to_cancel(shop: Shop, entry: Entry) -> Iterable[Planned]:
    return talks.after_wish_to_cancel(shop.setting, number=(entry.data or {})["number"], seller_id=shop.seller.id,
                                      at=entry.at)


def _claim(shop: Shop, entry: Entry) -> Iterable[Planned]:
    return talks.after_claim(shop.setting, claim_id=int(entry.target_id), seller_id=shop.seller.id,
                             state=(entry.data or {})["state"], at=entry.at)


def _message(shop: Shop, entry: Entry) -> Iterable[Planned]:
    data = entry.data or {}
    if data["by"] == "seller":
        return talks.after_sellers_message(shop.setting, number=data["posting_number"], seller_id=shop.seller.id,
                                           message_id=data["message_id"], at=entry.at)
    return talks.after_buyers_word(shop.setting, kind="chat", reference=f"m{data['chat_id']}",
                                   seller_id=shop.seller.id, at=entry.at)


def _review(shop: Shop, entry: Entry) -> Iterable[Planned]:
    return talks.after_buyers_word(shop.setting, kind="review", reference=f"r{entry.target_id}",
                                   seller_id=shop.seller.id, at=entry.at)


def _question(shop: Shop, entry: Entry) -> Iterable[Planned]:
    return talks.after_buyers_word(shop.setting, kind="question", reference=f"q{entry.target_id}",
                                   seller_id=shop.seller.id, at=entry.at)


def _fulfilled(shop: Shop, entry: Entry) -> Iterable[Planned]:
    """Packed parcels leave the marketplace's warehouse by its own carrier, from within the country."""
    data = entry.data or {}
    if data["code"] != "packed":
        return []
    return plans.after_hand_over(
        shop.setting, shop.fate(entry), number=entry.target_id, seller_id=shop.seller.id,
        tracking_number=data["tracking"], at=entry.at, origin=shop.cities.get(data["warehouse_id"], ""),
        destination=data["city"], abroad=False, times=shop.road_times(entry))


def _delivered(shop: Shop, entry: Entry) -> Iterable[Planned]:
    fate = shop.fate(entry)
    return [*plans.after_delivery(shop.setting, fate, number=entry.target_id, seller_id=shop.seller.id, at=entry.at),
            *talks.after_delivery(shop.setting, fate, fate.talk, number=entry.target_id, seller_id=shop.seller.id,
                                  at=entry.at)]


def _cancelled(shop: Shop, entry: Entry) -> Iterable[Planned]:
    """Parcels that were cancelled under way come home; those that nobody collected, or that are lost, are planned."""
    card = shop.turning.get(entry.target_id)
    if card is None:
        return []
    return plans.after_cancelling_under_way(
        shop.setting, number=card.number, seller_id=shop.seller.id, tracking_number=card.tracking_number, at=entry.at,
        place=card.city, origin=card.warehouse_city)


def _return_requested(shop: Shop, entry: Entry) -> Iterable[Planned]:
    return plans.after_return_request(shop.setting, return_id=int(entry.target_id), seller_id=shop.seller.id,
                                      at=entry.at)


def _return_moved(shop: Shop, entry: Entry) -> Iterable[Planned]:
    if (entry.data or {}).get("state") != "arrived":
        return []
    return plans.after_return_arrival(shop.setting, return_id=int(entry.target_id), seller_id=shop.seller.id,
                                      at=entry.at)


def _supply_moved(shop: Shop, entry: Entry) -> Iterable[Planned]:
    supply_id = int(entry.target_id)
    state = str((entry.after or {}).get("state", ""))
    return supplying.after_change(shop.setting, supply_id=supply_id, seller_id=shop.seller.id, state=state, at=entry.at,
                                  slot_from=shop.slots.get(supply_id))


_PLANS: dict[str, Callable[[Shop, Entry], Iterable[Planned]]] = {
    happened.POSTING_CREATED: _created,
    happened.POSTING_SHIPPED: _shipped,
    happened.POSTING_HANDED_OVER: _handed_over,
    happened.POSTING_FULFILLED: _fulfilled,
    happened.POSTING_DELIVERED: _delivered,
    happened.POSTING_CANCELLED: _cancelled,
    supplied.SUPPLY_MOVED: _supply_moved,
    supplied.SUPPLY_RESCHEDULED: _supply_moved,
    supplied.REPORT_DISPUTED: _supply_moved,
    came_back.RETURN_REQUESTED: _return_requested,
    came_back.RETURN_MOVED: _return_moved,
    happened.POSTING_SET_OUT: _set_out,
    happened.CANCEL_ASKED: _wish_to_cancel,
    came_back.CLAIM_OPENED: _claim,
    came_back.CLAIM_DECIDED: _claim,
    messages.MESSAGE_SENT: _message,
    messages.REVIEW_WRITTEN: _review,
    messages.QUESTION_ASKED: _question,
}
