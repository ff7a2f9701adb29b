"""What the posting page offers beside packing: the shop's own delivery, disputes, the buyer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.http.request import WebRequest
from sellerdesk.orders import permissions, queries
from sellerdesk.orders.types import PostingCard
from sellerdesk.orders.web.forms import CodeForm, CutoffForm, TimeslotForm, TrackingForm

# action -> words, icon, view, right, whether it is the next step and not a way out
_BUTTONS: dict[str, tuple[Any, str, str, str, bool]] = {
    "delivering": (_("Set out to the buyer"), "truck-delivery", "orders:deliver", permissions.DELIVER, True),
    "last_mile": (_("Give to the courier"), "user", "orders:deliver", permissions.DELIVER, True),
    "delivered": (_("The buyer has it"), "circle-check", "orders:deliver", permissions.DELIVER, True),
    "bring_back": (_("Came back to the warehouse"), "truck-return", "orders:deliver", permissions.DELIVER, False),
    "arbitration": (_("Dispute: it was handed over"), "alert-triangle", "orders:dispute", permissions.DISPUTE, True),
    "awaiting_delivery": (_("Hand over again"), "truck-delivery", "orders:dispute", permissions.DISPUTE, False),
}


@dataclass(frozen=True, slots=True)
class Button:
    label: Any
    icon: str
    url: str
    main: bool


def context(request: WebRequest, card: PostingCard, now: datetime) -> dict[str, Any]:
    """Buttons, forms of the shop's own delivery where they may be used, and what is shown of the buyer."""
    may = request.can(permissions.DELIVER)
    offered = card.available_actions if may else ()
    tracking = TrackingForm(initial={"tracking_number": card.tracking_number})
    person = queries.buyer(card, now)
    return {
        "moves": [Button(label, icon, reverse(view, args=[card.number, action]), main)
                  for action, (label, icon, view, right, main) in _BUTTONS.items()
                  if action in card.available_actions and request.can(right)],
        "tracking_form": tracking if "set_track_number" in offered else None,
        "cutoff_form": CutoffForm(initial={"cutoff": card.cutoff_at}) if "set_cutoff" in offered else None,
        "timeslot_form": TimeslotForm(initial={"begin": card.deliver_from, "end": card.deliver_by})
        if "set_timeslot" in offered else None,
        "code_form": CodeForm() if "pass_to_courier" in offered else None,
        "slots_left": queries.slot_bounds(card, now).changes_left,
        "person": person,
        "may_reveal": bool(person.phone) and request.can(permissions.REVEAL),
    }
