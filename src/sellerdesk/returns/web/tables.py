"""The list of returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables as t
from sellerdesk.returns import permissions, texts
from sellerdesk.returns.types import ReturnRow

STATUS = {
    "requested": t.Badge(texts.STATES["requested"], "neutral"),
    "on_the_way": t.Badge(texts.STATES["on_the_way"], "info"),
    "arrived": t.Badge(texts.STATES["arrived"], "warning"),
    "received": t.Badge(texts.STATES["received"], "success"),
}


@dataclass(frozen=True, slots=True)
class ReturnView:
    """One return as the list shows it."""

    row: ReturnRow
    thumb_url: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def amount(self) -> Money:
        return Money(self.row.amount_minor, self.row.currency)

    @property
    def posting_url(self) -> str:
        return reverse("orders:posting", args=[self.row.posting_number])

    @property
    def reason(self) -> Any:
        return texts.REASONS.get(self.row.reason, self.row.reason)


def views(rows: list[ReturnRow], thumbs: Mapping[int, str]) -> list[ReturnView]:
    return [ReturnView(row, thumbs.get(row.product_id, "")) for row in rows]


def _columns(may_receive: bool) -> tuple[t.Column, ...]:
    acts = (t.RowAction(_("Take in"), "package-import",
                        post=lambda view: reverse("returns:receive", args=[view.id]),
                        show=lambda view: view.row.state == "arrived"),) if may_receive else ()
    return (
        t.Column("thumb", _("Picture"), kind="image", value=lambda view: view.thumb_url,
                 sub=lambda view: view.row.name),
        t.Column("name", _("Goods"), primary=True, kind="link", value=lambda view: view.row.name,
                 sub=lambda view: view.row.offer_id, href="posting_url"),
        t.Column("posting", _("Posting"), kind="html", hide_on_phone=True, value=lambda view: format_html(
            '<span class="num text-nowrap">{}</span>', view.row.posting_number)),
        t.Column("quantity", _("Units"), kind="number", value=lambda view: view.row.quantity),
        t.Column("amount", _("Amount"), kind="money"),
        t.Column("reason", _("Reason"), value=lambda view: view.reason,
                 sub=lambda view: texts.KINDS.get(view.row.kind, view.row.kind)),
        t.Column("state", _("Status"), kind="badge", value=lambda view: view.row.state, choices=STATUS),
        t.Column("created_at", _("Started"), kind="ago", value=lambda view: view.row.created_at),
        t.Column("actions", "", kind="actions", actions=acts),
    )


class ReturnTable(t.Table):
    page = "returns.returns"
    caption = _("Returns")
    columns = _columns(may_receive=True)
    tabs = (
        t.Tab("arrived", _("To take in"), tone="warning"), t.Tab("on_the_way", texts.STATES["on_the_way"]),
        t.Tab("requested", texts.STATES["requested"]), t.Tab("received", texts.STATES["received"]),
        t.Tab("all", _("All")),
    )
    filters = (
        t.SearchFilter("q", _("Posting, SKU, offer ID or name")),
        t.ChoiceFilter("kind", _("Kind"), choices=list(texts.KINDS.items())),
        t.DateRangeFilter("since", _("Started")),
    )
    bulk_actions = (
        t.BulkAction("receive", _("Take in"), "package-import", url="returns:bulk", permission=permissions.DECIDE),
    )
    row_href = "posting_url"
    row_name = staticmethod(lambda view: view.row.name)
    live_seconds = 3
    empty = t.Empty("truck-return", _("Nothing to take in"),
                    _("Goods that come back appear here when they arrive at your warehouse."))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        may = request.can(permissions.DECIDE)
        if not may:
            self.columns = _columns(may_receive=False)  # type: ignore[misc]
        if self.tab not in ("arrived", "all"):
            self.bulk_actions = ()  # type: ignore[misc, assignment]
