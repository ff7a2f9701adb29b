from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "sellerdesk.support"
    label = "support"

    def ready(self) -> None:
        from sellerdesk.core import jobs
        from sellerdesk.core import rules as dated
        from sellerdesk.support import rules, subscribers, tasks, waiting
        from sellerdesk.support.events import register_events
        from sellerdesk.support.web import navigation  # noqa: F401

        register_events()
        waiting.register()
        dated.defaults("support.targets", rules.DEFAULT_TARGETS, source="default of this installation: hours until the"
                       " first answer and the solution, by queue")
        dated.defaults("support.terms", rules.DEFAULT_TERMS, source="default of this installation")
        dated.defaults("support.files", rules.DEFAULT_FILES, source="default of this installation: files of a message")
        jobs.schedule("support.due", "*/10 * * * *", tasks.run_due)
        subscribers.register()
