from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "sellerdesk.console"
    label = "console"
