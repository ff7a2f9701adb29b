"""Changes: every act on many products, what it did, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries, services
from sellerdesk.catalog.permissions import CHANGE_UNDO, PRODUCT_VIEW
from sellerdesk.catalog.services import parts
from sellerdesk.catalog.types import BatchInfo, ChangeInfo
from sellerdesk.catalog.web import differing
from sellerdesk.catalog.web.tables import BATCH_STATE, SOURCES, BatchTable, batch_title
from sellerdesk.core import clock
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import people

_ROWS = 50


@require_GET
@seller_view(PRODUCT_VIEW)
def index(request: WebRequest) -> HttpResponse:
    """What was done to products, act by act, newest first."""
    table = BatchTable(request)
    source = table.where.get("source", "")
    page = queries.changes.batches(request.seller, sources=[source] if source else (), cursor=table.cursor,
                                   limit=table.page_size)
    table.fill(page.rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("catalog/changes.html")


@require_GET
@seller_view(PRODUCT_VIEW)
def batch(request: WebRequest, batch_id: int) -> HttpResponse:
    """One act: every product with old and new values; what could not be set back, with the reason."""
    found = queries.changes.batch(request.seller, batch_id)
    conflicts = queries.changes.conflicts_total(request.seller, batch_id) if found.state == "partly_undone" else 0
    only = request.GET.get("show") == "conflicts" and conflicts > 0
    after = request.GET.get("after", "")
    rows = queries.changes.changes(request.seller, batch_id, undo="conflict" if only else None,
                                   after=posted.number(after), limit=_ROWS + 1)
    shown = rows[:_ROWS]
    words = differing.Words(request.seller, request.language, [_differences(row) for row in shown])
    context: dict[str, Any] = {
        "nav_key": "changes", "batch": found, "title": batch_title(found), "state": BATCH_STATE[found.state],
        "source": SOURCES.get(found.source, found.source), "conflicts": conflicts, "only": only,
        "rows": [(row, words.lines(_differences(row), minor=True), _reason(row, words)) for row in shown],
        "next_after": shown[-1].id if len(rows) > _ROWS else 0,
        "may_undo": found.may_undo(clock.now()) and request.can(CHANGE_UNDO), "redo": _redo(request, found)}
    partial = request.htmx and (request.htmx.target or "").endswith("batch-state")
    return render(request, "catalog/_change.html" if partial else "catalog/change.html", context)


def _redo(request: WebRequest, found: BatchInfo) -> BatchInfo | None:
    """The undo of an undone act, as long as it can be undone in turn."""
    if found.state != "undone" or not found.undone_by_id or not request.can(CHANGE_UNDO):
        return None
    back = queries.changes.batch(request.seller, found.undone_by_id)
    return back if back.may_undo(clock.now()) else None


def _differences(row: ChangeInfo) -> list[tuple[str, Any, Any]]:
    return [(key, row.before.get(key), row.after.get(key)) for key in row.keys]


def _reason(row: ChangeInfo, words: differing.Words) -> str:
    """Why a product was not set back, in one sentence."""
    said = row.conflict if row.undo == "conflict" else None
    if said is None:
        return ""
    if said.reason:
        return said.reason
    if "deleted" in said.keys:
        return _("The product was deleted since.")
    names = ", ".join(line.label for line in words.lines([(key, "", "–") for key in said.keys if key != "attributes"],
                                                         minor=False)) or _("Characteristics")
    if said.by:
        return _("%(who)s has changed it since: %(what)s.") % {"who": people.who(said.by), "what": names}
    return _("It has changed since: %(what)s.") % {"what": names}


@require_POST
@seller_view(CHANGE_UNDO)
def undo(request: WebRequest, batch_id: int) -> HttpResponse:
    """Set back what an act did. With `overwrite` also where somebody changed the product since."""
    allowed = frozenset(part.name for part in parts.registered() if request.can(part.permission))
    services.undoing.undo(seller=request.seller, batch_id=batch_id, actor=request.actor, now=clock.now(),
                          overwrite="overwrite" in request.POST, parts=allowed)
    after = queries.changes.batch(request.seller, batch_id)
    if after.state == "undone":
        messages.success(request, _("Undone."))
    elif after.state == "partly_undone":
        messages.warning(request, _("Undone as far as possible. See below what stayed, and why."))
    return redirect("catalog:batch", batch_id=batch_id)
