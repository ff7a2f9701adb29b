"""Supplies: lists, contents, figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request, Time

#: Where a supply can be.
SupplyState = Literal[
    "DATA_FILLING",
    "READY_TO_SUPPLY",
    "ACCEPTED_AT_SUPPLY_WAREHOUSE",
    "IN_TRANSIT",
    "ACCEPTANCE_AT_STORAGE_WAREHOUSE",
    "REPORTS_CONFIRMATION_AWAITING",
    "REPORT_REJECTED",
    "COMPLETED",
    "REJECTED_AT_SUPPLY_WAREHOUSE",
    "CANCELLED",
    "OVERDUE",
]


class OrderListRequestFilterTimeslotFromRange(Request, rename={"from_": "from"}):
    message: ClassVar[str] = "SupplyOrderListRequest_Filter_TimeslotFromRange"

    from_: Time | None = None
    timeslot_filter_type: Literal["BY_LOCAL_TIME", "BY_UTC_TIME"] = "BY_LOCAL_TIME"
    to: Time | None = None


class OrderListRequestFilter(Request):
    message: ClassVar[str] = "SupplyOrderListRequest_Filter"

    states: Sequence[SupplyState]
    dropoff_warehouse_ids: Sequence[Int] = ()
    order_number_search: str = ""
    timeslot_from_range: OrderListRequestFilterTimeslotFromRange | None = None


class OrderListRequest(Request):
    message: ClassVar[str] = "SupplyOrderListRequest"

    filter: OrderListRequestFilter
    limit: Annotated[int, Meta(ge=1, le=100)]
    sort_by: Literal["ORDER_CREATION", "ORDER_STATE_UPDATED_AT", "TIMESLOT_FROM_UTC", "TIMESLOT_FROM_LOCAL"]
    last_id: str = ""
    sort_dir: Literal["ASC", "DESC"] = "ASC"


class OrderListResponse(Answer, frozen=True):
    last_id: str = ""
    order_ids: Sequence[str] = ()


class OrderGetRequest(Request):
    message: ClassVar[str] = "SupplyOrderGetRequest"

    order_ids: Annotated[Sequence[Int], Meta(max_length=50)]


class OrderGetResponseOrderDropoffWarehouse(Answer, frozen=True):
    address: str = ""
    name: str = ""
    warehouse_id: int = 0


class OrderGetResponseOrderOrderTags(Answer, frozen=True):
    is_econom: bool = False
    is_pickup: bool = False
    is_quant: bool = False
    is_super_fbo: bool = False
    is_virtual: bool = False
    original_supply_id: int = 0
    product_super_fbo: bool = False
    seller_warehouse_id: int = 0


class OrderGetResponseOrderSupplyStorageWarehouse(Answer, frozen=True):
    address: str = ""
    arrival_date: Time | None = None
    name: str = ""
    warehouse_id: int = 0


class OrderGetResponseOrderSupplySupplyTags(Answer, frozen=True):
    freeze_stock_for_marking: bool = False
    is_ettn_required: bool = False
    is_evsd_required: bool = False
    is_jewelry: bool = False
    is_marking_possible: bool = False
    is_marking_required: bool = False
    is_utd: bool = False


class OrderGetResponseOrderSupply(Answer, frozen=True):
    is_crossdock: bool = False
    macrolocal_cluster_id: int = 0
    bundle_id: str = ""
    state: str = "UNSPECIFIED"
    storage_warehouse: OrderGetResponseOrderSupplyStorageWarehouse | None = None
    supply_id: int = 0
    supply_tags: OrderGetResponseOrderSupplySupplyTags | None = None


class OrderGetResponseOrderTimeslotTimeslot(Answer, frozen=True, rename={"from_": "from"}):
    from_: Time | None = None
    to: Time | None = None


class OrderGetResponseOrderTimeslotTimezoneInfo(Answer, frozen=True):
    iana_name: str = ""
    offset: str = ""


class OrderGetResponseOrderTimeslot(Answer, frozen=True):
    timeslot: OrderGetResponseOrderTimeslotTimeslot | None = None
    timezone_info: OrderGetResponseOrderTimeslotTimezoneInfo | None = None


class OrderGetResponseOrder(Answer, frozen=True):
    created_date: Time | None = None
    data_filling_deadline_utc: Time | None = None
    dropoff_warehouse: OrderGetResponseOrderDropoffWarehouse | None = None
    order_id: int = 0
    order_number: str = ""
    order_tags: OrderGetResponseOrderOrderTags | None = None
    state: str = "UNSPECIFIED"
    state_updated_date: Time | None = None
    supplies: Sequence[OrderGetResponseOrderSupply] = ()
    timeslot: OrderGetResponseOrderTimeslot | None = None


class OrderGetResponse(Answer, frozen=True):
    orders: Sequence[OrderGetResponseOrder] = ()


class OrderDetailsRequest(Request):
    message: ClassVar[str] = "SupplyOrderDetailsRequest"

    order_id: Id


class OrderDetailsResponseOrderTags(Answer, frozen=True):
    is_econom: bool = False
    is_super_fbo: bool = False
    is_virtual: bool = False
    original_supply_id: int = 0
    product_super_fbo: bool = False


class OrderDetailsResponseSupplyCancellationAllowability(Answer, frozen=True):
    can_not_set_reasons: Sequence[str] = ()
    can_set: bool = False


class OrderDetailsResponseSupplyContent(Answer, frozen=True):
    bundle_id: str = ""
    can_not_set_reasons: Sequence[str] = ()
    can_set: bool = False


class OrderDetailsResponseSupplyEttnInfo(Answer, frozen=True):
    contains_valid: bool = False
    is_required: bool = False
    is_uploaded: bool = False


class OrderDetailsResponseSupplyStorageWarehouse(Answer, frozen=True):
    address: str = ""
    arrival_date: Time | None = None
    name: str = ""
    warehouse_id: int = 0


class OrderDetailsResponseSupplySupplyTags(Answer, frozen=True):
    is_ettn_required: bool = False
    is_evsd_required: bool = False
    is_jewelry: bool = False
    is_marking_possible: bool = False
    is_marking_required: bool = False
    is_utd: bool = False


class OrderDetailsResponseSupply(Answer, frozen=True):
    cancellation_allowability: OrderDetailsResponseSupplyCancellationAllowability | None = None
    content: OrderDetailsResponseSupplyContent | None = None
    ettn_info: OrderDetailsResponseSupplyEttnInfo | None = None
    is_crossdock: bool = False
    overdue_reason: str = "UNSPECIFIED"
    storage_warehouse: OrderDetailsResponseSupplyStorageWarehouse | None = None
    macrolocal_cluster_id: int = 0
    supply_id: int = 0
    supply_state: str = "UNSPECIFIED"
    supply_tags: OrderDetailsResponseSupplySupplyTags | None = None


class OrderDetailsResponseTimeslotValueTimeslot(Answer, frozen=True, rename={"from_": "from"}):
    from_: Time | None = None
    to: Time | None = None


class OrderDetailsResponseTimeslotValueTimezoneInfo(Answer, frozen=True):
    iana_name: str = ""
    offset: str = ""


class OrderDetailsResponseTimeslotValue(Answer, frozen=True):
    timeslot: OrderDetailsResponseTimeslotValueTimeslot | None = None
    timezone_info: OrderDetailsResponseTimeslotValueTimezoneInfo | None = None


class OrderDetailsResponseTimeslot(Answer, frozen=True):
    can_not_set_reasons: Sequence[str] = ()
    can_set: bool = False
    value: OrderDetailsResponseTimeslotValue | None = None


class OrderDetailsResponseVehicleValue(Answer, frozen=True):
    driver_is_deleted: bool = False
    driver_name: str = ""
    driver_phone: str = ""
    vehicle_is_deleted: bool = False
    vehicle_model: str = ""
    vehicle_number: str = ""


class OrderDetailsResponseVehicle(Answer, frozen=True):
    can_not_set_reasons: Sequence[str] = ()
    can_set: bool = False
    value: OrderDetailsResponseVehicleValue | None = None


class OrderDetailsResponse(Answer, frozen=True):
    created_date: Time | None = None
    data_filling_deadline_utc: Time | None = None
    dropoff_warehouse_id: int = 0
    order_id: int = 0
    order_number: str = ""
    order_tags: OrderDetailsResponseOrderTags | None = None
    state: str = "UNSPECIFIED"
    state_updated_date: Time | None = None
    supplies: Sequence[OrderDetailsResponseSupply] = ()
    timeslot: OrderDetailsResponseTimeslot | None = None
    vehicle: OrderDetailsResponseVehicle | None = None


class BundleRequestItemTagsCalculation(Request):
    message: ClassVar[str] = "GetSupplyOrderBundleRequest_ItemTagsCalculation"

    dropoff_warehouse_id: str
    storage_warehouse_ids: Sequence[str]


class BundleRequest(Request):
    message: ClassVar[str] = "GetSupplyOrderBundleRequest"

    bundle_ids: Annotated[Sequence[str], Meta(min_length=1, max_length=100)]
    limit: Annotated[int, Meta(ge=1, le=100)]
    is_asc: bool = False
    item_tags_calculation: BundleRequestItemTagsCalculation | None = None
    last_id: str = ""
    query: str = ""
    sort_field: Literal["SKU", "NAME", "QUANTITY", "TOTAL_VOLUME_IN_LITRES"] = "SKU"


class BundleResponseItem(Answer, frozen=True):
    icon_path: str = ""
    sku: int = 0
    name: str = ""
    offer_id: str = ""
    quantity: int = 0
    barcode: str = ""
    product_id: int = 0
    quant: int = 0
    is_quant_editable: bool = False
    volume_in_litres: float = 0.0
    total_volume_in_litres: float = 0.0
    contractor_item_code: str = ""
    sfbo_attribute: str = ""
    shipment_type: str = ""
    tags: Sequence[str] = ()
    placement_zone: str = "UNSPECIFIED"


class BundleResponse(Answer, frozen=True):
    items: Sequence[BundleResponseItem] = ()
    total_count: int = 0
    has_next: bool = False
    last_id: str = ""


class CounterResponseItem(Answer, frozen=True):
    count: int = 0
    order_state: str = "ORDER_STATE_UNSPECIFIED"


class CounterResponse(Answer, frozen=True):
    items: Sequence[CounterResponseItem] = ()
