"""Spreadsheets: templates, the upload, past imports, and one import on its way through its stages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.catalog import import_states, queries, services
from sellerdesk.catalog.errors import FileRefused, ImportMoved, TypeUnknown
from sellerdesk.catalog.permissions import PRODUCT_IMPORT, PRODUCT_VIEW
from sellerdesk.catalog.services import parts
from sellerdesk.catalog.services.sheets import limits as sheet_limits
from sellerdesk.catalog.types import ImportItemInfo, ImportTaskInfo, ProductFilter
from sellerdesk.catalog.web import differing
from sellerdesk.catalog.web.tables import IMPORT_STATE, ImportTable, import_state
from sellerdesk.core import clock
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.components import Step, TabLink

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS = 50
_DIFFERENCES = 25
_UPDATES: dict[str, Any] = {
    "product": pgettext_lazy("catalog", "Everything"), "price": gettext_lazy("Prices only"),
    "stock": gettext_lazy("Stock only"),
    "images": gettext_lazy("Pictures only")}
#: After so long without progress the page says so.
_STUCK_SECONDS = 600
_STAGES: tuple[tuple[str, Any], ...] = (
    ("parsing", pgettext_lazy("import stage", "Read")), ("mapping", pgettext_lazy("import stage", "Columns")),
    ("checking", pgettext_lazy("import stage", "Check")), ("ready", pgettext_lazy("import stage", "Dry run")),
    ("applying", pgettext_lazy("import stage", "Save")), ("done", pgettext_lazy("import stage", "Report")))
_OUTCOMES: tuple[tuple[str, Any], ...] = (
    ("created", gettext_lazy("New products")), ("updated", gettext_lazy("Changed products")),
    ("failed", gettext_lazy("Failed rows")), ("unchanged", gettext_lazy("As before")))


def _parts(request: WebRequest) -> frozenset[str]:
    """What this person may write of the parts of an offer: whole parts, or the columns of his own warehouses."""
    found: set[str] = set()
    for part in parts.registered():
        if request.can(part.permission):
            found.add(part.name)
        elif part.narrow_permission and request.can(part.narrow_permission):
            found |= {f"{part.name}.{key}" for key in part.narrow_keys(request.warehouse_ids)}
    return frozenset(found)


@require_http_methods(["GET", "POST"])
@seller_view(PRODUCT_IMPORT)
def index(request: WebRequest) -> HttpResponse:
    """Template, upload, past imports. A file that cannot be one is refused at once, with the reason."""
    problem = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if sent is None or sent.file is None:
                raise FileRefused("file_missing", _("Choose a file first."), field="file")
            task_id = services.importing.upload_file(
                seller=request.seller, file_name=sent.name or "", data=sent.file, language=request.language,
                actor=request.actor, now=clock.now(), parts=_parts(request), ask="at_once" not in request.POST)
            return redirect("catalog:import", task_id=task_id)
        except FileRefused as refused:
            problem = refused.text
    table = ImportTable(request)
    page = queries.imports_page(request.seller, cursor=table.cursor, limit=table.page_size)
    table.fill(page.rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    if table.is_partial:
        return table.respond("catalog/imports.html")
    bounds = sheet_limits.limits(clock.now())
    return render(request, "catalog/imports.html", {
        "table": table, "problem": problem, "recent": queries.recent_types(request.seller, request.language),
        "limit_mb": bounds.megabytes, "limit_rows": bounds.rows,
        "undo_days": services.changes.undo_days(clock.now()), "updates": _UPDATES.items(),
        "carried": [(key, request.GET[key]) for key in ("tab", "q", "category") if request.GET.get(key)],
        "own_total": queries.products_total(request.seller, _where(request)),
        "update_rows": services.workbooks.UPDATE_ROWS}, status=422 if problem else 200)


@require_GET
@seller_view(PRODUCT_VIEW)
def template(request: WebRequest) -> HttpResponse:
    """The spreadsheet for one type (`type`) or for all types of a category (`category`). Raises TypeUnknown."""
    wanted, category = (posted.number(request.GET.get(name, "")) for name in ("type", "category"))
    if wanted:
        ids = [wanted]
    elif category:
        ids = [kind.id for kind in queries.types_of_category(category, request.language)]
    else:
        raise TypeUnknown()
    data = services.workbooks.template(seller=request.seller, type_ids=ids, language=request.language,
                                       parts=_parts(request), now=clock.now())
    names = queries.type_info(ids[:1], "en")
    name = slugify(next(iter(names.values())).name) if len(ids) == 1 and names else f"category-{category}"
    return file_response(data, f"products-{name}.xlsx")


@require_GET
@seller_view(PRODUCT_IMPORT)
def update(request: WebRequest) -> HttpResponse:
    """The shop's own products as a sheet to be changed: those that the list's filter lets through.

    Raises NoProducts.
    """
    kind, form = request.GET.get("kind", "product"), request.GET.get("form", "xlsx")
    kind, form = (kind if kind in _UPDATES else "product"), (form if form in ("xlsx", "csv") else "xlsx")
    data = services.workbooks.update_sheet(
        seller=request.seller, where=_where(request), kind=kind, form=form, language=request.language,
        parts=_parts(request), base_url=request.build_absolute_uri("/").rstrip("/"), now=clock.now())
    return file_response(data, f"{kind}-{clock.now():%Y-%m-%d}.{form}")


def _where(request: WebRequest) -> ProductFilter:
    """The filter of the list of products, as its address carries it."""
    category = request.GET.get("category", "")
    return ProductFilter(tab=request.GET.get("tab", ""), search=request.GET.get("q", ""),
                         category_id=posted.number(category), sort="id")


def file_response(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=_XLSX if name.endswith(".xlsx") else "text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


# --- one import -------------------------------------------------------------------------------------------------


@require_GET
@seller_view(PRODUCT_VIEW)
def result(request: WebRequest, task_id: int) -> HttpResponse:
    """One import: where it stands, what it waits for, what became of each row. Polled as a fragment."""
    return _page(request, queries.import_task(request.seller, task_id))


def _page(request: WebRequest, task: ImportTaskInfo, *, problem: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "nav_key": "imports", "task": task, "state": IMPORT_STATE[import_state(task)], "problem": problem,
        "title": task.file_name or f"API #{task.id}", "here": reverse("catalog:import", args=[task.id]),
        "from_file": task.source == "file", "steps": _steps(task), "acts": import_states.possible(task.state),
        "percent": task.stage_done * 100 // task.total if task.total else None,
        "stuck": task.running and task.idle_seconds > _STUCK_SECONDS, "may_import": request.can(PRODUCT_IMPORT)}
    if task.state in ("mapping", "ready"):
        context |= {"columns": services.importing.columns_of(seller=request.seller, task_id=task.id),
                    "unknown": [each for each in task.columns if not each.key or task.state == "mapping"],
                    "twin": queries.same_file(request.seller, task.id)}
    if task.state == "ready":
        context |= _dry_run(request, task)
    elif not task.running and task.failed:
        context |= _failed(request, task)
    if task.state in import_states.OVER and task.saved:
        batch = queries.changes.batch_of_import(request.seller, task.id)
        context |= {"batch": batch, "may_undo": bool(batch and batch.may_undo(clock.now()))}
    partial = request.htmx and (request.htmx.target or "").endswith("import-state")
    return render(request, "catalog/_import.html" if partial else "catalog/import.html", context, status=status)


def _steps(task: ImportTaskInfo) -> list[Step]:
    """The stages, as far as this import has them: who did not ask for a dry run has none."""
    names = [name for name, _label in _STAGES if task.source == "file" or name in ("applying", "done")]
    if not task.ask:
        names = [name for name in names if name not in ("checking", "ready")]
    if task.state != "mapping":
        names = [name for name in names if name != "mapping"]
    at = {"waiting": names[0], "paused": "applying", "failed": "parsing", "stopped": "done"}.get(task.state, task.state)
    where = names.index(at) if at in names else 0
    labels = dict(_STAGES)
    over = task.state in ("done", "stopped")
    return [Step(labels[name], "done" if number < where or over else "now" if number == where else "todo")
            for number, name in enumerate(names)]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A row of the dry run: which product, and every difference in words."""

    number: int
    offer_id: str
    outcome: str
    lines: list[differing.Line]
    errors: list[str]
    moderated: bool
    quarantine: bool


