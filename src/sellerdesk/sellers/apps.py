from django.apps import AppConfig


class SellersConfig(AppConfig):
    name = "sellerdesk.sellers"
    label = "sellers"

    def ready(self) -> None:
        from sellerdesk.accounts import services as accounts
        from sellerdesk.core import rules
        from sellerdesk.sellers import events, queries  # noqa: F401
        from sellerdesk.sellers.web import navigation  # noqa: F401

        accounts.add_word_source(queries.shop_names)
        source = "default of this installation"
        rules.defaults("sellers.shops_per_person", {"": 10}, source=source)
        rules.defaults("sellers.keys_per_shop", {"": 50}, source=source)
        rules.defaults("sellers.key_life_days", {"": 180}, source="Seller API documentation, section on keys")
