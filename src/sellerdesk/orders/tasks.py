"""Regular work on orders."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.orders import services
from sellerdesk.orders.services import terms


@task(queue_name="default")
def keep_terms() -> None:
    terms.run_due(clock.now())


@task(queue_name="default")
def confirm_deliveries() -> None:
    services.confirm_due(clock.now())


@task(queue_name="default")
def expire_unpaid() -> None:
    services.expire_due(clock.now())


@task(queue_name="default")
def forget_old_scans() -> None:
    clock.by_each(lambda now: services.forget_scans(now=now))


@task(queue_name="default")
def answer_requests() -> None:
    services.answer_due(clock.now())
