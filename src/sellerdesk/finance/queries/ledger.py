"""Bookings, balances and tariffs. Each function needs a fixed number of queries."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import TreeNode
from sellerdesk.core import rules as dated
from sellerdesk.core.db import cursor_decode, cursor_encode, of_shop
from sellerdesk.core.money import Money, minor_digits
from sellerdesk.core.types import Page
from sellerdesk.finance import periods
from sellerdesk.finance.errors import TransactionUnknown
from sellerdesk.finance.models import Line, ShopBalance, ShopKind, Transaction
from sellerdesk.finance.queries import kept
from sellerdesk.finance.rules import ACCRUALS, BASE_CURRENCY, PAYOUTS, SELLER
from sellerdesk.finance.rules import convert as convert_by_rates
from sellerdesk.finance.texts import LINE_KINDS
from sellerdesk.finance.types import AccrualRow, Balance, Converted, LedgerRow, TransactionRow
from sellerdesk.sellers.types import OpenEnd, SellerRef

# How long a process may go on with the tree it has read; commissions are quoted for every order line. Seconds.
_FRESH_SECONDS = 60.0
_departments: tuple[float, dict[int, int]] = (0.0, {})
_ROW = ("id", "kind", "at", "posting_number", "amount_minor", "currency")


def balance(seller: SellerRef) -> Balance:
    """Everything accrued and paid so far, as bookings keep it, however many there are. One query."""
    return _of_kinds(seller, dict(ShopKind.objects.filter(seller_id=seller.id).values_list("kind", "amount_minor")))


def owed_minor(seller: SellerRef) -> int:
    """What the marketplace owes the shop: the balance that bookings keep, however many there are. One query."""
    return ShopBalance.objects.filter(seller_id=seller.id).values_list("balance_minor", flat=True).first() or 0


def balance_before(seller: SellerRef, at: datetime) -> int:
    """The balance before a moment: that of now without what was booked since. One query."""
    return kept.since(seller, at)[0]


def flow(seller: SellerRef, at: datetime) -> tuple[int, Balance]:
    """The balance before a moment, and what was accrued and paid since. One query."""
    before, moved = kept.since(seller, at)
    return before, _of_kinds(seller, moved)


def accrued_minor(seller: SellerRef, start: datetime, end: datetime) -> int:
    """What bookings from `start` up to, not including, `end` changed for the shop, payouts left out. One query."""
    return totals(seller, start, end).accrued_minor


def open_end(seller: SellerRef) -> OpenEnd | None:
    """What keeps a shop from closing: money owed by either side. One query."""
    owed = Money(owed_minor(seller), seller.currency)
    if not owed.amount_minor:
        return None
    label = (pgettext_lazy("closing", "Balance still to be paid out") if owed.amount_minor > 0 else
             pgettext_lazy("closing", "Balance below zero, to be settled"))
    return OpenEnd("balance", label, "finance:home" if owed.amount_minor > 0 else "finance:debt", amount=owed)


def lines_between(seller: SellerRef, start: datetime, end: datetime | None = None) -> QuerySet[Line]:
    """Both sides of what was booked from `start` up to, not including, `end`; without an end, until now.

    The bookings are asked for by their shop, too: PostgreSQL would look through those of all shops for their time. The
    shop of the lines stays out of SQLite's sight: it would read all lines of a kind once for each booking.
    """
    lines = Line.objects.filter(of_shop(seller.id), transaction__seller_id=seller.id, transaction__at__gte=start)
    return lines.filter(transaction__at__lt=end) if end else lines


def totals(seller: SellerRef, start: datetime, end: datetime | None = None) -> Balance:
    """What was accrued from `start` up to, not including, `end`; without an end, until now. One query, of sums that
    bookings keep."""
    return _of_kinds(seller, kept.by_kind(seller, start, end))


def _of_kinds(seller: SellerRef, found: Mapping[str, int]) -> Balance:
    by_kind = {kind: found[kind] for kind in ACCRUALS if kind in found}
    return Balance(sum(by_kind.values()), seller.currency, by_kind, -sum(found.get(kind, 0) for kind in PAYOUTS))


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
    known = dated.notes(line[-1] for line in lines)
    return TransactionRow(*row), [LedgerRow(*line, known.get(line[-1])) for line in lines]


def of_posting(seller: SellerRef, number: str) -> list[AccrualRow]:
    """Everything accrued for a posting, in the order booked. Two queries."""
    lines = list(Line.objects.filter(seller_id=seller.id, account=SELLER, transaction__posting_number=number,
                                     transaction__seller_id=seller.id).order_by("id").values_list(
        "transaction_id", "transaction__kind", "transaction__at", "transaction__posting_number", "kind", "sku",
        "quantity", "amount_minor", "currency", "rule_id"))
    known = dated.notes(line[-1] for line in lines)
    return [AccrualRow(*line, known.get(line[-1])) for line in lines]


def local_day(seller: SellerRef, at: datetime) -> date:
    """The day of the shop that a moment falls on."""
    return periods.local_day(at, seller.time_zone)


def day_bounds(seller: SellerRef, start: date, end: date) -> tuple[datetime, datetime]:
    """From the first moment of a day of the shop up to, not including, the first after another."""
    return periods.bounds(start, end, seller.time_zone)


def kind_text(kind: str) -> Any:
    """What a kind of line is called, lazily translated."""
    return LINE_KINDS[kind]


def departments(category_ids: Iterable[int]) -> dict[int, int]:
    """The top of the tree above each category. Two queries at most once a minute, or for a category not seen yet."""
    global _departments
    read_at, known = _departments
    wanted = set(category_ids)
    if not wanted <= known.keys() or time.monotonic() - read_at > _FRESH_SECONDS:
        known = {id_: top.id for top in catalog.tree("en") for id_ in _ids_below(top)}
        _departments = (time.monotonic(), known)
    return {id_: known[id_] for id_ in wanted if id_ in known}


def forget() -> None:
    """Read the tree anew at the next question."""
    global _departments
    _departments = (0.0, {})


def shares(category_ids: Iterable[int], at: datetime, scheme: str = "fbs") -> dict[int, tuple[int, ...]]:
    """The marketplace's share of the price in each category, basis points, one for each price band from the lowest.

    Queries as `departments`; rules come from the process's memory. Raises Unavailable `rule_missing`.
    """
    wanted = set(category_ids)
    tops = departments(wanted)
    return {id_: tuple(dated.get("finance.commission", str(tops.get(id_, "")), at).value[scheme]) for id_ in wanted}


def instalment_bp(at: datetime) -> int:
    """What the marketplace takes of what a buyer pays in parts, basis points."""
    return int(dated.get("finance.instalment", "", at).value["bp"])


def acquiring_bp(at: datetime) -> int:
    """What payment processing costs, basis points of what the buyer pays. Raises Unavailable `rule_missing`."""
    return int(dated.get("finance.acquiring", "", at).value["bp"])


def buyer_currency(at: datetime) -> str:
    """What buyers of this marketplace pay in. Raises Unavailable `rule_missing`."""
    return str(dated.get("finance.buyer_currency", "", at).value["currency"])


def convert(amount_minor: int, source: str, target: str, at: datetime) -> Converted:
    """An amount at the day's rate, the dated rule `finance.rate`. No query once the rates are read.

    Raises Unavailable `rule_missing` for a currency without a rate.
    """
    if source == target:
        return Converted(amount_minor, None)
    sides = [(dated.get("finance.rate", one, at), minor_digits(one)) for one in (source, target)]
    (first, first_digits), (second, second_digits) = sides
    # The rate of the base currency is 1 for ever; the other one is what explains the amount.
    told = first if target == BASE_CURRENCY else second
    return Converted(convert_by_rates(amount_minor, (first.value["rate"], first_digits),
                                      (second.value["rate"], second_digits)), told.id)


def _ids_below(node: TreeNode) -> Iterable[int]:
    yield node.id
    for child in node.children:
        yield from _ids_below(child)
