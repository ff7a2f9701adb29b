"""Wording of papers for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = {
    "labels": pgettext_lazy("paper", "Labels"),
    "pick_list": _("Pick list"),
    "packing_slip": _("Packing slip"),
    "act": _("Hand-over act"),
    "waybill": _("Waybill"),
    "discrepancy_act": _("Discrepancy act"),
    "container_labels": _("Labels of cargo places"),
}

#: What a card does not say to customs yet.
LACKING = {"hs_code": _("HS code"), "customs_name": _("Name in Latin letters"),
           "country": _("Country of manufacture")}

# words and tone of a carriage's states
CARRIAGES = {
    "new": (pgettext_lazy("carriage", "Being gathered"), "warning"),
    "formed": (pgettext_lazy("carriage", "Formed"), "primary"),
    "sended": (pgettext_lazy("carriage", "Being accepted"), "info"),
    "received": (pgettext_lazy("carriage", "Accepted"), "success"),
    "closed": (pgettext_lazy("carriage", "Closed, parcels missing"), "danger"),
    "cancelled": (pgettext_lazy("carriage", "Dissolved"), "neutral"),
}
SIGHTS = {"": (pgettext_lazy("parcel", "Not scanned yet"), "neutral"),
          "accepted": (pgettext_lazy("parcel", "Accepted"), "success"),
          "missed": (pgettext_lazy("parcel", "Missing"), "danger")}

# Why a posting of a batch has no label.
UNPRINTED = {
    "not_found": _("There is no such posting."),
    "wrong_state": _("Labels come after packing and before delivery."),
    "not_ready": _("Packed a moment ago: the carrier is still making the label."),
}
