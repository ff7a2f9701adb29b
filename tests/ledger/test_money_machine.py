"""J02: any program of sales, deliveries in part and late, cancellations in each state, returns before and after their
settlement, storing with the marketplace, penalties, compensations, payouts, debts paid in, changes of rates and rules: the
ledger holds.

A model in plain numbers says what is owed. What is cheap is proved after every step, the documents and the chain of
settlements whenever time has passed and at the end of a program. Twenty-five programs by default;
`SELLERDESK_MONEY_PROGRAMS=2000` is the promise.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import execute
from sellerdesk.core.errors import Conflict
from sellerdesk.core.money import Money, share
from sellerdesk.finance import queries, services
from sellerdesk.finance.models import Line, Settlement, ShopBalance, Transaction
from sellerdesk.finance.queries import figures, settling
from sellerdesk.finance.rules import commission_minor
from sellerdesk.finance.services import banking, debts, paying
from sellerdesk.finance.services import settling as closing
from sellerdesk.finance.types import (
    BookedLine,
    Charge,
    DeliveredPosting,
    PlacementDay,
    PlacementPart,
    ReturnedGoods,
)
from sellerdesk.simulator.services import bank

PROGRAMS = int(os.environ.get("SELLERDESK_MONEY_PROGRAMS", "25"))
START = datetime(2026, 10, 20, 7, tzinfo=UTC)
OPERATOR = Actor.user(1, "Olga")
PRICES = st.integers(1, 5_000_00)


@dataclass
class Sold:
    """Units of one line in buyers' hands: what they cost each, at which share and rate, and since when."""

    number: str
    price: int
    quantity: int
    bp: int
    rate_id: int | None


