"""Supplies: which there are, where they stand, what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sellerdesk.core.errors import Invalid
from sellerdesk.seller_api import supplies, wire
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import supply_orders as models
from sellerdesk.seller_api.schemas.base import Empty
from sellerdesk.supply import queries
from sellerdesk.supply.types import LineRow, SupplyCard, SupplyFilter

_SORTS = {"ORDER_CREATION": "created", "ORDER_STATE_UPDATED_AT": "changed", "TIMESLOT_FROM_UTC": "slot",
          "TIMESLOT_FROM_LOCAL": "slot"}
_BY = {"SKU": lambda line: line.sku, "NAME": lambda line: line.name, "QUANTITY": lambda line: line.quantity,
       "TOTAL_VOLUME_IN_LITRES": lambda line: line.quantity * line.volume_ml}
T = TypeVar("T")


@endpoint("/v3/supply-order/list", request=models.OrderListRequest, answer=models.OrderListResponse,
          right="supplies:read")
def list_orders(call: Call, request: models.OrderListRequest) -> models.OrderListResponse:
    """Lists ids of supplies by state, place and hour."""
    supplies.whole_shop(call)
    asked, span = request.filter, request.filter.timeslot_from_range
    page = queries.supplies_page(
        call.seller, cursor=request.last_id or None, limit=request.limit, sort=_SORTS[request.sort_by],
        newest_first=request.sort_dir == "DESC", filter=SupplyFilter(
            states=tuple(word.lower() for word in asked.states), search=asked.order_number_search,
            drop_off_ids=tuple(asked.dropoff_warehouse_ids), slot_from=wire.utc(span.from_) if span else None,
            slot_to=wire.utc(span.to) if span else None))
    return models.OrderListResponse(last_id=page.next_cursor, order_ids=[str(row.id) for row in page.rows])


@endpoint("/v3/supply-order/get", request=models.OrderGetRequest, answer=models.OrderGetResponse,
          right="supplies:read")
def get_orders(call: Call, request: models.OrderGetRequest) -> models.OrderGetResponse:
    """Tells everything about supplies but their contents; unknown ones are left out."""
    supplies.whole_shop(call)
    return models.OrderGetResponse(orders=[
        _order(card) for card in queries.supplies(call.seller, request.order_ids, call.now)])


def _order(card: SupplyCard) -> models.OrderGetResponseOrder:
    return models.OrderGetResponseOrder(
        created_date=card.created_at, data_filling_deadline_utc=card.fill_by, order_id=card.id,
        dropoff_warehouse=models.OrderGetResponseOrderDropoffWarehouse(
            address=card.drop_off_address, name=card.drop_off_name, warehouse_id=card.drop_off_id),
        order_number=card.number,
        order_tags=models.OrderGetResponseOrderOrderTags(original_supply_id=supplies.supply_id(card)),
        state=supplies.state(card.state), state_updated_date=card.changed_at,
        supplies=[models.OrderGetResponseOrderSupply(
            is_crossdock=card.kind == "crossdock", macrolocal_cluster_id=card.cluster_id,
            bundle_id=f"supply-{card.id}", state=supplies.state(card.state), supply_id=supplies.supply_id(card),
            storage_warehouse=models.OrderGetResponseOrderSupplyStorageWarehouse(
                address=card.storage_address, name=card.storage_name, warehouse_id=card.storage_id),
            supply_tags=models.OrderGetResponseOrderSupplySupplyTags())],
        timeslot=models.OrderGetResponseOrderTimeslot(
            timeslot=models.OrderGetResponseOrderTimeslotTimeslot(from_=card.slot_from, to=card.slot_to),
            timezone_info=models.OrderGetResponseOrderTimeslotTimezoneInfo(
                iana_name=card.time_zone, offset=supplies.offset_text(card.slot_from, card.time_zone)))
        if card.slot_from else None)


@endpoint("/v1/supply-order/details", request=models.OrderDetailsRequest, answer=models.OrderDetailsResponse,
          right="supplies:read")
def details(call: Call, request: models.OrderDetailsRequest) -> models.OrderDetailsResponse:
    """Tells of one supply what may still be changed, and why not."""
    supplies.whole_shop(call)
    card = queries.supply(call.seller, request.order_id, call.now)
    late = card.fill_by is not None and call.now >= card.fill_by
    car = card.car
    return models.OrderDetailsResponse(
        created_date=card.created_at, data_filling_deadline_utc=card.fill_by, dropoff_warehouse_id=card.drop_off_id,
        order_id=card.id, order_number=card.number,
        order_tags=models.OrderDetailsResponseOrderTags(original_supply_id=supplies.supply_id(card)),
        state=supplies.state(card.state), state_updated_date=card.changed_at, supplies=[_supply(card, late)],
        timeslot=models.OrderDetailsResponseTimeslot(
            can_set=supplies.may(card, "set_slot"),
            can_not_set_reasons=() if supplies.may(card, "set_slot") else ["INVALID_ORDER_STATE"],
            value=models.OrderDetailsResponseTimeslotValue(
                timeslot=models.OrderDetailsResponseTimeslotValueTimeslot(from_=card.slot_from, to=card.slot_to),
                timezone_info=models.OrderDetailsResponseTimeslotValueTimezoneInfo(
                    iana_name=card.time_zone, offset=supplies.offset_text(card.slot_from, card.time_zone)))
            if card.slot_from else None),
        vehicle=models.OrderDetailsResponseVehicle(
            can_set=supplies.may(card, "set_pass"),
            can_not_set_reasons=() if supplies.may(card, "set_pass") else ["INVALID_ORDER_STATE"],
            value=models.OrderDetailsResponseVehicleValue(
                driver_name=car.driver, driver_phone=car.phone, vehicle_model=car.model, vehicle_number=car.number)
            if car else None))


def _supply(card: SupplyCard, late: bool) -> models.OrderDetailsResponseSupply:
    state = supplies.state(card.state)
    return models.OrderDetailsResponseSupply(
        cancellation_allowability=models.OrderDetailsResponseSupplyCancellationAllowability(
            can_set=supplies.may(card, "cancel"),
            can_not_set_reasons=() if supplies.may(card, "cancel") else ["INVALID_SUPPLY_STATE"]),
        content=models.OrderDetailsResponseSupplyContent(
            bundle_id=f"supply-{card.id}", can_set=supplies.may(card, "set_contents"),
            can_not_set_reasons=() if supplies.may(card, "set_contents")
            else ["DEADLINE" if late and card.state == "data_filling" else "INCORRECT_SUPPLY_STATE"]),
        ettn_info=models.OrderDetailsResponseSupplyEttnInfo(), is_crossdock=card.kind == "crossdock",
        overdue_reason="ORDER_TIMESLOT_EXPIRED" if card.state == "overdue" else "UNSPECIFIED",
        storage_warehouse=models.OrderDetailsResponseSupplyStorageWarehouse(
            address=card.storage_address, name=card.storage_name, warehouse_id=card.storage_id),
        macrolocal_cluster_id=card.cluster_id, supply_id=supplies.supply_id(card),
        # Here, and only here, the contract calls this state otherwise.
        supply_state="ACCEPTED_AT_STORAGE_WAREHOUSE" if card.state == "acceptance_at_storage_warehouse" else state,
        supply_tags=models.OrderDetailsResponseSupplySupplyTags())


@endpoint("/v1/supply-order/bundle", request=models.BundleRequest, answer=models.BundleResponse,
          right="supplies:read")
def bundle(call: Call, request: models.BundleRequest) -> models.BundleResponse:
    """Lists the goods of drafts, supplies and boxes, by the ids that other methods give."""
    supplies.whole_shop(call)
    words = request.query.casefold().split()
    found = [line for line in queries.bundles(call.seller, request.bundle_ids, call.now)
             if all(word in f"{line.name} {line.offer_id} {line.sku}".casefold() for word in words)]
    found.sort(key=lambda line: line.sku)
    found.sort(key=_BY[request.sort_field], reverse=not request.is_asc)
    rows, last = _page(found, request.last_id, request.limit)
    return models.BundleResponse(
        items=[_item(line) for line in rows], total_count=len(found), has_next=bool(last), last_id=last)


def _page(found: Sequence[T], last_id: str, limit: int) -> tuple[Sequence[T], str]:
    """A page of a list that is read at once; `last_id` is how far the one before came."""
    if last_id and not last_id.isdecimal():
        raise Invalid("cursor_invalid", field="last_id", data={"value": last_id[:60]})
    start = int(last_id or 0)
    return found[start:start + limit], str(start + limit) if len(found) > start + limit else ""


def _item(line: LineRow) -> models.BundleResponseItem:
    return models.BundleResponseItem(
        sku=line.sku, name=line.name, offer_id=line.offer_id, quantity=line.quantity, barcode=line.barcode,
        product_id=line.product_id, quant=1, volume_in_litres=line.volume_ml / 1000,
        total_volume_in_litres=line.volume_ml * line.quantity / 1000, contractor_item_code=line.offer_id,
        sfbo_attribute="ITEM_SFBO_ATTRIBUTE_NONE", shipment_type="BUNDLE_ITEM_SHIPMENT_TYPE_GENERAL")


@endpoint("/v1/supply-order/status/counter", request=Empty, answer=models.CounterResponse, right="supplies:read")
def counter(call: Call, request: Empty) -> models.CounterResponse:
    """Counts supplies by state."""
    supplies.whole_shop(call)
    found = queries.state_counts(call.seller)
    return models.CounterResponse(items=[
        models.CounterResponseItem(count=found.get(state, 0), order_state=f"ORDER_STATE_{supplies.state(state)}")
        for state in queries.STATES if state != "overdue"])

