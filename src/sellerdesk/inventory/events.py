"""What can have happened to stock and warehouses."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import events
from sellerdesk.core.activity import Entry

STOCKS_CHANGED = "inventory.stocks.changed"
WAREHOUSE_CREATED = "inventory.warehouse.created"
WAREHOUSE_CHANGED = "inventory.warehouse.changed"


def _stocks_page(entry: Entry) -> str:
    page = reverse("inventory:stocks")
    return f"{page}?{urlencode({'q': entry.target_label})}" if entry.target_type == "product" else page


def _warehouses_page(entry: Entry) -> str:
    return reverse("inventory:warehouses")


# data of stocks.changed: count and items, a list of [product_id, warehouse_id, present, reserved] as they are now.
events.register(
    events.EventType(STOCKS_CHANGED, _("Stock set (%(count)s): %(target)s"), _stocks_page),
    events.EventType(WAREHOUSE_CREATED, _("Warehouse “%(target)s” opened"), _warehouses_page),
    events.EventType(WAREHOUSE_CHANGED, _("Warehouse “%(target)s” changed"), _warehouses_page),
)
