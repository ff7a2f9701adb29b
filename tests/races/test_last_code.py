"""Vouchers: a crowd never gets more off than a shop would spend, and no code is used more often than its kind allows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders import services as services_of_orders
from sellerdesk.orders.models import PostingLine
from sellerdesk.promotions import services
from sellerdesk.promotions.models import Action, VoucherCode, VoucherUse
from sellerdesk.promotions.types import JoinInput, Level, Terms
from tests.races.conftest import PROCESSES, ROUNDS, THREADS
from tests.stall import DMITRI

CROWD = PROCESSES * THREADS


def _voucher(stall: Any, **more: Any) -> tuple[int, str]:
    """A tenth off the mug, 100 of money; running, with its code."""
    action_id = services.create_own(seller=stall.seller, actor=stall.actor, now=stall.now, terms=Terms(
        "voucher", "Friends", stall.now, stall.now + timedelta(days=7), levels=(Level(0, 1000),), codes=1, **more))
    services.join(seller=stall.seller, action_id=action_id, actor=stall.actor, now=stall.now,
                  rows=[JoinInput(product_id=stall.mug)])
    services.move_own(seller=stall.seller, action_id=action_id, state="active", actor=stall.actor, now=stall.now)
    return action_id, VoucherCode.objects.get(action_id=action_id).code


# What the kind allows to 64 orders of one mug: by ten buyers a few times each, all with the same code.
@pytest.mark.parametrize(("terms", "most"), [
    ({"voucher_type": "MULTIPLE", "budget_minor": 750_00}, 7), ({"voucher_type": "UNIQUE"}, 1),
    ({"voucher_type": "ONE"}, 10)])
def test_a_crowd_with_one_code_gets_what_its_kind_and_budget_allow(crowd, stall, now, terms, most):
    inventory.set_stocks(seller=stall.seller, actor=stall.actor, now=now,
                         changes=[StockInput(stall.warehouse_id, 900, product_id=stall.mug)])
    for _ in range(ROUNDS):
        action_id, code = _voucher(stall, **terms)

        words = crowd.all_at_once(stall, now, [
            ["buy", [[stall.mug, 1]], code, f"+7903123450{buyer % 10}"] for buyer in range(CROWD)])

        # Nobody is refused for it: whoever comes too late pays the price of the shelf.
        assert Counter(word.split()[0] for word in words) == {"placed": CROWD}
        lines = PostingLine.objects.filter(action_ids=str(action_id))
        assert [*lines.values_list("price_minor", flat=True)] == [900_00] * most
        assert Action.objects.get(pk=action_id).spent_minor == most * 100_00
        assert VoucherCode.objects.get(action_id=action_id).uses == most
        uses = VoucherUse.objects.filter(code__action_id=action_id)
        assert uses.count() == most
        if terms["voucher_type"] == "ONE":
            assert uses.values("buyer").distinct().count() == most
        services.move_own(seller=stall.seller, action_id=action_id, state="archived", actor=stall.actor, now=now)


def test_a_crowd_that_cancels_gives_a_code_back_once_and_the_next_crowd_takes_it_once(crowd, stall, now):
    inventory.set_stocks(seller=stall.seller, actor=stall.actor, now=now,
                         changes=[StockInput(stall.warehouse_id, 900, product_id=stall.mug)])
    for _ in range(ROUNDS):
        action_id, code = _voucher(stall, voucher_type="UNIQUE", budget_minor=150_00)
        order = services_of_orders.place_orders(seller=stall.seller, actor=DMITRI, orders=[
            replace(stall.request(), voucher=code)])[0]

        # Sixty-three try to cancel the same order while one more buys with the code.
        words = crowd.all_at_once(stall, now, [["buy", [[stall.mug, 1]], code, "+79031234501"]] + [
            ["cancel", order.posting_number] for _ in range(CROWD - 1)])

        assert Counter(words)["cancelled"] == 1
        again = PostingLine.objects.filter(action_ids=str(action_id)).exclude(
            posting__number=order.posting_number).count()
        assert again in (0, 1)
        assert VoucherCode.objects.get(action_id=action_id).uses == again
        assert Action.objects.get(pk=action_id).spent_minor == again * 100_00
        assert VoucherUse.objects.filter(code__action_id=action_id).count() == again
        services.move_own(seller=stall.seller, action_id=action_id, state="archived", actor=stall.actor, now=now)


def test_two_who_cancel_the_last_two_parcels_of_an_order_at_once_give_its_code_back_once(crowd, stall, now):
    inventory.set_stocks(seller=stall.seller, actor=stall.actor, now=now,
                         changes=[StockInput(stall.warehouse_id, 900, product_id=stall.mug)])
    for _ in range(ROUNDS):
        action_id, code = _voucher(stall, voucher_type="UNIQUE")
        order = services_of_orders.place_orders(seller=stall.seller, actor=DMITRI, orders=[
            replace(stall.request((stall.mug, 2)), voucher=code)])[0]
        numbers = services_of_orders.split_posting(
            seller=stall.seller, number=order.posting_number, actor=stall.actor, now=now,
            parts=[[(stall.sku(stall.mug), 1)]])
        assert len(numbers) == 2

        words = crowd.all_at_once(stall, now, [["cancel", numbers[index % 2]] for index in range(CROWD)])

        assert Counter(words)["cancelled"] == 2
        assert VoucherCode.objects.get(action_id=action_id).uses == 0
        assert Action.objects.get(pk=action_id).spent_minor == 0
        assert not VoucherUse.objects.filter(code__action_id=action_id).exists()
        services.move_own(seller=stall.seller, action_id=action_id, state="archived", actor=stall.actor, now=now)
