from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "sellerdesk.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from sellerdesk.core import jobs, tasks

        jobs.schedule("core.scans", "*/10 * * * *", tasks.scan_what_waits)
        jobs.schedule("core.statistics", "11 2 * * *", tasks.refresh_statistics)
