"""What can have happened to prices."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import events
from sellerdesk.core.activity import Entry

PRICES_CHANGED = "pricing.prices.changed"


def _prices_page(entry: Entry) -> str:
    page = reverse("pricing:prices")
    return f"{page}?{urlencode({'q': entry.target_label})}" if entry.target_type == "product" else page


# data: count, currency, product_ids. With one product `before` and `after` hold its amounts in minor units.
events.register(
    events.EventType(PRICES_CHANGED, _("Prices changed (%(count)s): %(target)s"), _prices_page),
)
