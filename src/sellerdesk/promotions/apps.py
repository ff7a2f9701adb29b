from __future__ import annotations

from django.apps import AppConfig


class PromotionsConfig(AppConfig):
    name = "sellerdesk.promotions"
    label = "promotions"

    def ready(self) -> None:
        from sellerdesk.core import jobs, rules
        from sellerdesk.promotions import events, tasks, waiting  # noqa: F401
        from sellerdesk.promotions.services import platform, requests, strategies
        from sellerdesk.promotions.web import navigation  # noqa: F401

        rules.defaults(requests.RULE, {"": {"answer_hours": 48, "valid_days": 3, "most_bp": 5000, "most_units": 100}},
                       source="Rule of this marketplace: buyers may ask for up to 50 percent off; shops answer within "
                              "48 hours, an approved price holds for 3 days")
        rules.defaults(platform.RULE, {"": {"hours": 24}},
                       source="Rule of this marketplace: products that join by themselves do so 24 hours before the "
                              "list of a promotion is closed, at its beginning or when it freezes")
        rules.defaults(strategies.RULE, {"": {"minutes": 60, "stop_loss_bp": 3000}},
                       source="Rule of this marketplace: strategies look once an hour and stop 30 percent below the "
                              "price a product had when it joined")
        waiting.register()
        jobs.schedule("promotions.due", "*/5 * * * *", tasks.run_due)
