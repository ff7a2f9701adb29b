"""Doing what is due: each kind of errand in one batch a shop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import DomainError
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ScanInput
from sellerdesk.orders import queries as posting_queries
from sellerdesk.orders import services as orders
from sellerdesk.orders.services import acting
from sellerdesk.orders.types import (
    BUYER_CHANGED_MIND,
    NO_DELIVERY,
    Cancellation,
    CancelledBy,
    CancelWish,
    LineRow,
    PostingCard,
)
from sellerdesk.returns import queries as return_queries
from sellerdesk.returns import services as returns
from sellerdesk.returns.types import Decision, ReturnRequest
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import voices
from sellerdesk.simulator.models import Errand
from sellerdesk.simulator.queries import market_id
from sellerdesk.simulator.services import acts, describing, hearing, strikes, supplying
from sellerdesk.simulator.services.buying import Shelves
from sellerdesk.simulator.stories import Story
from sellerdesk.simulator.types import Due, Setting

BATCH = 1000
# While people are told not to be helped, their untouched work is looked at again after so long.
_LATER = timedelta(hours=4)
_PACKER = Actor.system("autopilot")
_PLATFORM = Actor.system("marketplace")
_BUYER = Actor.buyer("buyer")
_COURIER = Actor.courier("courier")
_WAREHOUSE = Actor.system("warehouse")
_OWN_KINDS = ("own", "express")


@dataclass(frozen=True, slots=True)
class World:
    """What whoever does an errand knows: the market's setting, the runs that go on, and what is on the shelves."""

    setting: Setting
    stories: Mapping[int, Story]
    shelves: Shelves


def do_due(*, world: World, since: datetime, until: datetime) -> int:
    """Do what is due until a moment, at most BATCH errands. Returns how many were done.

    The doing and the crossing off are one transaction. What has become impossible meanwhile is crossed off as well.
    """
    with atomic():
        locked(f"simulator.errands:{market_id()}")
        rows = Errand.objects.filter(clock.shops(), due_at__lte=until).order_by("due_at", "id").values_list(
            "id", "kind", "seller_id", "reference", "due_at", "data", "position")[:BATCH]
        due = [Due(id_, kind, seller_id, reference, max(due_at, since), data, position)
               for id_, kind, seller_id, reference, due_at, data, position in rows]
        if not due:
            return 0
        shops = {seller.id: seller for seller in sellers.active_sellers()}
        struck = strikes.put_off(due=due, stories=world.stories)
        due = [one for one in due if one.id not in struck]
        by_kind: dict[str, dict[int, list[Due]]] = defaultdict(lambda: defaultdict(list))
        for one in due:
            if one.seller_id in shops:
                by_kind[one.kind][one.seller_id].append(one)
        postponed: set[int] = set()
        for kind in Errand.Kind.values:
            for seller_id, group in sorted(by_kind[kind].items()):
                postponed.update(_ACTS[kind](world, shops[seller_id], group) or ())
        Errand.objects.filter(id__in=postponed).update(due_at=until + _LATER)
        Errand.objects.filter(id__in={one.id for one in due} - postponed).delete()
    return len(due) - len(postponed) + len(struck)


def _numbers(group: list[Due]) -> tuple[list[str], dict[str, datetime]]:
    return [one.reference for one in group], {one.reference: one.at for one in group}


def _buyers_cancel(world: World, seller: SellerRef, group: list[Due]) -> None:
    """Only what has not left the warehouse: a parcel on its way is refused at the door instead."""
    open_ = _open_numbers(seller, group)
    wanted = [one for one in group if one.reference in open_]
    # What the shop delivers itself is cancelled by its leave alone.
    own = _own(seller, wanted)
    _cancel(seller, [one for one in wanted if one.reference not in own], BUYER_CHANGED_MIND, "client", _BUYER)
    orders.ask_to_cancel(seller=seller, actor=_BUYER, wishes=[
        CancelWish(one.reference, BUYER_CHANGED_MIND, voices.text("cancel", "any", "ru", Random(one.reference)), one.at)
        for one in wanted if one.reference in own])


