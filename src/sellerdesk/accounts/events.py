"""What can have happened to people's accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

USER_REGISTERED = "accounts.user.registered"
OPERATOR_CREATED = "accounts.operator.created"
PROFILE_CHANGED = "accounts.profile.changed"

register(
    EventType(USER_REGISTERED, _("%(target)s signed up")),
    EventType(OPERATOR_CREATED, _("Operator %(target)s was created")),
    EventType(PROFILE_CHANGED, _("%(actor)s changed the profile")),
)
