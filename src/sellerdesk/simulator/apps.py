from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SimulatorConfig(AppConfig):
    name = "sellerdesk.simulator"
    label = "simulator"

    def ready(self) -> None:
        from sellerdesk.core.ui import nav
        from sellerdesk.simulator import events, subscribers  # noqa: F401
        from sellerdesk.simulator.permissions import MARKET_EDIT

        subscribers.subscribe()
        if settings.DEMO:
            nav.register_group(nav.NavGroup("sandbox", _("Sandbox"), "seller", 90))
            nav.register(nav.NavItem(key="market", label=_("Market"), icon="affiliate", url_name="simulator:market",
                                     group="sandbox"))
        nav.register(nav.NavItem(key="market", label=_("Market"), icon="affiliate", url_name="simulator:market",
                                 permission=MARKET_EDIT, group="market", order=90, area="console"))
