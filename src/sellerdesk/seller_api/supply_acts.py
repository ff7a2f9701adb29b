"""Acts on supplies: done at once, what came of them is told by a second method."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from sellerdesk.seller_api import supplies, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import supply_acts as models
from sellerdesk.supply import queries, services
from sellerdesk.supply.types import Car, ItemInput, Slot, SupplyCard

_DAYS = 28
_SLOT = "UPDATE_TIMESLOT_ERROR_"
_SLOT_WORDS = {"INVALID_ORDER_STATE": f"{_SLOT}INVALID_ORDER_STATE",
               "TIMESLOT_NOT_AVAILABLE": f"{_SLOT}OUT_OF_ALLOWED_RANGE",
               f"{_SLOT}OUT_OF_ALLOWED_RANGE": f"{_SLOT}OUT_OF_ALLOWED_RANGE",
               f"{_SLOT}LIMIT_OF_CHANGING_TIMESLOT_EXCEEDED": f"{_SLOT}LIMIT_OF_CHANGING_TIMESLOT_EXCEEDED"}
_PASS_WORDS = {"INVALID_ORDER_STATE": "SET_VEHICLE_ERROR_INVALID_ORDER_STATE"}
_CONTENT_WORDS = {"INVALID_ORDER_STATE": "INCORRECT_SUPPLY_STATE"}


@endpoint("/v1/supply-order/cancel", request=models.CancelRequest, answer=models.CancelResponse,
          right="supplies:write")
def cancel(call: Call, request: models.CancelRequest) -> models.CancelResponse:
    """Cancels a supply that was not handed in."""
    supplies.whole_shop(call)
    operation, _ = services.attempt(
        seller=call.seller, kind="cancel", supply_id=request.order_id, now=call.now,
        word=supplies.spelled({}, "INVALID_ORDER_STATE"), act=lambda: services.cancel_supply(
            seller=call.seller, supply_id=request.order_id, actor=call.actor, now=call.now))
    return models.CancelResponse(operation_id=operation)


@endpoint("/v1/supply-order/cancel/status", request=models.CancelStatusRequest, answer=models.CancelStatusResponse,
          right="supplies:read")
def cancel_status(call: Call, request: models.CancelStatusRequest) -> models.CancelStatusResponse:
    """Tells whether a supply was cancelled."""
    row = supplies.operation(call, request.operation_id, "cancel")
    if row is None:
        return models.CancelStatusResponse(status="ERROR")
    card = queries.supply(call.seller, row.supply_id or 0, call.now)
    return models.CancelStatusResponse(
        status="SUCCESS" if row.done else "ERROR", error_reasons=row.errors,
        result=models.CancelStatusResponseResult(is_order_cancelled=row.done, supplies=[
            models.CancelStatusResponseResultSupply(
                is_supply_cancelled=row.done, supply_id=supplies.supply_id(card),
                error_reasons=() if row.done else ["INVALID_SUPPLY_STATE"])]))


@endpoint("/v1/supply-order/pass/create", request=models.PassRequest, answer=models.PassResponse,
          right="supplies:write")
def create_pass(call: Call, request: models.PassRequest) -> models.PassResponse:
    """Tells the gate which car comes and who drives it."""
    supplies.whole_shop(call)
    car = request.vehicle
    operation, error = services.attempt(
        seller=call.seller, kind="pass", supply_id=request.supply_order_id, now=call.now,
        word=supplies.spelled(_PASS_WORDS, "SET_VEHICLE_ERROR_UNSPECIFIED"), act=lambda: services.set_pass(
            seller=call.seller, supply_id=request.supply_order_id, actor=call.actor, now=call.now,
            car=Car(car.vehicle_number, car.vehicle_model, car.driver_name, car.driver_phone)))
    return models.PassResponse(operation_id=operation, error_reasons=[error] if error else ())


@endpoint("/v1/supply-order/pass/status", request=models.PassStatusRequest, answer=models.PassStatusResponse,
          right="supplies:read")
def pass_status(call: Call, request: models.PassStatusRequest) -> models.PassStatusResponse:
    """Tells whether the gate knows the car."""
    row = supplies.operation(call, request.operation_id, "pass")
    if row is None:
        return models.PassStatusResponse()
    return models.PassStatusResponse(errors=row.errors, result="Success" if row.done else "Failed")


@endpoint("/v1/supply-order/timeslot/get", request=models.TimeslotsV1Request, answer=models.TimeslotsV1Response,
          right="supplies:read", deprecated=True)
def timeslots_v1(call: Call, request: models.TimeslotsV1Request) -> models.TimeslotsV1Response:
    """The older listing of hours to which a supply can be moved: without the reasons why it cannot."""
    supplies.whole_shop(call)
    card = queries.supply(call.seller, request.supply_order_id, call.now)
    return models.TimeslotsV1Response(
        timeslots=[models.TimeslotV1(from_=slot.start, to=slot.end) for slot in _free_hours(call, card)],
        timezone=[models.TimezoneV1(
            iana_name=card.time_zone, offset=supplies.offset_text(call.now, card.time_zone))])


def _free_hours(call: Call, card: SupplyCard) -> list[Slot]:
    """None where the supply may not be moved."""
    place = queries.place(card.drop_off_id) if supplies.may(card, "set_slot") else None
    first = call.now.astimezone(ZoneInfo(card.time_zone)).date()
    return queries.free_slots(place, first, first + timedelta(days=_DAYS), call.now) if place else []


@endpoint("/v2/supply-order/timeslot/list", request=models.TimeslotsRequest, answer=models.TimeslotsResponse,
          right="supplies:read")
def timeslots(call: Call, request: models.TimeslotsRequest) -> models.TimeslotsResponse:
    """Lists the hours to which a supply can be moved."""
    supplies.whole_shop(call)
    card = queries.supply(call.seller, request.order_id, call.now)
    limit = queries.slot_changes_limit(call.now)
    if not supplies.may(card, "set_slot"):
        if card.slot_changes >= limit:
            return models.TimeslotsResponse(limit_exceeded=models.TimeslotsResponseLimitExceeded(changes_limit=limit))
        return models.TimeslotsResponse(timeslot_change_forbidden=models.TimeslotsResponseTimeslotChangeForbidden(
            error_reasons=["INVALID_ORDER_STATE"]))
    free = _free_hours(call, card)
    return models.TimeslotsResponse(timeslots_info=models.TimeslotsResponseTimeslotsInfo(
        limitations=models.TimeslotsResponseTimeslotsInfoLimitations(
            changes_count=card.slot_changes, changes_limit=limit),
        timeslots=[models.TimeslotsResponseTimeslotsInfoTimeslot(from_=slot.start, to=slot.end) for slot in free],
        timezone=models.TimeslotsResponseTimeslotsInfoTimezone(
            iana_name=card.time_zone, offset=supplies.offset_seconds(call.now, card.time_zone))))


@endpoint("/v1/supply-order/timeslot/update", request=models.TimeslotUpdateRequest,
          answer=models.TimeslotUpdateResponse, right="supplies:write")
def update_timeslot(call: Call, request: models.TimeslotUpdateRequest) -> models.TimeslotUpdateResponse:
    """Moves a supply to another hour."""
    supplies.whole_shop(call)
    operation, error = services.attempt(
        seller=call.seller, kind="timeslot", supply_id=request.supply_order_id, now=call.now,
        word=supplies.spelled(_SLOT_WORDS, f"{_SLOT}UNSPECIFIED"), act=lambda: services.change_slot(
            seller=call.seller, supply_id=request.supply_order_id, slot_from=wire.moment(request.timeslot.from_),
            actor=call.actor, now=call.now))
    return models.TimeslotUpdateResponse(operation_id=operation, errors=[error] if error else ())


@endpoint("/v1/supply-order/timeslot/status", request=models.TimeslotStatusRequest,
          answer=models.TimeslotStatusResponse, right="supplies:read")
def timeslot_status(call: Call, request: models.TimeslotStatusRequest) -> models.TimeslotStatusResponse:
    """Tells whether a supply was moved to another hour."""
    row = supplies.operation(call, request.operation_id, "timeslot")
    if row is None:
        return models.TimeslotStatusResponse()
    return models.TimeslotStatusResponse(errors=row.errors, status="STATUS_SUCCESS" if row.done else "STATUS_ERROR")


@endpoint("/v1/supply-order/content/update", request=models.ContentRequest, answer=models.ContentResponse,
          right="supplies:write")
def update_content(call: Call, request: models.ContentRequest) -> models.ContentResponse:
    """Replaces the goods of a supply that is being filled in."""
    card = supplies.order_of(call, request.supply_id)
    if card.id != request.order_id:
        return models.ContentResponse(errors=["SUPPLY_DOES_NOT_BELONGS_TO_ORDER"])
    if not request.items:
        return models.ContentResponse(errors=["EMPTY_CONTENT"])
    operation, error = services.attempt(
        seller=call.seller, kind="content", supply_id=card.id, now=call.now,
        word=supplies.spelled(_CONTENT_WORDS, "SUPPLY_CONTENT_NOT_VALID"), act=lambda: services.set_contents(
            seller=call.seller, supply_id=card.id, actor=call.actor, now=call.now,
            items=[ItemInput(one.sku, one.quantity) for one in request.items]))
    return models.ContentResponse(operation_id=operation, errors=[error] if error else ())


@endpoint("/v1/supply-order/content/update/status", request=models.ContentStatusRequest,
          answer=models.ContentStatusResponse, right="supplies:read")
def content_status(call: Call, request: models.ContentStatusRequest) -> models.ContentStatusResponse:
    """Tells whether the goods of a supply were replaced, and under which id they are listed."""
    row = supplies.operation(call, request.operation_id, "content")
    if row is None:
        return models.ContentStatusResponse(status="ERROR")
    return models.ContentStatusResponse(
        errors=row.errors, status="SUCCESS" if row.done else "ERROR",
        new_bundle_id=f"supply-{row.supply_id}" if row.done else "")
