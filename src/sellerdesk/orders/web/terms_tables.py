"""Lists of the terms pages: what waits by money at risk, and the penalty ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.orders.queries.ledger import DisputeRow, FaultRow
from sellerdesk.orders.queries.terms import Waiting
from sellerdesk.orders.web import terms_words as words


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A posting of the queue."""

    row: Waiting
    currency: str

    @property
    def id(self) -> str:
        return self.row.number

    @property
    def url(self) -> str:
        return reverse("orders:posting", args=[self.row.number])

    @property
    def goods(self) -> str:
        return words.money(self.row.amount_minor, self.currency)

    @property
    def following(self) -> str:
        step = self.row.following
        return words.step_text(step, self.currency) if step else ""

    @property
    def following_at(self) -> str:
        step = self.row.following
        return gettext("from %(when)s") % {"when": formats.when(step.starts_at, self.row.ship_by)} if step else ""

    @property
    def at_risk(self) -> Money:
        return Money(self.row.at_risk_minor, self.currency)


class QueueTable(t.Table):
    page = ""
    caption = _("Waits for its hand-over, by money at risk")
    columns = (
        t.Column("number", _("Posting"), kind="link", primary=True, value=lambda view: view.row.number, sub="goods"),
        t.Column("ship_by", _("Ship by"), kind="due", value=lambda view: view.row.ship_by),
        t.Column("now", pgettext_lazy("term", "Now"), kind="badge",
                 value=lambda view: words.step_badge(view.row.current)),
        t.Column("next", pgettext_lazy("term", "Next step"), value=lambda view: view.following, sub="following_at"),
        t.Column("at_risk", _("At risk"), kind="money",
                 help=_("What is lost if the posting ends by itself: the sale, and the penalty by today’s index.")),
    )
    row_href = "url"
    row_name = "id"
    empty = t.Empty("circle-check", _("Nothing is due within two days"),
                    _("What comes near its deadline stands here, the dearest first."))


@dataclass(frozen=True, slots=True)
class PenaltyView:
    """A row of the ledger."""

    row: FaultRow
    dispute: DisputeRow | None

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def url(self) -> str:
        return reverse("orders:penalty", args=[self.row.id])

    @property
    def at(self) -> datetime:
        return self.row.at

    @property
    def fee(self) -> Money | None:
        return Money(self.row.amount_minor, self.row.currency) if self.row.judged_at else None

    @property
    def price(self) -> Money:
        return Money(self.row.price_minor, self.row.currency)

    @property
    def how(self) -> str:
        """The fee's formula in a few words."""
        if not self.row.judged_at:
            return gettext("known when the day has ended")
        if self.row.grace and self.row.kind == "cancellation":
            return gettext("free: too few shipments to judge")
        return f"{words.share(self.row.fee_bp)} × {words.money(self.row.price_minor, self.row.currency)}"

    @property
    def index(self) -> str:
        return words.share(self.row.index_bp) if self.row.judged_at else ""

    @property
    def standing(self) -> Any:
        if self.dispute:
            return words.DISPUTES[self.dispute.state]
        if self.row.counts:
            return t.Badge(pgettext_lazy("penalty", "Counts"), "danger")
        return t.Badge(pgettext_lazy("penalty", "Does not count"), "neutral")


def views(rows: list[FaultRow], disputes: Mapping[int, DisputeRow]) -> list[PenaltyView]:
    return [PenaltyView(row, disputes.get(row.id)) for row in rows]


class PenaltyTable(t.Table):
    page = "orders.penalties"
    caption = _("Penalties")
    columns = (
        t.Column("at", _("Date"), kind="datetime"),
        t.Column("number", _("Posting"), kind="link", primary=True, value=lambda view: view.row.number,
                 sub=lambda view: words.KINDS[view.row.kind].label),
        t.Column("fee", _("Penalty"), kind="money", sub=None),
        t.Column("how", pgettext_lazy("penalty", "How it is made"), value=lambda view: view.how),
        t.Column("index", _("Index of that day"), value=lambda view: view.index, align="end", hide_on_phone=True),
        t.Column("standing", pgettext_lazy("penalty", "In the index"), kind="badge", value=lambda view: view.standing),
        t.Column("price", _("Goods"), kind="money", hidden=True),
    )
    tabs = (t.Tab("", _("All")), t.Tab("charged", pgettext_lazy("penalty", "Cost money")),
            t.Tab("counted", pgettext_lazy("penalty", "In the index")),
            t.Tab("free", pgettext_lazy("penalty", "Free or not counted")),
            t.Tab("disputed", pgettext_lazy("penalty", "Disputed")))
    filters = (t.SearchFilter("q", _("Posting number")), t.DateRangeFilter("at", _("Date")),
               t.ChoiceFilter("kind", _("Kind"), choices=[(key, badge.label) for key, badge in words.KINDS.items()]))
    row_href = "url"
    row_name = staticmethod(lambda view: view.row.number)
    empty = t.Empty("shield-check", _("No penalties"),
                    _("Cancellations by your fault and late hand-overs are listed here with all they were found by."))
