"""What can have happened to parcels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# data: posting_number, tracking, code, place, source, carrier
PARCEL_SCANNED = "logistics.parcel.scanned"


def register_events() -> None:
    register(EventType(PARCEL_SCANNED, _("The carrier scanned parcel %(target)s: %(place)s")))
