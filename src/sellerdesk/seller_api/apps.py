from django.apps import AppConfig


class SellerApiConfig(AppConfig):
    name = "sellerdesk.seller_api"
    label = "seller_api"
