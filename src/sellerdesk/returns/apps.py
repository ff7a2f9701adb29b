from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "sellerdesk.returns"
    label = "returns"

    def ready(self) -> None:
        from sellerdesk.core import jobs
        from sellerdesk.core import rules as dated
        from sellerdesk.returns import queries, rules, subscribers, tasks, waiting
        from sellerdesk.returns.events import register_events
        from sellerdesk.returns.web import navigation  # noqa: F401
        from sellerdesk.sellers import queries as sellers

        register_events()
        waiting.register()
        dated.defaults("returns.freight", rules.DEFAULT_FREIGHT,
                       source="Sandbox policy: the buyer pays when nothing is wrong with the goods, 2020")
        dated.defaults("returns.term", rules.DEFAULT_TERMS,
                       source="Terms of returning by kind of goods, from the Seller API's guide of 2026; warranty up to"
                              " a year")
        dated.defaults("returns.claim_terms", rules.DEFAULT_CLAIM_TERMS,
                       source="Seller API's guide of 2026: 3 days to answer, 5 to dispute, 3 to decide; the rest is the"
                              " sandbox's own")
        dated.defaults("returns.storage", rules.DEFAULT_STORAGE, source="Sandbox tariff of return points, 2020")
        dated.defaults("returns.loss", rules.DEFAULT_LOSS, source="Sandbox policy on lost returns, 2020")
        jobs.schedule("returns.due", "* * * * *", tasks.run_due)
        sellers.add_open_end(queries.open_end)
        subscribers.register()
