"""The grid of stock, and the list of warehouses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from sellerdesk.catalog.types import ProductRow
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.formats import day, number
from sellerdesk.inventory import queries, rules
from sellerdesk.inventory.types import StockRow, WarehouseRow

EDIT = "inventory:stock:edit"
HISTORY = "inventory:stock:history"
EDIT_WAREHOUSES = "inventory:warehouse:edit"
CREATE_WAREHOUSES = "inventory:warehouse:create"
PAUSE_WAREHOUSES = "inventory:warehouse:pause"
ARCHIVE_WAREHOUSES = "inventory:warehouse:archive"
COUNT = "inventory:stock:count"
GRADES = {
    "critical": ("danger", "alert-triangle"), "red": ("danger", ""), "yellow": ("warning", ""),
    "green": ("success", ""),
}
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
    safety: int = 0
    daily_milli: int = 0
    short: int = 0
    grade: str = "none"

    @property
    def id(self) -> str:
        return f"{self.product_id}-{self.warehouse_id}"

    @property
    def free(self) -> int:
        return self.present - self.reserved

    @property
    def level(self) -> str:
        return "short" if self.short else "out" if self.free == 0 else "low" if self.free <= self.low else ""

    @property
    def needs(self) -> set[str]:
        """The tabs of the list that this row belongs to."""
        found = {self.level}
        if self.free > 0 and self.grade in ("critical", "red"):
            found.add("soon")
        if self.free == 0:
            found.add("out")
        return found

    @property
    def pace(self) -> str:
        # Slow goods show hundredths: 0.0 a day would be no answer.
        return number(self.daily_milli / 1000, 1 if self.daily_milli >= 100 else 2) if self.daily_milli else ""

    @property
    def cover(self) -> t.Badge:
        """How long the free units last, in days and in words for what has no days."""
        if self.grade == "none":
            return t.Badge(pgettext("stock", "never kept"), "neutral")
        days = rules.days_of_cover(self.free, self.daily_milli)
        if days is None:
            return t.Badge(pgettext("stock", "no sales"), "neutral")
        tone, icon = GRADES[self.grade]
        shown = ngettext("%(days)s day", "%(days)s days", min(days, 999)) % {"days": number(min(days, 999))}
        return t.Badge(f"{shown}+" if days > 999 else shown, tone, icon)


def view_of(product: ProductRow, warehouse: WarehouseRow, row: StockRow | None, low: int, bounds: Mapping[str, int]
            ) -> StockView:
    level = low if warehouse.low_stock is None else warehouse.low_stock
    found = row or StockRow(product.id, warehouse.id, 0, 0)
    return StockView(product.id, warehouse.id, product.name, product.offer_id, product.thumb_url, warehouse.name,
                     found.present, found.reserved, level, found.updated_at, warehouse.safety_stock,
                     found.daily_milli, found.short,
                     rules.grade(found.free, found.daily_milli, kept=row is not None, bounds=bounds))


def own_warehouses(request: WebRequest) -> list[WarehouseRow]:
    """The warehouses that the person works in: all, or those their membership names."""
    own = request.warehouse_ids
    return [row for row in queries.warehouses(request.seller) if not own or row.id in own]


def _choices(request: WebRequest) -> list[tuple[int, Any]]:
    return [(row.id, row.name) for row in own_warehouses(request) if row.state != "archived"]


REASON_BADGES = {
    "set": t.Badge(pgettext_lazy("ledger", "Set"), "info"),
    "count": t.Badge(pgettext_lazy("ledger", "Counted"), "warning"),
    "reserve": t.Badge(pgettext_lazy("ledger", "Ordered"), "primary"),
    "release": t.Badge(pgettext_lazy("ledger", "Order cancelled"), "neutral"),
    "consume": t.Badge(pgettext_lazy("ledger", "Delivered"), "success"),
    "write_off": t.Badge(pgettext_lazy("ledger", "Written off"), "danger"),
    "return": t.Badge(pgettext_lazy("ledger", "Returned"), "info"),
}


def _reasons(request: WebRequest) -> list[tuple[str, Any]]:
    return [(key, badge.label) for key, badge in REASON_BADGES.items()]


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A line of the ledger with the names of what it is about."""

    id: int
    at: datetime
    product_id: int
    name: str
    offer_id: str
    warehouse: str
    reason: str
    shelf: str
    promised: str
    by: str
    reference: str


