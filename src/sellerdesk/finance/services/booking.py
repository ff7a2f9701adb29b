"""Commission quotes and bookings. A booking happens once, whatever is retried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry as Act
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows
from sellerdesk.finance import queries, rules
from sellerdesk.finance.events import CHARGES_BOOKED, DELIVERIES_BOOKED, PLACEMENT_BOOKED, RETURNS_BOOKED
from sellerdesk.finance.periods import hour_of
from sellerdesk.finance.rules import Entry
from sellerdesk.finance.services.companies import note_sales
from sellerdesk.finance.types import Charge, Commission, DeliveredPosting, PlacementDay, ReturnedGoods
from sellerdesk.sellers.types import SellerRef

_LEDGER = Actor.system("ledger")
SCHEME = "fbs"


def quote_commission(*, seller: SellerRef, lines: Sequence[tuple[int, int, int, int]], at: datetime,
                     scheme: str = SCHEME) -> list[Commission]:
    """The marketplace's share of order lines (type_id, category_id, price_minor per unit, quantity), in their order.

    The rate depends on the department of the category, the scheme and the band of the unit price, at the rules in
    force `at` that moment; a rule that says nothing of the scheme charges it as FBS. Raises Unavailable `rule_missing`.
    """
    departments = queries.departments({line[1] for line in lines})
    bounds = dated.get("finance.price_bands", seller.currency, at).value
    quotes = []
    for _type_id, category_id, price_minor, quantity in lines:
        rule = dated.get("finance.commission", str(departments.get(category_id, "")), at)
        bp = rules.band_bp(price_minor, bounds, rule.value.get(scheme, rule.value[SCHEME]))
        quotes.append(Commission(bp, rules.commission_minor(price_minor, quantity, bp), rule.id))
    return quotes


def book_deliveries(*, postings: Sequence[DeliveredPosting]) -> int:
    """Accrue delivered postings, of any number of shops. Returns how many were not booked before.

    Idempotent by shop and posting number; six statements for any number of postings, and one more where companies
    bought, with one for each of their shops.
    """
    bookings = []
    for posting in postings:
        rule = dated.get("finance.acquiring", "", posting.at)
        entries = rules.delivery_entries(posting, rule.value["bp"], rule.id, _instalment(posting))
        bookings.append(_Booking(f"delivery:{posting.seller_id}:{posting.number}", "delivery", posting.seller_id,
                                 posting.number, posting.currency, posting.at, entries))
    sold = [posting for posting in postings if posting.company]
    if not sold:
        return _book(bookings, DELIVERIES_BOOKED)
    with atomic():
        booked = _book(bookings, DELIVERIES_BOOKED)
        note_sales(sold)
    return booked


def _instalment(posting: DeliveredPosting) -> tuple[int, int | None]:
    """The fee in force when it was ordered; nothing is asked where nothing is paid in parts."""
    if not posting.in_parts_minor:
        return 0, None
    rule = dated.get("finance.instalment", "", posting.ordered_at or posting.at)
    return rule.value["bp"], rule.id


def book_returns(*, returns: Sequence[ReturnedGoods]) -> int:
    """Take back what was accrued for goods that came back. Returns how many were not booked before.

    Idempotent by shop and the return's key; six statements for any number of returns.
    """
    returns = _at_the_orders_rate(returns)
    return _book([_Booking(f"return:{goods.seller_id}:{goods.key}", "return", goods.seller_id, goods.posting_number,
                           goods.currency, goods.at, rules.return_entries(goods)) for goods in returns],
                 RETURNS_BOOKED)


def _at_the_orders_rate(returns: Sequence[ReturnedGoods]) -> list[ReturnedGoods]:
    """Lines that name no rate take that of the sale they undo: a refund is never made at a newer one. One statement."""
    wanted = sorted({(goods.seller_id, goods.posting_number) for goods in returns if goods.posting_number})
    if not wanted:
        return list(returns)
    rates = {(seller, number, sku): rate for seller, number, sku, rate in fetch_all(
        "SELECT t.seller_id, t.posting_number, l.sku, l.rate_id FROM"
        f" {json_rows('v', seller='int', number='text')} JOIN finance_transaction t ON t.seller_id = v.seller"
        " AND t.posting_number = v.number JOIN finance_line l ON l.transaction_id = t.id"
        " WHERE l.kind = 'sale' AND l.account = 'seller' AND l.rate_id IS NOT NULL",
        [json_param([list(one) for one in wanted])])}
    return [replace(goods, lines=tuple(
        line if line.rate_id else replace(line, rate_id=rates.get((goods.seller_id, goods.posting_number, line.sku)))
        for line in goods.lines)) for goods in returns]


def book_charges(*, charges: Sequence[Charge]) -> int:
    """Take or give single amounts: penalties, compensations and the like. Returns how many were not booked before.

    Idempotent by shop, kind and key; charges of nothing are left out. Six statements for any number of charges.
    """
    return _book([_Booking(f"{charge.kind}:{charge.seller_id}:{charge.key}", charge.kind, charge.seller_id,
                           charge.posting_number, charge.currency, charge.at, rules.charge_entries(charge))
                  for charge in charges if charge.amount_minor], CHARGES_BOOKED)


def book_repayment(*, charge: Charge) -> bool:
    """What a shop paid in. False where its key was booked before. In the transaction that tells of it."""
    return bool(_book([_Booking(f"{charge.kind}:{charge.seller_id}:{charge.key}", charge.kind, charge.seller_id, "",
                                charge.currency, charge.at, rules.charge_entries(charge))], ""))


def book_placement(*, day: PlacementDay) -> bool:
    """What lay in the marketplace's warehouses on a day of the shop. False where that day is booked, or cost nothing.

    Idempotent by shop and day. In the transaction that keeps the rows behind it.
    """
    entries = rules.placement_entries(day)
    booking = _Booking(f"{rules.PLACEMENT}:{day.seller_id}:{day.day.isoformat()}", rules.PLACEMENT, day.seller_id, "",
                       day.currency, day.at, entries)
    if not entries or not _book([booking], ""):
        return False
    activity.record(PLACEMENT_BOOKED, now=day.at, actor=_LEDGER, seller_id=day.seller_id, target_type="day",
                    target_id=day.day.isoformat(), target_label=day.day.isoformat(),
                    data={"amount_minor": booking.amount_minor, "currency": day.currency})
    return True


@dataclass(frozen=True, slots=True)
class Payout:
    """Money that leaves for a bank, or with `back` comes home from it."""

    seller_id: int
    key: str
    amount_minor: int
    currency: str
    at: datetime
    rule_id: int | None
    back: bool = False


class _Booking:
    """A transaction on its way to the table."""

    __slots__ = ("amount_minor", "at", "currency", "entries", "key", "kind", "number", "seller_id")

    def __init__(self, key: str, kind: str, seller_id: int, number: str, currency: str, at: datetime,
                 entries: list[Entry]) -> None:
        self.key, self.kind, self.seller_id, self.number = key, kind, seller_id, number
        self.currency, self.at, self.entries = currency, at, entries
        self.amount_minor = rules.seller_sum(entries)


def book_payouts(*, payouts: Sequence[Payout]) -> int:
    """Move money out to banks, or back home. Returns how many were not booked before; each key is booked once.

    In the transaction that moves the payout's state.
    """
    return _book([_Booking(payout.key, "payout_back" if payout.back else "payout", payout.seller_id, "",
                           payout.currency, payout.at,
                           rules.payout_entries(payout.amount_minor, payout.rule_id, back=payout.back))
                  for payout in payouts], "")


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
            " quantity, rate_id) SELECT v.tx, v.seller, v.account, v.kind, v.amount, v.currency, v.rule, v.sku,"
            " v.quantity, v.rate FROM"
            f" {json_rows('v', tx='int', seller='int', account='text', kind='text', amount='int', currency='text', rule='int', sku='int', quantity='int', rate='int')}",  # noqa: E501
            [json_param([[id_, b.seller_id, e.account, e.kind, e.amount_minor, b.currency, e.rule_id, e.sku,
                          e.quantity, e.rate_id] for id_, b in booked for e in b.entries])])
        _keep([booking for _, booking in booked])
        if event:
            _tell(event, [booking for _, booking in booked])
    return len(booked)


def _keep(booked: list[_Booking]) -> None:
    """The kept balance of each shop, and its parts by kind, of all time and of each hour, move with its lines. In the
    order of shops, so that two batches never wait for each other."""
    sums: dict[int, list[Any]] = {}
    for booking in booked:
        kept = sums.setdefault(booking.seller_id, [booking.currency, 0, 0])
        kept[1] += booking.amount_minor
        kept[2] += 1
    execute(
        "INSERT INTO finance_shopbalance (seller_id, currency, balance_minor, bookings)"
        f" SELECT v.seller, v.currency, v.amount, v.bookings FROM"
        f" {json_rows('v', seller='int', currency='text', amount='int', bookings='int')} WHERE true"
        " ON CONFLICT (seller_id) DO UPDATE SET balance_minor = finance_shopbalance.balance_minor +"
        " excluded.balance_minor, bookings = finance_shopbalance.bookings + excluded.bookings",
        [json_param([[seller, *kept] for seller, kept in sorted(sums.items())])])
    kinds: dict[tuple[int, str], int] = defaultdict(int)
    hours: dict[tuple[int, datetime, str], int] = defaultdict(int)
    for booking in booked:
        hour = hour_of(booking.at)
        for entry in booking.entries:
            if entry.account == rules.SELLER:
                kinds[booking.seller_id, entry.kind] += entry.amount_minor
                hours[booking.seller_id, hour, entry.kind] += entry.amount_minor
    execute(
        "INSERT INTO finance_shopkind (seller_id, kind, amount_minor) SELECT v.seller, v.kind, v.amount FROM"
        f" {json_rows('v', seller='int', kind='text', amount='int')} WHERE true"
        " ON CONFLICT (seller_id, kind) DO UPDATE SET amount_minor = finance_shopkind.amount_minor +"
        " excluded.amount_minor", [json_param([[*key, amount] for key, amount in sorted(kinds.items())])])
    execute(
        "INSERT INTO finance_kindhour (seller_id, hour, kind, amount_minor) SELECT v.seller, v.hour, v.kind, v.amount"
        f" FROM {json_rows('v', seller='int', hour='time', kind='text', amount='int')} WHERE true"
        " ON CONFLICT (seller_id, hour, kind) DO UPDATE SET amount_minor = finance_kindhour.amount_minor +"
        " excluded.amount_minor", [json_param([[*key, amount] for key, amount in sorted(hours.items())])])


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
