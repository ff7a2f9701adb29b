"""Regular work on test shops."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.simulator.services import resting


@task(queue_name="slow")
def rest_test_shops() -> None:
    resting.rest_unused(real_now=clock.real_now())
