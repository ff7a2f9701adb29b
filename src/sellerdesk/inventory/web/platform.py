"""What of the shop lies in the marketplace's warehouses. Nobody edits it: supplies, orders and returns change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter, ProductRow
from sellerdesk.core import clock
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.formats import number
from sellerdesk.inventory import queries, rules
from sellerdesk.inventory.types import PlatformRow
from sellerdesk.supply import queries as supply


@dataclass(frozen=True, slots=True)
class PlatformView:
    """One product in one warehouse of the marketplace."""

    row: PlatformRow
    product: ProductRow | None
    place: str
    cluster: str
    coming: int

    @property
    def id(self) -> str:
        return f"{self.row.product_id}-{self.row.warehouse_id}"

    @property
    def name(self) -> str:
        return self.product.name if self.product else ""

    @property
    def offer_id(self) -> str:
        return self.product.offer_id if self.product else ""

    @property
    def cover(self) -> str:
        days = rules.days_of_cover(self.row.free, self.row.daily_milli)
        return "" if days is None else ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}


class PlatformTable(t.Table):
    page = "inventory.platform"
    caption = _("Stock with the marketplace")
    columns = (
        t.Column("thumb", _("Picture"), kind="image",
                 value=lambda view: view.product.thumb_url if view.product else "", sub="name"),
        t.Column("name", _("Product"), primary=True, sub="offer_id"),
        t.Column("place", _("Warehouse"), sub="cluster"),
        t.Column("free", _("Free"), kind="number", value=lambda view: view.row.free),
        t.Column("reserved", _("Reserved"), kind="number", value=lambda view: view.row.reserved),
        t.Column("present", _("On the shelf"), kind="number", value=lambda view: view.row.present, hide_on_phone=True),
        t.Column("coming", _("On the way there"), kind="number", value=lambda view: view.coming or None),
        t.Column("cover", _("Lasts"), hide_on_phone=True),
    )
    row_name = "name"
    empty = t.Empty("building-warehouse", _("Nothing lies with the marketplace"),
                    _("Bring goods there with a supply: the marketplace then stores, packs and delivers them for you."))


@require_GET
@seller_view("inventory:stock:view")
def platform(request: WebRequest) -> HttpResponse:
    """Stock in the marketplace's warehouses; people of single warehouses of the shop see none of it."""
    table = PlatformTable(request)
    rows = [] if request.warehouse_ids else queries.platform_stock(
        request.seller, after=_after(table.cursor), limit=table.page_size + 1)
    shown, more = rows[:table.page_size], len(rows) > table.page_size
    ids = sorted({row.product_id for row in shown})
    products = {row.id: row for row in catalog.products_page(
        request.seller, filter=ProductFilter(product_ids=ids, visibility="ANY"), limit=len(ids),
        language=request.language).rows} if ids else {}
    places = {row.id: row for row in queries.platform_warehouses()}
    regions = {row.id: localized(row.names, request.language) for row in queries.clusters(clock.now())}
    coming = supply.on_the_way(request.seller) if shown else {}
    table.fill([PlatformView(row, products.get(row.product_id), places[row.warehouse_id].name,
                             regions.get(places[row.warehouse_id].cluster_id or 0, ""),
                             coming.get((row.product_id, row.warehouse_id), 0)) for row in shown],
               next_cursor=cursor_encode(shown[-1].product_id, shown[-1].warehouse_id) if more else "")
    return table.respond("inventory/platform.html")


def _after(cursor: str | None) -> tuple[int, int] | None:
    if not cursor:
        return None
    values: list[Any] = list(cursor_decode(cursor, 2))
    if not all(isinstance(value, int) for value in values):
        raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
    return values[0], values[1]
