from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "sellerdesk.console"
    label = "console"

    def ready(self) -> None:
        from sellerdesk.console.web import navigation  # noqa: F401
