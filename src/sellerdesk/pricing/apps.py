from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

_GAP_SOURCE = ("Seller API contract, prices: under 400 at least 20, from 400 to 10,000 at least 5 percent, above at "
               "least 500, all under 90 percent; roubles, other currencies rounded")


def _gap(low_below: int, low_gap: int, top_above: int | None, top_gap: int) -> dict[str, int | None]:
    return {"low_below": low_below, "low_gap": low_gap, "average_bp": 500, "top_above": top_above, "top_gap": top_gap,
            "most_bp": 9000}


# Minor units. The same steps in every currency: where the bands meet, the gap is 5 percent on both sides.
_GAPS = {
    "RUB": _gap(40_000, 2_000, 1_000_000, 50_000),
    "CNY": _gap(3_200, 160, 80_000, 4_000),
    "USD": _gap(400, 20, 10_000, 500),
    "EUR": _gap(400, 20, 10_000, 500),
    "BYN": _gap(1_400, 70, 35_000, 1_750),
    "KZT": _gap(200_000, 10_000, 5_000_000, 250_000),
    "KGS": _gap(40_000, 2_000, 1_000_000, 50_000),
    "": _gap(0, 0, None, 0),
}


_BOUNDS = {
    "RUB": {"least": 100, "most": 10_000_000_000},
    "": {"least": 1, "most": 10_000_000_000},
    "RUB:17000900": {"least": 100, "most": 100_000_000},  # toys: up to a million
}


class PricingConfig(AppConfig):
    name = "sellerdesk.pricing"
    label = "pricing"

    def ready(self) -> None:
        from sellerdesk.catalog.services import parts
        from sellerdesk.core import jobs, rules
        from sellerdesk.core.ui import nav
        from sellerdesk.pricing import events, tasks, waiting  # noqa: F401
        from sellerdesk.pricing.judging import BOUNDS
        from sellerdesk.pricing.parts import PricePart

        rules.defaults("pricing.old_price_gap", _GAPS, source=_GAP_SOURCE)
        rules.defaults("pricing.min_price_share", {"": {"bp": 5000}},
                       source="Seller API contract, prices: min_price is at least half of the price")
        rules.defaults("pricing.changes_per_hour", {"": {"changes": 10}},
                       source="Seller API contract, prices: at most 10 changes of a product's price an hour")
        rules.defaults("pricing.large_change", {"": {"bp": 5000}},
                       source="Seller API contract, prices: a change over 50 percent deserves a second look")
        rules.defaults("pricing.two_people_drop", {"": {"bp": 2000, "products": 10}},
                       source="Rule of this marketplace: more than 10 prices that fall by more than 20 percent at once "
                              "wait for two people, in shops that want it")
        rules.defaults("pricing.quarantine_days", {"": {"days": 14}},
                       source="Rule of this marketplace: a held price that nobody releases is thrown away in 14 days")
        # Keys: a currency for all categories, or "RUB:17000100" for one category or department.
        rules.defaults(BOUNDS, _BOUNDS, source="Rule of this marketplace: prices that no goods of the kind can have")
        parts.register(PricePart())
        waiting.register()
        jobs.schedule("pricing.quarantine", "*/10 * * * *", tasks.end_old_quarantine)
        nav.register(nav.NavItem(
            key="prices", label=_("Prices"), icon="tag", url_name="pricing:prices",
            permission="pricing:price:view", group="prices", order=10,
            also=("pricing:history", "pricing:percent", "pricing:quarantine",
                  "pricing:grid", "pricing:run_new", "pricing:run")))
