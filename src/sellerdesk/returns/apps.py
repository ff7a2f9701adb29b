from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "sellerdesk.returns"
    label = "returns"

    def ready(self) -> None:
        from sellerdesk.core import rules as dated
        from sellerdesk.returns import rules, subscribers
        from sellerdesk.returns.events import register_events
        from sellerdesk.returns.web import navigation  # noqa: F401

        register_events()
        dated.defaults("returns.freight", rules.DEFAULT_FREIGHT,
                       source="Sandbox policy: the buyer pays when nothing is wrong with the goods, 2020")
        subscribers.register()
