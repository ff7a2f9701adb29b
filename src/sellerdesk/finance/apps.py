from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Shown to sellers, so translated when shown.
_BANDS = gettext_noop("Price bands of the commission table: up to 1,500, up to 5,000 and above, in roubles.")
_SHARES = gettext_noop("Commission tariff of this marketplace: a share of the price by department and price band.")
_ACQUIRING = gettext_noop("Payment processing tariff of this marketplace: 1.5 percent of what the buyer paid.")

# Inclusive upper ends of the first two bands, minor units.
_PRICE_BANDS = {
    "RUB": [150_000, 500_000], "CNY": [12_000, 40_000], "USD": [1_700, 5_500], "EUR": [1_500, 5_000],
    "BYN": [5_500, 18_000], "KZT": [850_000, 2_800_000], "KGS": [150_000, 500_000], "": [1_700, 5_500],
}
# Basis points per price band, by department of the starter catalogue; "" for all others.
_COMMISSION = {
    "": [1400, 1700, 1800],
    "17000100": [1200, 1400, 1500],
    "17000200": [1200, 1500, 1600],
    "17000300": [1400, 1800, 1900],
    "17000400": [1400, 1800, 1900],
    "17000500": [1500, 2000, 2200],
    "17000600": [1500, 2000, 2200],
    "17000700": [1300, 1700, 1800],
    "17000800": [1200, 1600, 1700],
    "17000900": [1400, 1700, 1800],
    "17001000": [1400, 1700, 1800],
    "17001100": [1400, 1600, 1700],
    "17001200": [1200, 1500, 1600],
    "17001300": [1400, 1700, 1800],
    "17001400": [1000, 1200, 1300],
}


class FinanceConfig(AppConfig):
    name = "sellerdesk.finance"
    label = "finance"

    def ready(self) -> None:
        from sellerdesk.core import rules
        from sellerdesk.core.ui import nav
        from sellerdesk.finance import events  # noqa: F401

        rules.defaults("finance.price_bands", _PRICE_BANDS, source=_BANDS)
        rules.defaults("finance.commission", {key: {"fbs": bands} for key, bands in _COMMISSION.items()},
                       source=_SHARES)
        rules.defaults("finance.acquiring", {"": {"bp": 150}}, source=_ACQUIRING)
        nav.register(nav.NavItem(
            key="finance", label=_("Balance and accruals"), icon="wallet", url_name="finance:balance",
            permission="finance:balance:view", group="money", order=10))
