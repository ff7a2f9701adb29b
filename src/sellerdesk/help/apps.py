from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "sellerdesk.help"
    label = "help"

    def ready(self) -> None:
        from sellerdesk.help.web import navigation  # noqa: F401
