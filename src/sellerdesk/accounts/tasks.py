"""Regular work about people."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.accounts.services import contacts
from sellerdesk.core import clock


@task(queue_name="default")
def apply_contact_changes() -> None:
    """Changes without the old side go ahead when their waiting time is over."""
    contacts.apply_due(now=clock.real_now())
