from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "sellerdesk.notifications"
    label = "notifications"

    def ready(self) -> None:
        from sellerdesk.core import jobs, worker
        from sellerdesk.core import rules as dated
        from sellerdesk.notifications import rules, services, subscribers, tasks, waiting
        from sellerdesk.notifications.events import register_events
        from sellerdesk.notifications.web import navigation  # noqa: F401

        register_events()
        waiting.register()
        dated.defaults("notifications.retry", rules.DEFAULT_RETRY, source=(
            "contract: the Seller API's guide of 2026 (growing pauses up to 10 minutes, then 5 more);"
            " standard: the timetable of the Standard Webhooks specification, 2026-08"))
        dated.defaults("notifications.pause", rules.DEFAULT_PAUSE, source=(
            "contract: the Seller API's guide of 2026, errors for 24 hours; standard: five days, as the specification"
            " advises"))
        dated.defaults("notifications.log", rules.DEFAULT_LOG, source="Sandbox policy, 2026")
        dated.defaults("notifications.availability", rules.DEFAULT_AVAILABILITY,
                       source="The Seller API's guide of 2026: below 1500 ms available, above 2500 ms unavailable")
        dated.defaults("notifications.ring", rules.DEFAULT_RING, source="Sandbox policy, 2026")
        jobs.schedule("notifications.letters", "* * * * *", tasks.send_letters)
        jobs.schedule("notifications.forget_old", "17 * * * *", tasks.forget_old)
        worker.beside("pushes", services.run)
        worker.beside("rings", services.ringing.run)
        subscribers.register()
