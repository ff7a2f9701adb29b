"""Addresses for pushes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from sellerdesk.seller_api.schemas.base import Answer, Id, Request, Time

#: One of the contract's names of pushes; a wrong one is refused by name.
PushType = Annotated[str, Meta(max_length=60)]


class Nothing(Answer, frozen=True):
    """The empty object."""


class CheckNotificationRequest(Request):
    url: Annotated[str, Meta(min_length=1, max_length=500)]


class CheckNotificationError(Answer, frozen=True):
    type: str
    description: str


class CheckNotificationResponse(Answer, frozen=True):
    is_active: bool
    errors: Sequence[CheckNotificationError]


class DeleteNotificationRequest(Request):
    id: Id


class EnableNotificationRequest(Request):
    id: Id
    enabled: bool


class SetNotificationRequest(Request):
    url: Annotated[str, Meta(min_length=1, max_length=500)]
    types: Annotated[list[PushType], Meta(min_length=1, max_length=50)]


class UpdateNotificationRequest(Request):
    id: Id
    url: Annotated[str, Meta(max_length=500)] = ""
    types: Annotated[list[PushType], Meta(max_length=50)] | UnsetType = UNSET


class NotificationType(Answer, frozen=True):
    type: str
    description: str


class Notification(Answer, frozen=True):
    id: int
    url: str
    enable: bool
    types: Sequence[NotificationType]
    created_at: Time
    #: GREEN, YELLOW, RED; empty while nothing was sent.
    availability_status: str
    availability_status_date: Time | None
    #: SELLER or AVAILABILITY where it is off.
    disable_reason: str
    problematic_type: str
    reason_details: str


class Threshold(Answer, frozen=True):
    #: From how many milliseconds on an address has this status.
    status: str
    threshold: int


class NotificationListResponse(Answer, frozen=True):
    urls: Sequence[Notification]
    availability_status_thresholds: Sequence[Threshold]
    total_count: int


class SellerEndpoint(Answer, frozen=True):
    id: int
    url: str


class PushTypeRow(Answer, frozen=True):
    type: str
    description: str
    seller_endpoint: SellerEndpoint | None


class GetNotificationPushTypeListResponse(Answer, frozen=True):
    types: Sequence[PushTypeRow]