def _with_hint(error: FieldError) -> str:
    near = error.data.get("suggestions")
    return f"{error.text} {_('Closest: %(values)s.') % {'values': ', '.join(near)}}" if near else error.text


def _dry_run(request: WebRequest, task: ImportTaskInfo) -> dict[str, Any]:
    """Counts as tabs, and a page of rows with their differences."""
    known = [name for name, _label in _OUTCOMES if task.forecast.get(name)]
    wanted = request.GET.get("show", "")
    shown = wanted if wanted in known else (known[0] if known else "created")
    after = request.GET.get("after", "")
    found = services.importing.differences(
        seller=request.seller, task_id=task.id, actor=request.actor, now=clock.now(), outcome=shown,
        after=posted.number(after), limit=_DIFFERENCES + 1)
    page = found[:_DIFFERENCES]
    words = differing.Words(request.seller, request.language, [each.differences for _number, each in page])
    rows = [Foreseen(number, each.outcome.offer_id, each.outcome.outcome, words.lines(each.differences, minor=False),
                     [_with_hint(error) for error in each.outcome.errors], each.moderated, each.quarantine)
            for number, each in page]
    here = reverse("catalog:import", args=[task.id])
    limits = _limits_left(request, task)
    return {"rows": rows, "shown": shown, "next_after": page[-1][0] if len(found) > _DIFFERENCES else 0,
            "tabs": [TabLink(label, f"{here}?show={name}", task.forecast.get(name, 0), name == shown)
                     for name, label in _OUTCOMES],
            "to_save": task.forecast.get("created", 0) + task.forecast.get("updated", 0),
            "limits": limits}


