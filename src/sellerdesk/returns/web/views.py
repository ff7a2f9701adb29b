"""Screens of returns."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables
from sellerdesk.orders import queries as orders
from sellerdesk.returns import permissions, queries, services
from sellerdesk.returns.types import ReturnFilter
from sellerdesk.returns.web.tables import ReturnTable, views
from sellerdesk.returns.web.tabs import tabs


@require_GET
@seller_view(permissions.VIEW)
def returns(request: WebRequest) -> HttpResponse:
    """What is coming back, what has arrived, and taking it in."""
    table = ReturnTable(request)
    token = str(orders.latest_change(request.seller))
    if table.unchanged(token):
        return table.nothing_new()
    zone = ZoneInfo(request.seller.time_zone)
    low, high = table.where.get("since") or (None, None)
    found = queries.returns_page(
        request.seller, cursor=table.cursor, limit=table.page_size,
        filter=ReturnFilter(
            warehouse_ids=tuple(request.warehouse_ids), tab=table.tab,
            search=table.where.get("q", ""), kind=table.where.get("kind", ""),
            reason=table.where.get("reason", ""),
            since=datetime.combine(low, time(), zone) if low else None,
            to=datetime.combine(high + timedelta(days=1), time(), zone) if high else None))
    wanted = sorted({row.product_id for row in found.rows})
    pictures = {row.id: row.thumb_url for row in catalog.products_page(
        request.seller, filter=ProductFilter(product_ids=wanted, visibility="ANY"), cursor="", limit=len(wanted),
        language=request.language).rows} if wanted else {}
    table.fill(views(found.rows, pictures, clock.now()), next_cursor=found.next_cursor, prev_cursor=found.prev_cursor,
               tab_counts=queries.counts(request.seller, request.warehouse_ids), live_token=token)
    return table.respond("returns/returns.html", lambda: {"page_tabs": tabs(request, "returns")})


@require_POST
@seller_view(permissions.DECIDE)
def receive(request: WebRequest, return_id: int) -> HttpResponse:
    """Take one return in."""
    try:
        services.receive(seller=request.seller, return_id=return_id, actor=request.actor, now=clock.now(),
                         only_in=request.warehouse_ids)
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("Taken in: the goods are back on the shelf."))
    return redirect(tables.next_url(request, reverse("returns:returns")))


@require_POST
@seller_view(permissions.DECIDE)
def dispose(request: WebRequest, return_id: int) -> HttpResponse:
    """Let goods that wait at a point be disposed of."""
    try:
        services.dispose(seller=request.seller, return_id=return_id, actor=request.actor, now=clock.now(),
                         only_in=request.warehouse_ids)
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("Disposed of: the goods do not come back."))
    return redirect(tables.next_url(request, reverse("returns:returns")))


@require_POST
@seller_view(permissions.DECIDE)
def bulk(request: WebRequest) -> HttpResponse:
    """Take in all selected returns that have arrived."""
    ids = [int(text) for text in request.POST.getlist("ids")[:500] if text.isdecimal()]
    done = services.receive_many(seller=request.seller, return_ids=ids, actor=request.actor, now=clock.now(),
                                 only_in=request.warehouse_ids)
    if done:
        messages.success(request, ngettext("%(count)s return taken in.", "%(count)s returns taken in.", done)
                         % {"count": done})
    if done < len(ids):
        rest = len(ids) - done
        messages.warning(request, ngettext("%(count)s has not arrived yet or is taken in already.",
                                           "%(count)s have not arrived yet or are taken in already.", rest)
                         % {"count": rest})
    return redirect(tables.next_url(request, reverse("returns:returns")))
