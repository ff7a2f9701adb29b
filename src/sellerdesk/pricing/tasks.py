"""Regular work on prices."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.pricing import services


@task(queue_name="default")
def end_old_quarantine() -> None:
    clock.by_each(lambda now: services.run_out(now=now))
