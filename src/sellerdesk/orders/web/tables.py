"""The list of postings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables as t
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import permissions, states, texts
from sellerdesk.orders.types import PostingRow

STATUS = {substate: t.Badge(label, tone) for substate, (label, tone) in texts.STATES.items()}
# Where a deadline matters, the nearest one comes first.
_BY_DEADLINE = {"to_pack", "to_hand_over"}
_OPEN = {states.AWAITING_PACKAGING, states.AWAITING_DELIVER}


@dataclass(frozen=True, slots=True)
class PostingView:
    """One posting as the list shows it."""

    row: PostingRow
    thumb_url: str
    warehouse: str
    actions: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.row.number

    @property
    def url(self) -> str:
        return reverse("orders:posting", args=[self.row.number])

    @property
    def goods(self) -> str:
        first, more = self.row.lines[0], len(self.row.lines) - 1
        return first.name if not more else gettext("%(name)s and %(count)s more") % {"name": first.name, "count": more}

    @property
    def offers(self) -> str:
        return " · ".join(f"{line.offer_id} × {line.quantity}" for line in self.row.lines[:3])

    @property
    def buyer(self) -> str:
        return ", ".join(part for part in (self.row.buyer_name, self.row.city) if part)

    @property
    def amount(self) -> Money:
        return Money(self.row.amount_minor, self.row.currency)

    @property
    def ship_by(self) -> datetime | None:
        waits = self.row.state in _OPEN and self.row.substate != "posting_in_carriage"
        return self.row.ship_by if waits else None


def views(rows: list[PostingRow], thumbs: Mapping[int, str], warehouses: Mapping[int, str]) -> list[PostingView]:
    return [PostingView(row, thumbs.get(row.lines[0].product_id, ""), warehouses.get(row.warehouse_id, ""),
                        states.available_actions(row.state, row.substate)) for row in rows]


def _warehouses(request: HttpRequest) -> list[tuple[int, Any]]:
    own = request.warehouse_ids
    return [(row.id, row.name) for row in inventory.warehouses(request.seller) if not own or row.id in own]


_PACK = t.BulkAction("pack", _("Pack"), "package", url="orders:bulk", permission=permissions.SHIP)
_LABELS = t.BulkAction("labels", _("Print labels"), "printer", url="orders:labels", permission=permissions.LABEL,
                       new_tab=True)
_HAND_OVER = t.BulkAction("hand_over", _("Hand over"), "truck-delivery", url="orders:bulk",
                          permission=permissions.HAND_OVER)
_BULK = {"to_pack": (_PACK,), "to_hand_over": (_LABELS, _HAND_OVER), "on_the_way": (), "delivered": (),
         "cancelled": (), "all": (_PACK, _LABELS, _HAND_OVER)}


class PostingTable(t.Table):
    page = "orders.postings"
    caption = _("Orders")
    columns = (
        t.Column("thumb", _("Picture"), kind="image", value=lambda view: view.thumb_url, sub="goods"),
        t.Column("goods", _("Goods"), kind="link", primary=True, sub="offers"),
        t.Column("number", _("Posting"), kind="html", value=lambda view: format_html(
            '<span class="num text-nowrap">{}</span>', view.row.number), sub="buyer"),
        t.Column("units", _("Units"), kind="number", value=lambda view: view.row.units, hidden=True),
        t.Column("amount", _("Amount"), kind="money", sortable=True),
        t.Column("status", _("Status"), kind="badge", value=lambda view: view.row.substate, choices=STATUS),
        t.Column("ship_by", _("Ship by"), kind="due", sortable=True,
                 help=_("Until when the parcel must be with the carrier, by the warehouse’s cut-off.")),
        t.Column("city", _("Destination"), value=lambda view: view.row.city, hidden=True),
        t.Column("in_process_at", _("Ordered"), kind="ago", value=lambda view: view.row.in_process_at, sortable=True,
                 hide_on_phone=True),
        t.Column("tracking", _("Tracking number"), value=lambda view: view.row.tracking_number, hidden=True),
        t.Column("warehouse", _("Warehouse"), hidden=True),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Pack"), "package", post=lambda view: reverse("orders:pack", args=[view.id]),
                        show=lambda view: "ship" in view.actions, permission=permissions.SHIP),
            t.RowAction(_("Print label"), "printer", post=lambda view: reverse("orders:label", args=[view.id]),
                        show=lambda view: "label" in view.actions, new_tab=True, permission=permissions.LABEL),
            t.RowAction(_("Hand over"), "truck-delivery", post=lambda view: reverse("orders:hand_over", args=[view.id]),
                        show=lambda view: "hand_over" in view.actions, permission=permissions.HAND_OVER),
        )),
    )
    tabs = (
        t.Tab("to_pack", _("To pack"), tone="warning"), t.Tab("to_hand_over", _("To hand over"), tone="primary"),
        t.Tab("on_the_way", _("On the way")), t.Tab("delivered", _("Delivered")), t.Tab("cancelled", _("Cancelled")),
        t.Tab("all", _("All")),
    )
    filters = (
        t.SearchFilter("q", _("Posting, SKU, offer ID, tracking or buyer")),
        t.ChoiceFilter("warehouse", _("Warehouse"), choices=_warehouses, multiple=True),
        t.DateRangeFilter("ordered", _("Ordered")),
        t.DateRangeFilter("due", _("Ship by")),
        t.ToggleFilter("late", _("Overdue")),
    )
    row_href = "url"
    row_name = "id"
    live_seconds = 2
    empty = t.Empty("shopping-cart", _("No orders to pack"),
                    _("New orders appear here by themselves, the most urgent first."))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.default_sort = "ship_by" if self.tab in _BY_DEADLINE else "-in_process_at"  # type: ignore[misc]
        self.bulk_actions = _BULK[self.tab]  # type: ignore[misc]
        # Of the two times the one that matters here; the other may be chosen.
        other = "in_process_at" if self.tab in _BY_DEADLINE else "ship_by"
        self.columns = tuple(replace(column, hidden=True) if column.key == other else column  # type: ignore[misc, assignment]
                             for column in self.columns)
