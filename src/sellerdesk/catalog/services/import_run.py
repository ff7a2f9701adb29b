"""The worker's side of an import: read, recognise, check, save; chunk by chunk, each chunk one transaction.

Every chunk first shows that this worker still holds the job and that nobody paused or stopped the import, in the very
transaction that writes. So a worker that was killed loses nothing, its successor does nothing twice, and one that
wakes up after its lease can no longer write.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task

from sellerdesk.catalog import events, import_states, queries, stored
from sellerdesk.catalog.errors import FileRefused
from sellerdesk.catalog.models import Batch, ColumnName, ImportItem, ImportTask
from sellerdesk.catalog.services import changes, import_rows
from sellerdesk.catalog.services.applying import Wish, apply_wishes, preview_wishes
from sellerdesk.catalog.services.sheets import columns as sheet_columns
from sellerdesk.catalog.services.sheets import limits as sheet_limits
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.core import activity, clock, faults, garbage, jobs, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

CHUNK = 500
_PARSED_AT_ONCE = 2000
TYPES = 30
_TYPE_NAMES = 500


class Interrupted(Exception):
    """A person paused or stopped the import, or another run of the worker has taken over."""


# A task lives beside the service that puts it in: tasks.py would be above it.
@task(queue_name="default")
def run_import(task_id: int, run_number: int) -> None:
    """Do an import. May run twice: what is done already is not looked at again."""
    run(task_id=task_id, run_number=run_number, now=clock.now())


def run(*, task_id: int, run_number: int, now: datetime) -> None:
    """Do all that is left of an import, until it is over or waits for a person."""
    row = ImportTask.objects.get(pk=task_id)
    if row.run != run_number or row.state not in import_states.RUNNING:
        return
    worker = _Worker(row, now)
    with override(row.language):
        try:
            worker.work()
        except Interrupted:
            return
        except FileRefused as refusal:
            _moved(row.pk, run_number, "fail", now, finished_at=now,
                   problems=[stored.error_row(error) for error in refusal.fields])


def _moved(task_id: int, run_number: int, act: str, now: datetime, **values: Any) -> bool:
    """One guarded move; False when a person or another run was faster."""
    sources, target = import_states.MOVES[act]
    return bool(ImportTask.objects.filter(pk=task_id, run=run_number, state__in=sorted(sources)).update(
        state=target, moved_at=clock.real_now(), **values))


class _Worker:
    """One run over one import."""

    def __init__(self, row: ImportTask, now: datetime) -> None:
        self.row, self.now = row, now
        self.seller: SellerRef = sellers.seller_ref(row.seller_id)
        self.actor = Actor(**{key: value for key, value in row.actor.items() if key != "parts"})

    def work(self) -> None:
        row = self.row
        if row.state in (import_states.WAITING, import_states.PARSING):
            if row.source == "file":
                self._move("parse")
                self._parse()
            else:
                self._move("apply")
        if row.state == import_states.CHECKING:
            self._check()
        if row.state == import_states.APPLYING:
            if row.source == "file":
                self._apply()
            else:
                self._apply_items()
            self._finish()

    # --- moves and the guard --------------------------------------------------------------------------------------

    def _move(self, act: str, **values: Any) -> None:
        if not _moved(self.row.pk, self.row.run, act, self.now, **values):
            raise Interrupted
        self.row.refresh_from_db()

    def _hold(self, done: int, **values: Any) -> None:
        """The first statement of a chunk: still our job, still our turn. Raises LostLease, Interrupted."""
        jobs.progress(done, self.row.total)
        held = ImportTask.objects.filter(pk=self.row.pk, run=self.row.run, state=self.row.state).update(
            stage_done=done, moved_at=clock.real_now(), **values)
        if not held:
            raise Interrupted

    # --- reading --------------------------------------------------------------------------------------------------

    def _parse(self) -> None:
        """Put the rows of the file into the table as they are, and find out what its columns mean."""
        row = self.row
        bounds = sheet_limits.limits(self.now)
        with storage.open_file(row.file_key) as handle:
            sheet = reading.opened(handle, bounds, frozenset(sheet_columns.SHEET_NAMES.values()))
            parts = frozenset(row.actor["parts"])
            remembered = dict(ColumnName.objects.filter(seller_id=row.seller_id).values_list("heading", "key"))
            base = sheet_columns.base_columns(self.seller, row.language, parts)
            header, found = _header(sheet, base, remembered)
            ids = [int(part) for part in sheet.meta.get("types", "").split(",") if part.isdecimal()][:TYPES]
            type_at = found.index_of("type")
            named: set[str] = set()
            offer_at = found.index_of("offer_id")
            done = 0
            for rows in _several(_data(sheet.rows, header.number, offer_at, type_at if not ids else None, named),
                                 _PARSED_AT_ONCE):
                if rows[-1].number > row.cursor:
                    with atomic():
                        self._hold(done + len(rows), cursor=rows[-1].number, total=F("total") + len(rows))
                        import_rows.insert(row.pk, [
                            (each.number, _offer(each, offer_at), 0, "pending", "", {"cells": each.cells}, [])
                            for each in rows])
                    faults.point("catalog.import.parsed")
                done += len(rows)
        if not done:
            raise FileRefused("no_rows", _("The sheet “%(sheet)s” has no rows with products below its heading."),
                              field="file", data={"sheet": sheet.name})
        if not ids:
            ids = [key for key in import_rows.types_by_name(named).values() if key][:TYPES]
        self._recognise(sheet, header, ids, remembered)

    def _recognise(self, sheet: reading.Sheet, header: reading.Row, ids: list[int], remembered: dict[str, str]) -> None:
        """Write down the layout, and go on to the check, to the person, or straight to saving."""
        row = self.row
        info = queries.type_info(ids, row.language)
        types = [info[key] for key in dict.fromkeys(ids) if key in info]
        known = sheet_columns.known(self.seller, types, row.language, frozenset(row.actor["parts"]))
        matched = sheet_columns.match(header.cells, known, remembered)
        layout: dict[str, Any] = {"sheet": sheet.name, "header": header.number, "types": [each.id for each in types],
                  "columns": [{"index": index, "heading": heading[:200],
                               "key": matched.by_index[index].key if index in matched.by_index else ""}
                              for index, heading in enumerate(header.cells) if heading]}
        keys = {each["key"] for each in layout["columns"]}
        values = {"layout": layout, "kind": sheet_columns.kind_of(keys, sheet.meta.get("kind", "")),
                  "notes": [stored.error_row(note) for note in _notes(matched, sheet.meta, known)], "cursor": 0,
                  "stage_done": 0, "file_format": sheet.kind}
        faults.point("catalog.import.mapped")
        if "offer_id" not in keys:
            self._move("ask_for_columns", **values)
        else:
            self._move("check" if row.ask else "apply", **values)

    # --- checking -------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        """The dry run: judge every row and write nothing but what is foreseen."""
        plan = self._plan()
        while True:
            with garbage.paused(), atomic():
                rows = import_rows.pending(self.row.pk, self.row.cursor, CHUNK)
                if not rows:
                    break
                self._hold(self.row.stage_done + len(rows), cursor=rows[-1].number)
                lines = import_rows.lines_of(plan, rows)
                previews = preview_wishes(self.seller, import_rows.wishes(self.seller, lines, plan), self.actor,
                                          self.now, only_parts=plan.only_parts,
                                          taken=self.row.forecast.get("created", 0))
                import_rows.foretell(lines, [each.outcome for each in previews], plan)
                forecast = dict(self.row.forecast)
                for each in previews:
                    forecast[each.outcome.outcome] = forecast.get(each.outcome.outcome, 0) + 1
                    for name in ("moderated", "quarantine"):
                        forecast[name] = forecast.get(name, 0) + bool(getattr(each, name))
                    if each.minutes:
                        again = int(clock.real_now().timestamp()) + each.minutes * 60
                        forecast |= {"limited": forecast.get("limited", 0) + 1,
                                     "again_at": max(forecast.get("again_at", 0), again)}
                ImportTask.objects.filter(pk=self.row.pk).update(forecast=forecast)
            faults.point("catalog.import.checked")
            self.row.refresh_from_db()
        self._move("ask", cursor=0, stage_done=0)

    def _plan(self) -> import_rows.Plan:
        return replace(import_rows.plan_of(self.seller, self.row), first_rows=import_rows.first_rows(self.row.pk))

    # --- saving ---------------------------------------------------------------------------------------------------

    def _apply(self) -> None:
        """Save the rows that are pending. A chunk's products, report, journal and news are one transaction."""
        plan = self._plan()
        last = 0
        while True:
            with garbage.paused(), atomic():
                # Only behind the chunk before: rows that are done would be passed over again and again.
                rows = import_rows.pending(self.row.pk, last, CHUNK)
                if not rows:
                    return
                last = rows[-1].number
                self._hold(self.row.stage_done + len(rows))
                lines = import_rows.lines_of(plan, rows)
                outcomes = apply_wishes(self.seller, import_rows.wishes(self.seller, lines, plan), self.actor, self.now,
                                        batch_id=self._batch(), only_parts=plan.only_parts)
                import_rows.finish(self.row.pk, lines, outcomes, plan)
                faults.point("catalog.import.applying")
            faults.point("catalog.import.applied")
            self.row.refresh_from_db()

    def _batch(self) -> int:
        """The journal's batch of this import: one, as long as it has not been undone."""
        known = Batch.objects.filter(import_task_id=self.row.pk, undo_of=None, state=Batch.State.APPLIED).order_by(
            "-id").values_list("id", flat=True).first()
        return known or changes.open_batch(
            seller=self.seller, source=self.row.source, title=self.row.file_name, actor=self.actor, now=self.now,
            import_task_id=self.row.pk)

    def _apply_items(self) -> None:
        """The drafts of an API call, all at once: there are at most a hundred."""
        with atomic():
            self._hold(0)
            pending = import_rows.pending(self.row.pk, 0, 1000)
            drafts = [stored.draft(each.payload) for each in pending]
            outcomes = apply_wishes(self.seller, [Wish(draft) for draft in drafts], self.actor, self.now,
                                    batch_id=self._batch())
            lines = [import_rows.Line(each.number, draft.offer_id, {}, each.id) for each, draft
                     in zip(pending, drafts, strict=True)]
            import_rows.finish(self.row.pk, lines, outcomes, import_rows.Plan({}, {}, []))
            ImportItem.objects.filter(task_id=self.row.pk).update(payload={})

    def _finish(self) -> None:
        with atomic():
            self._move("finish", finished_at=self.now)
            done = self.row
            Batch.objects.filter(import_task_id=done.pk, created=0, changed=0).delete()
            activity.record(
                events.IMPORT_FINISHED.name, now=self.now, actor=self.actor, seller_id=self.seller.id,
                target_type="import", target_id=done.pk, target_label=done.file_name or f"#{done.pk}",
                data={"created": done.created, "updated": done.updated, "unchanged": done.unchanged,
                      "failed": done.failed, "count": done.total})


