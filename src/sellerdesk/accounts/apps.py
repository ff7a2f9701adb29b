from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sellerdesk.accounts"
    label = "accounts"

    def ready(self) -> None:
        from sellerdesk.accounts import events  # noqa: F401
        from sellerdesk.accounts.web import navigation  # noqa: F401
