"""Wording of returns for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATES = {
    "requested": _("Requested"),
    "on_the_way": _("On the way"),
    "arrived": _("Arrived"),
    "received": _("Received"),
}
KINDS = {
    "ClientReturn": _("Buyer’s return"),
    "Cancellation": _("Cancelled on the way"),
}
REASONS = {
    "defective": _("Defective"),
    "wrong_item": _("Wrong item"),
    "not_as_described": _("Not as described"),
    "does_not_fit": _("Does not fit"),
    "changed_mind": _("Changed their mind"),
    "not_collected": _("Not collected"),
    "cancelled_under_way": _("Cancelled on the way"),
}
