"""`/v1/report/…`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta

from sellerdesk.seller_api.schemas.base import Answer, Id, Int, Language, Request, Time


class Code(Answer, frozen=True):
    code: str


class CreateResponse(Answer, frozen=True):
    result: Code


class ProductsReportRequest(Request):
    language: Language = "DEFAULT"
    offer_id: Annotated[Sequence[str], Meta(max_length=1000)] = ()
    search: str = ""
    sku: Annotated[Sequence[Id], Meta(max_length=1000)] = ()
    visibility: Literal["ALL", "VALIDATION_STATE_FAIL", "TO_SUPPLY", "IN_SALE", "REMOVED_FROM_SALE", "PARTIAL_APPROVED",
                        "IMAGE_ABSENT", "ARCHIVED", "AUTO_ARCHIVED", "MANUAL_ARCHIVED"] = "ALL"


#: Where goods can be that come back; empty for anywhere.
VisualStatus = Literal[
    "", "DisputeOpened", "OnSellerApproval", "ArrivedAtReturnPlace", "OnSellerClarification",
    "OnSellerClarificationAfterPartialCompensation", "OfferedPartialCompensation", "ReturnMoneyApproved",
    "PartialCompensationReturned", "CancelledDisputeNotOpen", "Rejected", "CrmRejected", "Cancelled", "Approved",
    "ApprovedByOzon", "ReceivedBySeller", "MovingToSeller", "ReturningToSellerByCourier", "Utilizing", "Utilized",
    "MoneyReturned", "PartialCompensationInProcess", "DisputeYouOpened", "CompensationRejected", "DisputeOpening",
    "CompensationOffered", "WaitingCompensation", "SendingError", "CompensationRejectedBySla",
    "CompensationRejectedBySeller", "MovingToOzon", "ReturnedToOzon", "MoneyReturnedBySystem", "WaitingShipment"]


class ReturnsReportFilter(Request):
    date_from: Time
    date_to: Time
    status: VisualStatus
    delivery_schema: Literal["FBS", "FBO", "ALL"] = "ALL"


class ReturnsReportRequest(Request):
    filter: ReturnsReportFilter
    language: Language = "DEFAULT"


class PostingsReportFilter(Request):
    processed_at_from: Time
    processed_at_to: Time
    cancel_reason_id: Sequence[Int] = ()
    delivery_schema: Annotated[Sequence[Literal["fbo", "fbs"]], Meta(max_length=2)] = ()
    offer_id: str = ""
    sku: Annotated[Sequence[Id], Meta(max_length=1000)] = ()
    status_alias: Sequence[str] = ()
    statuses: Sequence[Int] = ()
    title: str = ""
    warehouse_id: Sequence[Id] = ()
    delivery_method_id: Sequence[Id] = ()
    is_express: bool = False


class PostingsReportWith(Request):
    additional_data: bool = False
    analytics_data: bool = False
    customer_data: bool = False
    jewelry_codes: bool = False


class PostingsReportRequest(Request, rename={"with_": "with"}):
    filter: PostingsReportFilter
    language: Language = "DEFAULT"
    with_: PostingsReportWith | None = None


class StockReportRequest(Request, rename={"warehouse_ids": "warehouseId"}):
    warehouse_ids: Annotated[Sequence[Id], Meta(min_length=1, max_length=100)]
    language: Language = "DEFAULT"


class PlacementReportRequest(Request):
    date_from: str
    date_to: str


class PlacementReportResponse(Answer, frozen=True):
    code: str


class DiscountedReportResponse(Answer, frozen=True):
    code: str
