"""Opening and changing warehouses."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sellerdesk.core import activity, ids
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.inventory import queries, rules
from sellerdesk.inventory.errors import WarehouseHoldsGoods, field_error
from sellerdesk.inventory.events import WAREHOUSE_CHANGED, WAREHOUSE_CREATED
from sellerdesk.inventory.models import Stock, Warehouse
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.sellers.types import SellerRef

# Clients of the API expect ids of 14 digits.
FIRST_ID = 10_200_050_000_000


def create_warehouse(*, seller: SellerRef, name: str, city: str, address: str = "", time_zone: str, cut_off: time,
                     preparation_hours: int = 24, actor: Actor, now: datetime) -> WarehouseRow:
    """Open a warehouse. Raises Invalid with one error per wrong field."""
    fields = _cleaned(name, city, address, time_zone, cut_off, preparation_hours)
    with atomic():
        locked(f"warehouses:{seller.id}")
        _check(seller, fields, now)
        warehouse_id = FIRST_ID + ids.allocate("inventory.warehouse")[0]
        Warehouse.objects.create(id=warehouse_id, seller_id=seller.id, created_at=now, **fields)
        activity.record(WAREHOUSE_CREATED, now=now, actor=actor, seller_id=seller.id, target_type="warehouse",
                        target_id=warehouse_id, target_label=fields["name"], after=_plain(fields))
    return queries.warehouse(seller, warehouse_id)


def update_warehouse(*, seller: SellerRef, warehouse_id: int, name: str, city: str, address: str = "", time_zone: str,
                     cut_off: time, preparation_hours: int = 24, state: str = "active", actor: Actor,
                     now: datetime) -> WarehouseRow:
    """Change a warehouse. An archived one keeps its goods out of sale.

    Raises WarehouseUnknown, Invalid with one error per wrong field, WarehouseHoldsGoods.
    """
    fields = _cleaned(name, city, address, time_zone, cut_off, preparation_hours)
    with atomic():
        locked(f"warehouses:{seller.id}")
        before = queries.warehouse(seller, warehouse_id)
        _check(seller, fields, now, warehouse_id=warehouse_id, state=state)
        if state == "archived" and before.state != "archived":
            reserved = sum(Stock.objects.filter(warehouse_id=warehouse_id, reserved__gt=0).values_list(
                "reserved", flat=True))
            if reserved:
                raise WarehouseHoldsGoods(data={"count": reserved})
        fields["state"] = state
        was = {key: getattr(before, key) for key in fields}
        if was == fields:
            return before
        Warehouse.objects.filter(pk=warehouse_id, seller_id=seller.id).update(**fields)
        activity.record(WAREHOUSE_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="warehouse",
                        target_id=warehouse_id, target_label=fields["name"], before=_plain(was), after=_plain(fields))
    return queries.warehouse(seller, warehouse_id)


def _cleaned(name: str, city: str, address: str, time_zone: str, cut_off: time, preparation_hours: int
             ) -> dict[str, Any]:
    return {"name": " ".join(name.split()), "city": " ".join(city.split())[:100], "address": address.strip()[:300],
            "time_zone": time_zone, "cut_off": cut_off, "preparation_hours": preparation_hours}


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat("minutes") if isinstance(value, time) else value for key, value in fields.items()}


def _check(seller: SellerRef, fields: dict[str, Any], now: datetime, warehouse_id: int = 0, state: str = "active"
           ) -> None:
    errors: list[FieldError] = []
    refusal = rules.name_refusal(fields["name"])
    if refusal is None and any(row.name.casefold() == fields["name"].casefold() and row.id != warehouse_id
                               for row in queries.warehouses(seller)):
        refusal = "warehouse_name_taken"
    if refusal:
        errors.append(field_error("name", refusal, fields["name"]))
    if not fields["city"]:
        errors.append(field_error("city", "city_missing"))
    if not rules.known_time_zone(fields["time_zone"]):
        errors.append(field_error("time_zone", "time_zone_unknown", fields["time_zone"]))
    most = dated.get("inventory.longest_preparation", "", now).value["hours"]
    if not 1 <= fields["preparation_hours"] <= most:
        errors.append(field_error("preparation_hours", "preparation_hours_range", fields["preparation_hours"],
                                  most=most))
    if state not in {"active", "paused", "archived"}:
        errors.append(field_error("state", "state_unknown", state))
    if errors:
        raise Invalid.many(errors)
