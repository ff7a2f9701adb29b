"""The queue of prices that changed too much to go live at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import clock
from sellerdesk.core.errors import Conflict
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.fresh import fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats, people, tables
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.formats import number
from sellerdesk.orders import queries as orders
from sellerdesk.pricing import queries, services
from sellerdesk.pricing.types import WaitingRow
from sellerdesk.pricing.web.wording import source_text
from sellerdesk.sellers.errors import ApprovalRequired
from sellerdesk.sellers.services import approvals

RELEASE = "pricing:quarantine:release"
_MOST = 1000
_SALES_DAYS = 28


@dataclass(frozen=True, slots=True)
class WaitingView:
    """One held price, with what the product sold lately."""

    id: int
    product_id: int
    offer_id: str
    name: str
    before: Money
    after: Money
    old_after: Money | None
    at: datetime
    expires_at: datetime
    by: str
    sold_units: int

    @property
    def percent(self) -> float:
        return (self.after.amount_minor - self.before.amount_minor) * 100 / self.before.amount_minor

    @property
    def change(self) -> str:
        return formats.percent(self.percent, signed=True)

    @property
    def difference(self) -> Money:
        """What the last weeks' sales would have brought more or less."""
        return (self.after - self.before) * self.sold_units


@dataclass(frozen=True, slots=True)
class Totals:
    """What hangs on the queue: sales of the last weeks at the prices of now and at those held."""

    count: int
    units: int
    at_old: Money
    at_new: Money

    @property
    def difference(self) -> Money:
        return self.at_new - self.at_old


class QuarantineTable(t.Table):
    page = "pricing.quarantine"
    caption = _("Prices in quarantine")
    columns = (
        t.Column("name", _("Product"), kind="link", primary=True, sub="offer_id",
                 href=lambda row: reverse("catalog:product", args=[row.product_id])),
        t.Column("before", pgettext_lazy("price", "Now"), kind="money"),
        t.Column("after", _("New price"), kind="money", sub="old_after"),
        t.Column("change", pgettext_lazy("price", "Change"), align="end",
                 tone=lambda row: "danger" if row.percent < 0 else "warning"),
        t.Column("sold_units", _("Sold in 28 days"), kind="number", hidden=True),
        t.Column("difference", _("Difference on these sales"), kind="money", hide_on_phone=True,
                 help=_("What the same number of sales would bring more or less at the new price.")),
        t.Column("by", _("Asked by"), hide_on_phone=True),
        t.Column("at", _("When"), kind="ago", hidden=True),
        t.Column("expires_at", pgettext_lazy("quarantine", "Ends"), kind="due", width="md"),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Release"), "check", post=lambda row: reverse("pricing:release_one", args=[row.id]),
                        confirm=_("Let this price go live?"), permission=RELEASE),
            t.RowAction(_("Discard"), "trash", post=lambda row: reverse("pricing:discard_one", args=[row.id]),
                        confirm=_("Throw this price away? Buyers keep seeing the old one."), permission=RELEASE),
        )),
    )
    bulk_actions = (
        t.BulkAction("release", _("Release"), "check", url="pricing:quarantine_bulk", permission=RELEASE,
                     confirm=_("Let the selected prices go live?")),
        t.BulkAction("discard", _("Discard"), "trash", url="pricing:quarantine_bulk", permission=RELEASE, tone="danger",
                     confirm=_("Throw the selected prices away? Buyers keep seeing the old ones.")),
    )
    empty = t.Empty("shield-check", _("Nothing is held"),
                    _("A price that moves by more than half waits here until somebody has looked at it."),
                    action_label=_("To prices"), action_url="pricing:prices")

    def __init__(self, request: WebRequest) -> None:
        super().__init__(request)
        self.now = clock.now()


