"""What can have happened. Targets: type `announcement`, id its number; type `policy`, id its key, label its version."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# Label: the English title. data: severity, must_acknowledge
PUBLISHED = "announcements.announcement.published"
WITHDRAWN = "announcements.announcement.withdrawn"
# Of one shop: somebody confirmed one that must be confirmed.
ACKNOWLEDGED = "announcements.announcement.acknowledged"
POLICY_PUBLISHED = "announcements.policy.published"


def _announcement(row: Any) -> str | None:
    return reverse("announcements:announcement", args=[row.target_id])


def register_events() -> None:
    register(
        EventType(PUBLISHED, _("Announcement published: %(target)s"), _announcement),
        EventType(WITHDRAWN, _("Announcement withdrawn: %(target)s"), _announcement),
        EventType(ACKNOWLEDGED, _("%(actor)s confirmed the announcement “%(target)s”"), _announcement),
        EventType(POLICY_PUBLISHED, _("New version of a policy published: %(target)s"), None),
    )
