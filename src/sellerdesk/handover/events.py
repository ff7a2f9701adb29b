"""What can have happened to papers and carriages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# Target: type `paper`, id its number, label what it is called. data: kind, form, postings
PAPER_MADE = "handover.paper.made"
# Target: type `carriage`, id and label its number. data: postings, method_id, departs_on
CARRIAGE_CREATED = "handover.carriage.created"
CARRIAGE_CHANGED = "handover.carriage.changed"
CARRIAGE_FORMED = "handover.carriage.formed"
CARRIAGE_CANCELLED = "handover.carriage.cancelled"
# data: accepted, missed; of all parcels received, or closed with some missing
CARRIAGE_ENDED = "handover.carriage.ended"
# Target: type `pass`, id its number, label the number plate. data: carriage_id, 0 where the car fetches returns.
CAR_ADDED = "handover.pass.added"
CAR_CHANGED = "handover.pass.changed"
CAR_REMOVED = "handover.pass.removed"


def _paper(row: Any) -> str | None:
    return reverse("handover:paper", args=[row.target_id])


def _carriage(row: Any) -> str | None:
    return reverse("handover:carriage", args=[row.target_id])


def _pass(row: Any) -> str | None:
    carriage_id = (row.data or {}).get("carriage_id")
    return reverse("handover:carriage", args=[carriage_id]) if carriage_id else reverse("returns:pick_up")


def register_events() -> None:
    register(
        EventType(PAPER_MADE, _("Paper made: %(target)s"), _paper),
        EventType(CARRIAGE_CREATED, _("Carriage %(target)s created, parcels: %(postings)s"), _carriage),
        EventType(CARRIAGE_CHANGED, _("Parcels of carriage %(target)s chosen: %(postings)s"), _carriage),
        EventType(CARRIAGE_FORMED, _("Carriage %(target)s formed, parcels: %(postings)s"), _carriage),
        EventType(CARRIAGE_CANCELLED, _("Carriage %(target)s cancelled"), _carriage),
        EventType(CARRIAGE_ENDED, _("Carriage %(target)s: accepted %(accepted)s, missing %(missed)s"), _carriage),
        EventType(CAR_ADDED, _("Pass for the car %(target)s ordered"), _pass),
        EventType(CAR_CHANGED, _("Pass for the car %(target)s changed"), _pass),
        EventType(CAR_REMOVED, _("Pass for the car %(target)s withdrawn"), _pass),
    )
