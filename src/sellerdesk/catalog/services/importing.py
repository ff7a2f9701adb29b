"""Imports: batches of product writes that run in the background, from a spreadsheet or from the API.

The file goes through read → map → check → apply, in chunks; each chunk writes its cards and its rows of the report in
one transaction, so a killed worker's successor goes on where it stopped and nothing is done twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task
from xlsxwriter.utility import xl_col_to_name

from sellerdesk.catalog import events, offer_parts, queries, rules, stored
from sellerdesk.catalog.errors import MESSAGES, FileRefused, ImportUnknown, TooManyItems, TypeUnknown
from sellerdesk.catalog.models import ImportItem, ImportTask, ProductType
from sellerdesk.catalog.services.applying import Wish, apply_wishes
from sellerdesk.catalog.services.sheets import columns as sheet_columns
from sellerdesk.catalog.services.sheets import reading, writing
from sellerdesk.catalog.types import ItemOutcome, ProductDraft, TypeInfo
from sellerdesk.core import activity, clock, jobs, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, json_param, json_rows
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

MAX_ITEMS = 100
CHUNK = 250
TEMPLATE_TYPES = 30
_ITEM = {"row_number": "int", "offer_id": "text", "product_id": "int", "status": "text", "outcome": "text",
         "payload": "json", "errors": "json"}
_STATUS = {"created": "imported", "updated": "imported", "unchanged": "skipped", "failed": "failed"}


# --- putting in -------------------------------------------------------------------------------------------------


def submit_items(*, seller: SellerRef, items: Sequence[ProductDraft], source: str = "api", actor: Actor,
                 now: datetime) -> int:
    """Queue up to 100 drafts; returns the task id under which their outcome can be asked. Raises TooManyItems."""
    if len(items) > MAX_ITEMS:
        raise TooManyItems(data={"limit": MAX_ITEMS})
    with atomic():
        made = ImportTask.objects.create(seller_id=seller.id, source=source, total=len(items), actor=asdict(actor),
                                         created_at=now)
        _write_items(made.pk, [(number, draft.offer_id[:200], 0, "pending", "", stored.draft_row(draft), [])
                               for number, draft in enumerate(items, start=1)])
        return _queued(made.pk, seller.id)


def upload_file(*, seller: SellerRef, file_name: str, data: bytes, language: str, actor: Actor, now: datetime,
                parts: frozenset[str] | None = None) -> int:
    """Queue a spreadsheet; returns the task id. `parts` are those the person may write; None means all.

    Raises FileRefused at once for an empty or too large file and for what is no spreadsheet; what is wrong inside is
    told by the task.
    """
    reading.glance(data)
    allowed = frozenset(part.name for part in offer_parts.registered()) if parts is None else parts
    extension = "xlsx" if data.startswith(b"PK") else "csv"
    with atomic():
        made = ImportTask.objects.create(
            seller_id=seller.id, source="file", file_name=file_name[-255:], language=language, created_at=now,
            file_key=storage.save_bytes(f"imports/{seller.id}", data, extension),
            file_sha256=hashlib.sha256(data).hexdigest(), actor={**asdict(actor), "parts": sorted(allowed)})
        return _queued(made.pk, seller.id)


def _queued(task_id: int, seller_id: int) -> int:
    job_id = jobs.enqueue(run_import, task_id, seller_id=seller_id, unique_key=f"catalog.import:{task_id}")
    ImportTask.objects.filter(pk=task_id).update(job_id=job_id)
    return task_id


# --- running ----------------------------------------------------------------------------------------------------


# A task lives beside the service that puts it in: tasks.py would be above it.
@task(queue_name="default")
def run_import(task_id: int) -> None:
    """Do an import. May run twice: rows that have their outcome are not looked at again."""
    run(task_id=task_id, now=clock.now())


def run(*, task_id: int, now: datetime) -> None:
    """Do all that is left of an import."""
    row = ImportTask.objects.get(pk=task_id)
    if row.state in (ImportTask.State.DONE, ImportTask.State.FAILED):
        return
    seller = sellers.seller_ref(row.seller_id)
    actor = Actor(**{key: value for key, value in row.actor.items() if key != "parts"})
    with override(row.language):
        try:
            if row.source == "file":
                _run_file(seller, row, actor, now)
            else:
                _run_items(seller, row, actor, now)
        except FileRefused as refusal:
            ImportTask.objects.filter(pk=task_id).update(
                state=ImportTask.State.FAILED, finished_at=now,
                problems=[stored.error_row(error) for error in refusal.fields])
            return
    with atomic():
        ImportTask.objects.filter(pk=task_id).update(state=ImportTask.State.DONE, finished_at=now)
        done = queries.import_task(seller, task_id)
        activity.record(events.IMPORT_FINISHED.name, now=now, actor=actor, seller_id=seller.id, target_type="import",
                        target_id=task_id, target_label=row.file_name or f"#{task_id}",
                        data={"created": done.created, "updated": done.updated, "unchanged": done.unchanged,
                              "failed": done.failed, "count": done.total})


def _run_items(seller: SellerRef, row: ImportTask, actor: Actor, now: datetime) -> None:
    pending = list(ImportItem.objects.filter(task_id=row.pk, status="pending").order_by("row_number").values_list(
        "row_number", "payload"))
    wishes = [Wish(stored.draft(payload)) for _number, payload in pending]
    with atomic():
        outcomes = apply_wishes(seller, wishes, actor, now)
        ImportItem.objects.filter(task_id=row.pk, status="pending").delete()
        _finish_rows(row.pk, [_Line(number, wish.draft.offer_id, {}, {}) for (number, _payload), wish
                              in zip(pending, wishes, strict=True)], outcomes)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the file: its cells by column key, and where each column stands."""

    number: int
    offer_id: str
    cells: Mapping[str, str]
    places: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A file understood: its rows, and the columns that were recognised."""

    sheet: str
    lines: list[_Line]
    columns: dict[str, sheet_columns.Column]
    types: list[TypeInfo]
    notes: list[FieldError]


def _run_file(seller: SellerRef, row: ImportTask, actor: Actor, now: datetime) -> None:
    ImportTask.objects.filter(pk=row.pk).update(state=ImportTask.State.CHECKING)
    plan = _understand(seller, storage.open_bytes(row.file_key), row.language, frozenset(row.actor["parts"]))
    ImportTask.objects.filter(pk=row.pk).update(
        state=ImportTask.State.APPLYING, total=len(plan.lines),
        notes=[stored.error_row(note) for note in plan.notes])
    finished = set(ImportItem.objects.filter(task_id=row.pk).values_list("row_number", flat=True))
    first_row: dict[str, int] = {}
    for line in plan.lines:
        first_row.setdefault(line.offer_id, line.number)
    todo = [line for line in plan.lines if line.number not in finished]
    for at in range(0, len(todo), CHUNK):
        chunk = todo[at:at + CHUNK]
        with atomic():
            wishes = _wishes(seller, chunk, plan, first_row)
            _finish_rows(row.pk, chunk, apply_wishes(seller, wishes, actor, now))
        jobs.progress(len(finished) + at + len(chunk), len(plan.lines))


def _understand(seller: SellerRef, data: bytes, language: str, parts: frozenset[str]) -> _Plan:
    """Read a file and recognise its columns. Raises FileRefused when it is not a product sheet."""
    sheet = reading.read(data, frozenset(sheet_columns.SHEET_NAMES.values()))
    base = sheet_columns.base_columns(seller, language, parts)
    header = next((row for row in sheet.candidates()
                   if sheet_columns.match(row.cells, base).index_of("offer_id") is not None), None)
    if header is None:
        raise FileRefused("columns_unknown", _(
            "The columns are not those of a product sheet: there is no column “%(wanted)s”. Found: %(found)s. Download "
            "the template and copy your data into it."), field="file",
            data={"wanted": base[0].label,
                  "found": ", ".join(cell for cell in sheet.rows[0].cells if cell)[:300] or "—"})
    lines = [row for row in sheet.rows if row.number > header.number]
    types = _types_of(sheet, header, lines, base, language)
    known = sheet_columns.for_types(seller, types, language, parts) if types else base
    matched = sheet_columns.match(header.cells, [*known, *(column for column in base if column.key == "type")])
    notes = []
    if matched.unknown:
        notes.append(FieldError("file", "columns_ignored", _("These columns are not known and were left out: "
                                                             "%(columns)s."), "",
                                {"columns": ", ".join(matched.unknown)[:500]}))
    if matched.twice:
        notes.append(FieldError("file", "columns_twice", _("These columns came twice; the first one counts: "
                                                           "%(columns)s."), "",
                                {"columns": ", ".join(matched.twice)[:500]}))
    places = {column.key: (index, header.cells[index]) for index, column in matched.by_index.items()}
    made = []
    for row in lines:
        cells = {key: row.cells[index] for key, (index, _label) in places.items() if index < len(row.cells)}
        if any(cells.values()) and not cells.get("offer_id", "").startswith("#"):
            made.append(_Line(row.number, cells.get("offer_id", ""), cells, places))
    if not made:
        raise FileRefused("no_rows", _("The sheet “%(sheet)s” has no rows with products below its heading."),
                          field="file", data={"sheet": sheet.name})
    return _Plan(sheet.name, made, {column.key: column for column in matched.by_index.values()}, types, notes)


def _types_of(sheet: reading.Sheet, header: reading.Row, lines: Sequence[reading.Row],
              base: Sequence[sheet_columns.Column], language: str) -> list[TypeInfo]:
    """The types a sheet is about: those of the template it was made from, else those named in its rows."""
    ids = [int(part) for part in sheet.meta.get("types", "").split(",") if part.isdecimal()][:TEMPLATE_TYPES]
    if not ids:
        at = sheet_columns.match(header.cells, base).index_of("type")
        named = {row.cells[at] for row in lines if at is not None and at < len(row.cells)} - {""}
        ids = [key for key in _types_by_name(named).values() if key][:TEMPLATE_TYPES]
    found = queries.type_info(ids, language)
    return [found[key] for key in dict.fromkeys(ids) if key in found]


def _types_by_name(texts: set[str]) -> dict[str, int]:
    """Type ids by number or by name in any language; a name that several types bear is nobody's. One query."""
    if not texts:
        return {}
    ids: dict[str, set[int]] = {}
    for row in ProductType.objects.values_list("id", "name_en", "name_ru", "name_zh"):
        for name in {str(row[0]), *map(rules.fold, row[1:])}:
            ids.setdefault(name, set()).add(row[0])
    return {text: next(iter(found)) for text in texts if len(found := ids.get(rules.fold(text), set())) == 1}


