from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_noop

# Shown to sellers, so translated when shown.
_BANDS = gettext_noop("Price bands of the commission table: up to 1,500, up to 5,000 and above, in roubles.")
_SHARES = gettext_noop("Commission tariff of this marketplace: a share of the price by department and price band.")
_RATES = gettext_noop("Exchange rates of this marketplace: roubles for one unit.")
_INSTALMENT = gettext_noop("Instalment tariff of this marketplace: 5 percent of what a buyer pays in parts, charged at "
                           "delivery; the shop gets its money at once, and the fee is not given back.")
_ACQUIRING = gettext_noop("Payment processing tariff of this marketplace: 1.5 percent of what the buyer paid.")

_CALENDAR = gettext_noop("Calendar of settlements of this marketplace: days 1 to 15 are paid by the 25th, days 16 to "
                         "the end before the 16th of the next month.")
_DOCUMENTS = gettext_noop("Documents of money: made on the 3rd of the next month, kept for five years.")
_PAYOUTS = gettext_noop("Payout terms of this marketplace.")

_BUYOUT = gettext_noop("Sales to companies on this marketplace: shops registered in its country invoice them, goods of "
                       "all others it buys out and invoices itself.")

# (first day, last day, months until payment, last day of payment); the bank is asked five days before it, at noon.
_SETTLEMENT = {"parts": [[1, 15, 0, 25], [16, 31, 1, 15]], "lead_days": 5, "hour": 12, "close_hours": 6}
# The smallest payout, minor units; "" for all other currencies.
_MINIMUM = {"RUB": 50_000, "CNY": 5_000, "USD": 1_000, "EUR": 1_000, "BYN": 2_000, "KZT": 300_000, "KGS": 50_000,
            "": 1_000}

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

# Goods that lie with the marketplace cost a little less: it knows when it can deliver them.
_FBO_LESS = 100

# Ten-thousandths of a rouble for one whole unit; an operator puts the day's rate beside them.
_RATE = {"RUB": 10_000, "CNY": 112_000, "USD": 800_000, "EUR": 930_000, "BYN": 270_000, "KZT": 1_550, "KGS": 9_200,
         "AMD": 2_100, "UZS": 66, "TRY": 19_000, "HKD": 103_000}


class FinanceConfig(AppConfig):
    name = "sellerdesk.finance"
    label = "finance"

    def ready(self) -> None:
        from sellerdesk.core import jobs, rules
        from sellerdesk.finance import events, queries, subscribers, tasks  # noqa: F401
        from sellerdesk.finance.web import navigation  # noqa: F401
        from sellerdesk.sellers import queries as sellers

        rules.defaults("finance.price_bands", _PRICE_BANDS, source=_BANDS)
        rules.defaults("finance.commission", {key: {"fbs": bands, "fbo": [bp - _FBO_LESS for bp in bands]}
                                              for key, bands in _COMMISSION.items()},
                       source=_SHARES)
        rules.defaults("finance.acquiring", {"": {"bp": 150}}, source=_ACQUIRING)
        rules.defaults("finance.instalment", {"": {"bp": 500}}, source=_INSTALMENT)
        rules.defaults("finance.rate", {key: {"rate": rate} for key, rate in _RATE.items()}, source=_RATES)
        rules.defaults("finance.buyer_currency", {"": {"currency": "RUB"}}, source=_PAYOUTS)
        rules.defaults("finance.buyout", {settings.MARKETPLACE_COUNTRY: {"companies": False}, "": {"companies": True}},
                       source=_BUYOUT)
        rules.defaults("finance.settlement", {"": _SETTLEMENT}, source=_CALENDAR)
        rules.defaults("finance.payout_minimum", {key: {"minor": minor} for key, minor in _MINIMUM.items()},
                       source=_PAYOUTS)
        rules.defaults("finance.payout_approval", {"": {"auto": True}}, source=_PAYOUTS)
        rules.defaults("finance.bank_freeze", {"": {"hours": 72}}, source=_PAYOUTS)
        rules.defaults("finance.documents_day", {"": {"day": 3}}, source=_DOCUMENTS)
        rules.defaults("finance.documents_kept", {"": {"days": 1825}}, source=_DOCUMENTS)
        jobs.schedule("finance.settle", "*/10 * * * *", tasks.settle)
        jobs.schedule("finance.prove", "40 1 * * *", tasks.prove)
        subscribers.register()
        sellers.add_open_end(queries.open_end)
