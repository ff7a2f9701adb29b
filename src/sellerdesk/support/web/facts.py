"""What is known right now about a topic, read from the domains it is about. Often it is the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from sellerdesk.catalog.queries import certificates
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.finance import queries as finance
from sellerdesk.finance.queries import settling
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import queries as orders
from sellerdesk.returns import queries as returns
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known, with where to see it. `tone` is warning where something is wrong."""

    text: str
    url: str
    tone: str = "info"


Source = Callable[[WebRequest, SellerRef, datetime], list[Fact]]


def _orders(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    due = orders.due(seller, now, request.warehouse_ids)
    found = []
    if due.overdue:
        found.append(Fact(ngettext("%(count)s posting is past its ship-by time.",
                                   "%(count)s postings are past their ship-by time.", due.overdue) % {
            "count": due.overdue}, reverse("orders:postings") + "?tab=to_pack", "warning"))
    else:
        found.append(Fact(_("No posting is past its ship-by time."), reverse("orders:postings")))
    return found


def _terms(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    return [*_orders(request, seller, now), Fact(_("What each penalty is made of, and where to dispute it."),
                                                 reverse("orders:penalties"))]


def _parcels(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    rows = logistics.parcels_page(seller, tab="silent", limit=3).rows
    if not rows:
        return [Fact(_("No parcel of yours is without news for too long."), reverse("logistics:parcels"))]
    return [Fact(_("Parcel of %(number)s: no news for too long.") % {"number": row.posting_number},
                 reverse("orders:posting", args=[row.posting_number]), "warning") for row in rows]


def _returns(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    own = request.warehouse_ids
    arrived, claims = returns.arrived_count(seller, own), returns.claims_to_answer(seller, own)
    found = [Fact(ngettext("%(count)s return waits at a return point.", "%(count)s returns wait at return points.",
                           arrived) % {"count": arrived}, reverse("returns:returns"))]
    if claims:
        found.append(Fact(ngettext("%(count)s claim waits for your answer.", "%(count)s claims wait for your answer.",
                                   claims) % {"count": claims}, reverse("returns:claims"), "warning"))
    return found


_PAYOUTS = {
    "awaiting": gettext_lazy("Your payout %(number)s of %(amount)s is awaiting the bank: %(day)s."),
    "paid": gettext_lazy("Your last payout, %(number)s of %(amount)s, has been paid."),
    "held": gettext_lazy("Your payout %(number)s of %(amount)s is held. Its page says why."),
    "failed": gettext_lazy("The bank returned payout %(number)s of %(amount)s. Check the account."),
}


def _balance(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    language = get_language() or "en"
    balance = finance.balance(seller)
    found = [Fact(_("The balance is %(amount)s.") % {
        "amount": format_money(Money(balance.accrued_minor, balance.currency), language)}, reverse("finance:balance"))]
    for row in settling.settlements(seller, limit=1):
        amount = format_money(Money(row.payout_minor, row.currency), language)
        text = _PAYOUTS.get("held" if row.held_at and row.state == "awaiting" else row.state)
        if text and row.payout_minor:
            found.append(Fact(str(text) % {"number": row.number, "amount": amount, "day": formats.day(row.pay_by)},
                              reverse("finance:settlement", args=[row.id]),
                              "info" if row.state in ("awaiting", "paid") and not row.held_at else "warning"))
    last = finance.transactions_page(seller, cursor=None, limit=1).rows
    if last:
        found.append(Fact(_("The last booking is of %(when)s: %(amount)s.") % {
            "when": formats.when(last[0].at, now),
            "amount": format_money(Money(last[0].amount_minor, last[0].currency), language)},
            reverse("finance:transaction", args=[last[0].id])))
    return found


def _papers(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    waiting = certificates.state_counts(seller).get("in_review", 0)
    return [Fact(ngettext("%(count)s certificate is being looked at.", "%(count)s certificates are being looked at.",
                          waiting) % {"count": waiting}, reverse("catalog:certificates"))]


def _review(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    progress = sellers.progress(seller, now)
    return [Fact(_("%(done)s of %(total)s steps of the checklist are done.") % {
        "done": progress.done, "total": progress.total}, reverse("sellers:onboarding"))]


def _keys(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    return [Fact(_("The log of each key shows what your programs asked and what was answered."),
                 reverse("sellers:keys"))]


def _goods(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    return [Fact(_("Cards that were declined say on their page what to correct."), reverse("catalog:products"))]


def _prices(request: WebRequest, seller: SellerRef, now: datetime) -> list[Fact]:
    return [Fact(_("Prices that moved far wait in the quarantine."), reverse("pricing:quarantine"))]


#: Facts by the name that topics give, each with the right that shows them.
_SOURCES: dict[str, tuple[str, Source]] = {
    "orders": (permissions.POSTING_VIEW, _orders), "terms": (permissions.TERMS_VIEW, _terms),
    "parcels": (permissions.POSTING_VIEW, _parcels), "returns": (permissions.RETURN_VIEW, _returns),
    "balance": (permissions.BALANCE_VIEW, _balance), "papers": (permissions.PRODUCT_VIEW, _papers),
    "review": (permissions.SHOP_VIEW, _review), "keys": (permissions.KEY_VIEW, _keys),
    "goods": (permissions.PRODUCT_VIEW, _goods), "prices": (permissions.PRICE_VIEW, _prices),
}


def of(name: str, request: WebRequest, now: datetime) -> list[Fact]:
    """What this person may know about a topic. A domain that refuses says nothing here."""
    right, source = _SOURCES.get(name, ("", None)) if name else ("", None)
    seller: Any = request.seller
    if source is None or seller is None or not request.can(right):
        return []
    try:
        return source(request, seller, now)
    except DomainError:
        return []
