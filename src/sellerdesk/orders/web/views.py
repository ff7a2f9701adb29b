"""Screens of orders: the list and one posting."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import clock
from sellerdesk.core.http import pulse
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.http.zones import reader_zone
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import permissions, queries
from sellerdesk.orders.types import PostingFilter
from sellerdesk.orders.web import page, scope
from sellerdesk.orders.web.tables import PostingTable, views
from sellerdesk.sellers.types import SellerRef

# Counting goes on until here; a longer list says that there are more.
MOST_COUNTED = 10_000


def bounds(days: tuple[date | None, date | None] | None, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Local days, both inclusive, as moments; the end exclusive."""
    if not days:
        return None, None
    low, high = days
    return (datetime.combine(low, time(), zone) if low else None,
            datetime.combine(high + timedelta(days=1), time(), zone) if high else None)


def thumbs(seller: SellerRef, product_ids: list[int], language: str) -> dict[int, str]:
    """Small pictures by product."""
    wanted = sorted(set(product_ids))
    if not wanted:
        return {}
    rows = catalog.products_page(seller, filter=ProductFilter(product_ids=wanted, visibility="ANY"), cursor="",
                                 limit=len(wanted), language=language).rows
    return {row.id: row.thumb_url for row in rows}


@require_GET
@seller_view(permissions.VIEW)
def postings(request: WebRequest) -> HttpResponse:
    """Postings by what has to be done with them; new ones come in by themselves."""
    table = PostingTable(request)
    places = scope.warehouses(request, (int(id_) for id_ in table.where.get("warehouse", ())))
    if table.row_group and not table.narrowed:
        table.urgent = queries.urgent(request.seller, table.now, table.tab, places)
    # Rows move to another group by the clock alone, so the figures of the groups are news too.
    figures = astuple(table.urgent) if table.urgent else ()
    token = "-".join(map(str, (queries.latest_change(request.seller), *figures)))
    if table.unchanged(token):
        return table.nothing_new()
    filter = _filter(request, table, places)
    found = queries.postings_page(request.seller, cursor=table.cursor, limit=table.page_size, sort=table.query_sort,
                                  newest_first=table.sort.startswith("-"), filter=filter)
    corrected = ""
    if not found.rows and filter.search and not table.cursor:
        corrected = queries.corrected(request.seller, filter.search)
        if corrected:
            filter = replace(filter, search=corrected)
            found = queries.postings_page(request.seller, limit=table.page_size, sort=table.query_sort,
                                          newest_first=table.sort.startswith("-"), filter=filter)
    counts = queries.counts(request.seller, places, fbo=None)
    total = queries.count_up_to(request.seller, filter, MOST_COUNTED + 1) if table.narrowed else counts[table.tab]
    pictures = thumbs(request.seller, [row.lines[0].product_id for row in found.rows], request.language)
    names = {row.id: row.name for row in inventory.warehouses(request.seller)}
    if any(row.scheme == "fbo" for row in found.rows):
        names |= {row.id: row.name for row in inventory.platform_warehouses()}
    table.fill(views(found.rows, pictures, names), next_cursor=found.next_cursor, prev_cursor=found.prev_cursor,
               tab_counts=counts, total=min(total, MOST_COUNTED) if table.narrowed else total,
               total_is_least=table.narrowed and total > MOST_COUNTED, live_token=token,
               corrected=corrected if found.rows else "")
    return table.respond("orders/postings.html")


def _filter(request: WebRequest, table: PostingTable, places: tuple[int, ...]) -> PostingFilter:
    zone = reader_zone(request)
    since, to = bounds(table.where.get("ordered"), zone)
    cutoff_from, cutoff_to = bounds(table.where.get("due"), zone)
    cancelled_from, cancelled_to = bounds(table.where.get("cancelled"), zone)
    delivered_from, delivered_to = bounds(table.where.get("delivered"), zone)
    if table.where.get("late"):
        cutoff_to = min(moment for moment in (cutoff_to, table.now) if moment)
    return PostingFilter(
        tab=table.tab, search=table.where.get("q", ""), since=since, to=to, cutoff_from=cutoff_from,
        cutoff_to=cutoff_to, waiting=bool(table.where.get("late") or table.where.get("waiting")), warehouse_ids=places,
        cancelled_from=cancelled_from, cancelled_to=cancelled_to, delivered_from=delivered_from,
        delivered_to=delivered_to, region=table.where.get("region", ""), scheme=table.where.get("scheme", ""),
        sku=int(table.where.get("sku", 0)), with_fbo=table.tab not in queries.SHOPS_TABS)


@require_GET
@seller_view(permissions.VIEW)
def posting(request: WebRequest, number: str) -> HttpResponse:
    """One posting: what to do with it, what is in it, where it is, what it brings. Refreshes itself."""
    scope.require(request, number)
    token = queries.latest_change_of(request.seller, number)
    if request.GET.get("after") == token:
        return pulse.nothing_new(request)
    card = queries.posting(request.seller, number)
    now = clock.now()
    context = page.context(request, card, now=now, token=token, pictures=thumbs(
        request.seller, [line.product_id for line in card.lines], request.language))
    partial = request.htmx and (request.htmx.target or "").endswith("posting-live")
    return render(request, "orders/_posting.html" if partial else "orders/posting.html", context)
