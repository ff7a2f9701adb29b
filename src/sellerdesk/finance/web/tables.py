"""The list of bookings, and the lines of one."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.finance.types import LedgerRow, TransactionRow

KINDS = {
    "delivery": t.Badge(pgettext_lazy("accrual", "Delivery"), "success", "truck-delivery"),
    "return": t.Badge(pgettext_lazy("accrual", "Return"), "warning", "truck-return"),
}
LINE_KINDS: dict[str, Any] = {
    "sale": pgettext_lazy("accrual", "Sale"),
    "commission": pgettext_lazy("accrual", "Commission"),
    "logistics": _("Delivery to the buyer"),
    "acquiring": _("Payment processing"),
    "return_sale": _("Sale taken back"),
    "return_commission": _("Commission given back"),
    "return_logistics": _("Delivery back"),
}
ACCOUNTS: dict[str, Any] = {
    "seller": _("Your shop"),
    "buyer": pgettext_lazy("account", "Buyer"),
    "commission": _("Marketplace"),
    "logistics": _("Carrier"),
    "acquiring": _("Bank"),
}


def posting_url(row: TransactionRow) -> str:
    """Where the posting is shown; the ledger knows only its number."""
    if not row.posting_number:
        return ""
    try:
        return reverse("orders:posting", args=[row.posting_number])
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
            t.Tab("return", pgettext_lazy("accrual", "Returns")))
    filters = (t.SearchFilter("q", _("Posting number")), t.DateRangeFilter("at", _("Date")))
    row_href = staticmethod(lambda row: reverse("finance:transaction", args=[row.id]))
    empty = t.Empty("wallet", _("Nothing accrued yet"),
                    _("When a parcel reaches its buyer, the sale and all fees appear here."))


def _rule(row: LedgerRow) -> str:
    if row.rule_since is None:
        return ""
    return _("Tariff in force since %(day)s") % {"day": formats.day(row.rule_since)}


class LineTable(t.Table):
    caption = _("What it is made of")
    columns = (
        t.Column("kind", _("For what"), primary=True, value=lambda row: LINE_KINDS.get(row.kind, row.kind),
                 sub=lambda row: f"SKU {row.sku} × {row.quantity}" if row.sku else ""),
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
