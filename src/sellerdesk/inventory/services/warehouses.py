"""Opening, changing, pausing and archiving warehouses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Unpack

from sellerdesk.core import activity, clock, ids
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import Invalid
from sellerdesk.inventory import queries
from sellerdesk.inventory.errors import WarehouseHoldsGoods, WarehouseMoved, field_error
from sellerdesk.inventory.events import (
    WAREHOUSE_ARCHIVED,
    WAREHOUSE_CHANGED,
    WAREHOUSE_CREATED,
    WAREHOUSE_PAUSED,
    WAREHOUSE_RESUMED,
)
from sellerdesk.inventory.models import Stock, Warehouse, every_day
from sellerdesk.inventory.services.warehouse_checks import check
from sellerdesk.inventory.types import WarehouseRow, WarehouseWish
from sellerdesk.sellers.services import approvals
from sellerdesk.sellers.types import SellerRef

# Clients of the API expect ids of 14 digits.
FIRST_ID = 10_200_050_000_000
_USUAL: dict[str, Any] = {
    "code": "", "kind": "drop_off", "country": "", "address": "", "latitude": None, "longitude": None, "phone": "",
    "opens": time(9), "closes": time(21), "preparation_hours": 24, "bulky": False, "return_address": "",
    "return_note": "", "postings_limit": None, "safety_stock": 0, "low_stock": None}


def create_warehouse(*, seller: SellerRef, actor: Actor, now: datetime, **wish: Unpack[WarehouseWish]) -> WarehouseRow:
    """Open a warehouse; name, city, time_zone and cut_off must be said. Raises Invalid with one error per wrong field.
    """
    fields = _cleaned({**_USUAL, "country": seller.country, "working_days": every_day(), "holidays": [], **wish})
    with atomic():
        locked(_lock(seller))
        check(seller, fields, now)
        warehouse_id = FIRST_ID + ids.allocate("inventory.warehouse")[0]
        Warehouse.objects.create(id=warehouse_id, seller_id=seller.id, created_at=now, updated_at=now, **fields)
        activity.record(WAREHOUSE_CREATED, now=now, actor=actor, seller_id=seller.id, target_type="warehouse",
                        target_id=warehouse_id, target_label=fields["name"], after=_plain(fields))
    return queries.warehouse(seller, warehouse_id)


def update_warehouse(*, seller: SellerRef, warehouse_id: int, actor: Actor, now: datetime,
                     **wish: Unpack[WarehouseWish]) -> WarehouseRow:
    """Change what is said of a warehouse; what is left out stays.

    Raises WarehouseUnknown, Invalid with one error per wrong field.
    """
    with atomic():
        locked(_lock(seller))
        before = queries.warehouse(seller, warehouse_id)
        was = {name: getattr(before, name) for name in (*_USUAL, "name", "city", "time_zone", "cut_off")}
        was |= {"working_days": list(before.working_days), "holidays": [day.isoformat() for day in before.holidays]}
        fields = _cleaned({**was, **wish})
        check(seller, fields, now, warehouse_id=warehouse_id)
        changed = {name: value for name, value in fields.items() if was[name] != value}
        if not changed:
            return before
        Warehouse.objects.filter(pk=warehouse_id, seller_id=seller.id).update(**changed, updated_at=now)
        activity.record(WAREHOUSE_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="warehouse",
                        target_id=warehouse_id, target_label=fields["name"],
                        before=_plain({name: was[name] for name in changed}), after=_plain(changed))
    return queries.warehouse(seller, warehouse_id)


def pause_warehouse(*, seller: SellerRef, warehouse_id: int, since: datetime | None = None,
                    until: datetime | None = None, reason: str = "", actor: Actor, now: datetime) -> WarehouseRow:
    """Take no new orders from `since` (now, where left out) until `until` (or until somebody resumes it).

    Orders that are already there stay due. Raises WarehouseUnknown, Invalid for a pause that ends too early or lasts
    too long, WarehouseMoved where the warehouse is archived.
    """
    begins = since if since and since > now else now
    most = dated.get("inventory.longest_pause", "", now).value["days"]
    if until is not None and until <= now:
        raise Invalid.many([field_error("until", "pause_past", until.isoformat())])
    if until is not None and until <= begins:
        raise Invalid.many([field_error("until", "pause_order", until.isoformat())])
    if until is not None and (until - begins).days >= most:
        raise Invalid.many([field_error("until", "pause_long", until.isoformat(), most=most)])
    starts_now = begins <= now
    fields: dict[str, Any] = {"pause_from": None if starts_now else begins, "pause_until": until,
                              "pause_reason": " ".join(reason.split())[:200]}
    if starts_now:
        fields["state"] = Warehouse.State.PAUSED
    return _move(seller, warehouse_id, ("active", "new", "paused"), fields, WAREHOUSE_PAUSED, actor, now)


def resume_warehouse(*, seller: SellerRef, warehouse_id: int, actor: Actor, now: datetime,
                     of: tuple[str, ...] = ("active", "new", "paused", "archived")) -> WarehouseRow:
    """Take orders again: ends a pause, cancels a planned one, brings an archived warehouse back.

    `of` are the states that are meant. Raises WarehouseUnknown, WarehouseMoved for one in another state.
    """
    return _move(seller, warehouse_id, of, {"state": Warehouse.State.ACTIVE, **_NO_PAUSE}, WAREHOUSE_RESUMED, actor,
                 now)


def archive_warehouse(*, seller: SellerRef, warehouse_id: int, actor: Actor, now: datetime,
                      reason: str = "") -> WarehouseRow:
    """Put a warehouse out of use; its goods are not offered any more. The reason stands in the history.

    Raises WarehouseUnknown, WarehouseHoldsGoods while units are promised to open orders, and the sellers' domain's
    ApprovalRequired where the shop wants a second person for this.
    """
    with atomic():
        locked(_lock(seller))
        reserved = sum(Stock.objects.filter(seller_id=seller.id, warehouse_id=warehouse_id,
                                            reserved__gt=0).values_list("reserved", flat=True))
        if reserved:
            raise WarehouseHoldsGoods(data={"count": reserved})
        approvals.second_person(
            seller=seller, kind=approvals.WAREHOUSE_ARCHIVE, wish={"warehouse_id": warehouse_id},
            label=queries.warehouse(seller, warehouse_id).name, actor=actor, real_now=clock.real_now())
        return _move(seller, warehouse_id, ("active", "new", "paused"),
                     {"state": Warehouse.State.ARCHIVED, **_NO_PAUSE, "pause_reason": " ".join(reason.split())[:200]},
                     WAREHOUSE_ARCHIVED, actor, now)


def keep_pauses(*, now: datetime) -> int:
    """Begin and end the pauses whose time has come, in every shop; returns how many warehouses were moved."""
    system = Actor.system("inventory")
    moved = 0
    for seller, warehouse_id, name in queries.pauses_to_begin(now):
        moved += _timed(seller, warehouse_id, name, now, {"pause_from__lte": now, "state__in": ["active", "new"]},
                        {"state": Warehouse.State.PAUSED, "pause_from": None}, WAREHOUSE_PAUSED, system)
    for seller, warehouse_id, name in queries.pauses_to_end(now):
        moved += _timed(seller, warehouse_id, name, now, {"pause_until__lte": now, "state": "paused"},
                        {"state": Warehouse.State.ACTIVE, **_NO_PAUSE}, WAREHOUSE_RESUMED, system)
    return moved


_NO_PAUSE: dict[str, Any] = {"pause_from": None, "pause_until": None, "pause_reason": ""}


def _timed(seller_id: int, warehouse_id: int, name: str, now: datetime, still: Mapping[str, Any],
           fields: Mapping[str, Any], event: str, actor: Actor) -> int:
    with atomic():
        moved = Warehouse.objects.filter(pk=warehouse_id, seller_id=seller_id, **still).update(
            **fields, updated_at=now)
        if moved:
            activity.record(event, now=now, actor=actor, seller_id=seller_id, target_type="warehouse",
                            target_id=warehouse_id, target_label=name)
    return moved


def _move(seller: SellerRef, warehouse_id: int, places: tuple[str, ...], fields: Mapping[str, Any], event: str,
          actor: Actor, now: datetime) -> WarehouseRow:
    """One guarded UPDATE; asked again it changes nothing and tells nothing."""
    with atomic():
        locked(_lock(seller))
        before = queries.warehouse(seller, warehouse_id)
        was = {name: getattr(before, name) for name in fields}
        if was == dict(fields):
            return before
        if not Warehouse.objects.filter(pk=warehouse_id, seller_id=seller.id, state__in=places).update(
                **fields, updated_at=now):
            raise WarehouseMoved()
        activity.record(event, now=now, actor=actor, seller_id=seller.id, target_type="warehouse",
                        target_id=warehouse_id, target_label=before.name, before=_plain(was), after=_plain(fields))
    return queries.warehouse(seller, warehouse_id)


def _lock(seller: SellerRef) -> str:
    return f"warehouses:{seller.id}"


def _cleaned(wish: Mapping[str, Any]) -> dict[str, Any]:
    """The wish as it is stored: single spaces, codes in capitals, days in order and once."""
    fields = dict(wish)
    for name in ("name", "city", "return_note"):
        fields[name] = " ".join(fields[name].split())
    for name in ("address", "return_address", "phone"):
        fields[name] = fields[name].strip()
    fields["code"] = fields["code"].strip().upper()
    fields["country"] = fields["country"].upper()
    fields["working_days"] = sorted(set(fields["working_days"]))
    fields["holidays"] = sorted({day if isinstance(day, str) else day.isoformat() for day in fields["holidays"]})
    return fields


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the history keeps them."""
    return {name: value.isoformat("minutes") if isinstance(value, time)
            else value.isoformat() if isinstance(value, (date, datetime))
            else str(value) if isinstance(value, Decimal) else value for name, value in fields.items()}
