"""Bookings with their lines, as programs read them. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from sellerdesk.finance.models import Line, Transaction
from sellerdesk.finance.rules import PAYOUTS, SELLER
from sellerdesk.finance.texts import BOOKINGS
from sellerdesk.finance.types import Operation, OperationLine
from sellerdesk.sellers.types import SellerRef

_ROW = ("id", "kind", "at", "posting_number", "amount_minor", "currency")


def operations(seller: SellerRef, *, since: datetime | None = None, until: datetime | None = None,
               kinds: Sequence[str] = (), posting_numbers: Sequence[str] = (), after: int = 0, skip: int = 0,
               limit: int = 1000) -> list[Operation]:
    """Bookings without payouts, in the order of their moments; `after` is an operation of the same question, from which
    it goes on. Two queries, three with `after`."""
    rows = _asked(seller, since, until, kinds, posting_numbers)
    if after:
        last = Transaction.objects.filter(seller_id=seller.id, pk=after).values_list("at", flat=True).first()
        if last is not None:
            rows = rows.filter(at__gt=last) | rows.filter(at=last, id__gt=after)
    return _whole(rows.order_by("at", "id").values_list(*_ROW)[skip:skip + limit])


def operations_total(seller: SellerRef, *, since: datetime | None = None, until: datetime | None = None,
                     kinds: Sequence[str] = (), posting_numbers: Sequence[str] = ()) -> int:
    """How many there are. One query."""
    return _asked(seller, since, until, kinds, posting_numbers).count()


def sums(seller: SellerRef, *, since: datetime | None = None, until: datetime | None = None, kinds: Sequence[str] = (),
         posting_numbers: Sequence[str] = ()) -> dict[str, int]:
    """What the lines of these bookings changed for the shop, kind of line by kind. One query."""
    rows = Line.objects.filter(account=SELLER, seller_id=seller.id, transaction__in=_asked(
        seller, since, until, kinds, posting_numbers).values("id"))
    return dict(rows.values_list("kind").annotate(amount=Sum("amount_minor")).order_by())


def booking_text(kind: str) -> Any:
    """What a kind of booking is called, lazily translated."""
    return BOOKINGS[kind]


def _asked(seller: SellerRef, since: datetime | None, until: datetime | None, kinds: Sequence[str],
           posting_numbers: Sequence[str]) -> QuerySet[Transaction]:
    rows = Transaction.objects.filter(seller_id=seller.id).exclude(kind__in=PAYOUTS)
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lt=until)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if posting_numbers:
        rows = rows.filter(posting_number__in=posting_numbers)
    return rows


def _whole(rows: Iterable[tuple]) -> list[Operation]:
    found = list(rows)
    lines: dict[int, list[OperationLine]] = defaultdict(list)
    for transaction_id, kind, sku, quantity, amount, rule_id in Line.objects.filter(
            transaction_id__in=[row[0] for row in found], account=SELLER).order_by("id").values_list(
            "transaction_id", "kind", "sku", "quantity", "amount_minor", "rule_id"):
        lines[transaction_id].append(OperationLine(kind, sku, quantity, amount, rule_id))
    return [Operation(*(*row, tuple(lines[row[0]]))) for row in found]
