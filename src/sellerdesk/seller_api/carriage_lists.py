"""The older listings of carriages: translations of the newer one."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sellerdesk.core.i18n import localized
from sellerdesk.handover.types import CarriageRow
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.logistics.types import MethodRow
from sellerdesk.orders.types import PackedRow
from sellerdesk.seller_api import carriages
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import carriage_lists as models


@endpoint(
    "/v1/posting/carriage-available/list",
    request=models.CarriageAvailableRequest,
    answer=models.CarriageAvailableResponse,
    right="postings:read",
    deprecated=True,
)
def available(call: Call, request: models.CarriageAvailableRequest) -> models.CarriageAvailableResponse:
    """Lists the carriages of a delivery method; one with id 0 could be created from what waits."""
    return models.CarriageAvailableResponse(
        result=[
            models.CarriageAvailable(
                carriage_id=number,
                carriage_postings_count=count,
                carriage_status=state,
                cutoff_at=told.cutoff_at,
                delivery_method_id=told.method.id,
                delivery_method_name=told.method.name,
                first_mile_type=carriages.first_mile(told.place),
                mandatory_postings_count=0 if number else told.due,
                mandatory_packaged_count=0 if number else told.due,
                recommended_time_local=told.recommended,
                recommended_time_utc_offset_in_minutes=told.offset_minutes,
                tpl_provider_name=localized(told.method.carrier_names, call.language),
                warehouse_city=told.place.city if told.place else "",
                warehouse_id=told.method.warehouse_id,
                warehouse_name=told.place.name if told.place else "",
                warehouse_timezone=told.place.time_zone if told.place else "",
            )
            for told in _found(call, request.delivery_method_id, request.departure_date)
            for number, count, state in told.carriages
        ]
    )


@endpoint(
    "/v1/carriage/delivery/list",
    request=models.CarriageDeliveryListRequest,
    answer=models.CarriageDeliveryListResponse,
    right="postings:read",
    deprecated=True,
)
def delivery_list(
    call: Call, request: models.CarriageDeliveryListRequest
) -> models.CarriageDeliveryListResponse:
    """Lists delivery methods with their carriages of a day, all at once."""
    return models.CarriageDeliveryListResponse(
        result=[
            models.CarriageDelivery(
                can_create_another_carriage=bool(told.waiting),
                carriage_postings_count=sum(row.postings for row in told.formed),
                carriages=[
                    models.CarriageDeliveryCarriage(id=str(number), postings_count=count, status=state)
                    for number, count, state in told.carriages
                ],
                cutoff_at=told.cutoff_at,
                delivery_method_id=told.method.id,
                delivery_method_name=told.method.name,
                delivery_method_status="ACTIVE" if told.method.active else "DISABLED",
                departure_date=request.departure_date or call.now,
                first_mile_type=carriages.first_mile(told.place),
                integration_type=carriages.integration(told.method.integration),
                recommended_time_local=told.recommended,
                recommended_time_utc_offset_in_minutes=told.offset_minutes,
                mandatory_packaged_count=told.due,
                mandatory_postings_count=told.due,
                optional_packaged_count=len(told.waiting) - told.due,
                postings_for_another_carriage_count=len(told.waiting),
                tpl_provider_name=localized(told.method.carrier_names, call.language),
                warehouse_city=told.place.city if told.place else "",
                warehouse_id=told.method.warehouse_id,
                warehouse_name=told.place.name if told.place else "",
            )
            for told in _found(call, request.delivery_method_id, request.departure_date)
        ]
    )


class _Told:
    """One delivery method with what waits for it and what was formed."""

    def __init__(self, call: Call, method: MethodRow, place: WarehouseRow | None, waiting: list[PackedRow],
                 formed: list[CarriageRow], until: datetime) -> None:
        zone = ZoneInfo(place.time_zone if place else call.seller.time_zone)
        local = until.astimezone(zone)
        away = local.utcoffset()
        self.method, self.place, self.waiting, self.formed = method, place, waiting, formed
        self.due = sum(one.ship_by.astimezone(zone).date() <= local.date() for one in waiting)
        self.cutoff_at = min((one.ship_by for one in waiting), default=None)
        self.offset_minutes = int(away.total_seconds()) // 60 if away else 0
        self.recommended = f"{place.cut_off:%H:%M}" if place else ""
        self.carriages = [(row.id, row.postings, row.state) for row in formed]
        if waiting:
            self.carriages.append((0, len(waiting), ""))


def _found(call: Call, method_id: int, departure: datetime | None) -> list[_Told]:
    methods = carriages.carried(call, method_id)
    places = {one.id: one for one in inventory.warehouses(call.seller)}
    waiting, formed = carriages.parcels_of(call, methods, carriages.local_day(call, departure))
    return [_Told(call, one, places.get(one.warehouse_id), waiting[one.id], formed[one.id], departure or call.now)
            for one in methods]
