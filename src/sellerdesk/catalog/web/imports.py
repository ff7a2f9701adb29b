"""Spreadsheets: the template, the upload, past imports, and what became of each row."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sellerdesk.catalog import queries, services
from sellerdesk.catalog.errors import FileRefused, TypeUnknown
from sellerdesk.catalog.permissions import PRODUCT_IMPORT, PRODUCT_VIEW
from sellerdesk.catalog.services import parts
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.catalog.web.tables import IMPORT_STATE, ImportTable, import_state
from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS = 100


def _parts(request: HttpRequest) -> frozenset[str]:
    """The parts of an offer that this person may write."""
    return frozenset(part.name for part in parts.registered() if request.can(part.permission))


@require_http_methods(["GET", "POST"])
@seller_view(PRODUCT_IMPORT)
def index(request: HttpRequest) -> HttpResponse:
    """Template, upload, past imports. A file that cannot be one is refused at once, with the reason."""
    problem = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if sent is None:
                raise FileRefused("file_missing", _("Choose a file first."), field="file")
            data = sent.read() if sent.size and sent.size <= reading.MAX_BYTES else b" " * (reading.MAX_BYTES + 1)
            task_id = services.importing.upload_file(
                seller=request.seller, file_name=sent.name or "", data=data if sent.size else b"",
                language=request.language, actor=request.actor, now=clock.now(), parts=_parts(request))
            return redirect("catalog:import", task_id=task_id)
        except FileRefused as refused:
            problem = refused.text
    table = ImportTable(request)
    page = queries.imports_page(request.seller, cursor=table.cursor, limit=table.page_size)
    table.fill(page.rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    if table.is_partial:
        return table.respond("catalog/imports.html")
    return render(request, "catalog/imports.html", {
        "table": table, "problem": problem, "recent": queries.recent_types(request.seller, request.language),
        "limit_mb": reading.MAX_BYTES // (1024 * 1024), "limit_rows": reading.MAX_ROWS},
        status=422 if problem else 200)


@require_GET
@seller_view(PRODUCT_VIEW)
def template(request: HttpRequest) -> HttpResponse:
    """The spreadsheet for one type (`type`) or for all types of a category (`category`). Raises TypeUnknown."""
    wanted, category = request.GET.get("type", ""), request.GET.get("category", "")
    if wanted.isdecimal():
        ids = [int(wanted)]
    elif category.isdecimal():
        ids = [kind.id for kind in queries.types_of_category(int(category), request.language)]
    else:
        raise TypeUnknown()
    data = services.importing.template(seller=request.seller, type_ids=ids, language=request.language,
                                       parts=_parts(request))
    names = queries.type_info(ids[:1], "en")
    name = slugify(next(iter(names.values())).name) if len(ids) == 1 and names else f"category-{category}"
    return _workbook(data, f"products-{name}.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@require_GET
@seller_view(PRODUCT_VIEW)
def result(request: HttpRequest, task_id: int) -> HttpResponse:
    """One import: progress while it runs, then what became of each row. Polled as a fragment."""
    task = queries.import_task(request.seller, task_id)
    after = request.GET.get("after", "")
    failed: list[Any] = []
    if not task.running and task.failed:
        failed = queries.import_items(request.seller, task_id, language=request.language, status="failed",
                                      after=int(after) if after.isdecimal() else 0, limit=_ROWS + 1)
    context = {
        "nav_key": "imports", "task": task, "state": IMPORT_STATE[import_state(task)],
        "title": task.file_name or f"API #{task.id}", "failed": failed[:_ROWS],
        "next_after": failed[_ROWS - 1].row_number if len(failed) > _ROWS else 0,
        "here": reverse("catalog:import", args=[task.id]), "from_file": task.source == "file",
        "percent": task.done * 100 // task.total if task.total else None}
    partial = request.htmx and (request.htmx.target or "").endswith("import-state")
    return render(request, "catalog/_import.html" if partial else "catalog/import.html", context)


@require_GET
@seller_view(PRODUCT_VIEW)
def failed(request: HttpRequest, task_id: int) -> HttpResponse:
    """The failed rows as a spreadsheet, each wrong cell with its reason. Raises ImportUnknown."""
    data = services.importing.failed_rows(seller=request.seller, task_id=task_id, language=request.language)
    return _workbook(data, f"import-{task_id}-failed.xlsx")
