"""Warehouses by what they are for supplies: the marketplace's own with their hours, and the shop's own."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import ClusterRow, WarehouseRow
from sellerdesk.seller_api import supplies, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import warehouse_places as models
from sellerdesk.seller_api.schemas.base import Empty
from sellerdesk.seller_api.schemas.warehouses import WEEKDAYS
from sellerdesk.supply import queries as supply
from sellerdesk.supply.types import Slot


@endpoint(
    "/v1/supplier/available_warehouses",
    request=Empty,
    answer=models.AvailableWarehousesResponse,
    right="supplies:read",
    method="GET",
)
def available(call: Call, request: Empty) -> models.AvailableWarehousesResponse:
    """Tells day by day at which hours warehouses and receiving points still take supplies, and how many."""
    return models.AvailableWarehousesResponse(
        result=[
            models.AvailableWarehouse(
                warehouse=models.AvailableWarehouseName(id=str(place.id), name=place.name),
                schedule=models.AvailableSchedule(
                    date=datetime.combine(day, datetime.min.time(), ZoneInfo(place.time_zone)).astimezone(UTC),
                    capacity=[
                        models.AvailableCapacity(start=slot.start, end=slot.end, value=slot.left) for slot in slots
                    ],
                ),
            )
            for place, free in supply.timetables(call.now)
            for day, slots in _by_day(place, free).items()
        ]
    )


def _by_day(place: WarehouseRow, free: list[Slot]) -> dict[date, list[Slot]]:
    found: dict[date, list[Slot]] = defaultdict(list)
    zone = ZoneInfo(place.time_zone)
    for slot in free:
        found[slot.start.astimezone(zone).date()].append(slot)
    return found


@endpoint(
    "/v1/warehouse/ozon/list",
    request=models.PlatformWarehousesRequest,
    answer=models.PlatformWarehousesResponse,
    right="supplies:read",
)
def platform(call: Call, request: models.PlatformWarehousesRequest) -> models.PlatformWarehousesResponse:
    """Lists the marketplace's warehouses and receiving points, of the types asked for."""
    found: list[tuple[WarehouseRow, models.PlatformWarehouseType]] = []
    found += [(row, "FULL_FILLMENT") for row in inventory.platform_warehouses()]
    found += [(row, "ORDERS_RECEIVING_POINT") for row in inventory.platform_warehouses("receiving")]
    countries = {row.id: row.country for row in inventory.clusters(call.now)}
    return models.PlatformWarehousesResponse(
        warehouses=[
            models.PlatformWarehouse(
                warehouse_id=row.id,
                name=row.name,
                short_name=row.name,
                address=row.address,
                timezone=row.time_zone,
                is_active=row.active,
                warehouse_type=kind,
                country_iso_numeric=wire.COUNTRY_NUMBERS.get(row.country or countries.get(row.cluster_id or 0, ""), 0),
                is_cross_dock=kind == supplies.RECEIVING,
                is_for_supply=row.active,
            )
            for row, kind in found
            if not request.warehouse_types or kind in request.warehouse_types
        ]
    )


@endpoint(
    "/v1/warehouse/fbo/seller/list",
    request=Empty,
    answer=models.OwnWarehousesResponse,
    right="warehouses:read",
)
def own(call: Call, request: Empty) -> models.OwnWarehousesResponse:
    """Lists where the shop's supplies come from: its own warehouses, with hours and the cluster that they lie in."""
    reached = call.caller.warehouse_ids
    clusters = inventory.clusters(call.now)
    return models.OwnWarehousesResponse(
        warehouses=[
            models.OwnWarehouse(
                seller_warehouse_id=row.id,
                seller_warehouse_name=row.name,
                is_active=row.active,
                is_pickup=row.kind == "pick_up",
                address=_address(row, clusters),
                contacts=models.OwnWarehouseContacts(phone_numbers=[row.phone] if row.phone else ()),
                working_days=[
                    models.OwnWarehouseDay(
                        day=WEEKDAYS[day - 1], time_from_local=f"{row.opens:%H:%M}", time_to_local=f"{row.closes:%H:%M}"
                    )
                    for day in row.working_days
                ],
            )
            for row in inventory.warehouses(call.seller)
            if not reached or row.id in reached
        ]
    )


def _address(row: WarehouseRow, clusters: list[ClusterRow]) -> models.OwnWarehouseAddress:
    where = f"{row.city}, {row.address}"
    region, cluster = next(
        ((region, one.id) for one in clusters for region in one.regions if region in where), ("", 0)
    )
    return models.OwnWarehouseAddress(
        address=row.address,
        city=row.city,
        country_code=row.country,
        coordinates=models.OwnWarehousePoint(latitude=float(row.latitude or 0), longitude=float(row.longitude or 0)),
        timezone=row.time_zone,
        region=region,
        macrolocal_cluster_id=cluster,
    )
