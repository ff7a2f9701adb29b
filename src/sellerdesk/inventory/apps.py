from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InventoryConfig(AppConfig):
    name = "sellerdesk.inventory"
    label = "inventory"

    def ready(self) -> None:
        from sellerdesk.catalog.services import parts
        from sellerdesk.core import rules
        from sellerdesk.core.ui import nav
        from sellerdesk.inventory import events, queries  # noqa: F401
        from sellerdesk.inventory.parts import StockPart
        from sellerdesk.sellers import queries as sellers

        rules.defaults("inventory.highest_stock", {"": {"units": 999_999}},
                       source="Seller API contract, stocks: below 1,000,000 units of a product in a warehouse")
        rules.defaults("inventory.pair_pause", {"": {"seconds": 30}},
                       source="Seller API contract, stocks: one product and warehouse at most every 30 seconds")
        rules.defaults("inventory.low_stock", {"": {"units": 5}},
                       source="Starter setting of this marketplace: fewer than 6 free units are called low")
        rules.defaults("inventory.longest_preparation", {"": {"hours": 240}},
                       source="Seller API contract, warehouses: preparation takes at most 10 days")
        parts.register(StockPart())
        sellers.add_count("warehouse", lambda seller: sum(row.active for row in queries.warehouses(seller)))
        nav.register(nav.NavItem(
            key="stocks", label=_("Stock"), icon="box", url_name="inventory:stocks",
            permission="inventory:stock:view", group="goods", order=40, also=("inventory:moves",)))
        nav.register(nav.NavItem(
            key="warehouses", label=_("Warehouses"), icon="building-warehouse", url_name="inventory:warehouses",
            permission="inventory:warehouse:view", group="goods", order=50,
            also=("inventory:warehouse_new", "inventory:warehouse")))
