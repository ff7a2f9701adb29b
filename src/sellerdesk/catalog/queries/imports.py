"""Imports: past and running ones, and what became of each row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import stored
from sellerdesk.catalog.errors import ImportUnknown
from sellerdesk.catalog.models import Attribute, ImportItem, ImportTask
from sellerdesk.catalog.types import CellError, ImportColumn, ImportItemInfo, ImportTaskInfo
from sellerdesk.core import clock, jobs
from sellerdesk.core.db import cursor_decode, cursor_encode, of_shop
from sellerdesk.core.errors import FieldError
from sellerdesk.core.i18n import name_column
from sellerdesk.core.types import Page
from sellerdesk.sellers.types import SellerRef

_TASK = ("id", "source", "file_name", "state", "problems", "notes", "total", "created", "updated", "unchanged",
         "failed", "created_at", "finished_at", "actor", "kind", "file_format", "ask", "stage_done", "forecast",
         "layout", "moved_at")


def _task(row: tuple[Any, ...]) -> ImportTaskInfo:
    return ImportTaskInfo(
        id=row[0], source=row[1], file_name=row[2], state=row[3], problems=tuple(map(stored.error, row[4])),
        notes=tuple(map(stored.error, row[5])), total=row[6], created=row[7], updated=row[8], unchanged=row[9],
        failed=row[10], done=row[7] + row[8] + row[9] + row[10], created_at=row[11], finished_at=row[12],
        actor_label=row[13].get("label", ""), kind=row[14], file_format=row[15], ask=row[16], stage_done=row[17],
        forecast=row[18], columns=tuple(ImportColumn(each["index"], each["heading"], each["key"])
                                        for each in row[19].get("columns", ())),
        idle_seconds=max(0, int((clock.real_now() - row[20]).total_seconds())) if row[20] else 0)


def import_task(seller: SellerRef, task_id: int) -> ImportTaskInfo:
    """One import. Raises ImportUnknown, for another shop's import too."""
    row = ImportTask.objects.filter(seller_id=seller.id, id=task_id).values_list(*_TASK, "job_id").first()
    if row is None:
        raise ImportUnknown()
    task = _task(row)
    job = jobs.status(row[-1]) if task.running and row[-1] else None
    if job and job.state == "failed":
        # The work itself broke, several times over; nobody is going to finish it.
        return replace(task, state="failed", problems=(FieldError("file", "import_broken", _(
            "Something broke on our side while the file was being read. The rows done so far are saved; upload the "
            "file again to finish the rest.")),))
    return task


def same_file(seller: SellerRef, task_id: int) -> ImportTaskInfo | None:
    """The latest earlier import of the very same file, whatever it was called. Two queries."""
    own = ImportTask.objects.filter(seller_id=seller.id, pk=task_id).values_list("file_sha256", flat=True).first()
    row = ImportTask.objects.filter(seller_id=seller.id, file_sha256=own, pk__lt=task_id).order_by("-id").values_list(
        *_TASK).first() if own else None
    return _task(row) if row else None


def imports_page(seller: SellerRef, *, cursor: str | None = None, limit: int = 25,
                 sources: tuple[str, ...] = ()) -> Page[ImportTaskInfo]:
    """Past and running imports, newest first. One query."""
    rows = ImportTask.objects.filter(seller_id=seller.id)
    if sources:
        rows = rows.filter(source__in=sources)
    backwards = False
    if cursor:
        way, last_id = cursor_decode(cursor, 2)
        backwards = way == "prev"
        rows = rows.filter(id__gt=last_id) if backwards else rows.filter(id__lt=last_id)
    found = [_task(row) for row in rows.order_by("id" if backwards else "-id").values_list(*_TASK)[:limit + 1]]
    more = len(found) > limit
    found = found[:limit]
    if backwards:
        found.reverse()
    has_next, has_prev = (bool(cursor), more) if backwards else (more, bool(cursor))
    return Page(found, cursor_encode("next", found[-1].id) if found and has_next else "",
                cursor_encode("prev", found[0].id) if found and has_prev else "")


def import_items(seller: SellerRef, task_id: int, *, language: str = "en", status: str = "", after: int = 0,
                 limit: int | None = None, outcome: str = "") -> list[ImportItemInfo]:
    """The rows of an import in their order, after a row number; with `status` or `outcome` only those. Two queries.

    Messages are in the active language, attribute names in `language`. Empty for another shop's import.
    """
    rows = ImportItem.objects.filter(task_id=task_id, task__seller_id=seller.id, row_number__gt=after)
    if status:
        rows = rows.filter(status=status)
    if outcome:
        rows = rows.filter(outcome=outcome)
    found = list(rows.order_by("row_number").values_list(
        "row_number", "offer_id", "product_id", "status", "outcome", "errors")[:limit])
    ids = {error["data"]["attribute_id"] for row in found for error in row[5]
           if error.get("data", {}).get("attribute_id")}
    names = dict(Attribute.objects.filter(id__in=ids).values_list("id", name_column(language))) if ids else {}
    return [ImportItemInfo(*row[:5], tuple(_cell(error, names) for error in row[5])) for row in found]


def _cell(row: dict[str, Any], names: dict[int, str]) -> CellError:
    error = stored.error(row, names)
    attribute_id = error.data.get("attribute_id", 0)
    return CellError(error.field, error.code, error.text, error.value, str(error.data.get("level", "error")),
                     row.get("column", ""), row.get("cell", ""), attribute_id, names.get(attribute_id, ""),
                     tuple(error.data.get("suggestions", ())), row.get("key", ""))


def last_imports_of(seller: SellerRef, product_id: int, limit: int = 5) -> list[ImportTaskInfo]:
    """The latest imports that touched a product. One query."""
    ids = ImportItem.objects.filter(product_id=product_id, status="imported").values("task_id")
    rows = ImportTask.objects.filter(of_shop(seller.id), id__in=ids).order_by("-id").values_list(*_TASK)
    return [_task(row) for row in rows[:limit]]
