from django.apps import AppConfig


class LogisticsConfig(AppConfig):
    name = "sellerdesk.logistics"
    label = "logistics"

    def ready(self) -> None:
        from sellerdesk.core import rules as dated
        from sellerdesk.logistics import rules
        from sellerdesk.logistics.events import register_events

        register_events()
        dated.defaults("logistics.tariff", rules.DEFAULT_TARIFFS, source="Sandbox tariff of the marketplace, 2020")