def _wishes(seller: SellerRef, lines: Sequence[_Line], plan: _Plan, first_row: Mapping[str, int]) -> list[Wish]:
    """Drafts of a chunk: what the shop has, with the filled cells put in."""
    existing = queries.drafts(seller, offer_ids=[line.offer_id for line in lines if line.offer_id])
    by_name = _types_by_name({line.cells.get("type", "") for line in lines} - {""})
    wishes = []
    for line in lines:
        errors: list[FieldError] = []
        base = existing[line.offer_id][1] if line.offer_id in existing else ProductDraft(line.offer_id, "", 0)
        named = line.cells.get("type", "")
        type_id = by_name.get(named, 0) if named else base.type_id or (plan.types[0].id if len(plan.types) == 1 else 0)
        if named and not type_id:
            errors.append(FieldError("type_id", "description_category_invalid",
                                     MESSAGES["description_category_invalid"], named[:120]))
        if first_row.get(line.offer_id, line.number) != line.number:
            errors.append(FieldError("offer_id", "offer_id_repeated", MESSAGES["offer_id_repeated"], line.offer_id))
        if type_id != base.type_id:
            base = replace(base, type_id=type_id, category_id=0)
        draft, unreadable = sheet_columns.draft_of(line.cells, base, plan.columns)
        if line.offer_id not in existing:
            unreadable += _missing_parts(draft, plan, seller)
        wishes.append(Wish(draft, None, tuple(errors + unreadable)))
    return wishes


