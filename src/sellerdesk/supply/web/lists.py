"""The list of supplies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET

from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.formats import number
from sellerdesk.supply import permissions, queries, states, texts
from sellerdesk.supply.types import SupplyFilter, SupplyRow
from sellerdesk.supply.web.scope import whole_shop
from sellerdesk.supply.web.words import slot_text

STATUS = {state: t.Badge(label, tone) for state, (label, tone) in texts.STATES.items()}


@dataclass(frozen=True, slots=True)
class SupplyView:
    """One supply as the list shows it."""

    row: SupplyRow

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def url(self) -> str:
        return reverse("supply:supply", args=[self.row.id])

    @property
    def number(self) -> str:
        return self.row.number

    @property
    def kind(self) -> Any:
        return texts.KINDS[self.row.kind]

    @property
    def through(self) -> str:
        return self.row.drop_off_name if self.row.kind == "crossdock" else ""

    @property
    def slot(self) -> str:
        return slot_text(self.row.slot_from, self.row.slot_to, self.row.time_zone) if self.row.slot_from else ""

    @property
    def goods(self) -> str:
        count = self.row.sku_count
        return ngettext("%(count)s product", "%(count)s products", count) % {"count": number(count)}


class SupplyTable(t.Table):
    page = "supply.supplies"
    caption = _("Supplies")
    columns = (
        t.Column("number", _("Supply"), kind="link", primary=True, sub="kind"),
        t.Column("storage", _("Warehouse"), value=lambda view: view.row.storage_name, sub="through"),
        t.Column("slot", _("Comes")),
        t.Column("units", pgettext_lazy("supply", "Units"), kind="number", value=lambda view: view.row.units,
                 sub="goods"),
        t.Column("status", _("Status"), kind="badge", value=lambda view: view.row.state, choices=STATUS),
        t.Column("created_at", pgettext_lazy("supply", "Made"), kind="ago", value=lambda view: view.row.created_at,
                 hide_on_phone=True),
    )
    tabs = (
        t.Tab("preparing", _("To prepare"), tone="warning"), t.Tab("under_way", pgettext_lazy("supply", "Under way")),
        t.Tab("to_check", _("To check"), tone="primary"), t.Tab("completed", _("Completed")),
        t.Tab("ended", pgettext_lazy("supplies", "Cancelled")), t.Tab("all", _("All")),
    )
    filters = (t.SearchFilter("q", _("Number of the supply")),)
    row_href = "url"
    row_name = "number"
    empty = t.Empty("truck-delivery", _("No supplies here"),
                    _("Bring goods to the marketplace’s warehouses: it stores, packs and delivers them for you."),
                    action_label=_("New supply"), action_url="supply:new")


@require_GET
@seller_view(permissions.VIEW)
def supplies(request: WebRequest) -> HttpResponse:
    """Supplies by what has to be done with them."""
    whole_shop(request)
    table = SupplyTable(request)
    found = queries.supplies_page(
        request.seller, cursor=table.cursor, limit=table.page_size, filter=SupplyFilter(
            states=states.TABS.get(table.tab, ()), search=table.where.get("q", "")))
    by_state = queries.state_counts(request.seller)
    counts = {tab: sum(by_state.get(state, 0) for state in members) for tab, members in states.TABS.items()}
    counts["all"] = sum(by_state.values())
    table.fill([SupplyView(row) for row in found.rows], next_cursor=found.next_cursor,
               tab_counts=counts)
    return table.respond("supply/supplies.html")
