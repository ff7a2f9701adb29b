from __future__ import annotations

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    name = "sellerdesk.supply"
    label = "supply"

    def ready(self) -> None:
        from sellerdesk.core import jobs
        from sellerdesk.core import rules as dated
        from sellerdesk.supply import rules, tasks, waiting
        from sellerdesk.supply.events import register_events
        from sellerdesk.supply.web import navigation  # noqa: F401

        register_events()
        waiting.register()
        dated.defaults("supply.draft", {"": rules.DEFAULT_DRAFT},
                       source="Seller API, FBO supplies, 2026-08-14: life, limits and sizes of drafts")
        dated.defaults("supply.slots", {"": rules.DEFAULT_SLOTS},
                       source="Seller API, FBO supplies, 2026-08-14: 28 days ahead; the rest is the sandbox's own")
        dated.defaults("supply.filling", {"": rules.DEFAULT_FILLING}, source="The sandbox's own, 2026-11")
        dated.defaults("supply.report", {"": rules.DEFAULT_REPORT}, source="The sandbox's own, 2026-11")
        dated.defaults("supply.bulky", {"": rules.DEFAULT_BULKY}, source="The sandbox's own, 2026-11")
        jobs.schedule("supply.terms", "* * * * *", tasks.keep_terms)
