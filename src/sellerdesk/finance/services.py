"""Commission quotes and bookings. A booking happens once, whatever is retried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry as Act
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows
from sellerdesk.finance import queries, rules
from sellerdesk.finance.events import DELIVERIES_BOOKED, RETURNS_BOOKED
from sellerdesk.finance.rules import Entry
from sellerdesk.finance.types import Commission, DeliveredPosting, ReturnedGoods
from sellerdesk.sellers.types import SellerRef

_LEDGER = Actor.system("ledger")
SCHEME = "fbs"


def quote_commission(*, seller: SellerRef, lines: Sequence[tuple[int, int, int, int]], at: datetime,
                     scheme: str = SCHEME) -> list[Commission]:
    """The marketplace's share of order lines (type_id, category_id, price_minor per unit, quantity), in their order.

    The rate depends on the department of the category, the scheme and the band of the unit price, at the rules in
    force `at` that moment. Raises Unavailable `rule_missing`.
    """
    departments = queries.departments({line[1] for line in lines})
    bounds = dated.get("finance.price_bands", seller.currency, at).value
    quotes = []
    for _type_id, category_id, price_minor, quantity in lines:
        rule = dated.get("finance.commission", str(departments.get(category_id, "")), at)
        bp = rules.band_bp(price_minor, bounds, rule.value[scheme])
        quotes.append(Commission(bp, rules.commission_minor(price_minor, quantity, bp), rule.id))
    return quotes


def book_deliveries(*, postings: Sequence[DeliveredPosting]) -> int:
    """Accrue delivered postings, of any number of shops. Returns how many were not booked before.

    Idempotent by shop and posting number; three statements for any number of postings.
    """
    bookings = []
    for posting in postings:
        rule = dated.get("finance.acquiring", "", posting.at)
        entries = rules.delivery_entries(posting, rule.value["bp"], rule.id)
        bookings.append(_Booking(f"delivery:{posting.seller_id}:{posting.number}", "delivery", posting.seller_id,
                                 posting.number, posting.currency, posting.at, entries))
    return _book(bookings, DELIVERIES_BOOKED)


def book_returns(*, returns: Sequence[ReturnedGoods]) -> int:
    """Take back what was accrued for goods that came back. Returns how many were not booked before.

    Idempotent by shop and the return's key; three statements for any number of returns.
    """
    return _book([_Booking(f"return:{goods.seller_id}:{goods.key}", "return", goods.seller_id, goods.posting_number,
                           goods.currency, goods.at, rules.return_entries(goods)) for goods in returns],
                 RETURNS_BOOKED)


class _Booking:
    """A transaction on its way to the table."""

    __slots__ = ("amount_minor", "at", "currency", "entries", "key", "kind", "number", "seller_id")

    def __init__(self, key: str, kind: str, seller_id: int, number: str, currency: str, at: datetime,
                 entries: list[Entry]) -> None:
        self.key, self.kind, self.seller_id, self.number = key, kind, seller_id, number
        self.currency, self.at, self.entries = currency, at, entries
        self.amount_minor = rules.seller_sum(entries)


def _book(bookings: Iterable[_Booking], event: str) -> int:
    by_key = {booking.key: booking for booking in bookings}
    if not by_key:
        return 0
    with atomic():
        # The unique key decides who books; a second caller finds nothing left to insert.
        fresh = fetch_all(
            "INSERT INTO finance_transaction (key, kind, seller_id, posting_number, amount_minor, currency, at)"
            " SELECT v.key, v.kind, v.seller, v.number, v.amount, v.currency, v.at FROM"
            f" {json_rows('v', key='text', kind='text', seller='int', number='text', amount='int', currency='text', at='time')}"  # noqa: E501
            " WHERE true ON CONFLICT (key) DO NOTHING RETURNING id, key",
            [json_param([[b.key, b.kind, b.seller_id, b.number, b.amount_minor, b.currency, b.at]
                         for _, b in sorted(by_key.items())])])
        booked = [(id_, by_key[key]) for id_, key in fresh]
        if not booked:
            return 0
        execute(
            "INSERT INTO finance_line (transaction_id, seller_id, account, kind, amount_minor, currency, rule_id, sku,"
            " quantity) SELECT v.tx, v.seller, v.account, v.kind, v.amount, v.currency, v.rule, v.sku, v.quantity FROM"
            f" {json_rows('v', tx='int', seller='int', account='text', kind='text', amount='int', currency='text', rule='int', sku='int', quantity='int')}",  # noqa: E501
            [json_param([[id_, b.seller_id, e.account, e.kind, e.amount_minor, b.currency, e.rule_id, e.sku, e.quantity]
                         for id_, b in booked for e in b.entries])])
        _tell(event, [booking for _, booking in booked])
    return len(booked)


def _tell(event: str, booked: list[_Booking]) -> None:
    """One act per shop, so that a batch over many postings stays one line in each shop's history."""
    by_seller: dict[int, list[_Booking]] = defaultdict(list)
    for booking in booked:
        by_seller[booking.seller_id].append(booking)
    acts = []
    for seller_id, rows in sorted(by_seller.items()):
        numbers = [row.number for row in rows]
        acts.append(Act(
            event, max(row.at for row in rows), _LEDGER, seller_id, "posting" if len(rows) == 1 else "postings",
            numbers[0] if len(rows) == 1 else "", ", ".join(numbers[:3]) + ("…" if len(numbers) > 3 else ""),
            data={"count": len(rows), "amount_minor": sum(row.amount_minor for row in rows),
                  "currency": rows[0].currency, "postings": numbers}))
    activity.record_many(acts)
