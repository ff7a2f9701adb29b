"""What time brings: files whose term is over, carriages that nobody will scan any more."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.handover import services


@task(queue_name="slow")
def end_terms() -> None:
    services.run_due(clock.now())
