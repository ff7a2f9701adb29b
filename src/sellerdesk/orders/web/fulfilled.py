"""Orders for goods that lie with the marketplace: it packs and ships them, the shop looks on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.http.zones import reader_zone
from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables as t
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import permissions, queries, texts
from sellerdesk.orders.types import PostingFilter, PostingRow
from sellerdesk.orders.web import scope, views
from sellerdesk.orders.web.tables import FULFILLED


@dataclass(frozen=True, slots=True)
class FulfilledView:
    """One posting as the list shows it."""

    row: PostingRow
    thumb_url: str
    warehouse: str

    @property
    def id(self) -> str:
        return self.row.number

    @property
    def url(self) -> str:
        return reverse("orders:posting", args=[self.row.number])

    @property
    def goods(self) -> str:
        return self.row.lines[0].name

    @property
    def offers(self) -> str:
        return " · ".join(f"{line.offer_id} × {line.quantity}" for line in self.row.lines[:3])

    @property
    def amount(self) -> Money:
        return Money(self.row.amount_minor, self.row.currency)


def _warehouses(request: WebRequest) -> list[tuple[int, Any]]:
    return [(row.id, row.name) for row in inventory.platform_warehouses()]


class FulfilledTable(t.Table):
    page = "orders.fulfilled"
    caption = _("FBO orders")
    columns = (
        t.Column("thumb", _("Picture"), kind="image", value=lambda view: view.thumb_url, sub="goods"),
        t.Column("goods", _("Goods"), kind="link", primary=True, sub="offers"),
        t.Column("number", _("Posting"), kind="html", value=lambda view: format_html(
            '<span class="num text-nowrap">{}</span>', view.row.number)),
        t.Column("amount", _("Amount"), kind="money", sortable=True),
        t.Column("status", _("Status"), kind="badge", value=lambda view: texts.key(view.row.state, view.row.substate),
                 choices=FULFILLED),
        t.Column("warehouse", _("Warehouse")),
        t.Column("city", _("Destination"), value=lambda view: view.row.city),
        t.Column("in_process_at", _("Ordered"), kind="ago", value=lambda view: view.row.in_process_at, sortable=True,
                 hide_on_phone=True),
    )
    tabs = (
        t.Tab("all", _("All")), t.Tab("to_pack", _("Being packed"), tone="warning"),
        t.Tab("to_hand_over", _("Packed"), tone="primary"), t.Tab("on_the_way", _("On the way")),
        t.Tab("delivered", _("Delivered")), t.Tab("cancelled", _("Cancelled")),
    )
    filters = (
        t.SearchFilter("q", _("Number, SKU or offer ID")),
        t.ChoiceFilter("warehouse", _("Warehouse"), choices=_warehouses, multiple=True),
        t.DateRangeFilter("ordered", _("Ordered")),
    )
    row_href = "url"
    row_name = "id"
    live_seconds = 5
    default_sort = "-in_process_at"
    empty = t.Empty("building-warehouse", _("No orders from the marketplace’s warehouses"),
                    _("Bring goods there with a supply: buyers’ orders for them appear here and are shipped for you."))


@require_GET
@seller_view(permissions.VIEW)
def fulfilled(request: WebRequest) -> HttpResponse:
    """What the marketplace ships from its own warehouses; people of single warehouses see nothing of it."""
    table = FulfilledTable(request)
    token = str(queries.latest_change(request.seller))
    if table.unchanged(token):
        return table.nothing_new()
    places = scope.warehouses(request, (int(id_) for id_ in table.where.get("warehouse", ())))
    since, to = views.bounds(table.where.get("ordered"), reader_zone(request))
    where = PostingFilter(tab="" if table.tab == "all" else table.tab, search=table.where.get("q", ""), since=since,
                          to=to, warehouse_ids=places, scheme="fbo")
    found = queries.postings_page(request.seller, filter=where, cursor=table.cursor, limit=table.page_size,
                                  sort=table.sort.lstrip("-"), newest_first=table.sort.startswith("-"))
    counts = queries.counts(request.seller, places, fbo=True)
    narrowed = bool(table.where.keys() - {"warehouse"})
    total = queries.count_up_to(request.seller, where, views.MOST_COUNTED + 1) if narrowed else counts[table.tab]
    pictures = views.thumbs(request.seller, [row.lines[0].product_id for row in found.rows], request.language)
    names = {row.id: row.name for row in inventory.platform_warehouses()}
    table.fill([FulfilledView(row, pictures.get(row.lines[0].product_id, ""), names.get(row.warehouse_id, ""))
                for row in found.rows],
               next_cursor=found.next_cursor, prev_cursor=found.prev_cursor, tab_counts=counts,
               total=min(total, views.MOST_COUNTED) if narrowed else total,
               total_is_least=narrowed and total > views.MOST_COUNTED, live_token=token)
    return table.respond("orders/fulfilled.html")