@dataclass(frozen=True, slots=True)
class LimitsLeft:
    """What the limits say of an import before it is saved: `room` is what is left once it is."""

    live: int
    live_limit: int
    room: int
    limited: int
    minutes: int


def _limits_left(request: WebRequest, task: ImportTaskInfo) -> LimitsLeft:
    created, limited = task.forecast.get("created", 0), task.forecast.get("limited", 0)
    shelf = queries.archive_limits(request.seller, clock.now())
    seconds = task.forecast.get("again_at", 0) - int(clock.real_now().timestamp())
    return LimitsLeft(shelf.live, shelf.live_limit, max(0, shelf.live_limit - shelf.live - created), limited,
                      max(0, math.ceil(seconds / 60)))


@dataclass(frozen=True, slots=True)
class Cell:
    """A wrong cell to be corrected: what stands there, why it is refused, what would be taken."""

    name: str
    label: str
    place: str
    value: str
    reasons: list[str]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailedRow:
    number: int
    offer_id: str
    cells: list[Cell]


def _failed(request: WebRequest, task: ImportTaskInfo) -> dict[str, Any]:
    after = request.GET.get("after", "")
    items = queries.import_items(request.seller, task.id, language=request.language, status="failed",
                                 after=posted.number(after), limit=_ROWS + 1)
    page = items[:_ROWS]
    repair = task.source == "file" and "rerun" in import_states.possible(task.state) and request.can(PRODUCT_IMPORT)
    texts: dict[int, dict[str, str]] = {}
    if task.source == "file":
        texts = services.importing.failed_cells(seller=request.seller, task_id=task.id,
                                                numbers=[item.row_number for item in page])
    return {"failed": [_failed_row(item, texts.get(item.row_number, {})) for item in page], "repair": repair,
            "next_after": page[-1].row_number if len(items) > _ROWS else 0}


def _failed_row(item: ImportItemInfo, texts: dict[str, str]) -> FailedRow:
    cells: dict[str, Cell] = {}
    for error in item.errors:
        key = error.key or error.field
        known = cells.get(key)
        reasons = [*(known.reasons if known else ()), error.message]
        cells[key] = Cell(
            f"{item.row_number}:{key}", error.column or error.attribute_name or str(differing.LABELS.get(key, key)),
            error.cell, texts.get(key, error.value), reasons, error.suggestions or (known.choices if known else ()))
    return FailedRow(item.row_number, item.offer_id, list(cells.values()))


# --- what a person decides --------------------------------------------------------------------------------------


@require_POST
@seller_view(PRODUCT_IMPORT)
def steer(request: WebRequest, task_id: int) -> HttpResponse:
    """Confirm, pause, resume or stop an import. Raises ImportUnknown, ImportMoved."""
    act = request.POST.get("act", "")
    if act == "confirm":
        services.importing.confirm(seller=request.seller, task_id=task_id)
    elif act == "pause":
        services.importing.pause(seller=request.seller, task_id=task_id)
    elif act == "resume":
        services.importing.resume(seller=request.seller, task_id=task_id)
    elif act == "stop":
        services.importing.stop(seller=request.seller, task_id=task_id, now=clock.now())
    else:
        raise ImportMoved()
    return redirect("catalog:import", task_id=task_id)


@require_POST
@seller_view(PRODUCT_IMPORT)
def columns(request: WebRequest, task_id: int) -> HttpResponse:
    """Say what columns mean; the rows are checked anew."""
    keys = {posted.number(name.removeprefix("column-"), -1): str(value) for name, value in request.POST.items()
            if name.startswith("column-")}
    try:
        services.importing.map_columns(seller=request.seller, task_id=task_id, keys=keys)
    except Invalid as refused:
        return _page(request, queries.import_task(request.seller, task_id),
                     problem=" ".join(error.text for error in refused.fields), status=422)
    return redirect("catalog:import", task_id=task_id)


@require_POST
@seller_view(PRODUCT_IMPORT)
def repair(request: WebRequest, task_id: int) -> HttpResponse:
    """Correct failed rows in the browser and do those again."""
    edits: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        row, _colon, key = name.partition(":")
        if key and (number := posted.number(row, -1)) >= 0:
            edits.setdefault(number, {})[key] = str(value)
    count = services.importing.rerun(seller=request.seller, task_id=task_id, edits=edits, parts=_parts(request))
    messages.info(request, ngettext("%(count)s row is done again.", "%(count)s rows are done again.", count)
                  % {"count": count})
    return redirect("catalog:import", task_id=task_id)


@require_GET
@seller_view(PRODUCT_VIEW)
def failed(request: WebRequest, task_id: int) -> HttpResponse:
    """The failed rows in the format of the file, each wrong cell with its reason. Raises ImportUnknown."""
    data, kind = services.workbooks.failed_rows(seller=request.seller, task_id=task_id, language=request.language,
                                                now=clock.now())
    return file_response(data, f"import-{task_id}-failed.{kind}")
