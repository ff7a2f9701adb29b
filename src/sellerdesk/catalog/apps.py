from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "sellerdesk.catalog"
    label = "catalog"

    def ready(self) -> None:
        from sellerdesk.catalog import events, queries  # noqa: F401
        from sellerdesk.catalog.services import importing, pictures  # noqa: F401
        from sellerdesk.core.ui import nav
        from sellerdesk.sellers import queries as sellers

        sellers.add_count("min_products", lambda seller: queries.counts(seller)[""])

        nav.register(nav.NavItem(
            key="products", label=_("Products"), icon="package", url_name="catalog:products",
            permission="catalog:product:view", group="goods", order=10,
            also=("catalog:product", "catalog:product_new", "catalog:product_create", "catalog:product_edit")))
        nav.register(nav.NavItem(
            key="imports", label=_("Imports"), icon="file-import", url_name="catalog:imports",
            permission="catalog:product:import", group="goods", order=20, also=("catalog:import",)))
