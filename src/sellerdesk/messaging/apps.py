from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_noop


class MessagingConfig(AppConfig):
    name = "sellerdesk.messaging"
    label = "messaging"

    def ready(self) -> None:
        from sellerdesk.core import jobs
        from sellerdesk.core import rules as dated
        from sellerdesk.messaging import rules, subscribers, tasks, waiting
        from sellerdesk.messaging.events import register_events
        from sellerdesk.messaging.web import navigation  # noqa: F401

        register_events()
        waiting.register()
        dated.defaults("messaging.windows", rules.DEFAULT_WINDOWS,
                       source="Seller API's guide of 2026: begin within 72 hours after payment or delivery, answer"
                              " within 48 hours of the buyer's last message; FBO answers only")
        dated.defaults("messaging.editing", rules.DEFAULT_EDITING, source="Sandbox, 2026-11")
        dated.defaults("messaging.moderation", rules.DEFAULT_MODERATION,
                       source="Sandbox, 2026-11: replies are looked at before buyers see them")
        dated.defaults("messaging.counting", rules.DEFAULT_COUNTING,
                       source=gettext_noop("Sandbox, 2026-11: reviews of delivered orders count, for two years"))
        jobs.schedule("messaging.due", "* * * * *", tasks.run_due)
        subscribers.register()
        post_migrate.connect(_keep_words, sender=self)


def _keep_words(**_told: Any) -> None:
    from sellerdesk.messaging.queries import searching

    searching.keep()
