"""What can have happened to a shop's money."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import events
from sellerdesk.core.activity import Entry

DELIVERIES_BOOKED = "finance.deliveries.booked"
RETURNS_BOOKED = "finance.returns.booked"


def _finance_page(entry: Entry) -> str:
    page = reverse("finance:balance")
    return f"{page}?{urlencode({'q': entry.target_id})}" if entry.target_type == "posting" else page


# data: count, amount_minor (for the seller), currency, postings (their numbers).
events.register(
    events.EventType(DELIVERIES_BOOKED, _("Deliveries accrued (%(count)s): %(target)s"), _finance_page),
    events.EventType(RETURNS_BOOKED, _("Returns booked (%(count)s): %(target)s"), _finance_page),
)
