"""Carriages: gathering packed parcels of a delivery method, handing them over together."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.core.i18n import localized
from sellerdesk.handover import queries as handover
from sellerdesk.handover import services as acts
from sellerdesk.handover.types import CarriageFilter, CarriageRow, PassFilter
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.logistics import queries as logistics
from sellerdesk.logistics.types import MethodRow
from sellerdesk.orders.queries import handing
from sellerdesk.orders.types import PackedRow
from sellerdesk.seller_api import parsing, scope
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import carriages as models

# Our kinds of delivery in the contract's words.
INTEGRATION = {"platform": "ozon"}
#: What may be done with a carriage, in the contract's words.
ACTIONS = {"choose": "set_postings", "approve": "approve", "cancel": "cancel", "act": "act_print",
           "waybill": "waybill_print", "container_labels": "container_label_print",
           "discrepancy_act": "act_of_mismatch_print"}


def viewer(call: Call) -> handover.Viewer:
    """What the key reaches."""
    return handover.Viewer(tuple(call.caller.warehouse_ids), f"key:{call.caller.key_id}")


def integration(word: str) -> str:
    return INTEGRATION.get(word, word)


@endpoint(
    "/v1/carriage/create",
    request=models.CarriageCreateRequest,
    answer=models.CarriageCreateResponse,
    right="postings:write",
)
def create(call: Call, request: models.CarriageCreateRequest) -> models.CarriageCreateResponse:
    """Gathers every packed parcel of a delivery method that is in no carriage."""
    number = acts.create_carriage(
        seller=call.seller,
        method_id=request.delivery_method_id,
        departs_on=local_day(call, request.departure_date),
        actor=call.actor,
        now=call.now,
        only_in=tuple(call.caller.warehouse_ids),
    )
    return models.CarriageCreateResponse(carriage_id=number)


@endpoint(
    "/v1/carriage/set-postings",
    request=models.SetPostingsRequest,
    answer=models.SetPostingsResponse,
    right="postings:write",
)
def set_postings(call: Call, request: models.SetPostingsRequest) -> models.SetPostingsResponse:
    """Replaces the parcels of a carriage that is not formed; tells of each one whether it is in."""
    scope.require(call, request.posting_numbers)
    outcomes = acts.set_postings(
        seller=call.seller,
        carriage_id=request.carriage_id,
        numbers=request.posting_numbers,
        actor=call.actor,
        now=call.now,
        viewer=viewer(call),
    )
    return models.SetPostingsResponse(
        result=[models.SetPostingsResult(one.number, not one.error, one.error) for one in outcomes]
    )


@endpoint(
    "/v1/carriage/approve",
    request=models.CarriageApproveRequest,
    answer=models.Nothing,
    right="postings:write",
)
def approve(call: Call, request: models.CarriageApproveRequest) -> models.Nothing:
    """Forms a carriage: its parcels are handed over, its papers can be printed."""
    acts.approve(
        seller=call.seller,
        carriage_id=request.carriage_id,
        containers=request.containers_count,
        actor=call.actor,
        now=call.now,
        viewer=viewer(call),
    )
    return models.Nothing()


@endpoint(
    "/v1/carriage/cancel",
    request=models.CarriageRequest,
    answer=models.CarriageCancelResponse,
    right="postings:write",
)
def cancel(call: Call, request: models.CarriageRequest) -> models.CarriageCancelResponse:
    """Dissolves a carriage that is not formed."""
    acts.cancel(
        seller=call.seller, carriage_id=request.carriage_id, actor=call.actor, now=call.now, viewer=viewer(call)
    )
    return models.CarriageCancelResponse(error="", carriage_status="cancelled")


@endpoint(
    "/v1/carriage/get",
    request=models.CarriageRequest,
    answer=models.CarriageGetResponse,
    right="postings:read",
)
def get(call: Call, request: models.CarriageRequest) -> models.CarriageGetResponse:
    """Tells everything about one carriage."""
    row = handover.carriage(call.seller, request.carriage_id, viewer(call))
    place = next((one for one in inventory.warehouses(call.seller) if one.id == row.warehouse_id), None)
    more = any(one.method_id == row.method_id for one in handover.waiting(call.seller, (row.warehouse_id,)))
    printed = handover.has_paper(call.seller, row.id, "container_labels")
    can_cancel = "cancel" in row.actions
    return models.CarriageGetResponse(
        act_type=act_type(row),
        all_blr_traceable=False,
        is_waybill_enabled="waybill" in row.actions,
        is_econom=False,
        arrival_pass_ids=[
            str(one.id) for one in handover.passes(call.seller, PassFilter(carriage_id=row.id)).rows
        ],
        available_actions=[ACTIONS[action] for action in row.actions],
        cancel_availability=models.CancelAvailability(
            is_cancel_available=can_cancel, reason="" if can_cancel else "CARRIAGE_HAS_INCORRECT_STATUS"
        ),
        carriage_id=row.id,
        company_id=call.seller.id,
        containers_count=row.containers,
        created_at=row.created_at,
        delivery_method_id=row.method_id,
        departure_date=row.departs_on.isoformat(),
        first_mile_type=first_mile(place),
        has_postings_for_next_carriage=more,
        integration_type=integration(row.integration),
        is_container_label_printed=printed,
        is_partial=row.partial_num > 1 or more,
        partial_num=row.partial_num,
        retry_count=0,
        status=row.state,
        tpl_provider_id=row.carrier_number,
        updated_at=row.changed_at,
        warehouse_id=row.warehouse_id,
    )


@endpoint(
    "/v2/carriage/delivery/list",
    request=models.CarriageDeliveryListV2Request,
    answer=models.CarriageDeliveryListV2Response,
    right="postings:read",
)
def delivery_list(call: Call, request: models.CarriageDeliveryListV2Request) -> models.CarriageDeliveryListV2Response:
    """Lists delivery methods with their carriages of a day; one with id 0 could be created from what waits."""
    after = cursor_decode(request.cursor, 1)[0] if request.cursor else 0
    if not isinstance(after, int):
        raise Invalid("cursor_invalid", field="cursor")
    asked = request.filter
    places = {one.id: one for one in inventory.warehouses(call.seller)}
    methods = [one for one in carried(call, asked.delivery_method_id) if one.id > after]
    shown, more = methods[: request.limit], len(methods) > request.limit
    day = _day(asked.departure_date, type(asked))
    waiting, formed = parcels_of(call, shown, day)
    return models.CarriageDeliveryListV2Response(
        cursor=cursor_encode(shown[-1].id) if more else "",
        has_next=more,
        methods=[
            _method(call, one, places.get(one.warehouse_id), waiting[one.id], formed[one.id], day) for one in shown
        ],
    )


def carried(call: Call, method_id: int = 0) -> list[MethodRow]:
    """The delivery methods whose parcels leave in carriages, by id, or one of them, that the key reaches."""
    own = call.caller.warehouse_ids
    return [
        one
        for one in sorted(logistics.methods(call.seller), key=lambda one: one.id)
        if one.scheme == "fbs" and (not method_id or one.id == method_id) and (not own or one.warehouse_id in own)
    ]


def parcels_of(
    call: Call, methods: Sequence[MethodRow], day: date | None
) -> tuple[dict[int, list[PackedRow]], dict[int, list[CarriageRow]]]:
    """By method: packed parcels that are in no carriage, and the carriages of a day, or all, but cancelled ones."""
    waiting: dict[int, list[PackedRow]] = defaultdict(list)
    formed: dict[int, list[CarriageRow]] = defaultdict(list)
    if not methods:
        return waiting, formed
    numbers = [one.id for one in methods]
    packed = handing.packed(call.seller, method_ids=numbers)
    taken = handover.in_live_carriages(call.seller, [one.number for one in packed])
    for row in packed:
        if row.number not in taken:
            waiting[row.method_id].append(row)
    where = CarriageFilter(method_ids=tuple(numbers), since=day, to=day)
    for carriage in handover.carriages(call.seller, where, viewer=viewer(call), limit=1000):
        if carriage.state != "cancelled":
            formed[carriage.method_id].append(carriage)
    return waiting, formed


@endpoint(
    "/v1/carriage/act-discrepancy/pdf",
    request=models.CarriageRequest,
    answer=models.DiscrepancyPdfResponse,
    right="postings:read",
)
def discrepancy(call: Call, request: models.CarriageRequest) -> models.DiscrepancyPdfResponse:
    """The act about parcels that the carrier did not accept, as PDF."""
    kept = acts.carriage_paper(
        seller=call.seller,
        carriage_id=request.carriage_id,
        kind="discrepancy_act",
        language=call.language,
        actor=call.actor,
        now=call.now,
        viewer=viewer(call),
    )
    return models.DiscrepancyPdfResponse(
        content=base64.b64encode(kept.file.data).decode(), name=kept.file.name, type=kept.file.content_type
    )


@endpoint(
    "/v1/carriage/courier-contact/set",
    request=models.CourierContactSetRequest,
    answer=models.Nothing,
    right="postings:write",
)
def contact_set(call: Call, request: models.CourierContactSetRequest) -> models.Nothing:
    """Says whom the courier of a carriage calls."""
    acts.set_contact(
        seller=call.seller,
        carriage_id=request.carriage_id,
        phone=request.phone,
        wechat=request.wechat_nickname,
        comment=request.comment,
        now=call.now,
        viewer=viewer(call),
    )
    return models.Nothing()


@endpoint(
    "/v1/carriage/courier-contact/get",
    request=models.CarriageRequest,
    answer=models.CourierContactGetResponse,
    right="postings:read",
)
def contact_get(call: Call, request: models.CarriageRequest) -> models.CourierContactGetResponse:
    """Tells whom the courier of a carriage calls."""
    row = handover.carriage(call.seller, request.carriage_id, viewer(call))
    found = (
        [
            models.CourierContact(
                carriage_id=row.id,
                comment=row.contact_comment,
                phone=row.contact_phone,
                updated_at=_moment(row.contact_at),
                wechat_nickname=row.contact_wechat,
            )
        ]
        if row.contact_at
        else []
    )
    return models.CourierContactGetResponse(contact=found)


@endpoint(
    "/v1/carriage/ettn/status",
    request=models.CarriageRequest,
    answer=models.EttnStatusResponse,
    right="postings:read",
)
def ettn_status(call: Call, request: models.CarriageRequest) -> models.EttnStatusResponse:
    """Tells that no electronic waybill was uploaded: this market's waybills are PDF."""
    handover.carriage(call.seller, request.carriage_id, viewer(call))
    return models.EttnStatusResponse(errors=[], status="NOT_UPLOADED")


