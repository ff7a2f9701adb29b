"""What the timetable does here."""

from __future__ import annotations

from django_tasks import task

from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.notifications import services


@task(queue_name="slow")
def forget_old() -> None:
    now = clock.real_now()
    days = dated.get("notifications.log", "", now).value["days"]
    services.forget_old(real_now=now, days=days)
    services.forget_read(real_now=now, days=days)
    services.ringing.forget_old(real_now=now, days=days)


@task(queue_name="fast")
def send_letters() -> None:
    services.send_letters(real_now=clock.real_now())
