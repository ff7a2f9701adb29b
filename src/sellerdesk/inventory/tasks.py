"""Regular work on stock and warehouses."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.inventory import services
from sellerdesk.inventory.services import storing


@task(queue_name="default")
def keep_pauses() -> None:
    clock.by_each(lambda now: services.keep_pauses(now=now))


@task(queue_name="slow")
def count_storage() -> None:
    clock.by_each(lambda now: storing.count_due(now=now))


@task(queue_name="slow")
def refresh_pace() -> None:
    clock.by_each(lambda now: services.refresh_pace(now=now))
