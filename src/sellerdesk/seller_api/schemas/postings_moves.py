"""What moves a posting on: the shop's own delivery, disputes about missing parcels, promises of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from sellerdesk.seller_api.schemas import postings_fbs_parts as parts
from sellerdesk.seller_api.schemas import postings_fbs_v3 as v3
from sellerdesk.seller_api.schemas.base import Answer, Int, Request, Time
from sellerdesk.seller_api.schemas.postings_fbs_acts import PostingNumber

Numbers = Annotated[Sequence[PostingNumber], Meta(min_length=1, max_length=100)]


class MovePostingRequest(Request):
    posting_number: Numbers


class MovePostingToAwaitingDeliveryRequest(Request):
    posting_number: Numbers


class FbsPostingDeliveringRequest(Request):
    posting_number: Numbers


class FbsPostingLastMileRequest(Request):
    posting_number: Numbers


class FbsPostingDeliveredRequest(Request):
    posting_number: Numbers


class FbsPostingTrackingNumber(Request):
    message: ClassVar[str] = "FbsPostingTrackingNumberSetRequest_TrackingNumber"

    posting_number: PostingNumber
    tracking_number: Annotated[str, Meta(min_length=1)]


class FbsPostingTrackingNumberSetRequest(Request):
    tracking_numbers: Annotated[Sequence[FbsPostingTrackingNumber], Meta(min_length=1, max_length=20)]


class MoveStatus(Answer, frozen=True):
    posting_number: str
    result: bool
    error: str = ""


class FbsPostingMoveStatusResponse(Answer, frozen=True):
    result: Sequence[MoveStatus]


class SetPostingCutoffRequest(Request):
    new_cutoff_date: Time
    posting_number: PostingNumber


class TimeslotChangeRestrictionsRequest(Request):
    message: ClassVar[str] = "PostingFbsTimeslotChangeRestrictionsRequest"

    posting_number: PostingNumber


class DeliveryInterval(Answer, frozen=True):
    begin: Time
    end: Time


class TimeslotChangeRestrictionsResponse(Answer, frozen=True):
    delivery_interval: DeliveryInterval
    remaining_changes_count: int


class TimeslotSetNewTimeslot(Request):
    message: ClassVar[str] = "PostingFbsTimeslotSetRequest_NewTimeslot"

    from_: Time = msgspec.field(name="from")
    to: Time


class TimeslotSetRequest(Request):
    message: ClassVar[str] = "PostingFbsTimeslotSetRequest"

    new_timeslot: TimeslotSetNewTimeslot
    posting_number: PostingNumber


class PickupCodeVerifyRequest(Request):
    message: ClassVar[str] = "PostingFBSPickupCodeVerifyRequest"

    pickup_code: Annotated[str, Meta(min_length=1)]
    posting_number: PostingNumber


class PickupCodeVerifyResponse(Answer, frozen=True):
    valid: bool


class GetRestrictionsRequest(Request):
    posting_number: PostingNumber


class Restriction(Answer, frozen=True):
    """Grams, centimetres and units of the shop's currency; 0 where there is no bound."""

    posting_number: str
    max_posting_weight: float
    min_posting_weight: float = 0.0
    width: float = 0.0
    length: float = 0.0
    height: float = 0.0
    max_posting_price: float = 0.0
    min_posting_price: float = 0.0


class GetRestrictionsResponse(Answer, frozen=True):
    result: Restriction


class GetFbsPostingByBarcodeRequest(Request):
    barcode: Annotated[str, Meta(min_length=1)]


class FbsPostingV2Product(Answer, frozen=True):
    name: str
    offer_id: str
    price: str
    quantity: int
    sku: int


class FbsPostingV2(Answer, frozen=True):
    barcodes: parts.PostingBarcodes
    cancel_reason_id: int
    created_at: Time
    in_process_at: Time
    order_id: int
    order_number: str
    posting_number: str
    products: Sequence[FbsPostingV2Product]
    shipment_date: Time
    status: str


class FbsPostingV2Response(Answer, frozen=True):
    result: FbsPostingV2


class UnfulfilledV3Filter(Request):
    message: ClassVar[str] = "GetFbsPostingUnfulfilledListRequest_Filter"

    cutoff_from: Time | None = None
    cutoff_to: Time | None = None
    delivering_date_from: Time | None = None
    delivering_date_to: Time | None = None
    delivery_method_id: Sequence[Int] = ()
    is_quantum: bool | None = None
    last_changed_status_date: v3.GetFbsPostingListRequestStatusDate | None = None
    provider_id: Sequence[Int] = ()
    status: str = ""
    warehouse_id: Sequence[Int] = ()


class GetFbsPostingUnfulfilledListRequest(Request):
    filter: UnfulfilledV3Filter
    limit: Annotated[int, Meta(ge=1, le=1000)]
    offset: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 0
    dir: str = ""
    with_: v3.FbsPostingWithParams = msgspec.field(default_factory=v3.FbsPostingWithParams, name="with")


class GetFbsPostingUnfulfilledListResponseResult(Answer, frozen=True):
    postings: Sequence[v3.FbsPosting]
    count: int


class GetFbsPostingUnfulfilledListResponse(Answer, frozen=True):
    result: GetFbsPostingUnfulfilledListResponseResult
