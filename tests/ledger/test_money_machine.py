"""J02: any program of sales, deliveries, returns, penalties, payouts, changes of rates and rules; the ledger holds.

A model in plain numbers says what is owed. Few programs by default; `SELLERDESK_MONEY_PROGRAMS=2000` is the promise.
"""

from __future__ import annotations

import os
from contextlib import suppress
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
from sellerdesk.core.money import share
from sellerdesk.finance import queries, services
from sellerdesk.finance.models import Line, Settlement, ShopBalance, Transaction
from sellerdesk.finance.queries import figures, settling
from sellerdesk.finance.rules import commission_minor
from sellerdesk.finance.services import banking, paying
from sellerdesk.finance.services import settling as closing
from sellerdesk.finance.types import BookedLine, Charge, DeliveredPosting, ReturnedGoods
from sellerdesk.simulator.services import bank

PROGRAMS = int(os.environ.get("SELLERDESK_MONEY_PROGRAMS", "6"))
START = datetime(2026, 10, 20, 7, tzinfo=UTC)
OPERATOR = Actor.user(1, "Olga")
PRICES = st.integers(1, 5_000_00)


class Ledger(RuleBasedStateMachine):
    """`accrued` and `paid` are what the model counts by itself; `open` are units sold and not given back."""

    seller: Any
    actor: Any

    def __init__(self) -> None:
        super().__init__()
        self.work = transaction.atomic()
        self.work.__enter__()
        self.now = START
        self.accrued = self.paid = self.number = 0
        self.acquiring_bp, self.commission_bp = 150, 1_500
        self.open: list[tuple[str, int, int, int]] = []
        banking.set_bank(seller=self.seller, holder="A", bank_name="B", code="DEUTDEFF",
                         account="DE89370400440532013000", actor=self.actor, now=START - timedelta(days=9))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.work.__exit__(None, None, None)
        dated.forget()

    def _delivered(self, number: int, price: int, quantity: int, at: datetime) -> None:
        commission = commission_minor(price, quantity, self.commission_bp)
        services.book_deliveries(postings=[DeliveredPosting(
            self.seller.id, f"1-{number}", "RUB", at, (BookedLine(501, quantity, price * quantity, commission, 7),),
            logistics_minor=99, logistics_rule_id=8)])

    @rule(price=PRICES, quantity=st.integers(1, 4), late=st.integers(0, 20), twice=st.booleans())
    def deliver(self, price: int, quantity: int, late: int, twice: bool) -> None:
        self.number += 1
        # A scan may come days after the fact, for a period that is closed already.
        for _ in range(1 + twice):
            self._delivered(self.number, price, quantity, self.now - timedelta(days=late))
        self.accrued += (price * quantity - commission_minor(price, quantity, self.commission_bp) - 99
                         - share(price * quantity, self.acquiring_bp))
        self.open.append((f"1-{self.number}", price, quantity, self.commission_bp))

    @precondition(lambda self: self.open)
    @rule(at=st.integers(0, 10**6))
    def give_one_back(self, at: int) -> None:
        at %= len(self.open)
        number, price, quantity, bp = self.open.pop(at)
        commission = commission_minor(price, 1, bp)
        services.book_returns(returns=[ReturnedGoods(
            self.seller.id, f"{number}:{quantity}", number, "RUB", self.now,
            (BookedLine(501, 1, price, commission, 7),), logistics_minor=45, logistics_rule_id=8)])
        self.accrued -= price - commission + 45
        if quantity > 1:
            self.open.append((number, price, quantity - 1, bp))

    @rule(amount=st.integers(1, 3_000_00), kind=st.sampled_from(["penalty", "storage", "compensation_back"]))
    def take(self, amount: int, kind: str) -> None:
        self.number += 1
        services.book_charges(charges=[Charge(self.seller.id, f"k{self.number}", kind, "", "RUB", self.now, -amount, 3)])
        self.accrued -= amount

    @rule(amount=st.integers(1, 3_000_00), kind=st.sampled_from(["penalty_back", "compensation"]))
    def give(self, amount: int, kind: str) -> None:
        self.number += 1
        services.book_charges(charges=[Charge(self.seller.id, f"k{self.number}", kind, "", "RUB", self.now, amount, 3)])
        self.accrued += amount

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
        self.paid += sum(row.payout_minor for row in Settlement.objects.filter(state="paid").exclude(pk__in=paid))

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
        assert not Line.objects.values("transaction_id", "kind").annotate(rest=Sum("amount_minor")).exclude(rest=0)
        for by in ("transaction__posting_number", "currency"):
            assert not Line.objects.values(by).annotate(rest=Sum("amount_minor")).exclude(rest=0)

    @invariant()
    def the_balance_is_the_models(self) -> None:
        found = queries.balance(self.seller)
        assert (found.accrued_minor, found.paid_minor) == (self.accrued, self.paid)
        kept = ShopBalance.objects.filter(pk=self.seller.id).values_list("balance_minor", flat=True).first() or 0
        assert kept == found.owed_minor

    @invariant()
    def the_chain_holds_and_the_parts_are_the_balance(self) -> None:
        closing_minor = 0
        for row in reversed(settling.settlements(self.seller)):
            assert row.opening_minor == closing_minor
            closing_minor = row.closing_minor
            assert row.opening_minor + row.accrued_minor - row.payout_minor == closing_minor
            assert row.payout_minor >= 0
        purse = settling.purse(self.seller, self.now)
        assert sum(part.amount_minor for part in purse.held) == purse.balance_minor == self.accrued - self.paid
        assert purse.opening_minor + purse.accrued_minor - purse.paid_minor == purse.balance_minor

    @invariant()
    def every_document_differs_by_nothing(self) -> None:
        first = self.now.date().replace(day=1)
        for kind in ("realization_month", "realization_posting", "mutual_settlement", "commission_invoice"):
            assert figures.figures(self.seller, kind, first, first + timedelta(days=27)).difference_minor == 0


@pytest.mark.django_db
def test_J02_the_ledger_holds_whatever_happens(shop, actor) -> None:
    class OfThisShop(Ledger):
        seller = shop

    OfThisShop.actor = actor
    run_state_machine_as_test(OfThisShop, settings=settings(
        max_examples=PROGRAMS, stateful_step_count=14, deadline=None,
        suppress_health_check=list(HealthCheck)))


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
