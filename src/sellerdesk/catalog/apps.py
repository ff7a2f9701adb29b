from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "sellerdesk.catalog"
    label = "catalog"

    def ready(self) -> None:
        from sellerdesk.catalog import events  # noqa: F401
        from sellerdesk.catalog.services import importing, pictures  # noqa: F401
