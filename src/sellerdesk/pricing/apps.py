from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "sellerdesk.pricing"
    label = "pricing"