# --- understanding a file ---------------------------------------------------------------------------------------


def _header(sheet: reading.Sheet, base: list[sheet_columns.Column],
            remembered: dict[str, str]) -> tuple[reading.Row, sheet_columns.Matched]:
    """The row with the headings: the one that names the offer ID, else the one that says most. Raises FileRefused."""
    matches = [(row, sheet_columns.match(row.cells, base, remembered)) for row in sheet.head]
    for row, matched in matches:
        if matched.index_of("offer_id") is not None:
            return row, matched
    row, matched = max(matches, key=lambda each: len(each[1].by_index))
    if len([cell for cell in row.cells if cell]) < 2:
        raise FileRefused("columns_unknown", _(
            "The columns are not those of a product sheet: there is no column “%(wanted)s”. Found: %(found)s. Download "
            "the template and copy your data into it."), field="file",
            data={"wanted": base[0].label, "found": ", ".join(cell for cell in row.cells if cell)[:300] or "—"})
    return row, matched


def _offer(row: reading.Row, at: int | None) -> str:
    return row.cells[at][:import_rows.OFFER_LENGTH] if at is not None and at < len(row.cells) else ""


def _data(rows: Iterator[reading.Row], header: int, offer_at: int | None, type_at: int | None,
          named: set[str]) -> Iterator[reading.Row]:
    """The rows below the heading, without examples; gathers the names of types on the way."""
    for row in rows:
        if row.number <= header or _offer(row, offer_at).startswith("#"):
            continue
        if type_at is not None and type_at < len(row.cells) and row.cells[type_at] and len(named) < _TYPE_NAMES:
            named.add(row.cells[type_at])
        yield row


def _several(rows: Iterator[reading.Row], count: int) -> Iterator[list[reading.Row]]:
    while chunk := list(itertools.islice(rows, count)):
        yield chunk


def _notes(matched: sheet_columns.Matched, meta: dict[str, str],
           known: list[sheet_columns.Column]) -> list[FieldError]:
    """What a person should know of the file's columns before reading the counts."""
    notes = []
    before = meta.get("columns", "").split() if meta.get("kind") == "product" else []
    came, gone = sheet_columns.since(before, known)
    if came or gone:
        notes.append(FieldError("file", "template_older", _(
            "This file was made from an older template. Columns that are new since then: %(new)s. Columns no longer "
            "used: %(gone)s."), "", {"new": ", ".join(came)[:500] or "—", "gone": gone}))
    if matched.unknown:
        notes.append(FieldError("file", "columns_ignored", _("These columns are not known and were left out: "
                                                             "%(columns)s."), "",
                                {"columns": ", ".join(matched.unknown)[:500]}))
    if matched.twice:
        notes.append(FieldError("file", "columns_twice", _("These columns came twice; the first one counts: "
                                                           "%(columns)s."), "",
                                {"columns": ", ".join(matched.twice)[:500]}))
    return notes
