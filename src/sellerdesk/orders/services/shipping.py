"""Packing: from the shelf into parcels that have a label."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import ParcelInput
from sellerdesk.orders import events, queries, rules, states
from sellerdesk.orders.errors import IncorrectStatus, PostingNotFound, UnitsIncomplete, WeightRequired
from sellerdesk.orders.rules import Package
from sellerdesk.orders.services import carrying, moving, splitting
from sellerdesk.orders.services.moving import Working
from sellerdesk.orders.types import Outcome, PackingLine
from sellerdesk.sellers.types import SellerRef


def ship_posting(*, seller: SellerRef, number: str, packages: Sequence[Package], actor: Actor,
                 now: datetime) -> list[str]:
    """Pack one posting into `packages` of (SKU, quantity); each becomes a posting with a parcel of its own.

    The first package keeps the number, further ones get the next free `-k` of the order. Returns the numbers. Raises
    PostingNotFound, AlreadyShipped, AlreadyCancelled, IncorrectStatus, UnitsIncomplete, WeightRequired,
    UnknownProduct, IncorrectQuantity, ParcelOverLimits.
    """
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is None:
            raise PostingNotFound(number)
        refused = moving.refusal(posting, "ship")
        if isinstance(refused, UnitsIncomplete) and _only_weight_is_missing(seller, number):
            raise WeightRequired(number, posting.open_needs)
        if refused:
            raise moving.told_one(seller, refused)
        moving.load_lines([posting])
        rules.check_packages(posting.lines, packages)
        parts = [posting]
        if len(packages) > 1:
            parts += splitting.divide(seller, posting, packages, actor, now)
        _check_limits(seller, parts)
        _ship(seller, parts, {}, actor, now)
        return [part.number for part in parts]


def ship_package(*, seller: SellerRef, number: str, goods: Package, unit_ids: Collection[int] = (), actor: Actor,
                 now: datetime) -> str:
    """Pack some goods of a posting now; the rest stays to be packed. Returns the number of what is packed.

    What is named goes into a posting of its own, with the units named by `unit_ids` as far as there are any; where
    everything is named, the posting itself is packed. Only what is packed has to be complete. Raises as `ship_posting`,
    and UnitUnknown.
    """
    with atomic():
        posting = moving.load([number], seller_id=seller.id).get(number)
        if posting is None:
            raise PostingNotFound(number)
        refused = moving.refusal(posting, "ship")
        if refused and not isinstance(refused, UnitsIncomplete):
            raise refused
        moving.load_lines([posting])
        rest = rules.remainder(posting.lines, [goods])
        if rest:
            if not states.may("split", posting.facts):
                raise IncorrectStatus(number, posting.state)
            [part] = splitting.divide(seller, posting, [rest, goods], actor, now, chosen=[(), unit_ids])
            splitting.keep(posting, now)
            splitting.tell_parent(seller, posting, [part.number], actor, now)
        else:
            part = posting
        refused = moving.refusal(part, "ship")
        if isinstance(refused, UnitsIncomplete) and _only_weight_is_missing(seller, part.number):
            raise WeightRequired(part.number, part.open_needs)
        if refused:
            raise refused
        _check_limits(seller, [part])
        _ship(seller, [part], {}, actor, now)
        return part.number


def ship_many(*, seller: SellerRef, numbers: Sequence[str], actor: Actor, now: datetime,
              at: Mapping[str, datetime] | None = None) -> list[Outcome]:
    """Pack each posting whole, in one package. Outcomes in the order asked; a refused one does not stop the others.

    `at` gives single postings their own moment. A fixed number of statements for any number of postings.
    """
    with atomic():
        found = moving.load(numbers, seller_id=seller.id)
        outcomes = [Outcome(number, moving.refusal(found[number], "ship") if number in found
                            else PostingNotFound(number)) for number in numbers]
        ready = [found[number] for number in dict.fromkeys(one.number for one in outcomes if one.done)]
        moving.load_lines(ready)
        over = carrying.check(seller, ready) if ready else {}
        outcomes = [Outcome(one.number, over.get(one.number)) if one.done else one for one in outcomes]
        ready = [posting for posting in ready if posting.number not in over]
        _ship(seller, ready, at or {}, actor, now)
        return moving.told(seller, outcomes)


def _check_limits(seller: SellerRef, parts: list[Working]) -> None:
    """Raises ParcelOverLimits for the first part that its carrier does not take."""
    moving.load_lines(parts)
    for refused in carrying.check(seller, parts).values():
        raise refused


def _only_weight_is_missing(seller: SellerRef, number: str) -> bool:
    return all(not line.country_missing and set(line.wanted) <= {"weight"} | _met(line)
               for line in queries.packing(seller, number).lines)


def _met(line: PackingLine) -> set[str]:
    """The needs that every unit of a line meets."""
    if len(line.units) < line.quantity:
        return set()
    return set(line.wanted) - {need for row in line.units for need in row.missing}


def _ship(seller: SellerRef, postings: list[Working], at: Mapping[str, datetime], actor: Actor, now: datetime) -> None:
    """Parcels, the move, the news."""
    if not postings:
        return
    # Aggregators register a parcel in their own time; the shop's own carriers are told by the shop.
    tracking = logistics.register_parcels(seller=seller, parcels=[
        ParcelInput(p.number, p.method_id, p.weight_g, p.city, at.get(p.number, now)) for p in postings
        if p.integration == "platform"])
    entries = []
    for posting in postings:
        moment = at.get(posting.number, now)
        before = {"state": posting.state, "substate": posting.substate}
        moving.step(posting, "ship", moment)
        posting.packed_at = moment
        posting.failure = ""
        posting.tracking_number = tracking.get(posting.number, posting.tracking_number)
        posting.search_more = rules.fold(posting.tracking_number)
        entries.append(Entry(
            events.POSTING_SHIPPED, moment, actor, seller.id, "posting", posting.number, posting.number,
            before=before,
            after={"state": posting.state, "substate": posting.substate},
            data={"tracking": posting.tracking_number}))
    moving.write(postings)
    activity.record_many(entries)
