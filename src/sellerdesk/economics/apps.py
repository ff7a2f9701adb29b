from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Shown to sellers, so translated when shown.
_TAXES = gettext_noop("Common tax schemes, for estimates only: VAT within the price, 6 percent of income, 15 "
                      "percent of "
                      "profit and at least 1 percent of income, or none.")
_RETURNS = gettext_noop("Usual shares of returns by department; a product’s own history counts from 30 "
                        "delivered units.")

_FEES_VAT = gettext_noop("VAT of this marketplace: 20 percent within its fees to shops of its country, deducted where "
                         "the price holds 10 percent or more.")


def _tax(base: str, bp: int, least_bp: int, *, vat: bool) -> dict[str, object]:
    return {"base": base, "bp": bp, "least_bp": least_bp, "vat": vat}


class EconomicsConfig(AppConfig):
    name = "sellerdesk.economics"
    label = "economics"

    def ready(self) -> None:
        from sellerdesk.core import rules
        from sellerdesk.core.ui import nav
        from sellerdesk.economics import events  # noqa: F401
        from sellerdesk.economics.queries import FEES_VAT, RETURNS, TAX

        rules.defaults(TAX, {"vat": _tax("", 0, 0, vat=True), "income": _tax("income", 600, 0, vat=False),
                             "profit": _tax("profit", 1500, 100, vat=False), "none": _tax("", 0, 0, vat=False)},
                       source=_TAXES)
        # Within what the marketplace takes from shops of a country; deducted where the price holds VAT at one of these
        # rates. 5 and 7 percent are paid instead of deducting.
        rules.defaults(FEES_VAT, {"RU": {"bp": 2000, "deduct_at": [1000, 2000, 2200]}, "": {"bp": 0, "deduct_at": []}},
                       source=_FEES_VAT)
        # Clothes and shoes come back far more often than other goods.
        rules.defaults(RETURNS, {key: {"bp": bp, "least_units": 30, "days": 90} for key, bp in (
            ("", 300), ("17000500", 2500), ("17000600", 2500))}, source=_RETURNS)
        nav.register(nav.NavItem(
            key="economics", label=_("Unit economics"), icon="calculator", url_name="economics:products",
            permission="pricing:price:view", group="prices", order=30,
            also=("economics:product", "economics:settings", "economics:calculator")))