def _own(seller: SellerRef, group: list[Due]) -> set[str]:
    """Those postings that the shop delivers itself. One small query where it has no couriers."""
    if not group or not any(place.kind in _OWN_KINDS for place in inventory.warehouses(seller)):
        return set()
    return {card.number for card in posting_queries.cards(seller, [one.reference for one in group])
            if card.integration == "non_integrated"}


def _platform_cancels(world: World, seller: SellerRef, group: list[Due]) -> None:
    open_ = _open_numbers(seller, group)
    _cancel(seller, [one for one in group if one.reference in open_], NO_DELIVERY, "platform", _PLATFORM)


def _open_numbers(seller: SellerRef, group: list[Due]) -> set[str]:
    """Those postings that are still in the shop."""
    return {card.number for card in posting_queries.cards(seller, [one.reference for one in group])
            if card.handed_over_at is None and card.cancelled_at is None}


def _cancel(seller: SellerRef, group: list[Due], reason_id: int, by: CancelledBy, actor: Actor) -> None:
    if group:
        orders.cancel_many(seller=seller, actor=actor, items=[
            Cancellation(one.reference, reason_id, "", by, one.at) for one in group])


def _pack(world: World, seller: SellerRef, group: list[Due]) -> list[int]:
    """What people want to pack themselves waits for them; it is looked at again later."""
    helped = [one for one in group if world.setting.autopilot or not one.data.get("autopilot")]
    if helped:
        numbers, at = _numbers(helped)
        describing.describe(seller=seller, numbers=numbers, actor=_PACKER, now=max(at.values()))
        orders.ship_many(seller=seller, numbers=numbers, actor=_PACKER, now=max(at.values()), at=at)
    return [one.id for one in group if one not in helped]


def _fulfil(world: World, seller: SellerRef, group: list[Due]) -> None:
    """Step by step, so that what is picked and packed in one go is picked first."""
    for step in ("picking", "packed"):
        of_step = [one for one in group if one.data["step"] == step]
        if of_step:
            numbers, at = _numbers(of_step)
            orders.fulfil_many(seller=seller, numbers=numbers, step=step, actor=_PLATFORM, now=max(at.values()), at=at)


def _pick_up(world: World, seller: SellerRef, group: list[Due]) -> None:
    own = _own(seller, group)
    carried = [one for one in group if one.reference not in own]
    if carried:
        numbers, at = _numbers(carried)
        orders.hand_over(seller=seller, numbers=numbers, actor=_COURIER, now=max(at.values()), at=at)
    if own:
        numbers, at = _numbers([one for one in group if one.reference in own])
        orders.act_many(seller=seller, act="delivering", numbers=numbers, actor=_PACKER, now=max(at.values()), at=at)


def _own_step(world: World, seller: SellerRef, group: list[Due]) -> None:
    """The shop's own courier gets near, and there; whoever asked to cancel is let go."""
    steps: tuple[acting.Act, ...] = ("last_mile", "delivered", "bring_back")
    for act in steps:
        numbers, at = _numbers([one for one in group if one.data["act"] == act])
        if numbers:
            orders.act_many(seller=seller, act=act, numbers=numbers, actor=_PACKER, now=max(at.values()), at=at)
    for one in group:
        asked = posting_queries.open_cancel_request(seller, one.reference) if one.data["act"] == "let_go" else None
        if asked is not None:
            with suppress(DomainError):
                orders.approve_request(seller=seller, request_id=asked.id, comment="", actor=_PACKER, now=one.at)


