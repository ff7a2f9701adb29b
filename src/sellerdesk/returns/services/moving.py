"""Goods on their way to the shop: carried, waiting at a point, taken in. All set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, of_shop
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockLine
from sellerdesk.returns import events, rules
from sellerdesk.returns.errors import NotArrived, ReturnNotFound
from sellerdesk.returns.models import Giveout, Return
from sellerdesk.returns.services import compensating, fees, places
from sellerdesk.returns.services.rows import entry, load, save, take_back_sales
from sellerdesk.returns.types import CANCELLATION
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef


def advance(*, return_ids: Iterable[int], to_state: str, at: datetime, actor: Actor) -> int:
    """Move goods on towards their shop: to on_the_way or arrived, of any number of shops. Returns how many moved.

    States only go forward; those already there or further stay as they are. From the arrival on, storing counts. What
    was given up as lost and arrives after all takes its compensation back.
    """
    if to_state not in ("on_the_way", "arrived"):
        raise ValueError("goods are received by the shop, see receive")
    with atomic():
        moved = load(return_ids, rules.earlier(to_state))
        was_lost = [row for row in moved if row.state == "lost"]
        if to_state == "arrived":
            places.arrive(moved, at, places.settings_of(row.seller_id for row in moved))
        else:
            for row in moved:
                row.state, row.changed_at = to_state, at
        save(moved)
        activity.record_many([entry(events.RETURN_MOVED, row, at, actor, state=to_state) for row in moved])
        compensating.take_back(was_lost, at, actor)
        shelve_fulfilled([row for row in moved if row.state == "arrived"], at, actor)
        return len(moved)


def shelve_fulfilled(rows: Sequence[Return], at: datetime, actor: Actor) -> None:
    """What the marketplace had sent itself is on its own shelf again as soon as it is back: nobody collects it."""
    by_shop: dict[int, list[Return]] = defaultdict(list)
    for row in rows:
        if row.scheme == "fbo":
            by_shop[row.seller_id].append(row)
    for seller_id, group in sorted(by_shop.items()):
        for row in group:
            row.state, row.changed_at, row.received_at = "received", at, at
        save(group)
        _back_on_sale(sellers.seller_ref(seller_id), group, at, actor)


def _back_on_sale(seller: SellerRef, rows: Sequence[Return], at: datetime, actor: Actor) -> None:
    inventory.put_back(seller=seller, lines=[
        StockLine(row.product_id, row.warehouse_id, row.quantity, row.posting_number, at) for row in rows])
    take_back_sales(rows, at)
    activity.record_many([entry(events.RETURN_RECEIVED, row, at, actor) for row in rows])


def arrive_by_posting(*, numbers: Iterable[str], at: datetime, actor: Actor) -> int:
    """The carrier brought back the parcels of these postings. Returns how many returns arrived."""
    ids = Return.objects.filter(posting_number__in=list(numbers), kind=CANCELLATION).values_list("id", flat=True)
    return advance(return_ids=list(ids), to_state="arrived", at=at, actor=actor)


def receive(*, seller: SellerRef, return_id: int, actor: Actor, now: datetime, only_in: Sequence[int] = ()) -> None:
    """Take arrived goods in: back on the shelf, and the sale taken back.

    Raises NotArrived, or ReturnNotFound, also for goods outside the warehouses `only_in` (none: all).
    """
    with atomic():
        if not receive_many(seller=seller, return_ids=[return_id], actor=actor, now=now, only_in=only_in):
            raise missing(seller, return_id, only_in)


def missing(seller: SellerRef, return_id: int, only_in: Sequence[int]) -> NotArrived | ReturnNotFound:
    """Why a return could not be touched: it is in another state, or none of the shop's."""
    return NotArrived(return_id) if within(seller, [return_id], only_in) else ReturnNotFound(return_id)


def within(seller: SellerRef, return_ids: Sequence[int], warehouse_ids: Sequence[int]) -> list[int]:
    """Those of these returns that are the shop's and in these warehouses (none: all)."""
    rows = Return.objects.filter(of_shop(seller.id), pk__in=return_ids)
    return list((rows.filter(warehouse_id__in=warehouse_ids) if warehouse_ids else rows).values_list("pk", flat=True))


def receive_many(*, seller: SellerRef, return_ids: Sequence[int], actor: Actor, now: datetime,
                 only_in: Sequence[int] = ()) -> int:
    """Take in all of these that have arrived in the warehouses `only_in` (none: all); returns how many.

    What is taken in from one point at once is one give-out. Storing is paid up to now. A fixed number of statements.
    """
    with atomic():
        if only_in:
            return_ids = within(seller, return_ids, only_in)
        # What the shop's own people bring back needs nobody to say that it has arrived.
        rows = [row for row in load(return_ids, ("arrived", "on_the_way"), seller.id)
                if row.state == "arrived" or row.scheme == "rfbs"]
        if not rows:
            return 0
        points = sorted({row.place_id for row in rows if row.place_id})
        made = Giveout.objects.bulk_create(
            Giveout(seller_id=seller.id, place_id=point, status=Giveout.Status.COMPLETED, created_at=now)
            for point in points)
        of_point = {giveout.place_id: giveout.pk for giveout in made}
        for row in rows:
            row.state, row.changed_at, row.received_at = "received", now, now
            row.storage_minor = fees.storage_minor(row, now)
            row.giveout_id = of_point.get(row.place_id or 0)
        save(rows)
        _back_on_sale(seller, rows, now, actor)
        fees.book(rows, now)
        return len(rows)
