"""The list of postings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables as t
from sellerdesk.inventory import queries as inventory
from sellerdesk.orders import permissions, queries, rules, states, texts
from sellerdesk.orders.types import PostingRow, Urgent

_THEIRS = "fbo:"
# What its carrier does not take in one parcel.
_OVER = {"over:split": t.Badge(_("To be divided"), "warning", "package-export"),
         "over:method": t.Badge(_("Needs another method"), "warning", "route"),
         "over:none": t.Badge(_("Nobody carries it"), "danger", "alert-triangle")}
STATUS = {substate: t.Badge(label, tone) for substate, (label, tone) in texts.STATES.items()}
FULFILLED = {key: t.Badge(label, tone) for key, (label, tone) in texts.FBO_STATES.items()}
# Where a deadline matters, the nearest one comes first.
_BY_DEADLINE = {"to_pack", "to_hand_over"}
_OPEN = {*states.TABS["to_pack"], *states.TABS["to_hand_over"]}


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
        hidden: object = queries.buyer_hidden_since(self.row.delivered_at, self.row.cancelled_at, clock.now())
        hidden = hidden or self.row.scheme == "fbo"
        return ", ".join(part for part in ("" if hidden else self.row.buyer_name, self.row.city) if part)

    @property
    def amount(self) -> Money:
        return Money(self.row.amount_minor, self.row.currency)

    @property
    def status(self) -> str:
        if self.row.over_limits and self.row.state == states.AWAITING_PACKAGING:
            return f"over:{self.row.over_limits.partition(' ')[0]}"
        return (_THEIRS if self.row.scheme == "fbo" else "") + texts.key(self.row.state, self.row.substate)

    @property
    def ship_by(self) -> datetime | None:
        waits = self.row.scheme != "fbo" and self.row.state in _OPEN and self.row.substate != "posting_in_carriage"
        return self.row.ship_by if waits else None


def views(rows: list[PostingRow], thumbs: Mapping[int, str], warehouses: Mapping[int, str]) -> list[PostingView]:
    return [PostingView(row, thumbs.get(row.lines[0].product_id, ""), warehouses.get(row.warehouse_id, ""),
                        states.available_actions(row.facts)) for row in rows]


def _warehouses(request: WebRequest) -> list[tuple[int, Any]]:
    """One's own warehouses, with how many postings of the open tab lie in each."""
    own = request.warehouse_ids
    numbers = queries.counts_by_warehouse(request.seller, request.GET.get("tab", _FIRST_TAB))
    return [(row.id, t.Counted(row.name, numbers.get(row.id, 0))) for row in inventory.warehouses(request.seller)
            if not own or row.id in own]


# By urgency, the nearest first, as the rows stand.
_GROUPS = {"overdue": (_("Overdue"), "danger"), "soon": (_("Due within 2 hours"), "warning"),
           "today": (_("Due later today"), ""), "later": (_("Due after today"), ""),
           "handed": (_("Handed over, the carrier has not scanned them yet"), "")}
_FIRST_TAB = "to_pack"
_PACK = t.BulkAction("pack", _("Pack"), "package", url="orders:bulk", permission=permissions.SHIP,
                     key="p")
_LABELS = t.BulkAction("labels", _("Print labels"), "printer", url="handover:labels", permission=permissions.LABEL,
                       new_tab=True, key="l")
_PICK = t.BulkAction("pick_list", _("Pick list"), "list-check", url="handover:pick_list", permission=permissions.LABEL,
                     new_tab=True)
_SLIPS = t.BulkAction("slips", _("Packing slips"), "file-text", url="handover:packing_slips",
                      permission=permissions.LABEL, new_tab=True)
_HAND_OVER = t.BulkAction("hand_over", _("Hand over"), "truck-delivery", url="orders:bulk",
                          permission=permissions.HAND_OVER, key="h")
_BULK = {"to_pack": (_PACK, _PICK, _SLIPS), "to_hand_over": (_LABELS, _SLIPS, _HAND_OVER), "on_the_way": (),
         "delivered": (), "cancelled": (), "all": (_PACK, _PICK, _LABELS, _HAND_OVER)}


#: Steps of the shop's own delivery; offered where a parcel of the page can take them.
_OWN = tuple(t.BulkAction(act, label, icon, url="orders:bulk", permission=permissions.DELIVER) for act, label, icon in (
    ("delivering", _("On its way"), "truck-delivery"), ("last_mile", _("With the courier"), "route"),
    ("delivered", _("Delivered"), "circle-check")))


