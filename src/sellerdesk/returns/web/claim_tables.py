"""The list of claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.money import Money
from sellerdesk.core.ui import tables as t
from sellerdesk.returns import rules, states, texts
from sellerdesk.returns.types import ClaimRow

_TONES = {"New": "warning", "Delivering": "info", "Checkout": "warning", "Arbitration": "danger",
          "Approved": "success", "Rejected": "neutral"}
STATUS = {state: t.Badge(texts.VISUAL[state], _TONES[group]) for state, group in states.GROUP_OF.items()}


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim as the list shows it."""

    row: ClaimRow
    thumb_url: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def number(self) -> str:
        return rules.claim_number(self.row.id)

    @property
    def amount(self) -> Money:
        return Money(self.row.amount_minor, self.row.currency)

    @property
    def href(self) -> str:
        return reverse("returns:claim", args=[self.row.id])

    @property
    def due(self) -> Any:
        """Until when the shop has to answer; nothing where others have to."""
        return self.row.due_at if self.row.state in states.SELLERS_TURN else None


def views(rows: list[ClaimRow], thumbs: Mapping[int, str]) -> list[ClaimView]:
    return [ClaimView(row, thumbs.get(row.product_id, "")) for row in rows]


class ClaimTable(t.Table):
    page = "returns.claims"
    caption = _("Claims")
    columns = (
        t.Column("thumb", _("Picture"), kind="image", value=lambda view: view.thumb_url,
                 sub=lambda view: view.row.name),
        t.Column("name", pgettext_lazy("returns", "Goods"), primary=True, kind="link", value=lambda view: view.row.name,
                 sub=lambda view: f"{view.number} · {view.row.offer_id}", href="href"),
        t.Column("posting", _("Posting"), kind="html", hide_on_phone=True, value=lambda view: format_html(
            '<span class="num text-nowrap">{}</span>', view.row.posting_number)),
        t.Column("quantity", pgettext_lazy("returns", "Units"), kind="number", value=lambda view: view.row.quantity),
        t.Column("amount", _("Amount"), kind="money"),
        t.Column("reason", _("Reason"), value=lambda view: texts.REASONS[view.row.reason]),
        t.Column("state", _("Status"), kind="badge", value=lambda view: view.row.state, choices=STATUS),
        t.Column("due", _("Answer by"), kind="due"),
        t.Column("created_at", _("Opened"), kind="ago", value=lambda view: view.row.created_at),
    )
    tabs = (*(t.Tab(group, texts.GROUPS[group], tone="warning" if group in ("New", "Checkout") else "")
              for group in states.GROUPS), t.Tab("all", _("All")))
    filters = (
        t.SearchFilter("q", _("Claim, posting, SKU, offer ID or name")),
        t.ChoiceFilter("reason", _("Reason"), choices=list(texts.REASONS.items())),
        t.DateRangeFilter("since", _("Opened")),
    )
    row_href = "href"
    row_name = staticmethod(lambda view: view.row.name)
    live_seconds = 3
    empty = t.Empty("messages", _("No claims here"),
                    _("When buyers want to give back goods that you delivered yourself, they ask here first."))