def act_type(row: CarriageRow) -> str:
    return "cargo_places" if row.containers else "postings"


def local_day(call: Call, moment: datetime | None) -> date | None:
    """The day of a moment in the shop's own time."""
    return moment.astimezone(ZoneInfo(call.seller.time_zone)).date() if moment else None


def _day(text: str, message: type) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise parsing.refuse(message, "departure_date", "value must be a date") from None


def _moment(at: datetime | None) -> str:
    return at.isoformat().replace("+00:00", "Z") if at else ""


def first_mile(place: WarehouseRow | None) -> str:
    return "PICK_UP" if place and place.kind == "pick_up" else "DROP_OFF"


def _method(
    call: Call,
    method: MethodRow,
    place: WarehouseRow | None,
    waiting: list[PackedRow],
    formed: list[CarriageRow],
    day: date | None,
) -> models.DeliveryMethodV2:
    zone = ZoneInfo(place.time_zone if place else call.seller.time_zone)
    local = call.now.astimezone(zone)
    fee = models.PickupFee(currency_code=call.seller.currency, value=0.0)
    carriages = [
        models.MethodCarriage(
            id=row.id,
            all_blr_traceable=False,
            available_actions=[ACTIONS[action] for action in row.actions],
            carriage_volume=0.0,
            pickup_fee=fee,
            postings_count=row.postings,
            quantum_count=0,
            status=row.state,
        )
        for row in formed
    ]
    if waiting:
        carriages.append(
            models.MethodCarriage(
                id=0,
                all_blr_traceable=False,
                available_actions=["create"],
                carriage_volume=0.0,
                pickup_fee=fee,
                postings_count=len(waiting),
                quantum_count=0,
                status="",
            )
        )
    due = sum(one.ship_by.astimezone(zone).date() <= (day or local.date()) for one in waiting)
    offset = local.utcoffset()
    return models.DeliveryMethodV2(
        carriage_postings_count=sum(row.postings for row in formed),
        carriages=carriages,
        cut_in="",
        cutoff_at=_moment(min((one.ship_by for one in waiting), default=None)),
        delivery_method_id=method.id,
        delivery_method_name=method.name,
        delivery_method_status="ACTIVE" if method.active else "DISABLED",
        departure_date=(day or local.date()).isoformat(),
        dropoff_address="",
        dropoff_change_availability="",
        dropoff_point_id=0,
        dropoff_point_type="",
        errors=[],
        first_mile_changing=False,
        first_mile_type=first_mile(place),
        has_entrusted_acceptance=False,
        integration_type=integration(method.integration),
        is_optional_carriage=bool(waiting) and not due,
        is_presort=False,
        is_rfbs=method.scheme == "rfbs",
        mandatory_packaged_count=due,
        mandatory_postings_count=due,
        optional_packaged_count=len(waiting) - due,
        recommended_time_local=place.cut_off.strftime("%H:%M") if place else "",
        recommended_time_utc_offset_in_minutes=int(offset.total_seconds()) // 60 if offset else 0,
        timeslot_from="",
        timeslot_to="",
        tpl_provider_icon_url="",
        tpl_provider_name=localized(method.carrier_names, call.language),
        warehouse_city=place.city if place else "",
        warehouse_id=method.warehouse_id,
        warehouse_name=place.name if place else "",
    )
