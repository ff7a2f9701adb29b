"""What can have happened to a shop's addresses. Target: type `endpoint`, label its URL without what may be secret."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

ENDPOINT_ADDED = "notifications.endpoint.added"
# before/after: url, types
ENDPOINT_CHANGED = "notifications.endpoint.changed"
ENDPOINT_REMOVED = "notifications.endpoint.removed"
ENDPOINT_SWITCHED_ON = "notifications.endpoint.switched_on"
ENDPOINT_SWITCHED_OFF = "notifications.endpoint.switched_off"
# data: code, since
ENDPOINT_PAUSED = "notifications.endpoint.paused"
ENDPOINT_GONE = "notifications.endpoint.gone"
ENDPOINT_RESUMED = "notifications.endpoint.resumed"
SECRET_ROLLED = "notifications.endpoint.secret_rolled"  # noqa: S105 - the name of an event
# data: count
REDELIVERED = "notifications.pushes.redelivered"

# after: channels
USUAL_CHANGED = "notifications.usual.changed"


def _endpoint(row: Any) -> str:
    return reverse("notifications:endpoint", args=[row.target_id])


def _list(row: Any) -> str:
    return reverse("notifications:endpoints")


def register_events() -> None:
    register(
        EventType(ENDPOINT_ADDED, _("%(actor)s added the push address %(target)s"), _endpoint),
        EventType(ENDPOINT_CHANGED, _("%(actor)s changed the push address %(target)s"), _endpoint),
        EventType(ENDPOINT_REMOVED, _("%(actor)s removed the push address %(target)s"), _list),
        EventType(ENDPOINT_SWITCHED_ON, _("%(actor)s switched the push address %(target)s on"), _endpoint),
        EventType(ENDPOINT_SWITCHED_OFF, _("%(actor)s switched the push address %(target)s off"), _endpoint),
        EventType(ENDPOINT_PAUSED, _("Pushes to %(target)s are paused: it has not answered properly for too long"),
                  _endpoint),
        EventType(ENDPOINT_GONE, _("Pushes to %(target)s have stopped: it answered that it is gone (410)"), _endpoint),
        EventType(ENDPOINT_RESUMED, _("%(actor)s resumed pushes to %(target)s"), _endpoint),
        EventType(SECRET_ROLLED, _("%(actor)s rolled the signing secret of %(target)s"), _endpoint),
        EventType(USUAL_CHANGED, _("%(actor)s changed what people of the shop are usually told"),
                  lambda row: reverse("notifications:shop_settings")),
        EventType(REDELIVERED, _("%(actor)s sent pushes to %(target)s again (%(count)s)"), _endpoint),
    )
