"""What can have happened to the figures that a shop calculates with."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import events
from sellerdesk.core.activity import Entry

SETTINGS_CHANGED = "economics.settings.changed"


def _page(entry: Entry) -> str:
    return reverse("economics:settings")


# before, after: the settings that differ, minor units and basis points.
events.register(events.EventType(SETTINGS_CHANGED, _("Costs and taxes for margins changed"), _page))
