"""What time brings to supplies where no market is simulated."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.supply import services


@task(queue_name="fast")
def keep_terms() -> None:
    clock.by_each(services.run_due)
