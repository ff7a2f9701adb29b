"""First step of a new product: its type, by words of three languages, by a title, by a barcode, or through the tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sellerdesk.catalog import queries
from sellerdesk.catalog.permissions import PRODUCT_EDIT, PRODUCT_VIEW
from sellerdesk.catalog.types import TreeColumn, TypeInfo
from sellerdesk.catalog.web.editing import person
from sellerdesk.core import clock
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.finance import queries as finance

_TITLE_LENGTH = 200
_SHOWN = 30
_BARCODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A type to choose: where it hangs and what the marketplace takes of its price."""

    id: int
    name: str
    path: tuple[str, ...]
    fee: str


@dataclass(frozen=True, slots=True)
class ColumnLine:
    category_id: int
    type_id: int
    name: str
    open: bool
    fee: str


@dataclass(frozen=True, slots=True)
class Column:
    category_id: int
    name: str
    lines: tuple[ColumnLine, ...]


@require_GET
@seller_view(PRODUCT_EDIT)
def choose_type(request: WebRequest) -> HttpResponse:
    """Choosing the type of a new product; of an existing one when `product` names it."""
    text = request.GET.get("q", "").strip()[:_TITLE_LENGTH]
    category_id = posted.number(request.GET.get("category", "")) or None
    product_id = posted.number(request.GET.get("product", ""))
    card = queries.product(request.seller, product_id) if product_id else None
    context: dict[str, Any] = {"nav_key": "products", "text": text, "card": card,
                               "limits": queries.archive_limits(request.seller, clock.now())}
    if text:
        coded = queries.by_barcode(text) if text.isdecimal() and len(text) >= _BARCODE_LENGTH else []
        context["coded"] = coded[0][0] if coded else 0
        kinds = queries.type_info([type_id for _sku, type_id in coded], request.language).values() if coded else ()
        context["found"] = _lines(kinds or queries.types_search(text, request.language, _SHOWN))
    else:
        found = queries.columns(category_id, request.language)
        context["columns"] = _columns(found)
        context["path"] = [(column.category_id, column.name) for column in found[1:]]
        if not category_id:
            context["recent"] = _lines(queries.recent_types(request.seller, request.language))
            if not card:
                context["drafts"] = queries.new_drafts(request.seller, person(request), request.language)
    partial = request.htmx and (request.htmx.target or "").endswith("type-picker")
    return render(request, "catalog/_type_picker.html" if partial else "catalog/product_new.html", context)


@require_GET
@seller_view(PRODUCT_VIEW)
def types(request: WebRequest) -> JsonResponse:
    """Product types by words, for the searchable select."""
    found = queries.types_search(request.GET.get("q", "")[:_TITLE_LENGTH], request.language, _SHOWN)
    return JsonResponse([{"value": str(kind.id), "text": f"{kind.name} — {' / '.join(kind.path)}"} for kind in found],
                        safe=False)


def _lines(kinds: Iterable[TypeInfo]) -> list[TypeLine]:
    found = list(kinds)
    fees = _fees(kind.category_id for kind in found)
    return [TypeLine(kind.id, kind.name, kind.path, fees.get(kind.category_id, "")) for kind in found]


def _columns(columns: list[TreeColumn]) -> list[Column]:
    fees = _fees(entry.category_id for column in columns for entry in column.entries if entry.type_id)
    return [Column(column.category_id, column.name, tuple(
        ColumnLine(entry.category_id, entry.type_id, entry.name,
                   not entry.type_id and entry.category_id == column.open_id,
                   fees.get(entry.category_id, "") if entry.type_id else "") for entry in column.entries))
            for column in columns]


def _fees(category_ids: Iterable[int]) -> dict[int, str]:
    """The marketplace's share as people read it: 14–18 %, by price band."""
    made = {}
    for key, shares in finance.shares(category_ids, clock.now()).items():
        low, high = (f"{bp / 100:g}" for bp in (min(shares), max(shares)))
        made[key] = _("%(low)s%%") % {"low": low} if low == high else _("%(low)s–%(high)s%%") % {
            "low": low, "high": high}
    return made