def _claim_step(world: World, seller: SellerRef, group: list[Due]) -> None:
    for one in group:
        claim_id, move = int(one.reference[1:]), one.data["move"]
        if one.data["who"] == "buyer":
            returns.buyer_acts(claim_ids=[claim_id], move=move, at=one.at, actor=_BUYER)
            continue
        try:
            card = return_queries.claim(seller, claim_id)
            returns.decide_claim(seller=seller, claim_id=claim_id, actor=_PACKER, now=one.at, decision=Decision(
                move, "", "no_proof" if move == "reject" else "",
                max(card.row.amount_minor // 3, 1) if move == "offer" else 0))
        except DomainError:
            # People were faster.
            continue


def _scan(world: World, seller: SellerRef, group: list[Due]) -> None:
    logistics.record_scans(actor=_COURIER, scans=[
        ScanInput(one.data["tracking"], one.data["code"], one.data["place"], one.at) for one in group])


def _give_back(world: World, seller: SellerRef, group: list[Due]) -> None:
    cards = {card.number: card for card in posting_queries.cards(seller, [one.reference for one in group])}
    wishes = []
    for one in group:
        card = cards.get(one.reference)
        if card is not None and card.lines:
            line = card.lines[one.data["line"] % len(card.lines)]
            wishes.append(_wish(seller, card, line, one))
    returns.request_returns(seller=seller, requests=wishes, actor=_BUYER)


def _wish(seller: SellerRef, card: PostingCard, line: LineRow, one: Due) -> ReturnRequest:
    """What a buyer wants to give back; to a shop that delivers itself with words and a photo."""
    if card.integration != "non_integrated":
        return ReturnRequest(card.number, line.sku, 1, one.data["reason"], one.at)
    rng = Random(f"claim:{card.number}")
    shot = hearing.snap(seller, line.product_id, rng)
    photos = tuple(returns.store_photos(seller=seller, files=[shot], now=one.at)) if shot else ()
    return ReturnRequest(card.number, line.sku, 1, one.data["reason"], one.at,
                         voices.text("claim", "defective", voices.language(rng), rng), photos)


def _return_moves(world: World, seller: SellerRef, group: list[Due]) -> None:
    for one in group:
        returns.advance(return_ids=[int(one.reference)], to_state=one.data["to"], at=one.at, actor=_COURIER)


def _take_back(world: World, seller: SellerRef, group: list[Due]) -> None:
    for one in group:
        if world.setting.autopilot or not one.data.get("autopilot"):
            returns.receive_many(seller=seller, return_ids=[int(one.reference)], actor=_WAREHOUSE, now=one.at)


def _scripted(world: World, seller: SellerRef, group: list[Due]) -> None:
    story = world.stories.get(seller.id)
    for one in group:
        if story is not None:
            shelf = world.shelves.of(seller, world.setting.seed, one.at)
            acts.perform(seller=seller, story=story, act=one, shelf=shelf)
            world.shelves.forget()


def _heard(act: Callable[[Setting, SellerRef, list[Due]], None]) -> Callable[[World, SellerRef, list[Due]], None]:
    return lambda world, seller, group: act(world.setting, seller, group)


def _supply(world: World, seller: SellerRef, group: list[Due]) -> None:
    supplying.do(setting=world.setting, shelves=world.shelves, seller=seller, group=group)


# Each answers with the errands that are only postponed, if any.
_ACTS: dict[str, Callable[[World, SellerRef, list[Due]], list[int] | None]] = {
    "scripted": _scripted,
    "buyer_cancels": _buyers_cancel,
    "platform_cancels": _platform_cancels,
    "pack": _pack,
    "fulfil": _fulfil,
    "pick_up": _pick_up,
    "scan": _scan,
    "give_back": _give_back,
    "return_moves": _return_moves,
    "take_back": _take_back,
    "own_step": _own_step,
    "claim_step": _claim_step,
    "asks": _heard(hearing.ask),
    "reviews": _heard(hearing.review),
    "says": _heard(hearing.say),
    "reads": _heard(hearing.read),
    "answers": _heard(hearing.answer),
    "supply": _supply,
}
