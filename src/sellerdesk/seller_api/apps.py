from django.apps import AppConfig


class SellerApiConfig(AppConfig):
    name = "sellerdesk.seller_api"
    label = "seller_api"

    def ready(self) -> None:
        from sellerdesk.help import queries as help_pages
        from sellerdesk.seller_api import errors

        help_pages.set_wire(errors.spelled)
