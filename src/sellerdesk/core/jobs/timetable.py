"""Regular tasks, in real time. Each due time is enqueued once, however many workers look."""

from __future__ import annotations

from dataclasses import dataclass

from cronsim import CronSim
from django_tasks.base import Task

from sellerdesk.core import clock
from sellerdesk.core.db import atomic
from sellerdesk.core.jobs.queue import enqueue


@dataclass(frozen=True, slots=True)
class Regular:
    name: str
    cron: str
    task: Task


_regular: dict[str, Regular] = {}


def schedule(name: str, cron: str, task: Task) -> None:
    """Register a regular task at start-up (AppConfig.ready), for example "*/5 * * * *"."""
    _regular[name] = Regular(name, cron, task)


def enqueue_due() -> int:
    """Put in what is due. Returns how many jobs were put in."""
    from sellerdesk.core.models import Timetable

    now = clock.real_now()
    known = dict(Timetable.objects.values_list("name", "next_at"))
    count = 0
    for item in _regular.values():
        following = next(CronSim(item.cron, now))
        due = known.get(item.name)
        if due is None:
            Timetable.objects.get_or_create(name=item.name, defaults={"next_at": following})
            continue
        if due > now:
            continue
        with atomic():
            if Timetable.objects.filter(name=item.name, next_at=due).update(next_at=following):
                enqueue(item.task, unique_key=f"timetable:{item.name}")
                count += 1
    return count
