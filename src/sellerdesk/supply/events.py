"""What can have happened to supplies. Target: type `supply`, id the supply's, label its number."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# Target: type `supply_draft`. data: kind, units, rejected
DRAFT_CREATED = "supply.draft.created"
# data: units, sku_count, storage_id, drop_off_id, slot_from, kind
SUPPLY_CREATED = "supply.supply.created"
# data: what (contents, cargoes, car)
SUPPLY_FILLED = "supply.supply.filled"
# data: slot_from
SUPPLY_RESCHEDULED = "supply.supply.rescheduled"
SUPPLY_CANCELLED = "supply.supply.cancelled"
LABELS_PRINTED = "supply.supply.labelled"
# By themselves, by the marketplace or by time. data: state; before/after: state
SUPPLY_MOVED = "supply.supply.moved"
# data: good, damaged, short, surplus
SUPPLY_COUNTED = "supply.supply.counted"
REPORT_ACCEPTED = "supply.report.accepted"
# data: comment
REPORT_DISPUTED = "supply.report.disputed"
# data: found
DISPUTE_SETTLED = "supply.report.settled"

CHANGES = (SUPPLY_CREATED, SUPPLY_FILLED, SUPPLY_RESCHEDULED, SUPPLY_CANCELLED, SUPPLY_MOVED, SUPPLY_COUNTED,
           REPORT_ACCEPTED, REPORT_DISPUTED, DISPUTE_SETTLED)


def _supply(row: Any) -> str | None:
    return reverse("supply:supply", args=[row.target_id])


def _draft(row: Any) -> str | None:
    return reverse("supply:draft", args=[row.target_id])


def register_events() -> None:
    register(
        EventType(DRAFT_CREATED, _("Draft %(target)s of a supply made, units: %(units)s"), _draft),
        EventType(SUPPLY_CREATED, _("Supply %(target)s made, units: %(units)s"), _supply),
        EventType(SUPPLY_FILLED, _("Supply %(target)s filled in"), _supply),
        EventType(SUPPLY_RESCHEDULED, _("Supply %(target)s moved to another time"), _supply),
        EventType(SUPPLY_CANCELLED, _("Supply %(target)s cancelled"), _supply),
        EventType(LABELS_PRINTED, _("Labels of supply %(target)s printed"), _supply),
        EventType(SUPPLY_MOVED, _("Supply %(target)s moved on"), _supply),
        EventType(SUPPLY_COUNTED, _("Supply %(target)s counted: good %(good)s, damaged %(damaged)s, short %(short)s"),
                  _supply),
        EventType(REPORT_ACCEPTED, _("Report about supply %(target)s accepted"), _supply),
        EventType(REPORT_DISPUTED, _("Report about supply %(target)s disputed"), _supply),
        EventType(DISPUTE_SETTLED, _("Dispute about supply %(target)s settled, found: %(found)s"), _supply),
    )
