"""What the timetable does for the kit itself."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import db, scanning


@task(queue_name="default")
def scan_what_waits() -> None:
    """Files that waited for a scanner which was silent."""
    scanning.ask_again()


@task(queue_name="default")
def refresh_statistics() -> None:
    """Let SQLite count its rows anew."""
    db.refresh_statistics()
