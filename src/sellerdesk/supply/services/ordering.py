"""From a draft to a supply in the timetable, to another hour, and out of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError

from sellerdesk.core import activity, ids
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.sellers.types import SellerRef
from sellerdesk.supply import events, queries, rules, states
from sellerdesk.supply.errors import (
    DraftUnusable,
    DropOffUnknown,
    NotNow,
    SlotChangesSpent,
    SlotOutOfRange,
    SlotTaken,
    StorageUnknown,
)
from sellerdesk.supply.models import Draft, Supply, SupplyLine
from sellerdesk.supply.services import moving
from sellerdesk.supply.services.drafting import READY, USED
from sellerdesk.supply.types import DraftItem, DraftRow


def create_supply(*, seller: SellerRef, draft_id: int, storage_id: int, slot_from: datetime | None, actor: Actor,
                  now: datetime) -> int:
    """Make a supply of a draft: to a warehouse, in an hour of the place it is brought to. Returns its id.

    What the warehouse does not take is left out. Without an hour the supply waits for one. A draft makes one supply,
    whoever asks how often. Raises DraftUnknown, DraftUnusable, StorageUnknown, SlotTaken, SlotOutOfRange.
    """
    with atomic():
        locked(f"supply:{seller.id}")
        draft = queries.draft(seller, draft_id, now)
        if draft.state != READY:
            raise DraftUnusable()
        storage, drop_off, items = _places(draft, storage_id)
        order = rules.order_id(ids.allocate("supply.supply", 1, seller.id)[0])
        if not Draft.objects.filter(pk=draft.id, state=READY).update(state=USED, supply_id=order):
            raise DraftUnusable()
        seat = _seat(seller, drop_off, slot_from, now) if slot_from else None
        row = Supply(
            id=order, seller_id=seller.id, number=rules.supply_number(order), state=states.DATA_FILLING,
            kind=draft.kind, cluster_id=draft.cluster_id, storage_id=storage.id, drop_off_id=drop_off.id,
            slot_from=slot_from, slot_to=slot_from + timedelta(hours=1) if slot_from else None, seat=seat,
            fill_by=_fill_by(slot_from, now), units=sum(item.quantity for item in items), sku_count=len(items),
            volume_ml=sum(item.quantity * item.volume_ml for item in items), created_at=now, changed_at=now)
        _take(row)
        _insert_lines(seller, row, items)
        activity.record(
            events.SUPPLY_CREATED, now=now, actor=actor, seller_id=seller.id, target_type="supply", target_id=row.pk,
            target_label=row.number, data={
                "kind": row.kind, "units": row.units, "sku_count": row.sku_count, "storage_id": storage.id,
                "drop_off_id": drop_off.id, "slot_from": slot_from.isoformat() if slot_from else None})
        return row.pk


def _places(draft: DraftRow, storage_id: int) -> tuple[WarehouseRow, WarehouseRow, list[DraftItem]]:
    """Where the goods will lie, where they are brought, and which of them fit there."""
    choice = next((one for one in queries.choices(draft) if one.warehouse_id == storage_id), None)
    storage = queries.place(storage_id)
    if choice is None or storage is None or choice.state == "none":
        raise StorageUnknown(field="storage", data={"value": storage_id})
    drop_off = storage if draft.drop_off_id is None else queries.place(draft.drop_off_id)
    if drop_off is None:
        raise DropOffUnknown(field="drop_off", data={"value": draft.drop_off_id or ""})
    return storage, drop_off, [item for item in draft.items if storage.bulky or not item.bulky]


def _insert_lines(seller: SellerRef, row: Supply, items: list[DraftItem]) -> None:
    named = {one.product_id: one for one in queries.goods(seller, skus=[item.sku for item in items])}
    SupplyLine.objects.bulk_create([
        SupplyLine(supply_id=row.pk, seller_id=seller.id, product_id=item.product_id, sku=item.sku,
                   offer_id=named[item.product_id].offer_id, name=named[item.product_id].name,
                   barcode=named[item.product_id].barcode, volume_ml=item.volume_ml, quantity=item.quantity)
        for item in items])


def _seat(seller: SellerRef, place: WarehouseRow, slot_from: datetime, now: datetime) -> int | None:
    """A free place of the hour, the lowest one; none for a test shop, whose supplies come to no gate.

    Raises SlotOutOfRange, SlotTaken.
    """
    value = dated.get("supply.slots", str(place.id), now).value
    earliest, latest = rules.slot_bounds(now, value)
    local = slot_from.astimezone(ZoneInfo(place.time_zone))
    if not earliest <= slot_from <= latest or slot_from not in {
            start for start, _ in rules.slots_of_day(local.date(), place.time_zone, value)}:
        raise SlotOutOfRange(field="slot", data={"hours": value["lead_hours"], "days": value["days"]})
    taken = queries.taken_seats([place.id], slot_from, slot_from + timedelta(minutes=1)).get((place.id, slot_from), [])
    free = [seat for seat in range(1, value["capacity"] + 1) if seat not in taken]
    if not free:
        raise SlotTaken(field="slot")
    return free[0] if seller.twin_of is None else None


def _take(row: Supply) -> None:
    """Save the supply; the constraint says whether its place in the timetable was still free."""
    try:
        with atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise SlotTaken(field="slot") from None


def _fill_by(slot_from: datetime | None, now: datetime) -> datetime | None:
    if slot_from is None:
        return None
    return slot_from - timedelta(hours=dated.get("supply.filling", "", now).value["close_hours"])


def change_slot(*, seller: SellerRef, supply_id: int, slot_from: datetime, actor: Actor, now: datetime) -> None:
    """Bring the supply in another hour; one whose hour was missed is filled in again.

    Raises SupplyUnknown, NotNow, SlotChangesSpent, SlotTaken, SlotOutOfRange.
    """
    with atomic():
        work = moving.load(supply_id, now, seller=seller)
        if work.state in states.ACTIONS["set_slot"] and work.facts.slot and not work.facts.changes_left:
            raise SlotChangesSpent(field="slot")
        moving.require(work, "set_slot")
        place = queries.place(work.row.drop_off_id)
        assert place is not None
        seat = _seat(seller, place, slot_from, now)
        before = work.state
        if work.state == states.OVERDUE:
            moving.step(work, "reschedule")
        spent = work.row.slot_changes + (1 if work.row.slot_from else 0)
        try:
            with atomic():
                moving.write(work, now, slot_from=slot_from, slot_to=slot_from + timedelta(hours=1), seat=seat,
                             slot_changes=spent, fill_by=_fill_by(slot_from, now))
        except IntegrityError:
            raise SlotTaken(field="slot") from None
        moving.tell(events.SUPPLY_RESCHEDULED, work, actor, now, before=before, slot_from=slot_from.isoformat())
        moving.settle(work, actor, now)


def cancel_supply(*, seller: SellerRef, supply_id: int, actor: Actor, now: datetime) -> None:
    """Give up a supply that was not handed in; its place in the timetable is free again.

    Raises SupplyUnknown, NotNow.
    """
    with atomic():
        work = moving.load(supply_id, now, seller=seller)
        if not states.may("cancel", work.facts):
            raise NotNow(work.row.number)
        before = work.state
        moving.step(work, "cancel")
        moving.write(work, now, seat=None)
        moving.tell(events.SUPPLY_CANCELLED, work, actor, now, before=before)
