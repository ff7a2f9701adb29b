"""Names of scans for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SCANS = {
    "registered": _("Registered with the carrier"),
    "accepted": _("Accepted by the carrier"),
    "sorted": _("Sorted at the sorting centre"),
    "in_transit": _("On the way to the buyer’s city"),
    "arrived_in_city": _("Arrived in the buyer’s city"),
    "with_courier": _("With the courier"),
    "to_pickup_point": _("On the way to the pickup point"),
    "at_pickup_point": _("At the pickup point"),
    "delivered": _("Received by the buyer"),
    "not_accepted": _("Not accepted at the sorting centre"),
    "returning": _("On the way back"),
    "returned": _("Back at the sender"),
    "lost": _("Lost by the carrier"),
}