def signed(units: int) -> str:
    return f"+{number(units)}" if units > 0 else f"−{number(-units)}" if units else "—"


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
        t.Column("cover", _("Lasts"), kind="badge", help=_("Free units by what sells a day, on average of 60 days."),
                 sub=lambda row: _("%(pace)s a day") % {"pace": row.pace} if row.pace else ""),
        t.Column("level", pgettext_lazy("stock", "Level"), kind="badge", choices={
            "short": t.Badge(_("Units missing"), "danger", "alert-triangle"),
            "out": t.Badge(_("Sold out"), "danger"), "low": t.Badge(pgettext_lazy("stock", "Low"), "warning"),
            "": t.Badge("")}),
        t.Column("reserved", pgettext_lazy("stock", "Reserved"), kind="number", help=_("Promised to open orders."),
                 sub=lambda row: _("%(units)s not found") % {"units": number(row.short)} if row.short else ""),
        t.Column("present", _("On the shelf"), kind="number", help=_("Free and reserved together.")),
        t.Column("updated_at", pgettext_lazy("inventory", "Changed"), kind="ago", hide_on_phone=True),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Count the shelf"), "clipboard-check", drawer=True, permission=COUNT,
                        href=lambda row: reverse("inventory:count", args=[row.product_id, row.warehouse_id])),
            t.RowAction(_("Stock movements"), "history", drawer=True,
                        href=lambda row: reverse("inventory:moves", args=[row.product_id]), permission=HISTORY),
        )),
    )


class StockTable(t.Table):
    page = "inventory.stocks"
    caption = pgettext_lazy("inventory", "Stock")
    columns = _columns(editable=True)
    tabs = (t.Tab("", _("All")), t.Tab("low", _("Low stock"), tone="warning"),
            t.Tab("soon", _("Runs out within a week"), tone="warning"), t.Tab("out", _("Sold out"), tone="danger"),
            t.Tab("short", _("Units missing"), tone="danger"))
    filters = (t.SearchFilter("q", _("Name, offer ID, SKU or barcode")),
               t.ChoiceFilter("warehouse", _("Warehouse"), choices=_choices))
    empty = t.Empty("box", _("No products yet"), _("Add a product, and its stock appears here."),
                    action_label=_("Add product"), action_url="catalog:product_new")

    def __init__(self, request: WebRequest, *, several: bool) -> None:
        """`several`: the shop has more than one warehouse, so that rows must tell theirs."""
        super().__init__(request)
        self.columns = _columns(request.can(EDIT), several)  # type: ignore[misc]
        if not several:
            self.filters = self.filters[:1]  # type: ignore[misc, assignment]


KIND_NAMES = {
    "drop_off": _("Drop-off"), "pick_up": _("Pick-up"), "own": _("Own delivery"), "partner": _("Partner"),
    "express": pgettext_lazy("warehouse", "Express"),
}


def pause_words(row: WarehouseRow) -> str:
    """Until when a pause lasts, or when a planned one begins."""
    zone = ZoneInfo(row.time_zone)
    if row.pause_from:
        return _("pauses from %(day)s") % {"day": day(row.pause_from.astimezone(zone).date(), year=False)}
    if row.state == "paused" and row.pause_until:
        return _("until %(day)s") % {"day": day(row.pause_until.astimezone(zone).date(), year=False)}
    return ""


class WarehouseTable(t.Table):
    caption = _("Warehouses")
    columns = (
        t.Column("name", pgettext_lazy("warehouse", "Name"), kind="link", primary=True,
                 sub=lambda row: f"{row.code} · {row.id}" if row.code else row.id,
                 href=lambda row: reverse("inventory:warehouse", args=[row.id])),
        t.Column("kind", _("Shipping"), value=lambda row: KIND_NAMES[row.kind], hide_on_phone=True),
        t.Column("city", _("City"), sub="address"),
        t.Column("cut_off", pgettext_lazy("warehouse", "Cut-off"), value=lambda row: f"{row.cut_off:%H:%M}",
                 sub="time_zone", help=_("Orders taken before this local time are packed the same day.")),
        t.Column("preparation_hours", _("Preparation, h"), kind="number", hide_on_phone=True),
        t.Column("state", pgettext_lazy("warehouse", "State"), kind="badge", choices=STATES, sub=pause_words),
    )
    empty = t.Empty("building-warehouse", _("No warehouse yet"),
                    _("Orders are shipped from a warehouse. Open your first one to put goods on sale."),
                    action_label=_("Open a warehouse"), action_url="inventory:warehouse_new")


class LedgerTable(t.Table):
    page = "inventory.ledger"
    caption = _("Stock movements")
    columns = (
        t.Column("at", pgettext_lazy("ledger", "When"), kind="datetime", primary=True),
        t.Column("name", _("Product"), kind="link", sub="offer_id",
                 href=lambda row: reverse("catalog:product", args=[row.product_id])),
        t.Column("warehouse", _("Warehouse"), hide_on_phone=True),
        t.Column("reason", pgettext_lazy("ledger", "What happened"), kind="badge", choices=REASON_BADGES),
        t.Column("shelf", _("On the shelf"), align="end"),
        t.Column("promised", pgettext_lazy("stock", "Reserved"), align="end"),
        t.Column("by", pgettext_lazy("ledger", "By"), sub="reference"),
    )
    filters = (t.SearchFilter("q", _("Name, offer ID, SKU or barcode")),
               t.ChoiceFilter("warehouse", _("Warehouse"), choices=_choices),
               t.ChoiceFilter("reason", pgettext_lazy("ledger", "What happened"), choices=_reasons),
               t.DateRangeFilter("at", pgettext_lazy("ledger", "When")))
    empty = t.Empty("history", _("Nothing has moved yet"),
                    _("Every change of stock will be kept here, with its reason."))
