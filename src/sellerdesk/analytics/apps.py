from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnalyticsConfig(AppConfig):
    name = "sellerdesk.analytics"
    label = "analytics"

    def ready(self) -> None:
        from sellerdesk.analytics.permissions import BOARD_VIEW
        from sellerdesk.core.ui import nav

        nav.register(nav.NavItem(key="home", label=_("Home"), icon="home", url_name="home", permission=BOARD_VIEW,
                                 group="home", order=0))
