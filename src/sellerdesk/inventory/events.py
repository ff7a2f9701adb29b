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
WAREHOUSE_PAUSED = "inventory.warehouse.paused"
WAREHOUSE_RESUMED = "inventory.warehouse.resumed"
WAREHOUSE_ARCHIVED = "inventory.warehouse.archived"
SHELVES_CHANGED = "inventory.shelves.changed"
STOCK_COUNTED = "inventory.stock.counted"
STOCK_LOW = "inventory.stock.low"
STOCK_SHORT = "inventory.stock.short"


def _stocks_page(entry: Entry) -> str:
    page = reverse("inventory:stocks")
    return f"{page}?{urlencode({'q': entry.target_label})}" if entry.target_type == "product" else page


def _low_page(entry: Entry) -> str:
    return f"{reverse('inventory:stocks')}?tab=low"


def _short_page(entry: Entry) -> str:
    return f"{reverse('inventory:stocks')}?tab=short"


def _warehouses_page(entry: Entry) -> str:
    return reverse("inventory:warehouses")


# data of stocks.changed: count and items, a list of [product_id, warehouse_id, present, reserved] as they are now.
events.register(
    events.EventType(STOCKS_CHANGED, _("Stock set (%(count)s): %(target)s"), _stocks_page),
    events.EventType(WAREHOUSE_CREATED, _("Warehouse “%(target)s” opened"), _warehouses_page),
    events.EventType(WAREHOUSE_CHANGED, _("Warehouse “%(target)s” changed"), _warehouses_page),
    events.EventType(WAREHOUSE_PAUSED, _("Warehouse “%(target)s” paused"), _warehouses_page),
    events.EventType(WAREHOUSE_RESUMED, _("Warehouse “%(target)s” takes orders again"), _warehouses_page),
    events.EventType(WAREHOUSE_ARCHIVED, _("Warehouse “%(target)s” archived"), _warehouses_page),
    events.EventType(SHELVES_CHANGED, _("Shelves named (%(count)s): %(target)s"), _stocks_page),
    events.EventType(STOCK_COUNTED, _("Shelf counted (%(count)s): %(target)s"), _stocks_page),
    # Told once, at the order that takes the free units down to the warning level.
    events.EventType(STOCK_LOW, _("Stock is running out (%(count)s): %(target)s"), _low_page),
    events.EventType(STOCK_SHORT, _("Promised units are missing (%(count)s): %(target)s"), _short_page),
)
