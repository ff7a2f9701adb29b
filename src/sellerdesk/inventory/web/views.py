"""Screens of stock."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.errors import ProductUnknown
from sellerdesk.catalog.types import ProductFilter, ProductRow
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.types import Page
from sellerdesk.core.ui import tables
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.core.ui.formats import number
from sellerdesk.inventory import parts, queries, services
from sellerdesk.inventory.errors import WarehouseUnknown
from sellerdesk.inventory.types import MoveRow, StockInput, WarehouseRow
from sellerdesk.inventory.web.tables import EDIT, HISTORY, StockTable, StockView, own_warehouses, view_of

_REASONS = {
    "set": ("pencil", ""), "count": ("clipboard-check", "warning"), "reserve": ("lock", "warning"),
    "release": ("lock-open", ""),
    "consume": ("truck-delivery", "success"), "return": ("truck-return", "info"), "write_off": ("trash", "danger"),
}


@require_GET
@seller_view("inventory:stock:view")
def stocks(request: WebRequest) -> HttpResponse:
    """Product by warehouse: what is free is edited in place, what is reserved is shown."""
    known = [row for row in own_warehouses(request) if row.state != "archived"]
    table = StockTable(request, several=len(known) > 1)
    chosen = int(table.where.get("warehouse", 0))
    places = [row for row in known if chosen in (0, row.id)]
    low, bounds = _low(), _bounds()
    only = [chosen] if chosen else list(request.warehouse_ids)
    # The scarcest thousand; a longer list would not be worked through by hand.
    needing = queries.needing(request.seller, table.tab, low=low, soon_days=bounds["red"], warehouse_ids=only
                              ) if table.tab else None
    page = _products(request, table, needing)
    rows = _views(request, page.rows, places, low, bounds)
    if table.tab:
        rows = [row for row in rows if table.tab in row.needs]
    counts = queries.alerts(request.seller, low=low, soon_days=bounds["red"], warehouse_ids=only)
    table.fill(rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor, tab_counts={
        "low": counts.low, "soon": counts.soon, "out": counts.out, "short": counts.short})
    return table.respond("inventory/stocks.html", {"has_warehouse": bool(known)})


def _low() -> int:
    return int(dated.get("inventory.low_stock", "", clock.now()).value["units"])


def _bounds() -> dict[str, int]:
    return dict(dated.get("inventory.cover_grades", "", clock.now()).value)


def _products(request: WebRequest, table: StockTable, only: list[int] | None) -> Page[ProductRow]:
    if only is not None and not only:
        return Page([])
    return catalog.products_page(
        request.seller, filter=ProductFilter(search=table.where.get("q", ""), product_ids=only or ()),
        cursor=table.cursor, limit=table.page_size, language=request.language)


def _views(request: WebRequest, products: list[ProductRow], places: list[WarehouseRow], low: int,
           bounds: dict[str, int]) -> list[StockView]:
    known = {(row.product_id, row.warehouse_id): row
             for rows in queries.stocks(request.seller, [product.id for product in products]).values() for row in rows}
    return [view_of(product, place, known.get((product.id, place.id)), low, bounds)
            for product in products for place in places]


@require_POST
@seller_view(EDIT)
def save_stock(request: WebRequest, product_id: int, warehouse_id: int) -> HttpResponse:
    """One cell of the grid: saved, or as typed with the reason under the field."""
    if warehouse_id not in {row.id for row in own_warehouses(request)}:
        raise WarehouseUnknown()
    typed = request.POST.get("free", "").strip()[:40]
    units, errors = parts.read_units(typed or "0")
    if units is not None:
        outcome = services.set_stocks(
            seller=request.seller, changes=[StockInput(warehouse_id, units, product_id=product_id)],
            actor=request.actor, now=clock.now())[0]
        errors = list(outcome.errors)
    text = " ".join(error.text for error in errors)
    if not request.htmx:
        if text:
            messages.error(request, text)
        return redirect(tables.next_url(request, reverse("inventory:stocks")))
    known = [row for row in own_warehouses(request) if row.state != "archived"]
    place = queries.warehouse(request.seller, warehouse_id)
    row = _views(request, [_product(request, product_id)], [place], _low(), _bounds())[0]
    return StockTable(request, several=len(known) > 1).row_response(row, errors={"free": text} if text else None,
                                            values={"free": typed} if text else None)


def _product(request: WebRequest, product_id: int) -> ProductRow:
    page = catalog.products_page(request.seller, filter=ProductFilter(product_ids=[product_id], visibility="ANY"),
                                 limit=1, language=request.language)
    if not page.rows:
        raise ProductUnknown()
    return page.rows[0]


@require_GET
@seller_view(HISTORY)
def moves(request: WebRequest, product_id: int) -> HttpResponse:
    """The product's stock ledger with the balance after each line; a page, or the inside of the drawer."""
    product = _product(request, product_id)
    places = {row.id: row.name for row in own_warehouses(request)}
    now = {row.warehouse_id: row.present for row in queries.stocks(request.seller, [product_id]).get(product_id, [])}
    items = []
    page = queries.moves(request.seller, product_id, cursor=request.GET.get("c"))
    if page.prev_cursor:
        # Each line tells the balance after it: what newer pages hold is taken off first.
        for warehouse_id, units in queries.moved_since(request.seller, product_id, page.rows[0].id).items():
            now[warehouse_id] = now.get(warehouse_id, 0) - units
    for move in page.rows:
        if move.warehouse_id not in places:
            continue
        items.append(_item(move, places, now.get(move.warehouse_id, 0)))
        # Newest first: before this line the shelf held that much less.
        now[move.warehouse_id] = now.get(move.warehouse_id, 0) - move.present_delta
    inside = bool(request.htmx) and (request.htmx.target or "").endswith("drawer-body")
    return render(request, "inventory/_moves.html" if inside else "inventory/moves.html",
                  {"product": product, "items": items, "page": page})


def _item(move: MoveRow, places: dict[int, str], present: int) -> TimelineItem:
    icon, tone = _REASONS[move.reason]
    units = move.reserved_delta if move.reason in {"reserve", "release"} else move.present_delta
    titles = {
        "set": _("Stock set: %(units)s"), "count": _("Counted: %(units)s"), "reserve": _("Reserved: %(units)s"),
        "release": _("Reservation taken back: %(units)s"), "consume": _("Delivered to the buyer: %(units)s"),
        "write_off": _("Written off with a cancelled order: %(units)s"),
        "return": _("Returned to the shelf: %(units)s"),
    }
    sign = "+" if units > 0 else "−" if units < 0 else ""
    text = _("%(place)s · on the shelf: %(present)s") % {
        "place": places.get(move.warehouse_id, ""), "present": number(present)}
    return TimelineItem(titles[move.reason] % {"units": f"{sign}{number(abs(units))}"}, move.at, text, icon, tone,
                        move.by or move.reference)
