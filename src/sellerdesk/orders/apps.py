from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "sellerdesk.orders"
    label = "orders"

    def ready(self) -> None:
        from sellerdesk.core import rules as dated
        from sellerdesk.orders import rules, subscribers
        from sellerdesk.orders.events import register_events
        from sellerdesk.orders.web import navigation  # noqa: F401

        register_events()
        dated.defaults("orders.cancel_reason", rules.DEFAULT_REASONS,
                       source="Seller API, cancel reasons of FBS postings, 2026-08-14; 505 is the sandbox's own")
        subscribers.register()
