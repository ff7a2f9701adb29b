"""Screens of orders: the list and one posting."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import permissions, queries
from sellerdesk.orders.types import PostingFilter
from sellerdesk.orders.web import page, scope
from sellerdesk.orders.web.tables import PostingTable, views
from sellerdesk.sellers.types import SellerRef


def bounds(days: tuple[date | None, date | None] | None, seller: SellerRef) -> tuple[datetime | None, datetime | None]:
    """Local days, both inclusive, as moments; the end exclusive."""
    if not days:
        return None, None
    zone = ZoneInfo(seller.time_zone)
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
def postings(request: HttpRequest) -> HttpResponse:
    """Postings by what has to be done with them; new ones come in by themselves."""
    table = PostingTable(request)
    token = str(queries.latest_change(request.seller))
    if table.unchanged(token):
        return table.nothing_new()
    since, to = bounds(table.where.get("ordered"), request.seller)
    cutoff_from, cutoff_to = bounds(table.where.get("due"), request.seller)
    if table.where.get("late"):
        cutoff_to = min(filter(None, (cutoff_to, clock.now())))
    found = queries.postings_page(
        request.seller, cursor=table.cursor, limit=table.page_size, newest_first=table.sort.startswith("-"),
        sort=table.sort.lstrip("-"),
        filter=PostingFilter(
            tab=table.tab, search=table.where.get("q", ""), since=since, to=to, cutoff_from=cutoff_from,
            cutoff_to=cutoff_to, waiting=bool(table.where.get("late")),
            warehouse_ids=scope.warehouses(request, (int(id_) for id_ in table.where.get("warehouse", ())))))
    pictures = thumbs(request.seller, [row.lines[0].product_id for row in found.rows], request.language)
    places = {row.id: row.name for row in inventory.warehouses(request.seller)}
    table.fill(views(found.rows, pictures, places), next_cursor=found.next_cursor, prev_cursor=found.prev_cursor,
               tab_counts=queries.counts(request.seller, request.warehouse_ids), live_token=token)
    return table.respond("orders/postings.html")


@require_GET
@seller_view(permissions.VIEW)
def posting(request: HttpRequest, number: str) -> HttpResponse:
    """One posting: what to do with it, what is in it, where it is, what it brings. Refreshes itself."""
    scope.require(request, number)
    token = queries.latest_change_of(request.seller, number)
    if request.GET.get("after") == token:
        return HttpResponse(status=204)
    card = queries.posting(request.seller, number)
    now = clock.now()
    context = page.context(request, card, now=now, token=token, pictures=thumbs(
        request.seller, [line.product_id for line in card.lines], request.language))
    partial = request.htmx and (request.htmx.target or "").endswith("posting-live")
    return render(request, "orders/_posting.html" if partial else "orders/posting.html", context)
