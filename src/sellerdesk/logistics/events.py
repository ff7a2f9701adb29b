"""What can have happened to parcels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# data: posting_number, tracking, code, place, source, carrier
PARCEL_SCANNED = "logistics.parcel.scanned"
# data: posting_number, tracking, carrier, code (of the latest scan), count (days allowed)
PARCEL_STALE = "logistics.parcel.stale"
# data: posting_number, tracking, carrier, other
PARCEL_MISDIRECTED = "logistics.parcel.misdirected"
# data: warehouse_id, tariff; before and after: active, max_weight_g, max_price_minor, places
METHOD_CHANGED = "logistics.method.changed"
# data: rule_id, valid_from
TARIFF_CHANGED = "logistics.tariff.changed"


def register_events() -> None:
    register(EventType(PARCEL_SCANNED, _("The carrier scanned parcel %(target)s: %(place)s")))
    register(EventType(PARCEL_STALE, _("No news of parcel %(target)s for %(count)s days")))
    register(EventType(PARCEL_MISDIRECTED, _("Parcel %(target)s goes with another carrier: %(other)s")))
    register(EventType(METHOD_CHANGED, _("Delivery method “%(target)s” was changed")))
    register(EventType(TARIFF_CHANGED, _("A new version of the tariff %(target)s was put into force")))
