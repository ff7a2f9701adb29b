"""Drafts of supplies: clusters, warehouses, checks, hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Request


class ClusterListV1Request(Request):
    message: ClassVar[str] = "DraftClusterListRequest"

    cluster_type: Literal["CLUSTER_TYPE_OZON", "CLUSTER_TYPE_CIS"]
    cluster_ids: Sequence[Int] = ()


class ClusterWarehouse(Answer, frozen=True):
    name: str = ""
    type: str = ""
    warehouse_id: int = 0


class LogisticCluster(Answer, frozen=True):
    warehouses: Sequence[ClusterWarehouse] = ()


class ClusterV1(Answer, frozen=True):
    id: int = 0
    logistic_clusters: Sequence[LogisticCluster] = ()
    macrolocal_cluster_id: int = 0
    name: str = ""
    type: str = ""


class ClusterListV1Response(Answer, frozen=True):
    clusters: Sequence[ClusterV1] = ()


class Fulfillment(Answer, frozen=True):
    name: str = ""
    warehouse_id: int = 0


class ClusterCountry(Answer, frozen=True):
    name: str = ""
    uid: str = ""


class MacrolocalCluster(Answer, frozen=True):
    country: ClusterCountry | None = None
    name: str = ""


class ClusterData(Answer, frozen=True):
    fulfillments: Sequence[Fulfillment] = ()
    macrolocal_cluster: MacrolocalCluster | None = None


class Cluster(Answer, frozen=True):
    data: ClusterData | None = None
    macrolocal_cluster_id: int = 0


class ClusterListResponse(Answer, frozen=True):
    result: Sequence[Cluster] = ()


class FboWarehouseListRequest(Request):
    message: ClassVar[str] = "DraftGetWarehouseFboListRequest"

    filter_by_supply_type: Sequence[Literal["CREATE_TYPE_CROSSDOCK", "CREATE_TYPE_DIRECT"]]
    search: str


class FboWarehouseListResponseSearchCoordinates(Answer, frozen=True):
    latitude: float = 0.0
    longitude: float = 0.0


class FboWarehouseListResponseSearch(Answer, frozen=True):
    address: str = ""
    coordinates: FboWarehouseListResponseSearchCoordinates | None = None
    name: str = ""
    warehouse_id: int = 0
    warehouse_type: str = ""


class FboWarehouseListResponse(Answer, frozen=True):
    search: Sequence[FboWarehouseListResponseSearch] = ()


class DraftDirectRequestClusterInfoItem(Request):
    message: ClassVar[str] = "DraftDirectCreateRequest_ClusterInfo_Items"

    quantity: Int
    sku: Id


class DraftDirectRequestClusterInfo(Request):
    message: ClassVar[str] = "DraftDirectCreateRequest_ClusterInfo"

    items: Annotated[Sequence[DraftDirectRequestClusterInfoItem], Meta(max_length=5000)]
    macrolocal_cluster_id: Id


class DraftDirectRequest(Request):
    message: ClassVar[str] = "DraftDirectCreateRequest"

    cluster_info: DraftDirectRequestClusterInfo
    deletion_sku_mode: Literal["FULL", "PARTIAL"]


class DraftDirectResponseErrorItemsValidationRejectedItem(Answer, frozen=True):
    reasons: Sequence[str] = ()
    sku: int = 0


class DraftDirectResponseErrorItemsValidation(Answer, frozen=True):
    macrolocal_cluster_id: int = 0
    rejected_items: Sequence[DraftDirectResponseErrorItemsValidationRejectedItem] = ()


class DraftDirectResponseError(Answer, frozen=True):
    error_message: str = "UNSPECIFIED"
    error_reasons: Sequence[str] = ()
    items_validation: Sequence[DraftDirectResponseErrorItemsValidation] = ()
    macrolocal_cluster_ids: Sequence[str] = ()
    message: str = ""
    skus: Sequence[str] = ()


class DraftDirectResponse(Answer, frozen=True):
    draft_id: int = 0
    errors: Sequence[DraftDirectResponseError] = ()


class DraftCrossdockRequestClusterInfoItem(Request):
    message: ClassVar[str] = "DraftCrossdockCreateRequest_ClusterInfo_Items"

    quantity: Int
    sku: Id


class DraftCrossdockRequestClusterInfo(Request):
    message: ClassVar[str] = "DraftCrossdockCreateRequest_ClusterInfo"

    items: Annotated[Sequence[DraftCrossdockRequestClusterInfoItem], Meta(max_length=5000)]
    macrolocal_cluster_id: Id


class DraftCrossdockRequestDeliveryInfoDropOffWarehouse(Request):
    message: ClassVar[str] = "DraftCrossdockCreateRequest_DeliveryInfo_DropOffWarehouse"

    warehouse_id: Id
    warehouse_type: Literal["DELIVERY_POINT", "SORTING_CENTER", "CROSS_DOCK", "ORDERS_RECEIVING_POINT", "FULL_FILLMENT"]


class DraftCrossdockRequestDeliveryInfo(Request):
    message: ClassVar[str] = "DraftCrossdockCreateRequest_DeliveryInfo"

    type: Literal["DROPOFF", "PICKUP"]
    drop_off_warehouse: DraftCrossdockRequestDeliveryInfoDropOffWarehouse | None = None
    seller_warehouse_id: Int = 0


class DraftCrossdockRequest(Request):
    message: ClassVar[str] = "DraftCrossdockCreateRequest"

    cluster_info: DraftCrossdockRequestClusterInfo
    deletion_sku_mode: Literal["FULL", "PARTIAL"]
    delivery_info: DraftCrossdockRequestDeliveryInfo


class DraftCrossdockResponseErrorItemsValidationRejectedItem(Answer, frozen=True):
    reasons: Sequence[str] = ()
    sku: int = 0


class DraftCrossdockResponseErrorItemsValidation(Answer, frozen=True):
    macrolocal_cluster_id: int = 0
    rejected_items: Sequence[DraftCrossdockResponseErrorItemsValidationRejectedItem] = ()


class DraftCrossdockResponseError(Answer, frozen=True):
    error_message: str = "UNSPECIFIED"
    error_reasons: Sequence[str] = ()
    items_validation: Sequence[DraftCrossdockResponseErrorItemsValidation] = ()
    macrolocal_cluster_ids: Sequence[str] = ()
    message: str = ""
    skus: Sequence[str] = ()


class DraftCrossdockResponse(Answer, frozen=True):
    draft_id: int = 0
    errors: Sequence[DraftCrossdockResponseError] = ()


class DraftInfoRequest(Request):
    message: ClassVar[str] = "DraftCreateInfoRequest"

    draft_id: Id


class Availability(Answer, frozen=True):
    invalid_reason: str = "UNSPECIFIED"
    state: str = "UNSPECIFIED"


class StorageWarehouse(Answer, frozen=True):
    address: str = ""
    name: str = ""
    warehouse_id: int = 0


class DraftWarehouse(Answer, frozen=True):
    availability_status: Availability | None = None
    bundle_id: str = ""
    restricted_bundle_id: str = ""
    storage_warehouse: StorageWarehouse | None = None
    supply_tags: Sequence[str] = ()
    total_rank: int = 0
    total_score: float = 0.0


class DraftCluster(Answer, frozen=True):
    cluster_name: str = ""
    macrolocal_cluster_id: int = 0
    supply_type: str = ""
    warehouses: Sequence[DraftWarehouse] = ()


class RejectedItem(Answer, frozen=True):
    reasons: Sequence[str] = ()
    sku: int = 0


class ItemsValidation(Answer, frozen=True):
    macrolocal_cluster_id: int = 0
    rejected_items: Sequence[RejectedItem] = ()
    limit: int = 0
    supply_id: int = 0


class DraftError(Answer, frozen=True):
    error_message: str = "UNSPECIFIED"
    error_reasons: Sequence[str] = ()
    items_validation: Sequence[ItemsValidation] = ()
    macrolocal_cluster_ids: Sequence[str] = ()
    message: str = ""
    skus: Sequence[str] = ()


class DraftInfoResponse(Answer, frozen=True):
    clusters: Sequence[DraftCluster] = ()
    errors: Sequence[DraftError] = ()
    status: str = "UNSPECIFIED"


class DraftTimeslotRequestSelectedClusterWarehouse(Request):
    message: ClassVar[str] = "DraftTimeslotInfoRequest_SelectedClusterWarehouses"

    macrolocal_cluster_id: Int = 0
    storage_warehouse_id: Int = 0


class DraftTimeslotRequest(Request):
    message: ClassVar[str] = "DraftTimeslotInfoRequest"

    date_from: str
    date_to: str
    draft_id: Id
    supply_type: Literal["CROSSDOCK", "DIRECT", "MULTI_CLUSTER"]
    selected_cluster_warehouses: Annotated[Sequence[DraftTimeslotRequestSelectedClusterWarehouse], Meta(max_length=20)]


class TimetableSlot(Answer, frozen=True):
    from_in_timezone: str = ""
    to_in_timezone: str = ""


class TimetableDay(Answer, frozen=True):
    date_in_timezone: str = ""
    timeslots: Sequence[TimetableSlot] = ()


class Timetable(Answer, frozen=True):
    current_time_in_timezone: str = ""
    days: Sequence[TimetableDay] = ()
    warehouse_timezone: str = ""


class TimetableAnswer(Answer, frozen=True):
    drop_off_warehouse_timeslots: Timetable | None = None
    requested_date_from: str = ""
    requested_date_to: str = ""


class DraftTimeslotResponse(Answer, frozen=True):
    error_reason: str = "UNSPECIFIED"
    result: TimetableAnswer | None = None


class DraftSupplyRequestSelectedClusterWarehouse(Request):
    message: ClassVar[str] = "DraftSupplyCreateRequest_SelectedClusterWarehouses"

    macrolocal_cluster_id: Id
    storage_warehouse_id: Id


class DraftSupplyRequestTimeslot(Request):
    message: ClassVar[str] = "DraftSupplyCreateRequest_Timeslot"

    from_in_timezone: str = ""
    to_in_timezone: str = ""


class DraftSupplyRequest(Request):
    message: ClassVar[str] = "DraftSupplyCreateRequest"

    draft_id: Id
    selected_cluster_warehouses: Sequence[DraftSupplyRequestSelectedClusterWarehouse]
    supply_type: Literal["CROSSDOCK", "DIRECT", "MULTI_CLUSTER"]
    timeslot: DraftSupplyRequestTimeslot | None = None


class DraftSupplyResponse(Answer, frozen=True):
    draft_id: int = 0
    error_reasons: Sequence[str] = ()


class DraftSupplyStatusRequest(Request):
    message: ClassVar[str] = "DraftSupplyCreateStatusRequest"

    draft_id: Id


class DraftSupplyStatusResponse(Answer, frozen=True):
    error_reasons: Sequence[str] = ()
    order_id: int = 0
    status: str = "UNSPECIFIED"
