"""Regular work on figures."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.analytics.services import closing, mailing, reporting
from sellerdesk.core import clock


@task(queue_name="default")
def close_days() -> None:
    closing.run_due(clock.now())


@task(queue_name="default")
def mail_views() -> None:
    mailing.run_due(clock.now())


@task(queue_name="default")
def forget_files() -> None:
    reporting.run_due(clock.now())
