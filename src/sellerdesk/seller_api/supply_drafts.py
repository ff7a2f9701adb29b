"""Drafts of supplies: where goods may go, what is wrong with them, when they may come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sellerdesk.core.errors import DomainError
from sellerdesk.core.i18n import localized
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory.types import WarehouseRow
from sellerdesk.seller_api import parsing, supplies
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import supply_drafts as models
from sellerdesk.seller_api.schemas.base import Empty
from sellerdesk.supply import queries, services
from sellerdesk.supply.errors import DraftUnknown
from sellerdesk.supply.types import DraftRow, ItemInput, Kind

_LONGEST = 28
_AVAILABLE = {"full": "FULL_AVAILABLE", "partial": "PARTIAL_AVAILABLE", "none": "NOT_AVAILABLE"}
_WHY = {"full": "NO_REASON", "partial": "PARTIAL_MATRIX_AVAILABLE", "none": "NOT_AVAILABLE_MATRIX"}
# Refusals of a draft as a whole that the contract tells in the answer, and not as an error of the call.
_TOLD = {"UNKNOWN_CLUSTER_IDS", "DROP_OFF_POINT_DOES_NOT_EXIST", "EMPTY_ITEMS_LIST"}


# --- reference data -------------------------------------------------------------------------------------------------


@endpoint("/v1/cluster/list", request=models.ClusterListV1Request, answer=models.ClusterListV1Response,
          right="supplies:read")
def clusters_v1(call: Call, request: models.ClusterListV1Request) -> models.ClusterListV1Response:
    """Lists the parts of the country with their warehouses; this marketplace has none in other countries."""
    rows = inventory.clusters(call.now) if request.cluster_type == "CLUSTER_TYPE_OZON" else []
    places = [(row, supplies.FULFILLMENT) for row in inventory.platform_warehouses()]
    places += [(row, supplies.RECEIVING) for row in inventory.platform_warehouses("receiving")]
    return models.ClusterListV1Response(clusters=[
        models.ClusterV1(
            id=row.id, macrolocal_cluster_id=row.id, name=localized(row.names, call.language),
            type="CLUSTER_TYPE_OZON",
            logistic_clusters=[models.LogisticCluster(warehouses=[
                models.ClusterWarehouse(name=place.name, type=kind, warehouse_id=place.id)
                for place, kind in places if place.cluster_id == row.id])])
        for row in rows if not request.cluster_ids or row.id in request.cluster_ids])


@endpoint("/v2/cluster/list", request=Empty, answer=models.ClusterListResponse, right="supplies:read")
def clusters(call: Call, request: Empty) -> models.ClusterListResponse:
    """Lists the parts of the country with the warehouses where goods lie."""
    places = inventory.platform_warehouses()
    return models.ClusterListResponse(result=[
        models.Cluster(
            macrolocal_cluster_id=row.id,
            data=models.ClusterData(
                fulfillments=[models.Fulfillment(name=place.name, warehouse_id=place.id)
                              for place in places if place.cluster_id == row.id],
                macrolocal_cluster=models.MacrolocalCluster(
                    name=localized(row.names, call.language),
                    country=models.ClusterCountry(name=row.country, uid=row.country))))
        for row in inventory.clusters(call.now)])


@endpoint("/v1/warehouse/fbo/list", request=models.FboWarehouseListRequest, answer=models.FboWarehouseListResponse,
          right="supplies:read")
def warehouses(call: Call, request: models.FboWarehouseListRequest) -> models.FboWarehouseListResponse:
    """Finds warehouses and receiving points by name or address, of the ways of supply asked for."""
    asked, found = set(request.filter_by_supply_type), []
    if not asked or "CREATE_TYPE_DIRECT" in asked:
        found += [(row, "WAREHOUSE_TYPE_FULL_FILLMENT") for row in inventory.platform_warehouses()]
    if not asked or "CREATE_TYPE_CROSSDOCK" in asked:
        found += [(row, "WAREHOUSE_TYPE_ORDERS_RECEIVING_POINT") for row in inventory.platform_warehouses("receiving")]
    words = request.search.casefold().split()
    return models.FboWarehouseListResponse(search=[
        models.FboWarehouseListResponseSearch(
            address=row.address, name=row.name, warehouse_id=row.id, warehouse_type=kind,
            coordinates=models.FboWarehouseListResponseSearchCoordinates(
                latitude=float(row.latitude or 0), longitude=float(row.longitude or 0)))
        for row, kind in found if all(word in f"{row.name} {row.address}".casefold() for word in words)])


# --- drafts ---------------------------------------------------------------------------------------------------------


@endpoint("/v1/draft/direct/create", request=models.DraftDirectRequest, answer=models.DraftDirectResponse,
          right="supplies:write")
def create_direct(call: Call, request: models.DraftDirectRequest) -> models.DraftDirectResponse:
    """Checks goods that are brought straight to a warehouse; what was found is told by the info method."""
    info = request.cluster_info
    made, errors = _create(call, "direct", info.macrolocal_cluster_id, [(one.sku, one.quantity) for one in info.items],
                           request.deletion_sku_mode)
    return models.DraftDirectResponse(draft_id=made, errors=[
        models.DraftDirectResponseError(error_message=word) for word in errors])


@endpoint("/v1/draft/crossdock/create", request=models.DraftCrossdockRequest, answer=models.DraftCrossdockResponse,
          right="supplies:write")
def create_crossdock(call: Call, request: models.DraftCrossdockRequest) -> models.DraftCrossdockResponse:
    """Checks goods that are handed in at a receiving point and carried on from there."""
    info, delivery = request.cluster_info, request.delivery_info
    if delivery.type == "PICKUP":
        return models.DraftCrossdockResponse(errors=[
            models.DraftCrossdockResponseError(error_message="PICKUP_IS_NOT_AVAILABLE")])
    point = delivery.drop_off_warehouse.warehouse_id if delivery.drop_off_warehouse else None
    made, errors = _create(call, "crossdock", info.macrolocal_cluster_id,
                           [(one.sku, one.quantity) for one in info.items], request.deletion_sku_mode, point)
    return models.DraftCrossdockResponse(draft_id=made, errors=[
        models.DraftCrossdockResponseError(error_message=word) for word in errors])


def _create(call: Call, kind: Kind, cluster_id: int, items: Sequence[tuple[int, int]], mode: str,
            drop_off_id: int | None = None) -> tuple[int, list[str]]:
    """The draft, or why none was made."""
    supplies.whole_shop(call)
    try:
        return services.create_draft(
            seller=call.seller, kind=kind, cluster_id=cluster_id, partial=mode == "PARTIAL", drop_off_id=drop_off_id,
            items=[ItemInput(sku, quantity) for sku, quantity in items], actor=call.actor, now=call.now,
            real_now=call.real_now), []
    except DomainError as refused:
        if refused.code not in _TOLD:
            raise
        return 0, [refused.code]


@endpoint("/v2/draft/create/info", request=models.DraftInfoRequest, answer=models.DraftInfoResponse,
          right="supplies:read")
def info(call: Call, request: models.DraftInfoRequest) -> models.DraftInfoResponse:
    """Tells what was found about a draft: which warehouses take it, and what is left out of it."""
    supplies.whole_shop(call)
    draft = queries.draft(call.seller, request.draft_id, call.now)
    failed = draft.state == "failed"
    return models.DraftInfoResponse(
        status="FAILED" if failed else "SUCCESS", errors=_errors(draft),
        clusters=[] if failed else [_cluster(call, draft)])


def _errors(draft: DraftRow) -> list[models.DraftError]:
    if not draft.rejected and not draft.error:
        return []
    return [models.DraftError(
        error_message=draft.error or "ITEMS_VALIDATION",
        items_validation=[models.ItemsValidation(
            macrolocal_cluster_id=draft.cluster_id,
            rejected_items=[models.RejectedItem(reasons=one.reasons, sku=one.sku) for one in draft.rejected])]
        if draft.rejected else ())]


def _cluster(call: Call, draft: DraftRow) -> models.DraftCluster:
    name = next((localized(row.names, call.language) for row in inventory.clusters(call.now)
                 if row.id == draft.cluster_id), "")
    found = queries.choices(draft)
    return models.DraftCluster(
        cluster_name=name, macrolocal_cluster_id=draft.cluster_id, supply_type=supplies.KINDS[draft.kind],
        warehouses=[
            models.DraftWarehouse(
                availability_status=models.Availability(invalid_reason=_WHY[one.state], state=_AVAILABLE[one.state]),
                bundle_id=f"draft-{draft.id}", total_rank=place,
                total_score=round(one.units / draft.units, 2) if draft.units else 0.0,
                storage_warehouse=models.StorageWarehouse(address=one.address, name=one.name,
                                                          warehouse_id=one.warehouse_id))
            for place, one in enumerate(found, 1)])


@endpoint("/v2/draft/timeslot/info", request=models.DraftTimeslotRequest, answer=models.DraftTimeslotResponse,
          right="supplies:read")
def timeslots(call: Call, request: models.DraftTimeslotRequest) -> models.DraftTimeslotResponse:
    """Lists the hours in which the place still takes a supply in, day by day, in its own time."""
    supplies.whole_shop(call)
    draft = queries.draft(call.seller, request.draft_id, call.now)
    first, last = _day(request, "date_from"), _day(request, "date_to")
    if len(request.selected_cluster_warehouses) != 1:
        return models.DraftTimeslotResponse(error_reason="INVALID_CLUSTERS_COUNT")
    if (last - first).days > _LONGEST:
        return models.DraftTimeslotResponse(error_reason="REQUESTED_PERIOD_MORE_THAN_MAX")
    place = _brought_to(draft, request.selected_cluster_warehouses[0].storage_warehouse_id)
    if place is None:
        return models.DraftTimeslotResponse(error_reason="UNDEFINED")
    days: dict[str, list[models.TimetableSlot]] = {}
    for slot in queries.free_slots(place, first, last, call.now):
        local = supplies.local_text(slot.start, place.time_zone)
        days.setdefault(local[:10], []).append(models.TimetableSlot(
            from_in_timezone=local, to_in_timezone=supplies.local_text(slot.end, place.time_zone)))
    return models.DraftTimeslotResponse(result=models.TimetableAnswer(
        requested_date_from=request.date_from, requested_date_to=request.date_to,
        drop_off_warehouse_timeslots=models.Timetable(
            current_time_in_timezone=supplies.local_text(call.now, place.time_zone),
            warehouse_timezone=place.time_zone,
            days=[models.TimetableDay(date_in_timezone=day, timeslots=slots) for day, slots in days.items()])))


def _day(request: models.DraftTimeslotRequest, name: str) -> date:
    try:
        return date.fromisoformat(getattr(request, name)[:10])
    except ValueError:
        raise parsing.refuse(type(request), name, "value must be a date") from None


def _brought_to(draft: DraftRow, storage_id: int) -> WarehouseRow | None:
    if storage_id not in {one.warehouse_id for one in queries.choices(draft) if one.state != "none"}:
        return None
    return queries.place(draft.drop_off_id or storage_id)


@endpoint("/v2/draft/supply/create", request=models.DraftSupplyRequest, answer=models.DraftSupplyResponse,
          right="supplies:write")
def create_supply(call: Call, request: models.DraftSupplyRequest) -> models.DraftSupplyResponse:
    """Makes a supply of a draft, to one warehouse and in one of its hours; the status method tells its id."""
    supplies.whole_shop(call)
    if len(request.selected_cluster_warehouses) != 1:
        return models.DraftSupplyResponse(draft_id=request.draft_id, error_reasons=["INVALID_CLUSTERS_COUNT"])
    storage_id = request.selected_cluster_warehouses[0].storage_warehouse_id
    try:
        draft = queries.draft(call.seller, request.draft_id, call.now)
        place = _brought_to(draft, storage_id)
        wanted = request.timeslot.from_in_timezone if request.timeslot else ""
        start = supplies.read_local(wanted, place.time_zone if place else "UTC") if wanted else None
        if wanted and start is None:
            return models.DraftSupplyResponse(draft_id=request.draft_id, error_reasons=["TIMESLOT_NOT_AVAILABLE"])
        services.create_supply(seller=call.seller, draft_id=request.draft_id, storage_id=storage_id, slot_from=start,
                               actor=call.actor, now=call.now)
    except DomainError as refused:
        known = {"UPDATE_TIMESLOT_ERROR_OUT_OF_ALLOWED_RANGE": "TIMESLOT_NOT_AVAILABLE",
                 "DROP_OFF_POINT_DOES_NOT_EXIST": "INVALID_ROUTE"}
        return models.DraftSupplyResponse(draft_id=request.draft_id,
                                          error_reasons=[known.get(refused.code, refused.code)])
    return models.DraftSupplyResponse(draft_id=request.draft_id)


@endpoint("/v2/draft/supply/create/status", request=models.DraftSupplyStatusRequest,
          answer=models.DraftSupplyStatusResponse, right="supplies:read")
def supply_status(call: Call, request: models.DraftSupplyStatusRequest) -> models.DraftSupplyStatusResponse:
    """Tells which supply a draft has become."""
    supplies.whole_shop(call)
    try:
        draft = queries.draft(call.seller, request.draft_id, call.now)
    except DraftUnknown as gone:
        return models.DraftSupplyStatusResponse(status="FAILED", error_reasons=[gone.code])
    if draft.supply_id is None:
        return models.DraftSupplyStatusResponse(status="FAILED", error_reasons=["DRAFT_INCORRECT_STATE"])
    return models.DraftSupplyStatusResponse(status="SUCCESS", order_id=draft.supply_id)
