"""Background work on a lease queue in the main database, behind the django-tasks API.

    from django_tasks import task

    @task(queue_name="default")
    def import_file(upload_id: int) -> None: ...

    jobs.enqueue(import_file, upload.id, seller_id=seller.id, unique_key=f"import:{upload.id}")

The row is written in the caller's transaction. A job may run twice (a killed worker's lease runs out), so tasks take
ids, check state and make one call.
"""

from sellerdesk.core.jobs.queue import enqueue, progress, status
from sellerdesk.core.jobs.timetable import schedule

__all__ = ["enqueue", "progress", "schedule", "status"]
