"""Vouchers: a crowd never gets more off than a shop would spend, and no code is used more often than its kind allows."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders.models import PostingLine
from sellerdesk.promotions import services
from sellerdesk.promotions.models import Action, VoucherCode, VoucherUse
from sellerdesk.promotions.types import JoinInput, Level, Terms
from tests.races.conftest import PROCESSES, ROUNDS, THREADS

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
