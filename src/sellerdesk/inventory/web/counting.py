"""Counting a shelf, and the whole shop's ledger of stock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.errors import ProductUnknown
from sellerdesk.catalog.types import ProductFilter, ProductRow
from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import people, tables
from sellerdesk.core.ui.formats import number
from sellerdesk.inventory import queries, services
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.inventory.types import CountInput, LedgerFilter, StockRow
from sellerdesk.inventory.web.forms import CountForm
from sellerdesk.inventory.web.tables import COUNT, HISTORY, LedgerTable, LedgerView, own_warehouses, signed

# A search that finds more goods than this is too wide to be a filter of the ledger.
_SEARCHED = 200


@require_http_methods(["GET", "POST"])
@seller_view(COUNT)
def count(request: WebRequest, product_id: int, warehouse_id: int) -> HttpResponse:
    """Write down what lies on the shelf; a page, or the inside of the drawer."""
    place = next((row for row in own_warehouses(request) if row.id == warehouse_id), None)
    if place is None:
        raise WarehouseUnknown()
    product = _products(request, [product_id]).get(product_id)
    if product is None:
        raise ProductUnknown()
    rows = queries.stocks(request.seller, [product_id], [warehouse_id]).get(product_id, [])
    now = rows[0] if rows else StockRow(product_id, warehouse_id, 0, 0)
    form = CountForm(request.POST or None, initial={"found": now.present - now.short})
    if request.method == "POST" and form.is_valid():
        outcome = services.count_stock(
            seller=request.seller, found=[CountInput(product_id, warehouse_id, form.cleaned_data["found"])],
            note=form.cleaned_data["note"], actor=request.actor, now=clock.now())[0]
        if outcome.errors:
            form.add_error("found", outcome.errors[0].text)
        else:
            _say(request, outcome.delta, outcome.short)
            return redirect(tables.next_url(request, reverse("inventory:stocks")))
    inside = bool(request.htmx) and (request.htmx.target or "").endswith("drawer-body")
    return render(request, "inventory/_count.html" if inside else "inventory/count.html",
                  {"form": form, "product": product, "place": place, "now": now,
                   "next": request.POST.get("next") or request.META.get("HTTP_REFERER", "") if inside else ""},
                  status=422 if form.errors else 200)


def _say(request: WebRequest, delta: int, short: int) -> None:
    if short:
        messages.warning(request, ngettext(
            "%(units)s unit is promised to orders and is not there. Bring it, or cancel an order.",
            "%(units)s units are promised to orders and are not there. Bring them, or cancel orders.", short) % {
                "units": number(short)})
    elif delta:
        messages.success(request, _("Counted: %(units)s on the shelf.") % {"units": signed(delta)})
    else:
        messages.success(request, _("Counted: everything was right."))


@require_GET
@seller_view(HISTORY)
def ledger(request: WebRequest) -> HttpResponse:
    """Every movement of stock of the shop, newest first."""
    table = LedgerTable(request)
    places = {row.id: row.name for row in own_warehouses(request)}
    chosen = int(table.where.get("warehouse", 0))
    found = None
    if table.where.get("q"):
        found = tuple(row.id for row in catalog.products_page(
            request.seller, filter=ProductFilter(search=table.where["q"], visibility="ANY"), limit=_SEARCHED,
            language=request.language).rows)
    first, last = table.where.get("at", (None, None))
    zone = ZoneInfo(request.seller.time_zone)
    only = (chosen,) if chosen in places else tuple(request.warehouse_ids)
    page = queries.ledger(
        request.seller,
        LedgerFilter(only, found, table.where.get("reason", ""), _start(first, zone),
                     _start(last + timedelta(days=1), zone) if last else None),
        cursor=table.cursor, limit=table.page_size)
    names = _products(request, sorted({row.product_id for row in page.rows}))
    table.fill([LedgerView(
        row.id, row.at, row.product_id, names[row.product_id].name if row.product_id in names else str(row.product_id),
        names[row.product_id].offer_id if row.product_id in names else "", places.get(row.warehouse_id, ""),
        row.reason, signed(row.present_delta), signed(row.reserved_delta), people.who(row.by), row.reference)
        for row in page.rows], next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("inventory/ledger.html")


def _start(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day else None


def _products(request: WebRequest, ids: list[int]) -> dict[int, ProductRow]:
    if not ids:
        return {}
    page = catalog.products_page(request.seller, filter=ProductFilter(product_ids=ids, visibility="ANY"),
                                 limit=len(ids), language=request.language)
    return {row.id: row for row in page.rows}
