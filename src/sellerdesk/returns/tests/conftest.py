from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from sellerdesk.core.actor import Actor
from sellerdesk.orders.models import Posting
from sellerdesk.returns import services
from sellerdesk.returns.types import RequestOutcome, ReturnRequest

DMITRI = Actor.buyer("Dmitri")


@pytest.fixture
def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 900), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def own_delivery(stall) -> str:
    """Three mugs and a pan that the shop itself brought to the buyer."""
    [number] = stall.handed_over(stall.request((stall.mug, 3), (stall.pan, 1)))
    stall.scan(number, "accepted", "delivered")
    Posting.objects.filter(number=number).update(scheme="rfbs", integration="non_integrated")
    return number


@pytest.fixture
def claimed(stall, own_delivery) -> Callable[..., int]:
    """Opens a claim on mugs; its id."""

    def ask(quantity: int = 2, reason: str = "defective", photos: tuple[str, ...] = (), **more: object) -> int:
        made: RequestOutcome = services.request_returns(seller=stall.seller, actor=DMITRI, requests=[
            ReturnRequest(own_delivery, stall.sku(stall.mug), quantity, reason, more.get("at", stall.now),
                          "The handle is broken", photos)])[0]
        assert made.claim_id, made
        return made.claim_id

    return ask
