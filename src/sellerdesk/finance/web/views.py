"""Screens of money."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from sellerdesk.core import clock
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money, format_money
from sellerdesk.finance import queries
from sellerdesk.finance.rules import CHARGES, PAYOUTS, PLACEMENT, SELLER
from sellerdesk.finance.web.navigation import tabs
from sellerdesk.finance.web.tables import (
    ACCOUNTS,
    KINDS,
    LINE_KINDS,
    LineTable,
    SideTable,
    TransactionTable,
    day_url,
    posting_url,
)
from sellerdesk.sellers.types import SellerRef

_TILE_DAYS = 28
# The tab of single charges holds them all, whatever they are for.
_TABS = {"charges": [*CHARGES, PLACEMENT], "payouts": list(PAYOUTS)}


@require_GET
@seller_view("finance:balance:view")
def balance(request: WebRequest) -> HttpResponse:
    """What the marketplace owes the shop, of which kinds it is made, and every booking behind it."""
    table = TransactionTable(request)
    low, high = table.where.get("at", (None, None))
    page = queries.transactions_page(
        request.seller, kinds=_TABS.get(table.tab, [table.tab] if table.tab else []), posting=table.where.get("q", ""),
        cursor=table.cursor, limit=table.page_size,
        period=(_midnight(request.seller, low), _midnight(request.seller, high, days=1)))
    table.fill(page.rows, next_cursor=page.next_cursor, prev_cursor=page.prev_cursor)
    return table.respond("finance/balance.html", lambda: _tiles(request))


def _midnight(seller: SellerRef, day: date | None, days: int = 0) -> datetime | None:
    """The beginning of a day where the shop is."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days), time(), ZoneInfo(seller.time_zone))


def _tiles(request: WebRequest) -> dict[str, Any]:
    every = queries.balance(request.seller)
    recent = queries.totals(request.seller, clock.now() - timedelta(days=_TILE_DAYS))

    def text(amount_minor: int, whole: bool = True) -> str:
        return format_money(Money(amount_minor, every.currency), request.language, whole=whole)

    def recently(label: str, icon: str, kinds: tuple[str, ...], hint: str = "") -> dict[str, str]:
        return {"label": label, "value": text(recent.kind(*kinds)), "icon": icon,
                "hint": hint or _("28 days"), "tone": ""}

    tiles = [
        {"label": _("Balance"), "value": text(every.owed_minor, whole=False), "icon": "wallet",
         "hint": _("Everything accrued, less what was paid out"), "tone": "danger" if every.owed_minor < 0 else ""},
        recently(pgettext("accrual", "Sales"), "shopping-bag", ("sale", "return_sale"), _("28 days, less returns")),
        recently(pgettext("accrual", "Commission"), "percentage", ("commission", "return_commission")),
        recently(pgettext("accrual", "Logistics"), "truck", ("logistics", "return_logistics")),
        recently(_("Payment processing"), "credit-card", ("acquiring",)),
    ]
    parts = [(LINE_KINDS[kind], Money(amount, every.currency)) for kind, amount in every.by_kind.items()]
    if every.paid_minor:
        parts.append((pgettext("accrual", "Paid out"), Money(-every.paid_minor, every.currency)))
    return {"tabs": tabs(request, "balance"), "tiles": tiles, "parts": parts,
            "sum": Money(every.owed_minor, every.currency)}


@require_GET
@seller_view("finance:transaction:view")
def transaction(request: WebRequest, transaction_id: int) -> HttpResponse:
    """One booking, line by line with the tariff in force; a page, or the inside of the drawer."""
    row, lines = queries.transaction(request.seller, transaction_id)
    own, sides = LineTable(request), SideTable(request)
    own.fill([line for line in lines if line.account == SELLER])
    sides.fill(lines)
    inside = bool(request.htmx) and (request.htmx.target or "").endswith("drawer-body")
    return render(request, "finance/_transaction.html" if inside else "finance/transaction.html", {
        "row": row, "badge": KINDS.get(row.kind), "amount": Money(row.amount_minor, row.currency),
        "own": own, "sides": sides, "sources": sorted({str(line.rule.source) for line in lines if line.rule}),
        "posting_href": posting_url(row), "day_href": day_url(row, queries.local_day(request.seller, row.at)),
        "difference": Money(sum(line.amount_minor for line in lines), row.currency),
        "accounts": ACCOUNTS})
