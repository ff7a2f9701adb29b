"""The list of bookings, and the lines of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.finance.rules import PLACEMENT
from sellerdesk.finance.texts import LINE_KINDS as LINE_KINDS
from sellerdesk.finance.types import LedgerRow, TransactionRow

KINDS = {
    "delivery": t.Badge(pgettext_lazy("accrual", "Delivery"), "success", "truck-delivery"),
    "return": t.Badge(pgettext_lazy("accrual", "Return"), "warning", "truck-return"),
    "penalty": t.Badge(pgettext_lazy("accrual", "Penalty"), "danger", "alert-triangle"),
    "penalty_back": t.Badge(pgettext_lazy("accrual", "Penalty given back"), "success", "arrow-back-up"),
    "partial_refund": t.Badge(pgettext_lazy("accrual", "Refund of a part"), "warning", "receipt-refund"),
    "storage": t.Badge(pgettext_lazy("accrual", "Storage of a return"), "warning", "box"),
    "disposal": t.Badge(pgettext_lazy("accrual", "Disposal of a return"), "warning", "trash"),
    "placement": t.Badge(pgettext_lazy("accrual", "Storage in the marketplace’s warehouses"), "warning",
                         "building-warehouse"),
    "compensation": t.Badge(pgettext_lazy("accrual", "Compensation"), "success", "coins"),
    "compensation_back": t.Badge(pgettext_lazy("accrual", "Compensation taken back"), "warning", "coins"),
    "repayment": t.Badge(pgettext_lazy("accrual", "Paid in by the shop"), "success", "building-bank"),
    "payout": t.Badge(pgettext_lazy("accrual", "Payout"), "info", "building-bank"),
    "payout_back": t.Badge(pgettext_lazy("accrual", "Payout sent back by the bank"), "warning", "building-bank"),
}
ACCOUNTS: dict[str, Any] = {
    "seller": _("Your shop"),
    "buyer": pgettext_lazy("account", "Buyer"),
    "commission": _("Marketplace"),
    "logistics": _("Carrier"),
    "acquiring": _("Bank"),
    "storage": pgettext_lazy("account", "Return point"),
    "instalments": pgettext_lazy("account", "Instalments of the marketplace"),
    "warehouses": pgettext_lazy("account", "Warehouses of the marketplace"),
    "compensations": pgettext_lazy("account", "Compensations of the marketplace"),
    "payouts": pgettext_lazy("account", "Bank account of the shop"),
    "penalties": pgettext_lazy("account", "Penalties of the marketplace"),
}


def posting_url(row: TransactionRow) -> str:
    """Where the posting is shown; the ledger knows only its number."""
    if not row.posting_number:
        return ""
    try:
        return reverse("orders:posting", args=[row.posting_number])
    except NoReverseMatch:
        return ""


def day_url(row: TransactionRow, day: date) -> str:
    """Where the rows behind a day of storage are shown; the ledger knows only their sums."""
    if row.kind != PLACEMENT:
        return ""
    try:
        return reverse("inventory:storage_day", args=[day.isoformat()])
    except NoReverseMatch:
        return ""


def amount_of(row: TransactionRow | LedgerRow) -> Money:
    return Money(row.amount_minor, row.currency)


def tone_of(row: TransactionRow | LedgerRow) -> str:
    return "danger" if row.amount_minor < 0 else ""


class TransactionTable(t.Table):
    page = "finance.transactions"
    caption = _("Accruals")
    columns = (
        t.Column("at", _("Date"), kind="datetime"),
        t.Column("kind", _("Kind"), kind="badge", choices=KINDS),
        t.Column("posting_number", _("Posting"), kind="link", primary=True, href=posting_url),
        t.Column("amount", _("For your shop"), kind="money", value=amount_of, tone=tone_of),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("What it is made of"), "list-check", drawer=True,
                        href=lambda row: reverse("finance:transaction", args=[row.id])),
        )),
    )
    tabs = (t.Tab("", _("All")), t.Tab("delivery", pgettext_lazy("accrual", "Deliveries")),
            t.Tab("return", pgettext_lazy("accrual", "Returns")), t.Tab("charges", pgettext_lazy("accrual", "Charges")),
            t.Tab("payouts", pgettext_lazy("accrual", "Payouts")))
    filters = (t.SearchFilter("q", _("Posting number")), t.DateRangeFilter("at", _("Date")))
    row_href = staticmethod(lambda row: reverse("finance:transaction", args=[row.id]))
    empty = t.Empty("wallet", _("Nothing accrued yet"),
                    _("When a parcel reaches its buyer, the sale and all fees appear here."))


def _rule(row: LedgerRow) -> str:
    if row.rule is None:
        return ""
    return _("Tariff in force since %(day)s") % {"day": formats.day(row.rule.valid_from)}


def _goods(row: LedgerRow) -> str:
    """Which goods a line is for, or how many units were paid for."""
    if row.sku:
        return f"SKU {row.sku} × {row.quantity}"
    return ngettext("%(units)s unit", "%(units)s units", row.quantity) % {
        "units": formats.number(row.quantity)} if row.quantity else ""


class LineTable(t.Table):
    caption = _("What it is made of")
    columns = (
        t.Column("kind", _("For what"), primary=True, value=lambda row: LINE_KINDS.get(row.kind, row.kind),
                 sub=lambda row: _goods(row)),
        t.Column("amount", _("Amount"), kind="money", value=amount_of, tone=tone_of),
        t.Column("rule", pgettext_lazy("ledger", "Rule"), value=_rule),
    )


class SideTable(t.Table):
    caption = _("Both sides of the booking")
    columns = (
        t.Column("account", pgettext_lazy("ledger", "Account"), primary=True,
                 value=lambda row: ACCOUNTS.get(row.account, row.account)),
        t.Column("kind", _("For what"), value=lambda row: LINE_KINDS.get(row.kind, row.kind)),
        t.Column("amount", _("Amount"), kind="money", value=amount_of, tone=tone_of),
    )
