"""The grid of stock, and the list of warehouses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog.types import ProductRow
from sellerdesk.core.ui import tables as t
from sellerdesk.inventory import queries
from sellerdesk.inventory.types import StockRow, WarehouseRow

EDIT = "inventory:stock:edit"
HISTORY = "inventory:stock:history"
EDIT_WAREHOUSES = "inventory:warehouse:edit"
CREATE_WAREHOUSES = "inventory:warehouse:create"
STATES = {
    "active": t.Badge(pgettext_lazy("warehouse", "Open"), "success"),
    "new": t.Badge(pgettext_lazy("warehouse", "New"), "info"),
    "paused": t.Badge(pgettext_lazy("warehouse", "Paused"), "warning"),
    "archived": t.Badge(pgettext_lazy("warehouse", "Archived"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class StockView:
    """One product in one warehouse."""

    product_id: int
    warehouse_id: int
    name: str
    offer_id: str
    thumb_url: str
    warehouse: str
    present: int
    reserved: int
    low: int
    updated_at: datetime | None

    @property
    def id(self) -> str:
        return f"{self.product_id}-{self.warehouse_id}"

    @property
    def free(self) -> int:
        return self.present - self.reserved

    @property
    def level(self) -> str:
        return "out" if self.free == 0 else "low" if self.free <= self.low else ""


def view_of(product: ProductRow, warehouse: WarehouseRow, row: StockRow | None, low: int) -> StockView:
    return StockView(product.id, warehouse.id, product.name, product.offer_id, product.thumb_url, warehouse.name,
                     row.present if row else 0, row.reserved if row else 0, low, row.updated_at if row else None)


def own_warehouses(request: HttpRequest) -> list[WarehouseRow]:
    """The warehouses that the person works in: all, or those their membership names."""
    own = request.warehouse_ids
    return [row for row in queries.warehouses(request.seller) if not own or row.id in own]


def _choices(request: HttpRequest) -> list[tuple[int, Any]]:
    return [(row.id, row.name) for row in own_warehouses(request) if row.state != "archived"]


def _columns(editable: bool, several: bool = True) -> tuple[t.Column, ...]:
    free_help = _("Units you can still sell. Units of open orders are not among them and stay reserved.")
    if editable:
        free = t.Column("free", pgettext_lazy("stock", "Free"), kind="edit", align="end", help=free_help,
                        edit_url=lambda row: reverse("inventory:save", args=[row.product_id, row.warehouse_id]))
    else:
        free = t.Column("free", pgettext_lazy("stock", "Free"), kind="number", help=free_help)
    return (
        t.Column("thumb_url", _("Picture"), kind="image", sub="name"),
        t.Column("name", _("Product"), kind="link", primary=True, sub="offer_id",
                 href=lambda row: reverse("catalog:product", args=[row.product_id])),
        *((t.Column("warehouse", _("Warehouse"), width="md"),) if several else ()),
        free,
        t.Column("level", pgettext_lazy("stock", "Level"), kind="badge", choices={
            "out": t.Badge(_("Sold out"), "danger"), "low": t.Badge(pgettext_lazy("stock", "Low"), "warning"),
            "": t.Badge("")}),
        t.Column("reserved", pgettext_lazy("stock", "Reserved"), kind="number", help=_("Promised to open orders.")),
        t.Column("present", _("On the shelf"), kind="number", help=_("Free and reserved together.")),
        t.Column("updated_at", _("Changed"), kind="ago", hide_on_phone=True),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Stock movements"), "history", drawer=True,
                        href=lambda row: reverse("inventory:moves", args=[row.product_id]), permission=HISTORY),
        )),
    )


class StockTable(t.Table):
    page = "inventory.stocks"
    caption = _("Stock")
    columns = _columns(editable=True)
    tabs = (t.Tab("", _("All")), t.Tab("low", _("Low stock"), tone="warning"),
            t.Tab("out", _("Sold out"), tone="danger"))
    filters = (t.SearchFilter("q", _("Name, offer ID, SKU or barcode")),
               t.ChoiceFilter("warehouse", _("Warehouse"), choices=_choices))
    empty = t.Empty("box", _("No products yet"), _("Add a product, and its stock appears here."),
                    action_label=_("Add product"), action_url="catalog:product_new")

    def __init__(self, request: HttpRequest, *, several: bool) -> None:
        """`several`: the shop has more than one warehouse, so that rows must tell theirs."""
        super().__init__(request)
        self.columns = _columns(request.can(EDIT), several)  # type: ignore[misc]
        if not several:
            self.filters = self.filters[:1]  # type: ignore[misc, assignment]


class WarehouseTable(t.Table):
    caption = _("Warehouses")
    columns = (
        t.Column("name", pgettext_lazy("warehouse", "Name"), kind="link", primary=True, sub="id",
                 href=lambda row: reverse("inventory:warehouse", args=[row.id])),
        t.Column("city", _("City"), sub="address"),
        t.Column("cut_off", pgettext_lazy("warehouse", "Cut-off"), value=lambda row: f"{row.cut_off:%H:%M}",
                 sub="time_zone", help=_("Orders taken before this local time are packed the same day.")),
        t.Column("preparation_hours", _("Preparation, h"), kind="number", hide_on_phone=True),
        t.Column("state", pgettext_lazy("warehouse", "State"), kind="badge", choices=STATES),
    )
    empty = t.Empty("building-warehouse", _("No warehouse yet"),
                    _("Orders are shipped from a warehouse. Open your first one to put goods on sale."),
                    action_label=_("Open a warehouse"), action_url="inventory:warehouse_new")
