from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AnalyticsConfig(AppConfig):
    name = "sellerdesk.analytics"
    label = "analytics"

    def ready(self) -> None:
        from sellerdesk.analytics import subscribers, tasks
        from sellerdesk.analytics.permissions import BOARD_VIEW, FIGURES_VIEW, REPORT_MAKE
        from sellerdesk.analytics.queries import insight
        from sellerdesk.analytics.services import reporting
        from sellerdesk.analytics.web import filing
        from sellerdesk.core import jobs
        from sellerdesk.core import rules as dated
        from sellerdesk.core.ui import nav

        subscribers.register()
        dated.defaults(reporting.LIFE, {"": {"days": 30}},
                       source="Sandbox, 2026-11: files of reports are kept for thirty days")
        dated.defaults(insight.LEAST, {"": {"sellers": 5, "searches": 5}},
                       source="Sandbox, 2026-11: a figure of the market is told of at least five sellers together")
        filing.register()
        jobs.schedule("analytics.mail_views", "* * * * *", tasks.mail_views)
        jobs.schedule("analytics.forget_files", "23 * * * *", tasks.forget_files)
        jobs.schedule("analytics.close_days", "*/10 * * * *", tasks.close_days)
        nav.register(nav.NavItem(key="home", label=_("Home"), icon="home", url_name="home", permission=BOARD_VIEW,
                                 group="home", order=0))
        nav.register(nav.NavItem("explorer", _("Explorer"), "chart-bar", "analytics:explorer", FIGURES_VIEW,
                                 group="insight", order=10))
        nav.register(nav.NavItem("behaviour", _("Behaviour of buyers"), "eye", "analytics:behaviour", FIGURES_VIEW,
                                 group="insight", order=20))
        nav.register(nav.NavItem("reports", pgettext_lazy("analytics", "Reports"), "file-spreadsheet",
                                 "analytics:reports", REPORT_MAKE,
                                 group="insight", order=40))
        nav.register(nav.NavItem("insight", _("Market"), "chart-line", "analytics:market", FIGURES_VIEW,
                                 group="insight", order=30, also=("analytics:market_category",)))
        nav.register(nav.NavItem("selection", _("What to sell"), "heart", "analytics:selection", FIGURES_VIEW,
                                 group="insight", order=35,
                                 also=("analytics:missed", "analytics:shortlist", "analytics:idea")))
