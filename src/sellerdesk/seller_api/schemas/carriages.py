"""Carriages and acts: parcels that leave together, and their papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas.base import INT64_MAX, Answer, Id, IdText, Int, Request, Time

PostingNumber = Annotated[str, Meta(min_length=1)]
Containers = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class CarriageRequest(Request):
    message: ClassVar[str] = "CarriageRequest"

    carriage_id: Id


class ActRequest(Request):
    message: ClassVar[str] = "PostingFBSActRequest"

    id: Id


class Nothing(Answer, frozen=True):
    """The empty object."""


# --- carriages --------------------------------------------------------------------------------------------------


class CarriageCreateRequest(Request):
    delivery_method_id: Int = 0
    departure_date: Time | None = None
    all_blr_traceable: bool = False


class CarriageCreateResponse(Answer, frozen=True):
    carriage_id: int


class CarriageApproveRequest(Request):
    carriage_id: Id
    containers_count: Containers = 0


class CarriageCancelResponse(Answer, frozen=True):
    error: str
    carriage_status: str


class SetPostingsRequest(Request):
    carriage_id: Id
    posting_numbers: Annotated[Sequence[PostingNumber], Meta(min_length=1)]


class SetPostingsResult(Answer, frozen=True):
    posting_number: str
    result: bool
    error: str


class SetPostingsResponse(Answer, frozen=True):
    result: Sequence[SetPostingsResult]


class CancelAvailability(Answer, frozen=True):
    is_cancel_available: bool
    reason: str = ""


class CarriageGetResponse(Answer, frozen=True):
    act_type: str
    all_blr_traceable: bool
    is_waybill_enabled: bool
    is_econom: bool
    arrival_pass_ids: Sequence[IdText]
    available_actions: Sequence[str]
    cancel_availability: CancelAvailability
    carriage_id: int
    company_id: int
    containers_count: int
    created_at: Time
    delivery_method_id: int
    departure_date: str
    first_mile_type: str
    has_postings_for_next_carriage: bool
    integration_type: str
    is_container_label_printed: bool
    is_partial: bool
    partial_num: int
    retry_count: int
    status: str
    tpl_provider_id: int
    updated_at: Time
    warehouse_id: int


class DeliveryListV2Filter(Request):
    message: ClassVar[str] = "CarriageDeliveryListV2Request_Filter"

    delivery_method_id: Int = 0
    departure_date: str = ""


class CarriageDeliveryListV2Request(Request):
    limit: Annotated[int, Meta(gt=0, le=1000)]
    cursor: str = ""
    filter: DeliveryListV2Filter = msgspec.field(default_factory=DeliveryListV2Filter)


class PickupFee(Answer, frozen=True):
    currency_code: str
    value: float


class MethodCarriage(Answer, frozen=True):
    """`id` is 0 for a carriage that could be created."""

    id: int
    all_blr_traceable: bool
    available_actions: Sequence[str]
    carriage_volume: float
    pickup_fee: PickupFee
    postings_count: int
    quantum_count: int
    status: str


class MethodError(Answer, frozen=True):
    code: str
    description: str
    status: str


class DeliveryMethodV2(Answer, frozen=True):
    carriage_postings_count: int
    carriages: Sequence[MethodCarriage]
    cut_in: str
    cutoff_at: str
    delivery_method_id: int
    delivery_method_name: str
    delivery_method_status: str
    departure_date: str
    dropoff_address: str
    dropoff_change_availability: str
    dropoff_point_id: int
    dropoff_point_type: str
    errors: Sequence[MethodError]
    first_mile_changing: bool
    first_mile_type: str
    has_entrusted_acceptance: bool
    integration_type: str
    is_optional_carriage: bool
    is_presort: bool
    is_rfbs: bool
    mandatory_packaged_count: int
    mandatory_postings_count: int
    optional_packaged_count: int
    recommended_time_local: str
    recommended_time_utc_offset_in_minutes: int
    timeslot_from: str
    timeslot_to: str
    tpl_provider_icon_url: str
    tpl_provider_name: str
    warehouse_city: str
    warehouse_id: int
    warehouse_name: str


class CarriageDeliveryListV2Response(Answer, frozen=True):
    cursor: str
    has_next: bool
    methods: Sequence[DeliveryMethodV2]


class DiscrepancyPdfResponse(Answer, frozen=True):
    content: str
    name: str
    type: str


class CourierContactSetRequest(Request):
    carriage_id: Id
    phone: Annotated[str, Meta(max_length=30)] = ""
    wechat_nickname: Annotated[str, Meta(max_length=60)] = ""
    comment: Annotated[str, Meta(max_length=300)] = ""


class CourierContact(Answer, frozen=True):
    carriage_id: int
    comment: str
    phone: str
    updated_at: str
    wechat_nickname: str


class CourierContactGetResponse(Answer, frozen=True):
    contact: Sequence[CourierContact]


class EttnStatusResponse(Answer, frozen=True):
    errors: Sequence[str]
    status: str


# --- acts -------------------------------------------------------------------------------------------------------


class ActCreateRequest(Request):
    message: ClassVar[str] = "PostingFBSActCreateRequest"

    delivery_method_id: Id
    containers_count: Containers = 0
    departure_date: Time | None = None


class ActId(Answer, frozen=True):
    id: int


class ActCreateResponse(Answer, frozen=True):
    result: ActId


class ActStatus(Answer, frozen=True):
    """`status` is in_process, ready, error or cancelled."""

    act_type: str
    added_to_act: Sequence[str]
    removed_from_act: Sequence[str]
    status: str
    is_partial: bool
    has_postings_for_next_carriage: bool
    partial_num: int


class ActCheckStatusResponse(Answer, frozen=True):
    result: ActStatus


class ActFile(Answer, frozen=True):
    """The answer where JSON was asked for; otherwise the body is the file itself."""

    file_content: str
    file_name: str
    content_type: str


class BarcodeTextResponse(Answer, frozen=True):
    result: str


class ActProduct(Answer, frozen=True):
    name: str
    offer_id: str
    price: str
    quantity: int
    sku: int


class ActPosting(Answer, frozen=True):
    id: int
    multi_box_qty: int
    posting_number: str
    status: str
    seller_error: str
    updated_at: Time
    created_at: Time
    products: Sequence[ActProduct]
    is_blr_traceable: bool
    scanit: str


class ActGetPostingsResponse(Answer, frozen=True):
    result: Sequence[ActPosting]


class ActListFilter(Request):
    message: ClassVar[str] = "PostingFBSActListFilter"

    date_from: str
    date_to: str
    integration_type: str = ""
    status: Sequence[str] = ()


class ActListRequest(Request):
    message: ClassVar[str] = "PostingFBSActListRequest"

    limit: Annotated[int, Meta(gt=0, le=50)]
    filter: ActListFilter | None = None


class RelatedDoc(Answer, frozen=True):
    created_at: Time | None
    document_status: str


class RelatedDocs(Answer, frozen=True):
    act_of_acceptance: RelatedDoc | None
    act_of_mismatch: RelatedDoc | None
    act_of_excess: RelatedDoc | None = None


class ActListItem(Answer, frozen=True):
    id: int
    delivery_method_id: int
    delivery_method_name: str
    integration_type: str
    containers_count: int
    status: str
    departure_date: str
    created_at: Time
    updated_at: Time
    act_type: str
    is_partial: bool
    has_postings_for_next_carriage: bool
    partial_num: int
    related_docs: RelatedDocs


class ActListResponse(Answer, frozen=True):
    result: Sequence[ActListItem]


class DigitalActGetRequest(Request):
    message: ClassVar[str] = "PostingFBSGetDigitalActRequest"

    id: Annotated[int, Meta(gt=0, le=INT64_MAX)]
    doc_type: str = "act_of_acceptance"


class DigitalActStatusResponse(Answer, frozen=True):
    id: int
    status: str