def _missing_parts(draft: ProductDraft, plan: _Plan, seller: SellerRef) -> list[FieldError]:
    """A new product needs what its parts require (its price), where the sheet has the column at all."""
    missing = []
    for column in plan.columns.values():
        if column.group in draft.parts or column.group in ("card", "attribute") or not column.required:
            continue
        missing.append(FieldError(column.key, "part_empty", _("A new product needs a value here."), ""))
    return missing


# --- the report -------------------------------------------------------------------------------------------------


def _finish_rows(task_id: int, lines: Sequence[_Line], outcomes: Sequence[ItemOutcome]) -> None:
    """Write the rows of the report and count them, in the caller's transaction."""
    _write_items(task_id, [
        (line.number, line.offer_id[:200], outcome.product_id, _STATUS[outcome.outcome],
         "" if outcome.outcome == "failed" else outcome.outcome, {},
         [{**stored.error_row(error), **_place(error, line)} for error in outcome.errors])
        for line, outcome in zip(lines, outcomes, strict=True)])
    counts = {name: sum(outcome.outcome == name for outcome in outcomes)
              for name in ("created", "updated", "unchanged", "failed")}
    ImportTask.objects.filter(pk=task_id).update(**{name: F(name) + count for name, count in counts.items()})


def _place(error: FieldError, line: _Line) -> dict[str, str]:
    """The cell an error is about, as people call it: C7, and the heading of its column."""
    key = {"type_id": "type", "category_id": "type"}.get(error.field, error.field)
    if key not in line.places:
        return {}
    index, label = line.places[key]
    return {"cell": f"{xl_col_to_name(index)}{line.number}", "column": label.rstrip(" *")}


