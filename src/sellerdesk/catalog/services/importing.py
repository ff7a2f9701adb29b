"""Imports as people and programs steer them: send a file or drafts, look at the dry run, confirm, pause, stop, correct.

The work itself is done in the background, see import_run.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import import_states, offer_parts, queries, stored
from sellerdesk.catalog.errors import ImportMoved, ImportUnknown, TooManyItems
from sellerdesk.catalog.models import ColumnName, ImportItem, ImportTask
from sellerdesk.catalog.services import import_rows
from sellerdesk.catalog.services.applying import Preview, preview_wishes
from sellerdesk.catalog.services.import_run import run_import
from sellerdesk.catalog.services.sheets import columns as sheet_columns
from sellerdesk.catalog.services.sheets import limits as sheet_limits
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.catalog.types import ProductDraft
from sellerdesk.core import clock, jobs, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers.types import SellerRef

MAX_ITEMS = 100
MAX_EDITS = 200


# --- putting in -------------------------------------------------------------------------------------------------


def submit_items(*, seller: SellerRef, items: Sequence[ProductDraft], source: str = "api", actor: Actor,
                 now: datetime, limit: int = MAX_ITEMS) -> int:
    """Queue drafts; returns the task id under which their outcome can be asked. Raises TooManyItems above the limit."""
    if len(items) > limit:
        raise TooManyItems(data={"limit": limit})
    with atomic():
        made = ImportTask.objects.create(seller_id=seller.id, source=source, total=len(items), actor=asdict(actor),
                                         created_at=now)
        import_rows.insert(made.pk, [(number, draft.offer_id[:200], 0, "pending", "", stored.draft_row(draft), [])
                                     for number, draft in enumerate(items, start=1)])
        return _queued(made)


def upload_file(*, seller: SellerRef, file_name: str, data: bytes | IO[bytes], language: str, actor: Actor,
                now: datetime, parts: frozenset[str] | None = None, ask: bool = False) -> int:
    """Queue a spreadsheet; returns the task id. `parts` are those the person may write, whole ones by name
    and single columns as `stock.w7`; None means all.

    With `ask` nothing is written before `confirm`. Raises FileRefused at once for an empty or too large file and for
    what is no spreadsheet; what is wrong inside is told by the task.
    """
    handle: IO[bytes] = io.BytesIO(data) if isinstance(data, bytes) else data
    size = handle.seek(0, io.SEEK_END)
    extension = reading.glance(handle, size, sheet_limits.limits(now))
    allowed = frozenset(part.name for part in offer_parts.registered()) if parts is None else parts
    key, digest = storage.save_file(f"imports/{seller.id}", handle, extension)
    with atomic():
        made = ImportTask.objects.create(
            seller_id=seller.id, source="file", file_name=file_name[-255:], language=language, created_at=now,
            file_key=key, file_sha256=digest, file_format=extension, ask=ask,
            actor={**asdict(actor), "parts": sorted(allowed)})
        return _queued(made)


def _queued(task: ImportTask) -> int:
    """Put in the job for the task's present run."""
    job_id = jobs.enqueue(run_import, task.pk, task.run, seller_id=task.seller_id,
                          unique_key=f"catalog.import:{task.pk}:{task.run}")
    ImportTask.objects.filter(pk=task.pk).update(job_id=job_id, moved_at=clock.real_now())
    return task.pk


# --- what a person decides --------------------------------------------------------------------------------------


def confirm(*, seller: SellerRef, task_id: int) -> None:
    """Save what the dry run showed. Raises ImportUnknown, ImportMoved."""
    _steered(seller, task_id, "apply", sources=[import_states.READY], work=True)


def pause(*, seller: SellerRef, task_id: int) -> None:
    """Let the worker stop after the rows it is at. Raises ImportUnknown, ImportMoved."""
    _steered(seller, task_id, "pause")


def resume(*, seller: SellerRef, task_id: int) -> None:
    """Go on where it was paused. Raises ImportUnknown, ImportMoved."""
    _steered(seller, task_id, "resume", work=True)


def stop(*, seller: SellerRef, task_id: int, now: datetime) -> None:
    """End an import; what it has saved stays and can be undone. Raises ImportUnknown, ImportMoved."""
    _steered(seller, task_id, "stop", finished_at=now)


def map_columns(*, seller: SellerRef, task_id: int, keys: Mapping[int, str]) -> None:
    """Say what columns mean, by their place in the sheet; the shop's later files are read the same way.

    A key that is empty leaves the column out. The rows are checked anew. Raises ImportUnknown, ImportMoved, and Invalid
    when no column holds the offer ID or two hold the same.
    """
    task = _task(seller, task_id)
    if task.state not in (import_states.MAPPING, import_states.READY):
        raise ImportMoved()
    known = {column.key for column in _known(seller, task)}
    columns = [{**each, "key": keys.get(each["index"], each["key"])} for each in task.layout["columns"]]
    used = [each["key"] for each in columns if each["key"]]
    errors = [FieldError("columns", "column_unknown", _("There is no such column: %(value)s."), key, {"value": key})
              for key in set(used) - known]
    if "offer_id" not in used:
        errors.append(FieldError("columns", "offer_column_missing", _(
            "Say which column holds the offer ID: it decides which product a row is about."), ""))
    if len(set(used)) < len(used):
        errors.append(FieldError("columns", "column_twice", _("Two columns mean the same. Leave one of them out."), ""))
    if errors:
        raise Invalid.many(errors)
    at = next(each["index"] for each in columns if each["key"] == "offer_id")
    with atomic():
        for each in columns:
            if each["index"] in keys:
                ColumnName.objects.update_or_create(
                    seller_id=seller.id, heading=sheet_columns.folded(each["heading"])[:200],
                    defaults={"key": each["key"]})
        _steered(seller, task_id, "check", sources=[task.state], work=True, layout={**task.layout, "columns": columns},
                 kind=sheet_columns.kind_of(set(used), ""), cursor=0, stage_done=0, forecast={},
                 notes=[note for note in task.notes if note["code"] != "columns_ignored"], ask=True)
        _name_rows(task_id, at)


