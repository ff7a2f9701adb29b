"""Putting jobs in, taking them out under a lease, and telling how far they are."""

from __future__ import annotations

import contextvars
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django_tasks.base import Task
from uuid_utils import uuid7

from sellerdesk.core import clock, scope
from sellerdesk.core.db import atomic, is_postgres

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)
_running: contextvars.ContextVar[Lease | None] = contextvars.ContextVar("running_job", default=None)


@dataclass(frozen=True, slots=True)
class Lease:
    id: int
    task: str
    args: list[Any]
    kwargs: dict[str, Any]
    token: str
    attempts: int
    max_attempts: int
    seller_id: int | None


@dataclass(frozen=True, slots=True)
class Status:
    id: int
    state: str
    done: int
    total: int
    text: str
    error: str
    result: Any


class LostLease(Exception):
    """The job now belongs to another worker; this one must not write."""


def enqueue(task: Task, *args: Any, seller_id: int | None = None, unique_key: str | None = None,
            run_at: datetime | None = None, **kwargs: Any) -> int:
    """Put a job in, in the caller's transaction. With a unique_key, a waiting or running twin is returned instead."""
    from sellerdesk.core.models import Job

    with atomic():
        if unique_key:
            twin = Job.objects.filter(unique_key=unique_key, state__in=["ready", "running"]).values_list("id").first()
            if twin:
                return twin[0]
        now = clock.real_now()
        job = Job.objects.create(
            queue=task.queue_name, priority=task.priority, task=task.module_path, args=list(args), kwargs=kwargs,
            seller_id=seller_id, unique_key=unique_key, run_at=run_at or task.run_after or now, created_at=now)
        return job.pk


def claim(queues: list[str], limit: int) -> list[Lease]:
    """Take up to `limit` due jobs, those whose lease ran out included. Sellers take turns.

    One seller's ten thousand jobs do not hold up another's single one: jobs are ranked within their seller first.
    """
    from django.db.models import Window
    from django.db.models.functions import RowNumber

    from sellerdesk.core.models import Job

    now = clock.real_now()
    with atomic():
        due = Job.objects.filter(
            Q(state="ready", run_at__lte=now) | Q(state="running", lease_until__lt=now), queue__in=queues)
        turns = due.annotate(turn=Window(RowNumber(), partition_by=F("seller_id"), order_by=[F("priority").desc(),
                                                                                             F("run_at"), F("id")]))
        ids = [row[0] for row in turns.order_by("-priority", "turn", "id").values_list("id")[:limit]]
        if not ids:
            return []
        rows = Job.objects.filter(id__in=ids)
        if is_postgres():
            rows = rows.select_for_update(skip_locked=True)
        leases = []
        for row in rows:
            token = str(uuid7())
            changed = Job.objects.filter(
                Q(state="ready") | Q(state="running", lease_until__lt=now), id=row.id).update(
                state="running", token=token, lease_until=now + LEASE, attempts=F("attempts") + 1,
                started_at=row.started_at or now)
            if changed:
                leases.append(Lease(row.id, row.task, row.args, row.kwargs, token, row.attempts + 1,
                                    row.max_attempts, row.seller_id))
        return sorted(leases, key=lambda lease: ids.index(lease.id))


def run(lease: Lease) -> bool:
    """Run one leased job to its end. Returns whether it succeeded; never raises."""
    marker = _running.set(lease)
    try:
        task = import_string(lease.task)
        with scope.one_shop(lease.seller_id) if lease.seller_id else scope.across_shops():
            result = task.func(*lease.args, **lease.kwargs)
    except Exception as error:
        _failed(lease, error)
        return False
    finally:
        _running.reset(marker)
    _finish(lease, state="done", result=result if isinstance(result, (dict, list, str, int)) else None, error="")
    return True


def _failed(lease: Lease, error: Exception) -> None:
    from sellerdesk.core.models import Job

    text = "".join(traceback.format_exception(error))[-4000:]
    if lease.attempts >= lease.max_attempts:
        log.error("job_failed", job=lease.id, task=lease.task, error=repr(error))
        _finish(lease, state="failed", result=None, error=text)
        return
    pause = timedelta(seconds=5 * 4 ** (lease.attempts - 1))
    log.warning("job_retry", job=lease.id, task=lease.task, attempt=lease.attempts, error=repr(error))
    Job.objects.filter(pk=lease.id, token=lease.token).update(
        state="ready", run_at=clock.real_now() + pause, lease_until=None, error=text)


def _finish(lease: Lease, *, state: str, result: Any, error: str) -> None:
    from sellerdesk.core.models import Job

    Job.objects.filter(pk=lease.id, token=lease.token).update(
        state=state, result=result, error=error, finished_at=clock.real_now(), lease_until=None)


def extend(lease: Lease) -> bool:
    """Heartbeat. False when the lease was lost."""
    from sellerdesk.core.models import Job

    return bool(Job.objects.filter(pk=lease.id, token=lease.token, state="running").update(
        lease_until=clock.real_now() + LEASE))


def progress(done: int, total: int, text: str = "") -> None:
    """Tell how far the running job is; also a heartbeat. Outside a job it does nothing.

    Raises LostLease when another worker has taken over, so that two never write the same rows.
    """
    from sellerdesk.core.models import Job

    lease = _running.get()
    if lease is None:
        return
    held = Job.objects.filter(pk=lease.id, token=lease.token, state="running").update(
        progress_done=done, progress_total=total, progress_text=text[:200], lease_until=clock.real_now() + LEASE)
    if not held:
        raise LostLease(f"job {lease.id}")


def status(job_id: int) -> Status | None:
    from sellerdesk.core.models import Job

    row = Job.objects.filter(pk=job_id).values_list(
        "id", "state", "progress_done", "progress_total", "progress_text", "error", "result").first()
    return Status(*row) if row else None
