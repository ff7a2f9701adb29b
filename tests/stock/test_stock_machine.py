"""G01: a shop does whatever it likes, through services and sheets; a model that a child could check says what is there.

Few programs by default; `SELLERDESK_STOCK_PROGRAMS=2000` is the promise.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from sellerdesk.catalog.services import importing
from sellerdesk.core import worker
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.models import Stock, StockMove
from sellerdesk.inventory.types import CountInput, StockInput, StockLine
from sellerdesk.orders import services
from sellerdesk.orders.models import Posting, PostingCount
from sellerdesk.orders.types import BUYER_CHANGED_MIND, Cancellation, Placed, Refusal
from tests.stall import DMITRI, Stall

PROGRAMS = int(os.environ.get("SELLERDESK_STOCK_PROGRAMS", "6"))
PRODUCT, FEW = st.integers(0, 1), st.integers(0, 9)
OFFERS = ("MUG-1", "PAN-1")


class Shelf(RuleBasedStateMachine):
    """`there` is what really lies on the shelf, `held` what open orders were promised, by product."""

    stall: Stall

    def __init__(self) -> None:
        super().__init__()
        self.work = transaction.atomic()
        self.work.__enter__()
        self.goods = (self.stall.mug, self.stall.pan)
        self.there, self.held = [20, 20], [0, 0]
        # number → units by product, and whether the carrier has the parcel
        self.open: dict[str, tuple[list[int], bool]] = {}
        self.sold = [0, 0]
        self.told = dict(self.stall.told)

    def teardown(self) -> None:
        # The next program starts from the same shelf.
        transaction.set_rollback(True)
        self.work.__exit__(None, None, None)
        self.stall.told.clear()
        self.stall.told.update(self.told)

    @rule(product=PRODUCT, units=FEW)
    def set(self, product: int, units: int) -> None:
        inventory.set_stocks(
            seller=self.stall.seller, actor=self.stall.actor, now=self.stall.now,
            changes=[StockInput(self.stall.warehouse_id, units, product_id=self.goods[product])])
        self.there[product] = units + self.held[product]

    @rule(units=st.lists(FEW, min_size=2, max_size=2))
    def import_a_sheet(self, units: list[int]) -> None:
        text = "\n".join(["Offer ID;Stock", *(f"{offer};{count}" for offer, count in zip(OFFERS, units, strict=True))])
        importing.upload_file(seller=self.stall.seller, file_name="x.csv", data=text.encode(), language="en",
                              actor=self.stall.actor, now=self.stall.now, parts=frozenset({"stock"}))
        worker.run_until_idle()
        self.there = [count + held for count, held in zip(units, self.held, strict=True)]

    @rule(product=PRODUCT, found=FEW)
    def count(self, product: int, found: int) -> None:
        [outcome] = inventory.count_stock(
            seller=self.stall.seller, actor=self.stall.actor, now=self.stall.now,
            found=[CountInput(self.goods[product], self.stall.warehouse_id, found)])
        self.there[product] = found
        assert outcome.short == max(self.held[product] - found, 0)

    @rule(units=st.lists(st.integers(0, 6), min_size=2, max_size=2))
    def reserve(self, units: list[int]) -> None:
        request = self.stall.request(*zip(self.goods, units, strict=True))
        [answer] = services.place_orders(seller=self.stall.seller, orders=[request], actor=DMITRI)
        if not any(units):
            assert answer == Refusal("empty")
        elif all(there - held >= count for there, held, count in zip(self.there, self.held, units, strict=True)
                 if count):
            assert isinstance(answer, Placed)
            self.open[answer.posting_number] = (units, False)
            self.held = [held + count for held, count in zip(self.held, units, strict=True)]
        else:
            assert answer == Refusal("out_of_stock")

    def _waiting(self) -> list[str]:
        return [number for number, (_, with_carrier) in self.open.items() if not with_carrier]

    def _gone(self, number: str, *, from_shelf: bool) -> list[int]:
        """The promise ends; with `from_shelf` its units have left."""
        units, _ = self.open.pop(number)
        self.held = [held - count for held, count in zip(self.held, units, strict=True)]
        if from_shelf:
            # What a count did not find had left before.
            self.there = [max(there - count, 0) for there, count in zip(self.there, units, strict=True)]
        return units

    @precondition(lambda self: self._waiting())
    @rule(data=st.data())
    def release_by_the_seller(self, data: Any) -> None:
        number = data.draw(st.sampled_from(self._waiting()))
        services.cancel_posting(seller=self.stall.seller, number=number, reason_id=352, message="", by="seller",
                                actor=self.stall.actor, now=self.stall.now)
        self._gone(number, from_shelf=False)

    @precondition(lambda self: self._waiting())
    @rule(data=st.data())
    def ship(self, data: Any) -> None:
        number = data.draw(st.sampled_from(self._waiting()))
        shop = {"seller": self.stall.seller, "numbers": [number], "actor": self.stall.actor, "now": self.stall.now}
        assert services.ship_many(**shop)[0].done
        assert services.hand_over(**shop)[0].done
        self.open[number] = (self.open[number][0], True)

    @precondition(lambda self: any(with_carrier for _, with_carrier in self.open.values()))
    @rule(data=st.data(), lost=st.booleans())
    def deliver_or_cancel_on_the_way(self, data: Any, lost: bool) -> None:
        number = data.draw(st.sampled_from([number for number, (_, gone) in self.open.items() if gone]))
        if lost:
            [outcome] = services.cancel_many(seller=self.stall.seller, actor=DMITRI, items=[
                Cancellation(number, BUYER_CHANGED_MIND, "", "client", self.stall.now)])
            assert outcome.done
        else:
            self.stall.scan(number, "accepted", "delivered")
        units = self._gone(number, from_shelf=True)
        self.sold = [sold + count for sold, count in zip(self.sold, units, strict=True)]

    @precondition(lambda self: any(self.sold))
    @rule(data=st.data())
    def take_back(self, data: Any) -> None:
        product = data.draw(st.sampled_from([at for at in (0, 1) if self.sold[at]]))
        units = data.draw(st.integers(1, self.sold[product]))
        inventory.put_back(seller=self.stall.seller, lines=[
            StockLine(self.goods[product], self.stall.warehouse_id, units, "return", self.stall.now)])
        self.sold[product] -= units
        self.there[product] += units

    @invariant()
    def the_books_agree(self) -> None:
        for at, product_id in enumerate(self.goods):
            row = Stock.objects.filter(product_id=product_id).values_list("present", "reserved", "short").get()
            assert row == (max(self.there[at], self.held[at]), self.held[at],
                           max(self.held[at] - self.there[at], 0))
            moved = StockMove.objects.filter(product_id=product_id).aggregate(p=Sum("present_delta"),
                                                                              r=Sum("reserved_delta"))
            assert (moved["p"], moved["r"] or 0) == row[:2]

    @invariant()
    def counters_equal_counting(self) -> None:
        """P10."""
        columns = ("warehouse_id", "scheme", "state", "substate")
        kept = {row[:-1]: row[-1] for row in PostingCount.objects.values_list(*columns).annotate(Sum("postings"))}
        assert {place: number for place, number in kept.items() if number} == {
            row[:-1]: row[-1] for row in Posting.objects.values_list(*columns).annotate(Count("id"))}


@pytest.mark.django_db
def test_G01_the_shelf_agrees_with_a_small_model_whatever_a_shop_does(stall) -> None:
    machine = type("ShelfOfAnna", (Shelf,), {"stall": stall})

    run_state_machine_as_test(machine, settings=settings(
        max_examples=PROGRAMS, stateful_step_count=14, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]))
