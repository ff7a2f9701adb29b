"""Regular work on parcels."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.logistics import services


@task(queue_name="default")
def watch_parcels() -> None:
    services.run_due(clock.now())
