"""Regular work on promotions."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.promotions import services


@task(queue_name="default")
def run_due() -> None:
    services.run_due(clock.now())
