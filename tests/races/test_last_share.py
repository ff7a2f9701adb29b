"""Units set aside for an action: a crowd never gets more of them than there are, and what is cancelled comes back."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db.models import Sum

from sellerdesk.core.actor import Actor
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.orders.models import PostingLine
from sellerdesk.promotions import services
from sellerdesk.promotions.models import ActionProduct
from sellerdesk.promotions.types import JoinInput, Terms
from tests.races.conftest import PROCESSES, ROUNDS, THREADS

CROWD, SHARE = PROCESSES * THREADS, 7


def _sold(action_id: int) -> int:
    return PostingLine.objects.exclude(posting__state="cancelled").filter(action_ids=str(action_id)).aggregate(
        units=Sum("quantity"))["units"] or 0


def test_a_crowd_takes_no_more_than_was_set_aside_and_cancelled_units_come_back(crowd, stall, now):
    inventory.set_stocks(seller=stall.seller, actor=stall.actor, now=now,
                         changes=[StockInput(stall.warehouse_id, 900, product_id=stall.mug)])
    operator = Actor.operator(1, "Olga")
    action_id = services.create_platform(actor=operator, now=now, terms=Terms(
        "platform", "Autumn", now, now + timedelta(days=7), discount_bp=1000))
    services.publish(action_id=action_id, actor=operator, now=now)
    services.join(seller=stall.seller, action_id=action_id, actor=stall.actor, now=now,
                  rows=[JoinInput(product_id=stall.mug, stock=SHARE)])
    open_numbers: list[str] = []
    for _ in range(ROUNDS):
        # All of the share is free again, whoever had it.
        words = crowd.all_at_once(stall, now, (
            [["cancel", number] for number in open_numbers[:CROWD]]
            + [["buy", [[stall.pan, 1]]]] * CROWD)[:CROWD]) if open_numbers else []
        assert ActionProduct.objects.get().taken == _sold(action_id) == 0

        words = crowd.all_at_once(stall, now, [["buy", [[stall.mug, 1 + buyer % 2]]] for buyer in range(CROWD)])

        assert Counter(word.split()[0] for word in words) == {"placed": CROWD}
        # Nobody is refused for it: whoever comes too late pays the price of the shelf.
        assert SHARE - 1 <= ActionProduct.objects.get().taken == _sold(action_id) <= SHARE
        assert dict(PostingLine.objects.exclude(posting__state="cancelled").filter(product_id=stall.mug).values_list(
            "price_minor").annotate(units=Sum("quantity"))) == {
            900_00: _sold(action_id), 1000_00: CROWD // 2 * 3 - _sold(action_id)}
        open_numbers = [word.split()[1] for word in words]
    # And while some cancel others buy.
    words = crowd.all_at_once(stall, now, [wish for number in open_numbers[:CROWD // 2] for wish in (
        ["cancel", number], ["buy", [[stall.mug, 1]]])])
    assert Counter(word.split()[0] for word in words) == {"placed": CROWD // 2, "cancelled": CROWD // 2}
    assert ActionProduct.objects.get().taken == _sold(action_id) <= SHARE
