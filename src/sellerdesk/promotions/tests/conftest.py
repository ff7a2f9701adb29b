from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from sellerdesk.core.actor import Actor
from sellerdesk.promotions import services
from sellerdesk.promotions.types import JoinInput, Level, Terms

OPERATOR = Actor.operator(1, "Olga")


@pytest.fixture
def autumn(stall) -> int:
    """The marketplace's action: a tenth off, from now for a week, announced."""
    action_id = services.create_platform(actor=OPERATOR, now=stall.now, terms=Terms(
        "platform", "Autumn", stall.now, stall.now + timedelta(days=7), discount_bp=1000))
    services.publish(action_id=action_id, actor=OPERATOR, now=stall.now)
    return action_id


@pytest.fixture
def own(stall) -> Callable[..., int]:
    """Makes and starts an own action with both products in it."""

    def make(kind: str, **more: object) -> int:
        given: dict = {"levels": (Level(0 if kind == "voucher" else 1000_00, 1000),), "codes": 3, **more}
        if kind == "discount":
            given |= {"levels": (), "discount_bp": 1000}
        action_id = services.create_own(seller=stall.seller, actor=stall.actor, now=stall.now, terms=Terms(
            kind, f"Own {kind}", stall.now, stall.now + timedelta(days=7), **given))
        outcomes = services.join(seller=stall.seller, action_id=action_id, actor=stall.actor, now=stall.now, rows=[
            JoinInput(product_id=stall.mug), JoinInput(product_id=stall.pan)])
        assert all(one.done for one in outcomes), outcomes
        services.move_own(seller=stall.seller, action_id=action_id, state="active", actor=stall.actor, now=stall.now)
        return action_id

    return make
