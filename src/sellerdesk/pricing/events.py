"""What can have happened to prices."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import events
from sellerdesk.core.activity import Entry

PRICES_CHANGED = "pricing.prices.changed"
SWITCHES_TURNED = "pricing.switches.turned"
PRICES_WAITING = "pricing.prices.quarantined"
PRICES_RELEASED = "pricing.quarantine.released"
PRICES_DISCARDED = "pricing.quarantine.discarded"
PRICES_EXPIRED = "pricing.quarantine.expired"


def _prices_page(entry: Entry) -> str:
    page = reverse("pricing:prices")
    return f"{page}?{urlencode({'q': entry.target_label})}" if entry.target_type == "product" else page


def _queue(entry: Entry) -> str:
    return reverse("pricing:quarantine")


# data: count, currency, product_ids. With one product `before` and `after` hold its amounts in minor units.
events.register(
    events.EventType(PRICES_CHANGED, _("Prices changed (%(count)s): %(target)s"), _prices_page),
    # data: count, product_ids. With one product `before` and `after` hold its switches.
    events.EventType(SWITCHES_TURNED, _("Automatic promotions and strategies of products (%(count)s): %(target)s"),
                     _prices_page),
    # data: count, currency, product_ids, item_ids
    events.EventType(PRICES_WAITING, _("Prices held in quarantine (%(count)s): %(target)s"), _queue),
    events.EventType(PRICES_RELEASED, _("Prices released from quarantine (%(count)s): %(target)s"), _queue),
    events.EventType(PRICES_DISCARDED, _("Prices in quarantine discarded (%(count)s): %(target)s"), _queue),
    events.EventType(PRICES_EXPIRED, _("Prices in quarantine ran out (%(count)s): %(target)s"), _queue),
)
