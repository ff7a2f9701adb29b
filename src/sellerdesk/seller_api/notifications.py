"""Addresses for pushes: tried, set, changed, switched, removed, listed."""

from __future__ import annotations

from msgspec import UnsetType

from sellerdesk.notifications import queries, services
from sellerdesk.notifications.errors import check_text
from sellerdesk.notifications.types import EndpointRow, Health
from sellerdesk.seller_api.endpoint import Call, endpoint
from sellerdesk.seller_api.schemas import notifications as models
from sellerdesk.seller_api.schemas.base import Empty


@endpoint(
    "/v1/notification/check",
    request=models.CheckNotificationRequest,
    answer=models.CheckNotificationResponse,
    right="notifications:write",
)
def check(call: Call, request: models.CheckNotificationRequest) -> models.CheckNotificationResponse:
    """Sends a test push to an address and tells what is wrong with its answer."""
    verdict = services.check_address(url=request.url, real_now=call.real_now).verdict
    wrong = [] if verdict.ok else [
        models.CheckNotificationError(type=verdict.code, description=check_text(verdict.code, verdict.detail))]
    return models.CheckNotificationResponse(is_active=verdict.ok, errors=wrong)


@endpoint(
    "/v1/notification/set",
    request=models.SetNotificationRequest,
    answer=models.Nothing,
    right="notifications:write",
)
def set_(call: Call, request: models.SetNotificationRequest) -> models.Nothing:
    """Adds an address after a test push to it."""
    services.add_endpoint(seller=call.seller, url=request.url, types=request.types, actor=call.actor, now=call.now,
                          real_now=call.real_now)
    return models.Nothing()


@endpoint(
    "/v1/notification/update",
    request=models.UpdateNotificationRequest,
    answer=models.Nothing,
    right="notifications:write",
)
def update(call: Call, request: models.UpdateNotificationRequest) -> models.Nothing:
    """Changes an address or what is sent there; what is left out stays."""
    services.change_endpoint(
        seller=call.seller, endpoint_id=request.id, url=request.url or None,
        types=None if isinstance(request.types, UnsetType) else request.types, actor=call.actor, now=call.now,
        real_now=call.real_now)
    return models.Nothing()


@endpoint(
    "/v1/notification/delete",
    request=models.DeleteNotificationRequest,
    answer=models.Nothing,
    right="notifications:write",
)
def delete(call: Call, request: models.DeleteNotificationRequest) -> models.Nothing:
    """Removes an address."""
    services.remove_endpoint(seller=call.seller, endpoint_id=request.id, actor=call.actor, now=call.now)
    return models.Nothing()


@endpoint(
    "/v1/notification/enable",
    request=models.EnableNotificationRequest,
    answer=models.Nothing,
    right="notifications:write",
)
def enable(call: Call, request: models.EnableNotificationRequest) -> models.Nothing:
    """Switches an address on or off. A paused one goes on from where it stopped."""
    services.switch_endpoint(seller=call.seller, endpoint_id=request.id, on=request.enabled, actor=call.actor,
                             now=call.now, real_now=call.real_now)
    return models.Nothing()


@endpoint(
    "/v1/notification/list",
    request=Empty,
    answer=models.NotificationListResponse,
    right="notifications:read",
)
def notification_list(call: Call, request: Empty) -> models.NotificationListResponse:
    """Lists the shop's addresses with how they answered in the last day."""
    rows, healths = queries.endpoints(call.seller), queries.health(call.seller, call.real_now)
    limits = queries.thresholds(call.real_now)
    return models.NotificationListResponse(
        urls=[_notification(row, healths.get(row.id, Health())) for row in rows],
        availability_status_thresholds=[
            models.Threshold(status="GREEN", threshold=0),
            models.Threshold(status="YELLOW", threshold=limits["yellow_ms"]),
            models.Threshold(status="RED", threshold=limits["red_ms"])],
        total_count=len(rows),
    )


def _notification(row: EndpointRow, health: Health) -> models.Notification:
    reason = {"off": "SELLER", "paused": "AVAILABILITY", "gone": "AVAILABILITY"}.get(row.state, "")
    return models.Notification(
        id=row.id, url=row.url, enable=row.state == "active", created_at=row.created_at,
        types=[models.NotificationType(type=name, description=str(queries.type_text(name)))
               for name in queries.known_types(row.types)],
        availability_status=health.status, availability_status_date=health.at, disable_reason=reason,
        problematic_type=health.worst_type if health.status in ("YELLOW", "RED") else "",
        reason_details=row.pause_code or (health.detail if health.status in ("YELLOW", "RED") else ""))


@endpoint(
    "/v1/notification/push-type/list",
    request=Empty,
    answer=models.GetNotificationPushTypeListResponse,
    right="notifications:read",
)
def push_type_list(call: Call, request: Empty) -> models.GetNotificationPushTypeListResponse:
    """Lists the kinds of pushes with the first address that gets each."""
    first: dict[str, EndpointRow] = {}
    for row in queries.endpoints(call.seller):
        for name in row.types:
            first.setdefault(name, row)
    return models.GetNotificationPushTypeListResponse(types=[
        models.PushTypeRow(type=name, description=str(queries.type_text(name)), seller_endpoint=(
            models.SellerEndpoint(id=first[name].id, url=first[name].url) if name in first else None))
        for name in queries.api_types()])
