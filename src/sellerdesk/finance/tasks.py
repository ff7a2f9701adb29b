"""What time brings: periods end, payouts fall due, the ledger is proved each night."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.finance import services


@task(queue_name="slow")
def settle() -> None:
    services.run_due(clock.now())


@task(queue_name="slow")
def prove() -> None:
    services.check(now=clock.now())
