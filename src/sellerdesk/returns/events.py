"""What can have happened to goods on their way back. Target: type `return`, id its number, label the offer id."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# data of all: posting_number, sku, quantity, kind, reason
RETURN_REQUESTED = "returns.return.requested"
RETURN_STARTED = "returns.return.started"
# data also: state
RETURN_MOVED = "returns.return.moved"
RETURN_RECEIVED = "returns.return.received"


def _list(row: Any) -> str | None:
    return reverse("returns:returns") + f"?tab=all&q={(row.data or {}).get('posting_number', '')}"


def register_events() -> None:
    register(
        EventType(RETURN_REQUESTED, _("A buyer asks to return %(target)s from %(posting_number)s"), _list),
        EventType(RETURN_STARTED, _("%(target)s from the cancelled %(posting_number)s is coming back"), _list),
        EventType(RETURN_MOVED, _("Return of %(target)s from %(posting_number)s moved on"), _list),
        EventType(RETURN_RECEIVED, _("%(target)s from %(posting_number)s received and back on the shelf"), _list),
    )
