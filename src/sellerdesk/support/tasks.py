"""The timetable of support."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.support import services


@task
def run_due() -> None:
    clock.by_each(services.run_due)
