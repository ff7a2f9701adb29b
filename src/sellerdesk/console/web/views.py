"""The operator's first rooms: an overview, and lists of all shops, products and orders."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.console.web import tables
from sellerdesk.core import clock
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.orders import queries as orders
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers

_GLANCE = 6


@operator_view(permissions.CONSOLE_SELLER_VIEW)
def home(request: WebRequest) -> HttpResponse:
    """The market in a few figures, who waits for approval, and the latest orders."""
    latest = orders.market_page(limit=_GLANCE)
    shops = sellers.names(row.seller_id for row in latest.rows)
    return render(request, "console/home.html", {
        "area": "console", "states": sellers.state_counts(), "products": catalog.market_total(),
        "figures": orders.market_figures(clock.now()),
        "waiting": sellers.sellers_page(cursor=None, limit=_GLANCE, state="in_review").rows,
        "newest": sellers.sellers_page(cursor=None, limit=_GLANCE).rows,
        "latest": [(row, shops.get(row.seller_id, ""), tables.POSTING_STATES.get(row.state)) for row in latest.rows],
        "shop_states": tables.SHOP_STATES,
    })


@operator_view(permissions.CONSOLE_SELLER_VIEW)
def sellers_list(request: WebRequest) -> HttpResponse:
    table = tables.SellerTable(request)
    page = sellers.sellers_page(cursor=table.cursor, limit=table.page_size, search=table.where.get("q", ""),
                                state=table.where.get("state", ""))
    table.fill(page.rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("console/list.html", {"area": "console", "title": pgettext("console", "Sellers"),
                                               "subtitle": _("Every shop of this marketplace, the newest first.")})


@operator_view(permissions.CONSOLE_PRODUCT_VIEW)
def products(request: WebRequest) -> HttpResponse:
    table = tables.ProductTable(request)
    where = ProductFilter(search=table.where.get("q", ""))
    if "seller" in table.where:
        page = catalog.products_page(sellers.seller_ref(int(table.where["seller"])), filter=where,
                                     cursor=table.cursor, limit=table.page_size, language=request.language)
    else:
        page = catalog.market_page(filter=where, cursor=table.cursor, limit=table.page_size,
                                   language=request.language)
    shops = sellers.names(row.seller_id for row in page.rows)
    table.fill([tables.ProductLine(row, shops.get(row.seller_id, "")) for row in page.rows],
               next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("console/list.html", {"area": "console", "title": _("Products"),
                                               "subtitle": _("Products of all shops, the newest first.")})


@operator_view(permissions.CONSOLE_POSTING_VIEW)
def postings(request: WebRequest) -> HttpResponse:
    table = tables.PostingTable(request)
    page = orders.market_page(search=table.where.get("q", ""), state=table.where.get("state", ""),
                              seller_id=int(table.where.get("seller", 0)), cursor=table.cursor, limit=table.page_size)
    shops = sellers.names(row.seller_id for row in page.rows)
    table.fill([tables.PostingLine(row, shops.get(row.seller_id, "")) for row in page.rows],
               next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("console/list.html", {"area": "console", "title": _("Orders"),
                                               "subtitle": _("Orders of all shops, the newest first.")})
