from django.apps import AppConfig


class LogisticsConfig(AppConfig):
    name = "sellerdesk.logistics"
    label = "logistics"
