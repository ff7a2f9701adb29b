from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "sellerdesk.handover"
    label = "handover"

    def ready(self) -> None:
        from sellerdesk.core import jobs
        from sellerdesk.core import rules as dated
        from sellerdesk.handover import rules, subscribers, tasks
        from sellerdesk.handover.events import register_events
        from sellerdesk.handover.web import navigation  # noqa: F401

        register_events()
        dated.defaults("handover.label_delay", rules.DEFAULT_DELAY,
                       source="Seller API: a label can be printed 45 to 60 seconds after packing, 2026-08-14")
        dated.defaults("handover.acceptance", rules.DEFAULT_ACCEPTANCE, source="Policy of the sandbox, 2020")
        dated.defaults("handover.kept", rules.DEFAULT_KEPT, source="Policy of the sandbox, 2020")
        jobs.schedule("handover.terms", "*/10 * * * *", tasks.end_terms)
        subscribers.register()
