from django.apps import AppConfig


class SellersConfig(AppConfig):
    name = "sellerdesk.sellers"
    label = "sellers"

    def ready(self) -> None:
        from sellerdesk.accounts import services as accounts
        from sellerdesk.accounts.services import factors
        from sellerdesk.core import jobs, rules, scanning
        from sellerdesk.sellers import (  # noqa: F401
            defaults,
            events,
            events_onboarding,
            queries,
            subscribers,
            tasks,
            waiting,
        )
        from sellerdesk.sellers.queries.circle import owners_beside
        from sellerdesk.sellers.queries.security import standing_of
        from sellerdesk.sellers.services import documents, security
        from sellerdesk.sellers.web import banners, navigation  # noqa: F401

        accounts.add_word_source(queries.shop_names)
        accounts.recovery.connect_owners(owners_beside)
        subscribers.register()
        scanning.register(documents.PREFIX, scanning.Kind(documents.read, documents.refuse_infected))
        waiting.register()
        factors.connect_shops(standing_of, security.tell_last_factor_removed)
        defaults.declare()
        source = "default of this installation"
        rules.defaults("sellers.shops_per_person", {"": 10}, source=source)
        rules.defaults("sellers.keys_per_shop", {"": 50}, source=source)
        rules.defaults("sellers.key_life_days", {"": 180}, source="Seller API documentation, section on keys")
        jobs.schedule("sellers.key_ends", "17 * * * *", tasks.warn_of_key_ends)
        jobs.schedule("sellers.delegations", "*/5 * * * *", tasks.end_delegations)
        jobs.schedule("sellers.invitations", "*/10 * * * *", tasks.close_old_invitations)
        jobs.schedule("sellers.old_calls", "41 3 * * *", tasks.forget_old_calls)
        jobs.schedule("sellers.closings", "*/5 * * * *", tasks.close_shops)
        jobs.schedule("sellers.holidays", "*/5 * * * *", tasks.keep_holidays)
        jobs.schedule("sellers.inactive", "23 * * * *", tasks.watch_inactive)
        jobs.schedule("sellers.suspensions", "*/5 * * * *", tasks.end_suspensions)
