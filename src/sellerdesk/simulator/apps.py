from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SimulatorConfig(AppConfig):
    name = "sellerdesk.simulator"
    label = "simulator"

    def ready(self) -> None:
        from sellerdesk.core import jobs, rules, worker
        from sellerdesk.core.ui import nav
        from sellerdesk.sellers.permissions import KEY_VIEW
        from sellerdesk.simulator import events, people, subscribers, tasks  # noqa: F401
        from sellerdesk.simulator.permissions import MARKET_EDIT
        from sellerdesk.simulator.services import resting, twins
        from sellerdesk.simulator.web import opening

        subscribers.subscribe()
        worker.every_second(twins.live)
        rules.defaults(resting.RULE, {"": {"fast_hours": 2, "rest_hours": 24, "kept_days": 90, "warned_days": 14}},
                       source="default of this installation")
        rules.defaults(people.RULE, people.DEFAULT_SHARES,
                       source="default of this installation: where of 1,000 simulated buyers how many live")
        jobs.schedule("simulator.test_shops", "*/10 * * * *", tasks.rest_test_shops)
        nav.register_group(nav.NavGroup("sandbox", _("Sandbox"), "seller", 90))
        nav.register(nav.NavItem(key="market", label=_("Market"), icon="affiliate", url_name="simulator:market",
                                 group="sandbox", shown=opening.may_play, also=opening.PAGES))
        nav.register(nav.NavItem(key="twin", label=_("Test shop"), icon="versions", url_name="twin:page",
                                 permission=KEY_VIEW, group="shop", order=52))
        nav.register(nav.NavItem(key="market", label=_("Market"), icon="affiliate", url_name="simulator:market",
                                 permission=MARKET_EDIT, group="market", order=90, area="console"))
