"""The versions of a product: what each change did, and the way back to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries, services
from sellerdesk.catalog.permissions import PRODUCT_EDIT, PRODUCT_VIEW
from sellerdesk.catalog.types import ChangeInfo
from sellerdesk.catalog.web import differing
from sellerdesk.catalog.web.tables import SOURCES
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest

_ROWS = 20


@dataclass(frozen=True, slots=True)
class Version:
    """One change as the page shows it. `now` is how the card stands; the others can be brought back."""

    id: int
    at: datetime
    who: str
    source: Any
    created: bool
    lines: list[differing.Line]
    batch_id: int
    now: bool


@require_GET
@seller_view(PRODUCT_VIEW)
def versions(request: WebRequest, product_id: int) -> HttpResponse:
    """All that was done to a product, newest first, field by field."""
    card = queries.product(request.seller, product_id, request.language)
    cursor = request.GET.get("cursor") or None
    page = queries.changes.of_product(request.seller, product_id, cursor=cursor, limit=_ROWS)
    differences = [_differences(row.change) for row in page.rows]
    words = differing.Words(request.seller, request.language, differences)
    shown = [Version(row.change.id, row.at, row.actor_label, SOURCES.get(row.source, row.source), row.change.created,
                     [] if row.change.created else words.lines(pairs, minor=True), row.change.batch_id,
                     at == 0 and cursor is None)
             for at, (row, pairs) in enumerate(zip(page.rows, differences, strict=True))]
    return render(request, "catalog/product_versions.html", {
        "nav_key": "products", "card": card, "versions": shown, "next_cursor": page.next_cursor,
        "may_edit": request.can(PRODUCT_EDIT)})


@require_POST
@seller_view(PRODUCT_EDIT)
def restore(request: WebRequest, product_id: int, change_id: int) -> HttpResponse:
    """Set the card back to how a change left it. Raises VersionUnknown."""
    try:
        services.restoring.restore(seller=request.seller, product_id=product_id, change_id=change_id,
                                   actor=request.actor, now=clock.now())
        messages.success(request, _("The card is as it was in that version. Price and stock stayed as they are."))
    except Invalid as refused:
        messages.error(request, _("This version cannot come back as it was: %(reason)s") % {
            "reason": " ".join(error.text for error in refused.fields[:3])})
    return redirect("catalog:versions", product_id=product_id)


def _differences(row: ChangeInfo) -> list[tuple[str, Any, Any]]:
    return [(key, row.before.get(key), row.after.get(key)) for key in row.keys]
