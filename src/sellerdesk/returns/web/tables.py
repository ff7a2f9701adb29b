"""The list of returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.returns import permissions, queries, texts
from sellerdesk.returns.types import ReturnRow, Storage

STATUS = {
    "requested": t.Badge(texts.STATES["requested"], "neutral"),
    "on_the_way": t.Badge(texts.STATES["on_the_way"], "info"),
    "lost": t.Badge(texts.STATES["lost"], "danger"),
    "arrived": t.Badge(texts.STATES["arrived"], "warning"),
    "disposed": t.Badge(texts.STATES["disposed"], "neutral"),
    "received": t.Badge(texts.STATES["received"], "success"),
}


@dataclass(frozen=True, slots=True)
class ReturnView:
    """One return as the list shows it."""

    row: ReturnRow
    thumb_url: str
    storage: Storage | None = None

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
    def waited(self) -> str:
        """How long goods have stood at the point; empty before."""
        if self.storage is None:
            return ""
        return ngettext("%(count)s day", "%(count)s days", self.storage.days) % {"count": self.storage.days}

    @property
    def waiting(self) -> str:
        """What that costs, and what comes next; or what became of lost goods."""
        if self.row.compensation:
            money = format_money(Money(self.row.compensation_minor, self.row.currency), get_language() or "en")
            return f"{texts.COMPENSATIONS[self.row.compensation]}: {money}"
        if self.storage is None:
            return ""
        fee = self.storage.fee_minor + self.row.disposal_minor
        cost = format_money(Money(fee, self.row.currency), get_language() or "en") if fee else gettext("free so far")
        if self.row.state != "arrived":
            return cost if fee else gettext("free")
        return gettext("%(cost)s · kept until %(day)s") % {"cost": cost, "day": formats.day(self.storage.ends_at)}

    @property
    def reason(self) -> Any:
        return texts.REASONS.get(self.row.reason, self.row.reason)


def views(rows: list[ReturnRow], thumbs: Mapping[int, str], now: datetime) -> list[ReturnView]:
    return [ReturnView(row, thumbs.get(row.product_id, ""), queries.storage(row, now)) for row in rows]


def _columns(may_receive: bool) -> tuple[t.Column, ...]:
    acts = (t.RowAction(_("Take in"), "package-import",
                        post=lambda view: reverse("returns:receive", args=[view.id]),
                        show=lambda view: view.row.state == "arrived" or (
                            view.row.scheme == "rfbs" and view.row.state == "on_the_way")),
            t.RowAction(_("Dispose of"), "trash", tone="danger",
                        post=lambda view: reverse("returns:dispose", args=[view.id]),
                        confirm=_("The goods never come back to you, and disposal is charged. Go on?"),
                        show=lambda view: view.row.state == "arrived" and view.row.scheme != "rfbs"),
            ) if may_receive else ()
    return (
        t.Column("thumb", _("Picture"), kind="image", value=lambda view: view.thumb_url,
                 sub=lambda view: view.row.name),
        t.Column("name", pgettext_lazy("returns", "Goods"), primary=True, kind="link", value=lambda view: view.row.name,
                 sub=lambda view: view.row.offer_id, href="posting_url"),
        t.Column("posting", _("Posting"), kind="html", hide_on_phone=True, value=lambda view: format_html(
            '<span class="num text-nowrap">{}</span>', view.row.posting_number)),
        t.Column("quantity", pgettext_lazy("returns", "Units"), kind="number", value=lambda view: view.row.quantity),
        t.Column("amount", _("Amount"), kind="money"),
        t.Column("reason", _("Reason"), value=lambda view: view.reason,
                 sub=lambda view: texts.KINDS.get(view.row.kind, view.row.kind)),
        t.Column("state", _("Status"), kind="badge", value=lambda view: view.row.state, choices=STATUS),
        t.Column("waiting", _("At the point"), value=lambda view: view.waited or view.waiting,
                 sub=lambda view: view.waiting if view.waited else ""),
        t.Column("created_at", _("Started"), kind="ago", value=lambda view: view.row.created_at),
        t.Column("actions", "", kind="actions", actions=acts),
    )


class ReturnTable(t.Table):
    page = "returns.returns"
    caption = _("Returns")
    columns = _columns(may_receive=True)
    tabs = (
        t.Tab("arrived", _("To take in"), tone="warning"), t.Tab("on_the_way", texts.STATES["on_the_way"]),
        t.Tab("requested", texts.STATES["requested"]), t.Tab("lost", texts.STATES["lost"], tone="danger"),
        t.Tab("received", texts.STATES["received"]), t.Tab("disposed", texts.STATES["disposed"]),
        t.Tab("all", _("All")),
    )
    filters = (
        t.SearchFilter("q", _("Posting, SKU, offer ID or name")),
        t.ChoiceFilter("kind", _("Kind"), choices=list(texts.KINDS.items())),
        t.ChoiceFilter("reason", _("Reason"), choices=list(texts.REASONS.items())),
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

    def __init__(self, request: WebRequest) -> None:
        super().__init__(request)
        may = request.can(permissions.DECIDE)
        if not may:
            self.columns = _columns(may_receive=False)  # type: ignore[misc]
        if self.tab not in ("arrived", "all"):
            self.bulk_actions = ()  # type: ignore[misc, assignment]
