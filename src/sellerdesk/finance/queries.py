"""Reading the ledger. Each function needs a fixed number of queries."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import TreeNode
from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.models import DatedRule
from sellerdesk.core.types import Page
from sellerdesk.finance.errors import TransactionUnknown
from sellerdesk.finance.models import Line, Transaction
from sellerdesk.finance.rules import KINDS, SELLER
from sellerdesk.finance.types import AccrualRow, Balance, LedgerRow, TransactionRow
from sellerdesk.sellers.types import SellerRef

# How long a process may go on with the tree it has read; commissions are quoted for every order line. Seconds.
_FRESH_SECONDS = 60.0
_departments: tuple[float, dict[int, int]] = (0.0, {})
_ROW = ("id", "kind", "at", "posting_number", "amount_minor", "currency")


def balance(seller: SellerRef) -> Balance:
    """Everything accrued so far. One query."""
    return _balance(seller, Line.objects.filter(seller_id=seller.id, account=SELLER))


def totals(seller: SellerRef, start: datetime, end: datetime | None = None) -> Balance:
    """What was accrued from `start` up to, not including, `end`; without an end, until now. One query."""
    lines = Line.objects.filter(seller_id=seller.id, account=SELLER, transaction__at__gte=start)
    return _balance(seller, lines.filter(transaction__at__lt=end) if end else lines)


def _balance(seller: SellerRef, lines: QuerySet[Line]) -> Balance:
    found = dict(lines.values("kind").annotate(amount=Sum("amount_minor")).order_by().values_list("kind", "amount"))
    by_kind = {kind: found[kind] for kind in KINDS if kind in found}
    return Balance(sum(by_kind.values()), seller.currency, by_kind)


def transactions_page(seller: SellerRef, *, kinds: Sequence[str] = (), posting: str = "", cursor: str | None = None,
                      limit: int = 50, period: tuple[datetime | None, datetime | None] = (None, None)
                      ) -> Page[TransactionRow]:
    """Bookings, newest first. `posting` finds by the beginning of a posting number. One query.

    Raises Invalid `cursor_invalid`.
    """
    rows = Transaction.objects.filter(seller_id=seller.id)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if posting:
        rows = rows.filter(posting_number__startswith=posting)
    if period[0]:
        rows = rows.filter(at__gte=period[0])
    if period[1]:
        rows = rows.filter(at__lt=period[1])
    backwards, place = False, None
    if cursor:
        way, at, id_ = cursor_decode(cursor, 3)
        backwards, place = way == "<", (datetime.fromisoformat(at), id_)
    if place:
        at, id_ = place
        rows = rows.filter(Q(at__gt=at) | Q(at=at, id__gt=id_) if backwards else Q(at__lt=at) | Q(at=at, id__lt=id_))
    order = ("at", "id") if backwards else ("-at", "-id")
    found = [TransactionRow(*row) for row in rows.order_by(*order).values_list(*_ROW)[: limit + 1]]
    more, shown = len(found) > limit, found[:limit]
    if backwards:
        shown.reverse()
    if not shown:
        return Page([])
    has_next, has_prev = (True, more) if backwards else (more, place is not None)
    return Page(shown, cursor_encode(">", shown[-1].at, shown[-1].id) if has_next else "",
                cursor_encode("<", shown[0].at, shown[0].id) if has_prev else "")


def transaction(seller: SellerRef, transaction_id: int) -> tuple[TransactionRow, list[LedgerRow]]:
    """One booking with both sides of each movement. Three queries. Raises TransactionUnknown."""
    row = Transaction.objects.filter(seller_id=seller.id, pk=transaction_id).values_list(*_ROW).first()
    if row is None:
        raise TransactionUnknown()
    lines = list(Line.objects.filter(transaction_id=transaction_id).order_by("id").values_list(
        "account", "kind", "amount_minor", "currency", "sku", "quantity", "rule_id"))
    known = _rules(line[-1] for line in lines)
    return TransactionRow(*row), [LedgerRow(*line, *known.get(line[-1], (None, ""))) for line in lines]


def of_posting(seller: SellerRef, number: str) -> list[AccrualRow]:
    """Everything accrued for a posting, in the order booked. Two queries."""
    lines = list(Line.objects.filter(seller_id=seller.id, account=SELLER, transaction__posting_number=number,
                                     transaction__seller_id=seller.id).order_by("id").values_list(
        "transaction_id", "transaction__kind", "transaction__at", "transaction__posting_number", "kind", "sku",
        "quantity", "amount_minor", "currency", "rule_id"))
    known = _rules(line[-1] for line in lines)
    return [AccrualRow(*line, *known.get(line[-1], (None, ""))) for line in lines]


def _rules(ids: Iterable[int | None]) -> dict[int | None, tuple[datetime, str]]:
    """Since when each rule is in force, and where it comes from."""
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return {}
    return {id_: (since, source) for id_, since, source in
            DatedRule.objects.filter(pk__in=wanted).values_list("id", "valid_from", "source")}


def departments(category_ids: Iterable[int]) -> dict[int, int]:
    """The top of the tree above each category. Two queries at most once a minute, or for a category not seen yet."""
    global _departments
    read_at, known = _departments
    wanted = set(category_ids)
    if not wanted <= known.keys() or time.monotonic() - read_at > _FRESH_SECONDS:
        known = {id_: top.id for top in catalog.tree("en") for id_ in _ids_below(top)}
        _departments = (time.monotonic(), known)
    return {id_: known[id_] for id_ in wanted if id_ in known}


def _ids_below(node: TreeNode) -> Iterable[int]:
    yield node.id
    for child in node.children:
        yield from _ids_below(child)
