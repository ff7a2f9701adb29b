from __future__ import annotations

import pytest
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.returns import queries, services
from sellerdesk.returns.types import ReturnRequest


@pytest.fixture
def arrived(stall) -> int:
    """A defective mug that stands at the warehouse's door."""
    [number] = stall.handed_over()
    stall.scan(number, "accepted", "delivered")
    made = services.request_returns(seller=stall.seller, actor=Actor.buyer("Dmitri"), requests=[
        ReturnRequest(number, stall.sku(stall.mug), 1, "defective", stall.now)])[0]
    services.advance(return_ids=[made.return_id], to_state="arrived", at=stall.now, actor=Actor.courier("Veloport"))
    return made.return_id


def test_the_list_shows_what_to_take_in_and_takes_it_in(stall, arrived, anna_client) -> None:
    html = anna_client.get(reverse("returns:returns")).content.decode()
    done = anna_client.post(reverse("returns:receive", args=[arrived]), follow=True).content.decode()
    again = anna_client.post(reverse("returns:receive", args=[arrived]), follow=True).content.decode()

    assert "Mug «Ёлка»" in html
    assert "Defective" in html
    assert "the goods are back on the shelf" in done
    assert "cannot be received now" in again
    assert stall.shelf(stall.mug) == (20, 0)


def test_bulk_takes_in_what_has_arrived(stall, arrived, anna_client) -> None:
    answer = anna_client.post(reverse("returns:bulk"), {"action": "receive", "ids": [arrived, 999_999]}, follow=True)

    assert "1 return taken in." in answer.content.decode()
    assert "1 has not arrived yet" in answer.content.decode()
    assert queries.counts(stall.seller)["received"] == 1


def test_who_may_not_decide_may_look_on(stall, arrived, clara_client) -> None:
    assert "Mug" not in clara_client.get(reverse("returns:returns")).content.decode()
    assert "本店没有退货" in clara_client.post(reverse("returns:receive", args=[arrived]),
                                                     follow=True).content.decode()
    assert queries.counts(stall.seller)["arrived"] == 1
