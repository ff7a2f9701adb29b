"""Passes for cars: those of carriages, and those that fetch returns."""

from __future__ import annotations

from typing import Literal

from sellerdesk.handover import queries
from sellerdesk.handover import services as handover
from sellerdesk.handover.types import PassFilter, PassInput, PassRow
from sellerdesk.returns import services as returns
from sellerdesk.seller_api import scope, wire
from sellerdesk.seller_api.carriages import viewer
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import passes as models
from sellerdesk.seller_api.schemas.carriages import Nothing

_RETURNS: dict[str, bool | None] = {"": None, "FBS_DELIVERY": False, "FBS_RETURN": True}
_Reason = Literal["FBS_DELIVERY", "FBS_RETURN"]


@endpoint("/v1/pass/list", request=models.PassListRequest, answer=models.PassListResponse, right="postings:read")
def pass_list(call: Call, request: models.PassListRequest) -> models.PassListResponse:
    """Lists passes for cars, of carriages and of returns, by number."""
    asked = request.filter
    page = queries.passes(
        call.seller,
        PassFilter(
            ids=tuple(asked.arrival_pass_ids),
            returns=_RETURNS[asked.arrival_reason],
            warehouse_ids=scope.warehouses(call, asked.warehouse_ids),
            place_ids=tuple(asked.dropoff_point_ids),
            active_at=call.now if asked.only_active_passes else None,
        ),
        viewer=viewer(call),
        cursor=request.cursor or None,
        limit=request.limit,
    )
    return models.PassListResponse(
        arrival_passes=[
            models.ArrivalPass(
                arrival_pass_id=row.id,
                arrival_reasons=_reasons(row),
                arrival_time=row.arrives_at,
                driver_name=row.driver,
                driver_phone=row.phone,
                dropoff_point_id=row.place_id,
                is_active=row.active(call.now),
                vehicle_license_plate=row.plate,
                vehicle_model=row.model,
                warehouse_id=row.warehouse_id,
            )
            for row in page.rows
        ],
        cursor=page.next_cursor,
    )


def _reasons(row: PassRow) -> list[_Reason]:
    found: list[_Reason] = ["FBS_DELIVERY"] if row.carriage_id else []
    return [*found, "FBS_RETURN"] if row.with_returns or not row.carriage_id else found


@endpoint(
    "/v1/carriage/pass/create",
    request=models.CarriagePassCreateRequest,
    answer=models.PassIdsResponse,
    right="postings:write",
)
def carriage_create(call: Call, request: models.CarriagePassCreateRequest) -> models.PassIdsResponse:
    """Orders passes for the cars that bring the parcels of a carriage."""
    made = handover.add_passes(
        seller=call.seller,
        passes=[
            PassInput(one.driver_name, one.driver_phone, one.vehicle_model, one.vehicle_license_plate, one.with_returns)
            for one in request.arrival_passes
        ],
        carriage_id=request.carriage_id,
        actor=call.actor,
        now=call.now,
        viewer=viewer(call),
    )
    return models.PassIdsResponse(arrival_pass_ids=[str(one) for one in made])


@endpoint(
    "/v1/carriage/pass/update", request=models.CarriagePassUpdateRequest, answer=Nothing, right="postings:write"
)
def carriage_update(call: Call, request: models.CarriagePassUpdateRequest) -> Nothing:
    """Changes cars and drivers of a carriage's passes: all of them or none."""
    handover.change_passes(
        seller=call.seller,
        passes=[
            PassInput(one.driver_name, one.driver_phone, one.vehicle_model, one.vehicle_license_plate,
                      one.with_returns, one.id)
            for one in request.arrival_passes
        ],
        carriage_id=request.carriage_id,
        actor=call.actor,
        now=call.now,
        viewer=viewer(call),
    )
    return Nothing()


@endpoint(
    "/v1/carriage/pass/delete", request=models.CarriagePassDeleteRequest, answer=Nothing, right="postings:write"
)
def carriage_delete(call: Call, request: models.CarriagePassDeleteRequest) -> Nothing:
    """Withdraws passes of a carriage: all of them or none."""
    handover.remove_passes(
        seller=call.seller,
        pass_ids=request.arrival_pass_ids,
        carriage_id=request.carriage_id,
        actor=call.actor,
        now=call.now,
        viewer=viewer(call),
    )
    return Nothing()


@endpoint(
    "/v1/return/pass/create",
    request=models.ReturnPassCreateRequest,
    answer=models.PassIdsResponse,
    right="returns:write",
)
def return_create(call: Call, request: models.ReturnPassCreateRequest) -> models.PassIdsResponse:
    """Orders passes for cars that fetch returns at a point."""
    made = returns.add_passes(
        seller=call.seller,
        passes=[
            PassInput(
                one.driver_name, one.driver_phone, one.vehicle_model, one.vehicle_license_plate,
                arrives_at=wire.moment(one.arrival_time), warehouse_id=one.warehouse_id, place_id=one.dropoff_point_id)
            for one in request.arrival_passes
        ],
        actor=call.actor,
        now=call.now,
        only_in=call.caller.warehouse_ids,
    )
    return models.PassIdsResponse(arrival_pass_ids=[str(one) for one in made])


@endpoint("/v1/return/pass/update", request=models.ReturnPassUpdateRequest, answer=Nothing, right="returns:write")
def return_update(call: Call, request: models.ReturnPassUpdateRequest) -> Nothing:
    """Changes cars, drivers and hours of passes for returns: all of them or none."""
    returns.change_passes(
        seller=call.seller,
        passes=[
            PassInput(
                one.driver_name, one.driver_phone, one.vehicle_model, one.vehicle_license_plate,
                id=one.arrival_pass_id, arrives_at=wire.moment(one.arrival_time))
            for one in request.arrival_passes
        ],
        actor=call.actor,
        now=call.now,
        only_in=call.caller.warehouse_ids,
    )
    return Nothing()


@endpoint("/v1/return/pass/delete", request=models.ReturnPassDeleteRequest, answer=Nothing, right="returns:write")
def return_delete(call: Call, request: models.ReturnPassDeleteRequest) -> Nothing:
    """Withdraws passes for returns: all of them or none."""
    returns.remove_passes(
        seller=call.seller,
        pass_ids=request.arrival_pass_ids,
        actor=call.actor,
        now=call.now,
        only_in=call.caller.warehouse_ids,
    )
    return Nothing()
