from django.apps import AppConfig


class LogisticsConfig(AppConfig):
    name = "sellerdesk.logistics"
    label = "logistics"

    def ready(self) -> None:
        from sellerdesk.core import rules as dated
        from sellerdesk.core.jobs import timetable as jobs
        from sellerdesk.economics import queries as economics
        from sellerdesk.logistics import defaults, tasks
        from sellerdesk.logistics.events import register_events
        from sellerdesk.logistics.services import estimating
        from sellerdesk.logistics.web import navigation  # noqa: F401

        register_events()
        economics.register_freight(estimating.freight_steps, estimating.routes)
        dated.defaults("logistics.tariff", defaults.TARIFFS, source=defaults.SOURCE)
        dated.defaults("logistics.silence", defaults.SILENCES, source=defaults.SILENCE_SOURCE)
        jobs.schedule("logistics.watching", "*/10 * * * *", tasks.watch_parcels)
        dated.defaults("logistics.forbidden", defaults.FORBIDDEN, source=defaults.FORBIDDEN_SOURCE)
        dated.defaults("logistics.batteries", {"": {"types": defaults.BATTERY_TYPES}}, source=defaults.BATTERIES_SOURCE)