def _figures_filters(request: WebRequest) -> tuple[Any, ...]:
    """What figures and charts narrow the list by."""
    sku, region, scheme = (request.GET.get(name, "")[:100] for name in ("sku", "region", "scheme"))
    return (
        t.DateRangeFilter("cancelled", _("Cancelled")), t.DateRangeFilter("delivered", _("Delivered")),
        t.ToggleFilter("waiting", _("Still to be sent")),
        t.ChoiceFilter("sku", _("SKU"), choices=[(sku, sku)] if sku.isdigit() and len(sku) < 18 else []),
        t.ChoiceFilter("region", _("Region"), choices=[(region, region)]),
        t.ChoiceFilter("scheme", _("Scheme"), choices=[(scheme, scheme.upper())]))


class PostingTable(t.Table):
    page = "orders.postings"
    caption = _("Orders")
    columns = (
        t.Column("thumb", _("Picture"), kind="image", value=lambda view: view.thumb_url, sub="goods"),
        t.Column("goods", _("Goods"), kind="link", primary=True, sub="offers"),
        t.Column("number", _("Posting"), kind="html", value=lambda view: format_html(
            '<span class="num text-nowrap">{}</span>', view.row.number), sub="buyer"),
        t.Column("units", pgettext_lazy("orders", "Units"), kind="number", value=lambda view: view.row.units,
                 hidden=True),
        t.Column("amount", _("Amount"), kind="money", sortable=True),
        t.Column("status", _("Status"), kind="badge", value=lambda view: view.status,
                 choices=STATUS | _OVER | {f"{_THEIRS}{key}": badge for key, badge in FULFILLED.items()}),
        t.Column("ship_by", _("Ship by"), kind="due", sortable=True,
                 help=_("Until when the parcel must be with the carrier, by the warehouse’s cut-off.")),
        t.Column("city", _("Destination"), value=lambda view: view.row.city, hidden=True),
        t.Column("in_process_at", _("Ordered"), kind="ago", value=lambda view: view.row.in_process_at, sortable=True,
                 hide_on_phone=True),
        t.Column("tracking", _("Tracking number"), value=lambda view: view.row.tracking_number, hidden=True),
        t.Column("warehouse", _("Warehouse"), hidden=True),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Pack"), "package", post=lambda view: reverse("orders:pack", args=[view.id]),
                        show=lambda view: "ship" in view.actions, permission=permissions.SHIP, key="p"),
            t.RowAction(_("Print label"), "printer", post=lambda view: reverse("handover:label", args=[view.id]),
                        show=lambda view: "label" in view.actions, new_tab=True, permission=permissions.LABEL,
                        key="l"),
            t.RowAction(_("Hand over"), "truck-delivery", post=lambda view: reverse("orders:hand_over", args=[view.id]),
                        show=lambda view: "hand_over" in view.actions, permission=permissions.HAND_OVER, key="h"),
        )),
    )
    tabs = (
        t.Tab("to_pack", _("To pack"), tone="warning"), t.Tab("to_hand_over", _("To hand over"), tone="primary"),
        t.Tab("on_the_way", _("On the way")), t.Tab("delivered", _("Delivered")), t.Tab("cancelled", _("Cancelled")),
        t.Tab("all", _("All")),
    )
    filters = (
        t.SearchFilter("q", _("Number, SKU, barcode, tracking or buyer")),
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

    def __init__(self, request: WebRequest) -> None:
        # Figures lead here with more than people choose by hand; such a filter is shown where it is set.
        self.filters = (*type(self).filters, *(  # type: ignore[misc]
            one for one in _figures_filters(request) if any(request.GET.get(name) for name in one.params)))
        super().__init__(request)
        self.default_sort = "ship_by" if self.tab in _BY_DEADLINE else "-in_process_at"  # type: ignore[misc]
        self.bulk_actions = _BULK[self.tab]  # type: ignore[misc]
        # Of the two times the one that matters here; the other may be chosen.
        other = "in_process_at" if self.tab in _BY_DEADLINE else "ship_by"
        self.columns = tuple(replace(column, hidden=True) if column.key == other else column  # type: ignore[misc, assignment]
                             for column in self.columns)
        self.urgent: Urgent | None = None
        if self.tab in _BY_DEADLINE and self.sort == "ship_by":
            self.row_group = self._group

    def fill(self, rows: Sequence[PostingView], **told: Any) -> None:  # type: ignore[override]
        super().fill(rows, **told)
        possible = {action for view in rows for action in view.actions}
        self.bulk_actions += tuple(one for one in _OWN if one.name in possible)  # type: ignore[misc]

    @property
    def query_sort(self) -> str:
        """The order as queries.postings_page calls it."""
        return "urgency" if self.row_group else self.sort.lstrip("-")

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab and the warehouse narrows the list, so that no counter knows its length."""
        return bool(self.where.keys() - {"warehouse"})

    def _group(self, view: PostingView) -> t.Group:
        key = "handed" if view.ship_by is None else rules.urgency(view.ship_by, self.now, self.request.seller.time_zone)
        label, tone = _GROUPS[key]
        return t.Group(key, label, tone, getattr(self.urgent, key, None))
