"""Warehouses a seller ships from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.seller_api import budget, scope
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import warehouses as models

#: The API's words for the state of a warehouse.
STATUS = {"new": "new", "active": "created", "paused": "disabled", "archived": "archived"}


@endpoint(
    "/v2/warehouse/list",
    request=models.WarehouseListV2Request,
    answer=models.WarehouseListV2Response,
    right="warehouses:read",
)
def warehouse_list(call: Call, request: models.WarehouseListV2Request) -> models.WarehouseListV2Response:
    """Lists the shop's own warehouses, those that the key reaches."""
    after = cursor_decode(request.cursor, 1)[0] if request.cursor else 0
    if not isinstance(after, int):
        raise Invalid("cursor_invalid", field="cursor")
    wanted = set(scope.warehouses(call, request.warehouse_ids))
    # A shop has a handful of warehouses, so one short list is read and cut here.
    rows = sorted(inventory.warehouses(call.seller), key=lambda row: row.id)
    rows = [row for row in rows if row.id > after and (not wanted or row.id in wanted)]
    shown, has_next = rows[: request.limit], len(rows) > request.limit
    return models.WarehouseListV2Response(
        warehouses=[_warehouse(row, call.now) for row in shown],
        cursor=cursor_encode(shown[-1].id) if has_next else "",
        has_next=has_next,
    )


@endpoint(
    "/v1/warehouse/list",
    request=models.WarehouseListRequest,
    answer=models.WarehouseListResponse,
    right="warehouses:read",
    rate=budget.per_minute(1, "warehouse-list"),
    deprecated=True,
)
def warehouse_list_v1(call: Call, request: models.WarehouseListRequest) -> models.WarehouseListResponse:
    """The older listing, by offset: a translation of the newer one. Programs from before it had a limit ask for all."""
    wanted = set(scope.warehouses(call))
    rows = [row for row in sorted(inventory.warehouses(call.seller), key=lambda row: row.id)
            if not wanted or row.id in wanted]
    return models.WarehouseListResponse(result=[
        models.WarehouseV1(
            warehouse_id=row.id,
            name=row.name,
            status=STATUS[row.state],
            is_rfbs=row.by_seller,
            is_kgt=row.bulky,
            is_timetable_editable=row.state != "archived",
            first_mile_type=models.FirstMileTypeV1(first_mile_type="Pickup" if row.kind == "pick_up" else "DropOff"),
            has_postings_limit=row.postings_limit is not None,
            postings_limit=-1 if row.postings_limit is None else row.postings_limit,
            working_days=[str(day) for day in row.working_days],
        )
        for row in rows[request.offset:request.offset + request.limit]
    ])


def _warehouse(row: WarehouseRow, now: datetime) -> models.WarehouseListV2ResponseWarehouse:
    return models.WarehouseListV2ResponseWarehouse(
        warehouse_id=row.id,
        name=row.name,
        status=STATUS[row.state],
        address_info=models.WarehouseAddressInfo(
            address=", ".join(part for part in (row.city, row.address) if part),
            latitude=float(row.latitude or 0),
            longitude=float(row.longitude or 0),
            utc=_offset(row.time_zone, now),
        ),
        created_at=row.created_at,
        updated_at=row.updated_at or row.created_at,
        phone=row.phone,
        is_rfbs=row.by_seller,
        is_express=row.kind == "express",
        is_kgt=row.bulky,
        working_days=[models.WEEKDAYS[day - 1] for day in row.working_days],
        cut_in_time=row.cut_off.hour * 60 + row.cut_off.minute,
        sla_cut_in=row.preparation_hours * 60,
        first_mile=models.WarehouseFirstMile(type="PICK_UP" if row.kind == "pick_up" else "DROP_OFF"),
        timetable=_timetable(row, now),
        has_postings_limit=row.postings_limit is not None,
        postings_limit=-1 if row.postings_limit is None else row.postings_limit,
        pause_at=row.pause_from,
    )


def _timetable(row: WarehouseRow, now: datetime) -> models.WarehouseTimetable:
    """Today's hours as moments: the contract has no times of day."""
    zone = ZoneInfo(row.time_zone)
    today = now.astimezone(zone).date()
    opens, closes = (datetime.combine(today, at, zone).astimezone(UTC) for at in (row.opens, row.closes))
    return models.WarehouseTimetable(opens, closes, (models.WarehouseWorkingHours(opens, closes),))


def _offset(time_zone: str, now: datetime) -> str:
    """`UTC+03:00`."""
    shift = now.astimezone(ZoneInfo(time_zone)).utcoffset() or timedelta(0)
    minutes = int(shift.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