@require_GET
@seller_view("pricing:price:view")
def quarantine(request: WebRequest) -> HttpResponse:
    """What waits, with the money that hangs on it."""
    table = QuarantineTable(request)
    page = queries.waiting_page(request.seller, cursor=table.cursor, limit=table.page_size)
    waiting = queries.waiting(request.seller)
    ids = {row.product_id for row in waiting}
    sold = orders.units_sold(request.seller, ids, table.now - timedelta(days=_SALES_DAYS), table.now)
    table.fill(_views(request, page.rows, sold), next_cursor=page.next_cursor)
    return table.respond("pricing/quarantine.html", lambda: {
        "totals": _totals(request, waiting, sold), "can_release": request.can(RELEASE), "nav_key": "prices"})


def _views(request: WebRequest, rows: list[WaitingRow], sold: dict[int, int]) -> list[WaitingView]:
    ids = [row.product_id for row in rows]
    known = {row.id: row for row in catalog.products_page(
        request.seller, filter=ProductFilter(product_ids=ids, visibility="ANY"), limit=len(ids),
        language=request.language).rows} if ids else {}

    def money(row: WaitingRow, amount_minor: int) -> Money:
        return Money(amount_minor, row.currency)

    return [WaitingView(
        row.id, row.product_id, known[row.product_id].offer_id, known[row.product_id].name,
        money(row, row.before_minor), money(row, row.price_minor),
        money(row, row.old_price_minor) if row.old_price_minor else None, row.at, row.expires_at,
        people.who(row.by) + (f" ({source_text(row.source)})" if row.source else ""), sold.get(row.product_id, 0))
        for row in rows if row.product_id in known]


def _totals(request: WebRequest, rows: list[WaitingRow], sold: dict[int, int]) -> Totals:
    currency = request.seller.currency
    units = [(row, sold.get(row.product_id, 0)) for row in rows]
    return Totals(len(rows), sum(count for _row, count in units),
                  Money(sum(row.before_minor * count for row, count in units), currency),
                  Money(sum(row.price_minor * count for row, count in units), currency))


@require_POST
@seller_view(RELEASE)
@fresh_proof()
def release_one(request: WebRequest, item_id: int) -> HttpResponse:
    return _release(request, [item_id])


@require_POST
@seller_view(RELEASE)
def discard_one(request: WebRequest, item_id: int) -> HttpResponse:
    """Takes nothing away from buyers, so it asks for no proof."""
    return _discard(request, [item_id])


@require_POST
@seller_view(RELEASE)
@fresh_proof()
def quarantine_bulk(request: WebRequest) -> HttpResponse:
    """Release or discard what was ticked; `all` stands for the whole queue."""
    ids = [int(text) for text in request.POST.getlist("ids")[:_MOST] if text.isdecimal()]
    if request.POST.get("all"):
        ids = [row.id for row in queries.waiting(request.seller)]
    return _discard(request, ids) if request.POST.get("action") == "discard" else _release(request, ids)


def _release(request: WebRequest, ids: list[int]) -> HttpResponse:
    try:
        outcomes = services.release(seller=request.seller, item_ids=ids, actor=request.actor, now=clock.now())
    except ApprovalRequired as needed:
        approvals.ask_for(needed, seller=request.seller, actor=request.actor, real_now=clock.real_now())
        return _back(request, _("This shop asks for a second person here. Your request waits for approval."))
    except Conflict as error:
        return _back(request, error.text)
    done = sum(not one.errors for one in outcomes)
    if done:
        messages.success(request, ngettext("%(count)s price released: buyers see it now.",
                                           "%(count)s prices released: buyers see them now.", done)
                         % {"count": number(done)})
    for one in outcomes:
        if one.errors:
            messages.error(request, f"{one.offer_id}: {' '.join(error.text for error in one.errors)}")
    return _back(request)


def _discard(request: WebRequest, ids: list[int]) -> HttpResponse:
    try:
        done = services.discard(seller=request.seller, item_ids=ids, actor=request.actor, now=clock.now())
    except Conflict as error:
        return _back(request, error.text)
    messages.success(request, ngettext("%(count)s held price thrown away.", "%(count)s held prices thrown away.", done)
                     % {"count": number(done)})
    return _back(request)


def _back(request: WebRequest, problem: Any = "") -> HttpResponse:
    if problem:
        messages.warning(request, problem)
    return redirect(tables.next_url(request, reverse("pricing:quarantine")))
