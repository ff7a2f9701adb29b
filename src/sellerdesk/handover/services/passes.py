"""Passes for cars: of a carriage, which bring its parcels, and of those that fetch returns. All of a call or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from sellerdesk.core import activity
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked, of_shop
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.handover import events, queries, rules, states
from sellerdesk.handover.errors import CarriageMoved, PassUnknown, TooManyPasses, pass_error
from sellerdesk.handover.models import ArrivalPass
from sellerdesk.handover.types import CarriageRow, PassInput
from sellerdesk.inventory import queries as inventory
from sellerdesk.sellers.types import SellerRef


def add_passes(*, seller: SellerRef, passes: Sequence[PassInput], carriage_id: int | None, actor: Actor,
               now: datetime, viewer: queries.Viewer = queries.EVERYBODY) -> list[int]:
    """Order passes for the cars of a carriage, or for cars that fetch returns; returns their numbers in that order.

    Raises CarriageUnknown, CarriageMoved for a carriage that is over, Invalid naming each wrong field, TooManyPasses.
    """
    with atomic():
        locked(f"handover.passes:{seller.id}")
        carriage = _open_carriage(seller, carriage_id, viewer) if carriage_id is not None else None
        places = {one.id: one.time_zone for one in inventory.warehouses(seller)
                  if not viewer.warehouse_ids or one.id in viewer.warehouse_ids}
        _check(passes, None if carriage else set(places), now)
        there = _of(seller, carriage_id)
        if carriage is None:
            there = there.filter(arrives_at__gt=now)
        if there.count() + len(passes) > rules.MOST_PASSES:
            raise TooManyPasses(rules.MOST_PASSES)
        made = []
        for said in passes:
            arrives_at = _leaves_at(seller, carriage) if carriage else said.arrives_at
            assert arrives_at is not None
            made.append(ArrivalPass.objects.create(
                seller_id=seller.id, carriage_id=carriage_id, created_at=now, changed_at=now, arrives_at=arrives_at,
                warehouse_id=carriage.warehouse_id if carriage else said.warehouse_id,
                place_id=0 if carriage else said.place_id, with_returns=said.with_returns, **_told(said)))
        _tell(events.CAR_ADDED, seller, made, actor, now)
    return [row.pk for row in made]


def change_passes(*, seller: SellerRef, passes: Sequence[PassInput], carriage_id: int | None, actor: Actor,
                  now: datetime, viewer: queries.Viewer = queries.EVERYBODY) -> None:
    """Change the cars, drivers and, where they fetch returns, the hours of passes.

    Raises CarriageUnknown, CarriageMoved, PassUnknown also for a pass of another carriage, Invalid naming each field.
    """
    with atomic():
        rows = _rows(seller, [said.id for said in passes], carriage_id, viewer)
        _check(passes, None, now, hours=carriage_id is None)
        for said in passes:
            row = rows[said.id]
            changed = {**_told(said), "changed_at": now}
            if carriage_id is None:
                changed["arrives_at"] = said.arrives_at
            else:
                changed["with_returns"] = said.with_returns
            if not ArrivalPass.objects.filter(pk=row.pk, seller_id=seller.id).update(**changed):
                raise PassUnknown(row.pk)
            row.plate = str(changed["plate"])
        _tell(events.CAR_CHANGED, seller, list(rows.values()), actor, now)


def remove_passes(*, seller: SellerRef, pass_ids: Sequence[int], carriage_id: int | None, actor: Actor, now: datetime,
                  viewer: queries.Viewer = queries.EVERYBODY) -> None:
    """Withdraw passes. Raises CarriageUnknown, CarriageMoved, PassUnknown also for a pass of another carriage."""
    with atomic():
        rows = _rows(seller, pass_ids, carriage_id, viewer)
        _tell(events.CAR_REMOVED, seller, list(rows.values()), actor, now)
        ArrivalPass.objects.filter(of_shop(seller.id), pk__in=list(rows)).delete()


def _of(seller: SellerRef, carriage_id: int | None) -> QuerySet[ArrivalPass]:
    """The passes of a carriage, or those of no carriage, which fetch returns."""
    rows = ArrivalPass.objects.filter(seller_id=seller.id)
    return rows.filter(carriage__isnull=True) if carriage_id is None else rows.filter(carriage_id=carriage_id)


def _open_carriage(seller: SellerRef, carriage_id: int, viewer: queries.Viewer) -> CarriageRow:
    row = queries.carriage(seller, carriage_id, viewer)
    if row.state in states.FINAL:
        raise CarriageMoved(carriage_id, row.state)
    return row


def _leaves_at(seller: SellerRef, carriage: CarriageRow) -> datetime:
    """On the day of departure, at the hour until which the warehouse hands parcels over."""
    place = next(one for one in inventory.warehouses(seller) if one.id == carriage.warehouse_id)
    return datetime.combine(carriage.departs_on, place.cut_off, ZoneInfo(place.time_zone))


def _rows(seller: SellerRef, pass_ids: Sequence[int], carriage_id: int | None,
          viewer: queries.Viewer) -> dict[int, ArrivalPass]:
    if carriage_id is not None:
        _open_carriage(seller, carriage_id, viewer)
    found = _of(seller, carriage_id).filter(pk__in=[one for one in pass_ids if 0 < one < 2**63])
    if viewer.warehouse_ids:
        found = found.filter(warehouse_id__in=viewer.warehouse_ids)
    rows = {row.pk: row for row in found}
    for one in pass_ids:
        if one not in rows:
            raise PassUnknown(one)
    return rows


def _check(passes: Sequence[PassInput], warehouses: set[int] | None, now: datetime, *, hours: bool = False) -> None:
    """`warehouses` are those that a new pass for returns may be for; None where it is not asked."""
    wrong: list[FieldError] = []
    for said in passes:
        told = _told(said)
        wrong += [pass_error(name, fault, told[name]) for name, fault in rules.pass_faults(told)]
        if warehouses is None and not hours:
            continue
        if said.arrives_at is None:
            wrong.append(pass_error("arrives_at", "missing", ""))
        elif said.arrives_at <= now:
            wrong.append(pass_error("arrives_at", "past", said.arrives_at.isoformat()))
        if warehouses is not None and said.warehouse_id not in warehouses:
            wrong.append(pass_error("warehouse_id", "unknown", str(said.warehouse_id)))
    if wrong:
        raise Invalid.many(wrong)


def _told(said: PassInput) -> dict[str, str]:
    return {"driver": " ".join(said.driver.split()), "phone": said.phone.strip(), "model": " ".join(said.model.split()),
            "plate": said.plate.strip().upper()}


def _tell(event: str, seller: SellerRef, rows: Sequence[ArrivalPass], actor: Actor, now: datetime) -> None:
    activity.record_many([
        Entry(event, now, actor, seller.id, "pass", str(row.pk), row.plate, data={"carriage_id": row.carriage_id or 0})
        for row in rows])