def _name_rows(task_id: int, at: int) -> None:
    """Take the offer ids of the rows from another column; examples are dropped."""
    last = 0
    while rows := import_rows.pending(task_id, last, 5000):
        import_rows.change({"id": "int", "offer_id": "text", "outcome": "text", "errors": "json"}, [
            [each.id, each.payload["cells"][at][:200] if at < len(each.payload["cells"]) else "", "", []]
            for each in rows])
        last = rows[-1].number
    gone, _by_model = ImportItem.objects.filter(task_id=task_id, offer_id__startswith="#").delete()
    if gone:
        ImportTask.objects.filter(pk=task_id).update(total=ImportItem.objects.filter(task_id=task_id).count())


def rerun(*, seller: SellerRef, task_id: int, edits: Mapping[int, Mapping[str, str]], parts: frozenset[str]) -> int:
    """Correct cells of failed rows, by row number and column key, and do these rows again; returns how many.

    Only what the person sends is changed. `parts` are those this person may write. Raises ImportUnknown, ImportMoved.
    """
    task = _task(seller, task_id)
    if task.source != "file" or task.state not in (import_states.DONE, import_states.STOPPED):
        raise ImportMoved()
    known = {column.key for column in _known(seller, task)
             if column.group in ("card", "attribute") or sheet_columns.may_write(column.key, parts)}
    with atomic():
        rows = ImportItem.objects.filter(task_id=task_id, status="failed", row_number__in=list(edits)[:MAX_EDITS])
        changed = []
        for each in import_rows.stored_rows(rows):
            wanted = {key: text.strip()[:8000] for key, text in edits[each.number].items() if key in known}
            changed.append([each.id, {**each.payload, "edits": {**each.payload.get("edits", {}), **wanted}}, "pending",
                            "", []])
        if not changed:
            raise ImportMoved()
        _steered(seller, task_id, "rerun", sources=[task.state], work=True, finished_at=None, cursor=0,
                 stage_done=max(0, task.total - len(changed)), failed=max(0, task.failed - len(changed)))
        import_rows.change({"id": "int", "payload": "json", "status": "text", "outcome": "text", "errors": "json"},
                           changed)
    return len(changed)


def _task(seller: SellerRef, task_id: int) -> ImportTask:
    task = ImportTask.objects.filter(pk=task_id, seller_id=seller.id).first()
    if task is None:
        raise ImportUnknown()
    return task


def _known(seller: SellerRef, task: ImportTask) -> list[sheet_columns.Column]:
    found = queries.type_info(task.layout.get("types", ()), task.language)
    types = [found[key] for key in task.layout.get("types", ()) if key in found]
    return sheet_columns.known(seller, types, task.language, frozenset(task.actor["parts"]))


def _steered(seller: SellerRef, task_id: int, act: str, *, sources: Sequence[str] = (), work: bool = False,
             **values: Any) -> None:
    """One guarded move by a person; with `work` a new run of the worker begins, and an old one may not write."""
    allowed, target = import_states.MOVES[act]
    with atomic():
        task = _task(seller, task_id)
        moved = ImportTask.objects.filter(pk=task_id, run=task.run, state__in=sorted(sources or allowed)).update(
            state=target, run=task.run + 1, moved_at=clock.real_now(), **values)
        if not moved:
            raise ImportMoved()
        if work:
            task.run += 1
            _queued(task)


# --- the dry run ------------------------------------------------------------------------------------------------


def differences(*, seller: SellerRef, task_id: int, actor: Actor, now: datetime, outcome: str = "", after: int = 0,
                limit: int = 25) -> list[tuple[int, Preview]]:
    """Rows that wait for confirmation, each with what would differ: row number and preview, after a row number.

    Raises ImportUnknown, ImportMoved.
    """
    task = _task(seller, task_id)
    if task.state != import_states.READY:
        raise ImportMoved()
    rows = ImportItem.objects.filter(task_id=task_id, status="pending", row_number__gt=after)
    if outcome:
        rows = rows.filter(outcome=outcome)
    found = import_rows.stored_rows(rows.order_by("row_number")[:limit])
    plan = import_rows.plan_of(seller, task)
    lines = import_rows.lines_of(plan, found)
    # Those that found room are judged as if they came first, and those that failed as if they came after all of them.
    previews = preview_wishes(seller, import_rows.wishes(seller, lines, plan), actor, now, only_parts=plan.only_parts,
                              taken=task.forecast.get("created", 0) if outcome == "failed" else 0)
    return list(zip((line.number for line in lines), previews, strict=True))


def columns_of(*, seller: SellerRef, task_id: int) -> list[tuple[str, str]]:
    """Key and label of every column the file might have meant, for choosing. Raises ImportUnknown."""
    return [(column.key, column.label) for column in _known(seller, _task(seller, task_id))]


def failed_cells(*, seller: SellerRef, task_id: int, numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    """What stands in failed rows at present, by row number and column key. Raises ImportUnknown."""
    task = _task(seller, task_id)
    plan = import_rows.plan_of(seller, task)
    rows = import_rows.stored_rows(ImportItem.objects.filter(task_id=task_id, row_number__in=list(numbers)))
    return {line.number: dict(line.cells) for line in import_rows.lines_of(plan, rows)}
