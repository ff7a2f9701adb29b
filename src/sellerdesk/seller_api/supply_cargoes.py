"""Boxes and pallets of supplies, and their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sellerdesk.seller_api import supplies
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import supply_cargoes as models
from sellerdesk.supply import queries, services
from sellerdesk.supply.types import CargoInput, CargoRow, OperationRow, SupplyCard

_WORDS = {"INVALID_ORDER_STATE": "INVALID_STATE", "WAREHOUSE_LIMITS_EXCEED": "WAREHOUSE_LIMITS_EXCEED"}
#: What the contract can say of one line of a box; of other faults it knows only that the boxes are wrong.
_ITEM_WORDS = ("SUPPLY_ITEM_NOT_FOUND", "DUPLICATED_SUPPLY_ITEM", "QUANTITY_LESS_ONE")
_WHERE = {
    "data_filling": "CREATED", "ready_to_supply": "READY_TO_SUPPLY",
    "accepted_at_supply_warehouse": "ON_POINT_SHIPMENT", "in_transit": "ON_TRANSIT_WAREHOUSE",
    "acceptance_at_storage_warehouse": "ACCEPTING", "reports_confirmation_awaiting": "PROCESSED",
    "report_rejected": "PROCESSED", "completed": "PROCESSED", "rejected_at_supply_warehouse": "REFUSED",
    "cancelled": "DELETED", "overdue": "NOT_DELIVERED"}


@endpoint("/v1/cargoes/create", request=models.CargoesCreateRequest, answer=models.CargoesCreateResponse,
          right="supplies:write")
def create(call: Call, request: models.CargoesCreateRequest) -> models.CargoesCreateResponse:
    """Puts the goods of a supply into boxes and onto pallets."""
    card = supplies.order_of(call, request.supply_id)
    by_offer = {line.offer_id: line.sku for line in card.lines}
    by_code = {line.barcode: line.sku for line in card.lines if line.barcode}

    def act() -> Mapping[str, object]:
        made = services.set_cargoes(
            seller=call.seller, supply_id=card.id, replace=request.delete_current_version, actor=call.actor,
            now=call.now, cargoes=[
                CargoInput(one.key, "pallet" if one.value.type == "PALLET" else "box", tuple(
                    (by_offer.get(item.offer_id) or by_code.get(item.barcode, 0), item.quantity)
                    for item in one.value.items)) for one in request.cargoes])
        return {"cargoes": [list(one) for one in made]}

    operation, error = services.attempt(seller=call.seller, kind="cargoes", supply_id=card.id, now=call.now, act=act,
                                        word=supplies.spelled(_WORDS, "VALIDATION_FAILED"))
    row = supplies.operation(call, operation, "cargoes") if error else None
    return models.CargoesCreateResponse(operation_id=operation, errors=models.CargoesCreateResponseErrors(
        error_reasons=row.errors[:1], items_validation=[
            models.CargoesCreateResponseErrorsItemsValidation(cargo_key=key, type=word)
            for key, word in _items(row)]) if row else None)


def _items(row: OperationRow) -> list[tuple[str, str]]:
    """The box and the word, where the contract has one for what is wrong with it."""
    return [(row.errors[1], row.errors[2])] if len(row.errors) == 3 and row.errors[2] in _ITEM_WORDS else []


@endpoint("/v2/cargoes/create/info", request=models.CargoesCreateInfoRequest, answer=models.CargoesCreateInfoResponse,
          right="supplies:read")
def create_info(call: Call, request: models.CargoesCreateInfoRequest) -> models.CargoesCreateInfoResponse:
    """Tells the ids of the boxes that were packed."""
    row = supplies.operation(call, request.operation_id, "cargoes")
    if row is None:
        return models.CargoesCreateInfoResponse(status="FAILED", errors=models.CargoesCreateInfoResponseErrors(
            error_reasons=["OPERATION_NOT_FOUND"]))
    if not row.done:
        return models.CargoesCreateInfoResponse(status="FAILED", errors=models.CargoesCreateInfoResponseErrors(
            error_reasons=row.errors[:1], items_validation=[
                models.CargoesCreateInfoResponseErrorsItemsValidation(cargo_key=key, type=word)
                for key, word in _items(row)]))
    made = row.result.get("cargoes", ())
    return models.CargoesCreateInfoResponse(status="SUCCESS", result=models.CargoesCreateInfoResponseResult(cargoes=[
        models.MadeCargo(key=str(key), value=models.MadeCargoValue(cargo_id=int(id_)))
        for key, id_ in (made if isinstance(made, list) else ())]))


@endpoint("/v1/cargoes/delete", request=models.CargoesDeleteRequest, answer=models.CargoesDeleteResponse,
          right="supplies:write")
def delete(call: Call, request: models.CargoesDeleteRequest) -> models.CargoesDeleteResponse:
    """Takes boxes of a supply away; their goods have to be packed again."""
    return _deleted(call, request)


def _deleted(call: Call, request: models.CargoesDeleteRequest) -> models.CargoesDeleteResponse:
    card = supplies.order_of(call, request.supply_id)
    unknown = sorted(set(request.cargo_ids) - {cargo.id for cargo in card.cargoes})
    if unknown:
        return models.CargoesDeleteResponse(errors=models.CargoesDeleteResponseErrors(cargo_error_reasons=[
            models.CargoesDeleteResponseErrorsCargoErrorReason(cargo_id=id_, error_reasons=["CARGO_NOT_FOUND"])
            for id_ in unknown]))
    operation, error = services.attempt(
        seller=call.seller, kind="uncargo", supply_id=card.id, now=call.now,
        word=supplies.spelled({}, "SUPPLY_CARGOES_LOCKED"), act=lambda: services.delete_cargoes(
            seller=call.seller, supply_id=card.id, cargo_ids=request.cargo_ids, actor=call.actor, now=call.now))
    return models.CargoesDeleteResponse(operation_id=operation, errors=models.CargoesDeleteResponseErrors(
        supply_error_reasons=[error]) if error else None)


@endpoint("/v1/cargoes/delete/status", request=models.CargoesDeleteStatusRequest,
          answer=models.CargoesDeleteStatusResponse, right="supplies:read")
def delete_status(call: Call, request: models.CargoesDeleteStatusRequest) -> models.CargoesDeleteStatusResponse:
    """Tells whether boxes were taken away."""
    return _delete_status(call, request)


def _delete_status(call: Call, request: models.CargoesDeleteStatusRequest) -> models.CargoesDeleteStatusResponse:
    row = supplies.operation(call, request.operation_id, "uncargo")
    if row is not None and row.done:
        return models.CargoesDeleteStatusResponse(status="SUCCESS")
    return models.CargoesDeleteStatusResponse(status="ERROR", errors=models.CargoesDeleteStatusResponseErrors(
        supply_error_reasons=row.errors if row else ["OPERATION_NOT_FOUND"]))


@endpoint("/v1/cargoes/get", request=models.CargoesGetRequest, answer=models.CargoesGetResponse,
          right="supplies:read")
def get(call: Call, request: models.CargoesGetRequest) -> models.CargoesGetResponse:
    """Lists the boxes of supplies and where they are; unknown supplies are left out."""
    return models.CargoesGetResponse(supply=[
        models.SupplyCargoes(
            supply_id=supplies.supply_id(card), bundle_id=f"supply-{card.id}",
            cargoes=[_shown(card, cargo) for cargo in card.cargoes])
        for card in _cards(call, request.supply_ids)])


def _cards(call: Call, supply_ids: Sequence[int]) -> list[SupplyCard]:
    supplies.whole_shop(call)
    return queries.supplies(call.seller, queries.orders_of_numbers(supply_ids), call.now)


def _shown(card: SupplyCard, cargo: CargoRow) -> models.CargoShown:
    return models.CargoShown(
        bundle_id=f"cargo-{cargo.id}", cargo_id=cargo.id, content_type="MONO" if len(cargo.items) == 1 else "MIX",
        type=cargo.kind.upper(), tracking_info=models.CargoTracking(
            date=card.slot_from.date().isoformat(), status=_WHERE[card.state], type="EXPECTED_ARRIVAL"
            if card.state in queries.PREPARING else "ACTUAL_ARRIVAL") if card.slot_from else None)


@endpoint("/v1/cargoes/rules/get", request=models.CargoesRulesRequest, answer=models.CargoesRulesResponse,
          right="supplies:read")
def check_lists(call: Call, request: models.CargoesRulesRequest) -> models.CargoesRulesResponse:
    """Tells which rules the boxes of supplies meet."""
    return models.CargoesRulesResponse(supply_check_lists=[_list(call, card) for card in _cards(
        call, request.supply_ids)])


def _list(call: Call, card: SupplyCard) -> models.CheckList:
    packed: dict[int, int] = {}
    for cargo in card.cargoes:
        for sku, units in cargo.items:
            packed[sku] = packed.get(sku, 0) + units
    whole = sum(packed.get(line.sku, 0) == line.quantity for line in card.lines)
    return models.CheckList(
        supply_id=supplies.supply_id(card),
        cargoes_presents_rule=models.CheckListCargoesPresentsRule(
            count=len(card.cargoes), satisfied=bool(card.cargoes), cargo_count_per_type=[
                models.CargoCount(count=sum(cargo.kind == kind for cargo in card.cargoes), type=kind.upper())
                for kind in ("box", "pallet")]),
        edit_deadline_expire_rule=models.CheckListEditDeadlineExpireRule(
            is_applicable=True, is_required=True, satisfied=card.fill_by is None or call.now < card.fill_by),
        # Goods with a date of expiry and zones of placement are not told apart here.
        expire_dates_presented_rule=models.CheckListExpireDatesPresentedRule(),
        is_valid_distribution_rule=models.CheckListIsValidDistributionRule(
            count_distributed_sku=whole, count_sku_total=len(card.lines), is_applicable=True,
            percents_int=100 * whole // len(card.lines) if card.lines else 0, satisfied=whole == len(card.lines)),
        package_units_with_distribution_rule=models.CheckListPackageUnitsWithDistributionRule(
            count_all=len(card.cargoes), count_with_distribution=sum(bool(cargo.items) for cargo in card.cargoes),
            is_applicable=True, is_required=True, satisfied=all(cargo.items for cargo in card.cargoes)),
        placement_zones_rule=models.CheckListPlacementZonesRule(count_cargoes_all=len(card.cargoes)))


@endpoint("/v1/cargoes-label/create", request=models.CargoesLabelRequest, answer=models.CargoesLabelResponse,
          right="supplies:read")
def create_labels(call: Call, request: models.CargoesLabelRequest) -> models.CargoesLabelResponse:
    """Draws the labels of all boxes of a supply, or of some; the second method tells where the file is."""
    card = supplies.order_of(call, request.supply_id)
    wanted = [one.cargo_id for one in request.cargoes]
    if not card.cargoes:
        return models.CargoesLabelResponse(errors=models.CargoesLabelResponseErrors(error_reasons=["SUPPLY_IS_EMPTY"]))
    if set(wanted) - {cargo.id for cargo in card.cargoes}:
        return models.CargoesLabelResponse(errors=models.CargoesLabelResponseErrors(
            error_reasons=["CARGOES_NOT_FOUND"]))

    def act() -> Mapping[str, object]:
        services.print_labels(seller=call.seller, supply_id=card.id, cargo_ids=wanted, language=call.language,
                              actor=call.actor, now=call.now)
        return {"cargoes": wanted}

    operation, error = services.attempt(seller=call.seller, kind="labels", supply_id=card.id, now=call.now, act=act,
                                        word=supplies.spelled({}, "INVALID_STATE"))
    return models.CargoesLabelResponse(operation_id=operation, errors=models.CargoesLabelResponseErrors(
        error_reasons=[error]) if error else None)


@endpoint("/v1/cargoes-label/get", request=models.CargoesLabelGetRequest, answer=models.CargoesLabelGetResponse,
          right="supplies:read")
def get_labels(call: Call, request: models.CargoesLabelGetRequest) -> models.CargoesLabelGetResponse:
    """Tells where the file with the labels is; the link is good for a day."""
    row = supplies.operation(call, request.operation_id, "labels")
    if row is None or not row.done:
        return models.CargoesLabelGetResponse(status="FAILED", errors=models.CargoesLabelGetResponseErrors(
            error_reasons=row.errors if row else ["OPERATION_NOT_FOUND"]))
    wanted = row.result.get("cargoes", ())
    link = queries.label_link(call.seller, row.supply_id or 0, list(wanted) if isinstance(wanted, list) else [],
                              call.language)
    return models.CargoesLabelGetResponse(status="SUCCESS", result=models.CargoesLabelGetResponseResult(
        file_url=f"{call.base_url}{link}"))


@endpoint("/v2/cargoes/get", request=models.CargoesGetV2Request, answer=models.CargoesGetV2Response,
          right="supplies:read")
def get_v2(call: Call, request: models.CargoesGetV2Request) -> models.CargoesGetV2Response:
    """Lists boxes and pallets of supplies, all of them or those named; unknown supplies are left out."""
    wanted = {one.supply_id: set(one.cargo_ids) for one in request.supplies}
    most = queries.most_cargoes(call.now)
    return models.CargoesGetV2Response(supplies=[
        models.SupplyCargoesV2(
            supply_id=supplies.supply_id(card), bundle_id=f"supply-{card.id}", cargoes_bundle_id=f"supply-{card.id}",
            limits=models.LimitsV2(max_box_count=most, max_box_sku_count=card.sku_count, max_pallet_count=most),
            cargoes=[_shown_v2(card, cargo) for cargo in card.cargoes
                     if not wanted[supplies.supply_id(card)] or cargo.id in wanted[supplies.supply_id(card)]])
        for card in _cards(call, list(wanted))])


def _shown_v2(card: SupplyCard, cargo: CargoRow) -> models.CargoV2:
    return models.CargoV2(
        bundle_id=f"cargo-{cargo.id}", cargo_id=cargo.id, content_type="MONO" if len(cargo.items) == 1 else "MIX",
        type=cargo.kind.upper(), tracking_info=models.TrackingV2(
            status=_WHERE[card.state], type="EXPECTED_ARRIVAL" if card.state in queries.PREPARING else "ACTUAL_ARRIVAL",
            arrival_at=models.ArrivalV2(date=card.slot_from, timezone_info=models.ArrivalZone(
                iana_name=card.time_zone, offset=supplies.offset_seconds(card.slot_from, card.time_zone))))
        if card.slot_from else None)


@endpoint("/v2/cargoes/delete", request=models.CargoesDeleteV2Request, answer=models.CargoesDeleteV2Response,
          right="supplies:write")
def delete_v2(call: Call, request: models.CargoesDeleteV2Request) -> models.CargoesDeleteV2Response:
    """Takes boxes of a supply away. Pallets that carry boxes are unknown here, and named as such."""
    if request.transport_cargo_ids:
        supplies.order_of(call, request.supply_id)
        return models.CargoesDeleteV2Response(errors=models.DeleteErrorsV2(transport_cargo_error_reasons=[
            models.TransportCargoErrorV2(transport_cargo_id=id_, error_reasons=["CARGO_NOT_FOUND"])
            for id_ in request.transport_cargo_ids]))
    older = _deleted(call, models.CargoesDeleteRequest(cargo_ids=request.cargo_ids, supply_id=request.supply_id))
    return models.CargoesDeleteV2Response(operation_id=older.operation_id, errors=models.DeleteErrorsV2(
        cargo_error_reasons=older.errors.cargo_error_reasons,
        supply_error_reasons=older.errors.supply_error_reasons) if older.errors else None)


@endpoint("/v2/cargoes/delete/status", request=models.CargoesDeleteStatusRequest,
          answer=models.CargoesDeleteStatusV2Response, right="supplies:read")
def delete_status_v2(call: Call, request: models.CargoesDeleteStatusRequest) -> models.CargoesDeleteStatusV2Response:
    """Tells whether boxes were taken away."""
    older = _delete_status(call, request)
    return models.CargoesDeleteStatusV2Response(
        status="SUCCESS" if older.status == "SUCCESS" else "FAILED", errors=models.DeleteErrorsV2(
            supply_error_reasons=older.errors.supply_error_reasons) if older.errors else None)
