"""The lease queue as a django-tasks backend, so that `some_task.enqueue(...)` works too."""

from __future__ import annotations

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from sellerdesk.core.jobs.queue import enqueue

_STATUS = {"ready": TaskResultStatus.READY, "running": TaskResultStatus.RUNNING,
           "done": TaskResultStatus.SUCCESSFUL, "failed": TaskResultStatus.FAILED}


class LeaseQueue(BaseTaskBackend):
    supports_defer = True
    supports_priority = True
    supports_get_result = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        return self.get_result(str(enqueue(task, *args, **kwargs)))

    def get_result(self, result_id: str) -> TaskResult:
        from django.utils.module_loading import import_string

        from sellerdesk.core.models import Job

        row = Job.objects.filter(pk=int(result_id)).first()
        if row is None:
            raise TaskResultDoesNotExist(result_id)
        return TaskResult(
            task=import_string(row.task), id=str(row.pk), status=_STATUS[row.state], enqueued_at=row.created_at,
            started_at=row.started_at, last_attempted_at=row.started_at, finished_at=row.finished_at, args=row.args,
            kwargs=row.kwargs, backend=self.alias, errors=[], worker_ids=[])
