from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

# Shown to sellers, so translated when shown.
_STORAGE_SOURCE = gettext_noop("Tariff of the marketplace’s warehouses: by litre and day, after free days that begin "
                               "when a unit comes.")


def _storage(free_days: int, minor_100l: int) -> dict[str, Any]:
    return {"free_days": free_days, "minor_100l": minor_100l, "least_ml": 200, "currency": "RUB"}


# By department of the catalogue, "" for all others: clothes and shoes sell by season and wait longer, food must not.
_STORAGE = {"": _storage(60, 25_000), "17000500": _storage(120, 25_000), "17000600": _storage(120, 25_000),
            "17001400": _storage(30, 25_000)}


class InventoryConfig(AppConfig):
    name = "sellerdesk.inventory"
    label = "inventory"

    def ready(self) -> None:
        from sellerdesk.catalog.services import parts
        from sellerdesk.core import jobs, rules
        from sellerdesk.core.ui import nav
        from sellerdesk.economics import queries as economics
        from sellerdesk.inventory import events, platform_places, queries, tasks, waiting  # noqa: F401
        from sellerdesk.inventory.parts import StockPart
        from sellerdesk.inventory.queries import storage
        from sellerdesk.sellers import queries as sellers

        rules.defaults("inventory.highest_stock", {"": {"units": 999_999}},
                       source="Seller API contract, stocks: below 1,000,000 units of a product in a warehouse")
        rules.defaults("inventory.pair_pause", {"": {"seconds": 30}},
                       source="Seller API contract, stocks: one product and warehouse at most every 30 seconds")
        rules.defaults("inventory.low_stock", {"": {"units": 5}},
                       source="Starter setting of this marketplace: fewer than 6 free units are called low")
        rules.defaults("inventory.longest_preparation", {"": {"hours": 240}},
                       source="Seller API contract, warehouses: preparation takes at most 10 days")
        rules.defaults("inventory.longest_pause", {"": {"days": 60}},
                       source="Starter setting of this marketplace: a longer pause is a closed warehouse")
        rules.defaults("inventory.highest_postings_limit", {"": {"postings": 100_000}},
                       source="Starter setting of this marketplace")
        rules.defaults("inventory.cover_grades", {"": {"critical": 3, "red": 7, "yellow": 14}},
                       source="Starter setting of this marketplace: days that stock lasts, average of 60 days")
        rules.defaults("inventory.cluster", platform_places.CLUSTERS,
                       source="The sandbox's own map of the country, 2026-11")
        rules.defaults("inventory.storage", _STORAGE, source=_STORAGE_SOURCE)
        post_migrate.connect(_keep_platform_places, sender=self)
        jobs.schedule("inventory.pauses", "* * * * *", tasks.keep_pauses)
        # Days are the shops', and a period of the shop is closed six hours after its last one.
        jobs.schedule("inventory.storage", "5 * * * *", tasks.count_storage)
        jobs.schedule("inventory.pace", "*/30 * * * *", tasks.refresh_pace)
        parts.register(StockPart())
        economics.register_storage(storage.foreseen, storage.booked)
        waiting.register()
        sellers.add_open_end(queries.open_end)
        sellers.add_count("warehouse", lambda seller: sum(row.active for row in queries.warehouses(seller)))
        nav.register(nav.NavItem(
            key="stocks", label=pgettext_lazy("inventory", "Stock"), icon="box", url_name="inventory:stocks",
            permission="inventory:stock:view", group="goods", order=40, also=("inventory:moves", "inventory:platform")))
        nav.register(nav.NavItem(
            key="warehouses", label=_("Warehouses"), icon="building-warehouse", url_name="inventory:warehouses",
            permission="inventory:warehouse:view", group="goods", order=50,
            also=("inventory:warehouse_new", "inventory:warehouse")))


def _keep_platform_places(**_told: Any) -> None:
    from sellerdesk.inventory.services import platform

    platform.keep_places()
