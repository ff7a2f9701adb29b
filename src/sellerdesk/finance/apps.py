from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "sellerdesk.finance"
    label = "finance"
