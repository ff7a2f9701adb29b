from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_noop

# Shown to sellers beside the penalties, so translated when shown.
_LATE_POLICY = gettext_noop("Rule of marketplaces of late 2025: a parcel not handed over by the end of the next "
                            "working day is cancelled at the seller’s fault.")
_LATE_TARIFF = gettext_noop("Tariff of this marketplace for handing over late, by hours after the deadline.")
_ERROR_INDEX = gettext_noop("Error index in force in late 2025: zones, shares and cap. The grace for few shipments is "
                            "this marketplace’s own.")
_DISPUTE = gettext_noop("Terms of this marketplace: a week to dispute, three days to answer; silence favours you.")
_DISPUTE_FILES = gettext_noop("Files that may go with an objection at this marketplace.")
_RATING = gettext_noop("Thresholds of this marketplace for the ratings of shops.")


class OrdersConfig(AppConfig):
    name = "sellerdesk.orders"
    label = "orders"

    def ready(self) -> None:
        from sellerdesk.catalog.services import parts
        from sellerdesk.core import jobs
        from sellerdesk.core import rules as dated
        from sellerdesk.orders import queries, rules, subscribers, tasks, waiting
        from sellerdesk.orders.events import register_events
        from sellerdesk.orders.packing import needs
        from sellerdesk.orders.services.confirming import CONFIRMATION
        from sellerdesk.orders.services.expiring import TERM
        from sellerdesk.orders.terms import defaults
        from sellerdesk.orders.web import navigation  # noqa: F401
        from sellerdesk.sellers import queries as sellers

        register_events()
        waiting.register()
        parts.register_tie("orders", queries.ordered)
        dated.defaults("orders.cancel_reason", rules.DEFAULT_REASONS,
                       source="Seller API, cancel reasons of FBS postings, 2026-08-14; 501–507 are the sandbox's own")
        for kind, values, source in (("late_policy", defaults.LATE_POLICY, _LATE_POLICY),
                                     ("late_tariff", defaults.LATE_TARIFF, _LATE_TARIFF),
                                     ("error_index", defaults.ERROR_INDEX, _ERROR_INDEX),
                                     ("dispute", defaults.DISPUTE, _DISPUTE),
                                     ("dispute_files", defaults.DISPUTE_FILES, _DISPUTE_FILES),
                                     ("rating", defaults.RATING, _RATING)):
            dated.defaults(f"orders.{kind}", values, source=source)
        dated.defaults("orders.packing_needs", needs.DEFAULT_NEEDS,
                       source="Seller API, requirements of FBS postings, 2026-08-14; which goods, the sandbox's own")
        dated.defaults("orders.customs_union", {"": needs.DEFAULT_UNION}, source="Members of the EAEU, 2026")
        dated.defaults("orders.unit_weight", {"": needs.DEFAULT_WEIGHT}, source="The sandbox's own")
        dated.defaults("orders.boxes", {"": needs.DEFAULT_BOXES}, source="The sandbox's own")
        jobs.schedule("orders.scans", "17 3 * * *", tasks.forget_old_scans)
        dated.defaults("orders.cancel_request", {"": {"hours": 48}},
                       source="Sandbox, 2026-11: a shop has two days to answer a buyer who wants to cancel")
        jobs.schedule("orders.cancel_requests", "* * * * *", tasks.answer_requests)
        jobs.schedule("orders.terms", "* * * * *", tasks.keep_terms)
        sellers.add_sign_of_life("sale", queries.last_sales)
        sellers.add_open_end(queries.open_end)
        dated.defaults(CONFIRMATION, {"": {"hours": 72}},
                       source="Sandbox, 2026-11: a buyer has three days to dispute a delivery that the shop reported")
        dated.defaults("orders.buyer_data", {"": {"shown_days": 30}},
                       source="Sandbox, 2026-11: buyers are shown for 30 days after the end of their order")
        dated.defaults(TERM, {"": {"minutes": 60}}, source="Sandbox, 2026-11: goods are kept for an hour until payment")
        jobs.schedule("orders.expire_unpaid", "* * * * *", tasks.expire_unpaid)
        jobs.schedule("orders.confirm_deliveries", "*/5 * * * *", tasks.confirm_deliveries)
        subscribers.register()
        post_migrate.connect(_keep_counts_and_words, sender=self)


def _keep_counts_and_words(**_told: Any) -> None:
    from sellerdesk.orders.queries import searching
    from sellerdesk.orders.services import counting

    counting.keep_counts()
    searching.WORDS.keep()
