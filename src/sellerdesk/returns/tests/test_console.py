"""Operators look at disputes and may decide them."""

from __future__ import annotations

from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.returns import queries, services
from sellerdesk.returns.types import Decision


def test_an_operator_sees_both_sides_and_decides(stall, claimed, photo, operator_client, anna_client) -> None:
    claim_id = claimed(photos=tuple(services.store_photos(seller=stall.seller, files=[photo], now=stall.now)))
    services.decide_claim(seller=stall.seller, claim_id=claim_id, actor=stall.actor, now=stall.now,
                          decision=Decision("reject", "Coffee inside", "used"))
    services.buyer_acts(claim_ids=[claim_id], move="dispute", at=stall.now, actor=Actor.buyer("Dmitri"))
    decide = reverse("console:claim_decide", args=[claim_id])

    page = operator_client.get(reverse("console:claims")).content.decode()
    strange = anna_client.post(decide, {"side": "buyer"})
    done = operator_client.post(decide, {"side": "buyer", "comment": "The crack is old"}, follow=True)
    again = operator_client.post(decide, {"side": "shop"}, follow=True)

    assert all(words in page for words in ("The handle is broken", "Coffee inside", "Photo 1 of the buyer"))
    assert strange.status_code in (302, 403, 404)
    assert "Decided for the buyer" in done.content.decode()
    assert "cannot do this in its present state" in again.content.decode()
    assert queries.claim(stall.seller, claim_id).row.state == "MoneyReturnedBySystem"