def _write_items(task_id: int, rows: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(_ITEM)
    values = ", ".join(f"v.{name}" for name in _ITEM)
    execute(f"INSERT INTO catalog_importitem (task_id, {names}) SELECT %s, {values} FROM {json_rows('v', **_ITEM)}",
            [task_id, json_param(rows)])


# --- workbooks --------------------------------------------------------------------------------------------------


def template(*, seller: SellerRef, type_ids: Sequence[int], language: str, parts: frozenset[str]) -> bytes:
    """An empty product sheet for these types. Raises TypeUnknown."""
    found = queries.type_info(type_ids, language)
    types = [found[key] for key in dict.fromkeys(type_ids) if key in found][:TEMPLATE_TYPES]
    if not types:
        raise TypeUnknown()
    return writing.workbook(sheet_columns.for_types(seller, types, language, parts), types, language)


def failed_rows(*, seller: SellerRef, task_id: int, language: str) -> bytes:
    """The failed rows of a file as a workbook to correct and send again, each wrong cell with its reason.

    Raises ImportUnknown, also when the import had no file or no failed row.
    """
    items = queries.import_items(seller, task_id, language=language, status="failed")
    row = ImportTask.objects.filter(pk=task_id, seller_id=seller.id).first()
    if row is None or not row.file_key or not items:
        raise ImportUnknown()
    parts = frozenset(row.actor["parts"])
    plan = _understand(seller, storage.open_bytes(row.file_key), row.language, parts)
    failed = {item.row_number: item for item in items}
    known = sheet_columns.for_types(seller, plan.types, language, parts)
    if not plan.types:
        known = sheet_columns.base_columns(seller, language, parts)
    lines = []
    for line in plan.lines:
        if line.number in failed:
            comments: dict[str, str] = {}
            for error in failed[line.number].errors:
                key = {"type_id": "type", "category_id": "type"}.get(error.field, error.field)
                hint = f"\n→ {', '.join(error.suggestions)}" if error.suggestions else ""
                comments[key] = "\n".join(filter(None, (comments.get(key), error.message + hint)))
            lines.append(writing.Line(line.cells, comments))
    return writing.workbook(known, plan.types, language, lines)