class Ledger(RuleBasedStateMachine):
    """`accrued` and `paid` are what the model counts by itself, also by posting; `open` are units sold and not given
    back, `under_way` parcels with the carrier."""

    seller: Any
    actor: Any
    #: Which acts some program of this run went through, for the test to look at.
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.work = transaction.atomic()
        self.work.__enter__()
        self.now = START
        self.accrued = self.paid = self.number = self.stored = 0
        self.of_posting: Counter[str] = Counter()
        self.acquiring_bp, self.commission_bp, self.rate_id = 150, 1_500, None
        self.open: list[Sold] = []
        self.under_way: list[tuple[str, tuple[tuple[int, int], ...]]] = []
        banking.set_bank(seller=self.seller, holder="A", bank_name="B", code="DEUTDEFF",
                         account="DE89370400440532013000", actor=self.actor, now=START - timedelta(days=9))

    def teardown(self) -> None:
        try:
            self.everything_agrees()
        finally:
            transaction.set_rollback(True)
            self.work.__exit__(None, None, None)
            dated.forget()

    def _moved(self, number: str, amount: int, act: str) -> None:
        self.accrued += amount
        self.of_posting[number] += amount
        self.seen[act] += 1

    def _deliver(self, number: str, lines: tuple[tuple[int, int], ...], late: int, twice: bool) -> None:
        """`lines` are (price, units); late is how many days ago it happened."""
        booked = tuple(BookedLine(501 + at, units, price * units, commission_minor(price, units, self.commission_bp), 7,
                                  self.rate_id) for at, (price, units) in enumerate(lines))
        for _ in range(1 + twice):
            services.book_deliveries(postings=[DeliveredPosting(
                self.seller.id, number, "RUB", self.now - timedelta(days=late), booked, logistics_minor=99,
                logistics_rule_id=8)])
        sold = sum(price * units for price, units in lines)
        self._moved(number, sold - sum(line.commission_minor for line in booked) - 99 - share(sold, self.acquiring_bp),
                    "delivery")
        self.open += [Sold(number, price, units, self.commission_bp, self.rate_id) for price, units in lines]

    @rule(price=PRICES, quantity=st.integers(1, 4), late=st.integers(0, 20), twice=st.booleans())
    def deliver(self, price: int, quantity: int, late: int, twice: bool) -> None:
        """A scan may come days after the fact, for a period that is closed already, and twice."""
        self.number += 1
        self._deliver(f"1-{self.number}", ((price, quantity),), late, twice)

    @rule(lines=st.lists(st.tuples(PRICES, st.integers(1, 3)), min_size=1, max_size=3))
    def send(self, lines: list[tuple[int, int]]) -> None:
        """Nothing is booked for what is on its way, nor for what is cancelled before."""
        self.number += 1
        self.under_way.append((f"1-{self.number}", tuple(lines)))

    @precondition(lambda self: self.under_way)
    @rule(keep=st.integers(1, 3), late=st.integers(0, 9))
    def deliver_in_part(self, keep: int, late: int) -> None:
        """The buyer keeps some lines; the rest goes back under a number of its own, for the way alone."""
        number, lines = self.under_way.pop()
        self._deliver(number, lines[:keep], late, twice=False)
        if lines[keep:]:
            self._way_back(f"{number}-2", "delivered in part")

    @precondition(lambda self: self.under_way)
    @rule()
    def cancel_before_it_is_packed(self) -> None:
        """It costs nothing."""
        self.under_way.pop(0)
        self.seen["cancelled awaiting_packaging"] += 1

    @precondition(lambda self: self.under_way)
    @rule()
    def cancel_what_is_packed(self) -> None:
        number, _lines = self.under_way.pop(0)
        self.seen["cancelled awaiting_deliver"] += 1
        self._charge("penalty", -1_500, number)

    @precondition(lambda self: self.under_way)
    @rule()
    def cancel_with_the_carrier(self) -> None:
        """The way back is paid for."""
        number, _lines = self.under_way.pop(0)
        self.seen["cancelled delivering"] += 1
        self._way_back(number, "way back")

    def _way_back(self, number: str, act: str) -> None:
        services.book_returns(returns=[ReturnedGoods(self.seller.id, f"{number}:back", number, "RUB", self.now, (),
                                                     logistics_minor=45, logistics_rule_id=8)])
        self._moved(number, -45, act)

    @precondition(lambda self: self.open)
    @rule(at=st.integers(0, 10**6), refunded=st.integers(0, 1))
    def give_one_back(self, at: int, refunded: int) -> None:
        """At the price, the share and the rate of the sale, whatever holds by now; or the buyer keeps it and gets a part
        of the price."""
        sold = self.open.pop(at % len(self.open))
        after = Settlement.objects.filter(until_at__gt=Transaction.objects.get(key=f"delivery:{self.seller.id}:{sold.number}").at)
        act = "return after its settlement" if after.exists() else "return before its settlement"
        if refunded and sold.price > 9:
            self.number += 1
            self._charge("partial_refund", -(sold.price // 3), sold.number)
            return
        self.number += 1
        services.book_returns(returns=[ReturnedGoods(
            self.seller.id, f"r{self.number}", sold.number, "RUB", self.now,
            (BookedLine(501, 1, sold.price, commission_minor(sold.price, 1, sold.bp), 7),), logistics_minor=45,
            logistics_rule_id=8)])
        rates = set(Line.objects.filter(transaction__key=f"return:{self.seller.id}:r{self.number}", kind="return_sale"
                                        ).values_list("rate_id", flat=True))
        # Lines of one posting share its rate.
        assert rates == {sold.rate_id}
        self._moved(sold.number, -(sold.price - commission_minor(sold.price, 1, sold.bp) + 45), act)
        if sold.quantity > 1:
            self.open.append(replace(sold, quantity=sold.quantity - 1))

    def _charge(self, kind: str, amount: int, number: str = "") -> None:
        self.number += 1
        services.book_charges(charges=[Charge(self.seller.id, f"k{self.number}", kind, number, "RUB", self.now, amount, 3)])
        self._moved(number, amount, kind)

    @rule(amount=st.integers(1, 900), litres=st.integers(1, 400))
    def store_with_the_marketplace(self, amount: int, litres: int) -> None:
        """A day of goods that lie in the marketplace's warehouses, by two tariffs; the same day is never charged twice."""
        self.stored += 1
        parts = (PlacementPart(3, litres, amount * litres), PlacementPart(9, 1, amount))
        booked = [services.book_placement(day=PlacementDay(
            self.seller.id, START.date() + timedelta(days=self.stored), self.now, "RUB", parts)) for _ in range(2)]
        assert booked == [True, False]
        self._moved("", -amount * litres - amount, "storage with the marketplace")

    @precondition(lambda self: self.accrued < self.paid)
    @rule(amount=st.integers(1, 2_000_00))
    def pay_in(self, amount: int) -> None:
        """A shop in debt pays a part of it, or more than all of it."""
        self.number += 1
        debts.receive(seller_id=self.seller.id, amount=Money(amount, "RUB").decimal_text(), reference=f"P{self.number}",
                      actor=OPERATOR, now=self.now)
        self._moved("", amount, "repayment")

    @rule(rate=st.integers(1, 900_000))
    def change_the_rate(self, rate: int) -> None:
        dated.put("finance.rate", "CNY", {"rate": rate}, valid_from=self.now, source="test")
        self.rate_id = dated.get("finance.rate", "CNY", self.now).id
        self.seen["rate"] += 1

    @rule(amount=st.integers(1, 3_000_00),
          kind=st.sampled_from(["penalty", "storage", "disposal", "compensation_back"]))
    def take(self, amount: int, kind: str) -> None:
        self._charge(kind, -amount)

    @rule(amount=st.integers(1, 3_000_00), kind=st.sampled_from(["penalty_back", "compensation"]))
    def give(self, amount: int, kind: str) -> None:
        self._charge(kind, amount)

    @rule(bp=st.integers(0, 900))
    def change_the_acquiring(self, bp: int) -> None:
        """From now on; what was delivered before keeps what it was booked with, late scans the rate of their moment."""
        if self.acquiring_bp != bp:
            self.acquiring_bp = bp
            dated.put("finance.acquiring", "", {"bp": bp}, valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")

    @rule(bp=st.integers(0, 3_000))
    def change_the_commission(self, bp: int) -> None:
        self.commission_bp = bp

    @rule(hours=st.integers(1, 24 * 12))
    def let_time_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        services.run_due(self.now)
        paid = {row.pk for row in Settlement.objects.filter(state="paid")}
        bank.run_due(self.now)
        new = [row.payout_minor for row in Settlement.objects.filter(state="paid").exclude(pk__in=paid)]
        self.paid += sum(new)
        self.seen["payout"] += len(new)
        self.everything_agrees()

    @rule(manual=st.booleans())
    def change_the_wish(self, manual: bool) -> None:
        banking.set_policy(seller=self.seller, mode="manual" if manual else "auto", minimum="", actor=self.actor,
                           now=self.now)

    @rule()
    def ask(self) -> None:
        with suppress(Conflict):
            closing.ask_payout(seller=self.seller, actor=self.actor, now=self.now)

    @rule(mend=st.booleans())
    def send_a_payout_back(self, mend: bool) -> None:
        row = Settlement.objects.filter(state="paid").order_by("-number").first()
        if row is None:
            return
        paying.fail(settlement_id=row.pk, reason="returned", actor=OPERATOR, now=self.now)
        self.paid -= row.payout_minor
        if mend:
            paying.retry(settlement_id=row.pk, actor=OPERATOR, now=self.now)

    @rule(table=st.sampled_from(["finance_line", "finance_transaction"]), act=st.booleans())
    def forge(self, table: str, act: bool) -> None:
        if not Transaction.objects.exists():
            return
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            execute(f"UPDATE {table} SET amount_minor = amount_minor + 1" if act else f"DELETE FROM {table}")

    @invariant()
    def every_booking_sums_to_zero(self) -> None:
        assert not Line.objects.values("transaction_id", "kind").annotate(rest=Sum("amount_minor")).exclude(rest=0).exists()

    @invariant()
    def the_balance_is_the_models(self) -> None:
        found = queries.balance(self.seller)
        assert (found.accrued_minor, found.paid_minor) == (self.accrued, self.paid)
        # Kept by the bookings, kind by kind, of all time and by the hour, and the same as the sum of all lines.
        assert found == queries.totals(self.seller, datetime(2020, 1, 1, tzinfo=UTC))
        lines = Line.objects.filter(seller_id=self.seller.id, account="seller")
        by_kind = dict(lines.values_list("kind").annotate(Sum("amount_minor")).order_by())
        assert {**found.by_kind, **{kind: by_kind[kind] for kind in by_kind if kind.startswith("payout")}} == by_kind
        # A moment within an hour: what was booked before and after it is told apart by the lines.
        cut = self.now - timedelta(days=3, minutes=17)
        later = lines.filter(transaction__at__gte=cut).exclude(kind__startswith="payout")
        assert queries.accrued_minor(self.seller, cut, self.now + timedelta(days=99)) == (
            later.aggregate(amount=Sum("amount_minor"))["amount"] or 0)

    def everything_agrees(self) -> None:
        """What takes many questions."""
        assert not Line.objects.values("transaction__posting_number").annotate(rest=Sum("amount_minor")).exclude(rest=0)
        kept = ShopBalance.objects.filter(pk=self.seller.id).values_list("balance_minor", flat=True).first() or 0
        assert kept == self.accrued - self.paid
        told = dict(Line.objects.filter(account="seller").exclude(kind__startswith="payout").values_list(
            "transaction__posting_number").annotate(Sum("amount_minor")))
        assert {number: amount for number, amount in told.items() if amount} == {
            number: amount for number, amount in self.of_posting.items() if amount}
        self._the_chain_holds_and_the_parts_are_the_balance()
        self._every_period_sums_to_zero_and_every_document_differs_by_nothing()

    def _the_chain_holds_and_the_parts_are_the_balance(self) -> None:
        closing_minor = 0
        for row in reversed(settling.settlements(self.seller)):
            assert row.opening_minor == closing_minor
            closing_minor = row.closing_minor
            assert row.opening_minor + row.accrued_minor - row.payout_minor == closing_minor
            assert row.payout_minor >= 0
        purse = settling.purse(self.seller, self.now)
        assert sum(part.amount_minor for part in purse.held) == purse.balance_minor == self.accrued - self.paid
        assert purse.opening_minor + purse.accrued_minor - purse.paid_minor == purse.balance_minor

    def _every_period_sums_to_zero_and_every_document_differs_by_nothing(self) -> None:
        for row in Settlement.objects.all():
            lines = Line.objects.filter(transaction__at__gte=row.from_at, transaction__at__lt=row.until_at)
            assert not lines.aggregate(rest=Sum("amount_minor"))["rest"]
        first = self.now.date().replace(day=1)
        for kind in figures.KINDS:
            assert figures.figures(self.seller, kind, first, first + timedelta(days=27)).difference_minor == 0


@pytest.mark.django_db
def test_J02_the_ledger_holds_whatever_happens(shop, actor) -> None:
    class OfThisShop(Ledger):
        seller = shop

    OfThisShop.actor, OfThisShop.seen = actor, Counter()
    run_state_machine_as_test(OfThisShop, settings=settings(
        max_examples=PROGRAMS, stateful_step_count=14, deadline=None,
        suppress_health_check=list(HealthCheck)))

    if PROGRAMS >= 200:
        # So many programs go through everything.
        assert {"delivery", "delivered in part", "way back", "cancelled awaiting_packaging", "cancelled awaiting_deliver",
                "cancelled delivering", "return before its settlement", "return after its settlement", "partial_refund",
                "penalty", "penalty_back", "compensation", "compensation_back", "storage", "disposal",
                "storage with the marketplace", "rate", "payout", "repayment"} <= set(OfThisShop.seen), OfThisShop.seen


@pytest.mark.django_db
def test_J02_replaying_the_bookings_gives_the_same_balances(shop, rival_shop, now) -> None:
    """From the rows alone, as a backup or an auditor would: each line added once to its account."""
    for seller, currency in ((shop, "RUB"), (rival_shop, "CNY")):
        services.book_deliveries(postings=[DeliveredPosting(seller.id, f"{seller.id}-{at}", currency, now, (
            BookedLine(501, 3, 333_33 * 3, 47_11 * 3, 7),), 12_34, 8) for at in range(5)])
        services.book_returns(returns=[ReturnedGoods(seller.id, "r", f"{seller.id}-0", currency, now, (
            BookedLine(501, 1, 333_33, 47_11, 7),), 5_00)])
    replayed: dict[tuple[int, str], int] = {}
    for seller_id, account, amount in Line.objects.order_by("?").values_list("seller_id", "account", "amount_minor"):
        replayed[seller_id, account] = replayed.get((seller_id, account), 0) + amount

    for seller in (shop, rival_shop):
        assert replayed[seller.id, "seller"] == queries.balance(seller).owed_minor
        assert ShopBalance.objects.get(pk=seller.id).balance_minor == replayed[seller.id, "seller"]
        assert sum(amount for (id_, _), amount in replayed.items() if id_ == seller.id) == 0
