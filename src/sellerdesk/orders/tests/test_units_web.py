"""The page where people fill in what packing asks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellerdesk.core import rules as dated
from sellerdesk.orders import queries

GOOD = "010460000000001521SERIAL000001"


@pytest.fixture
def asked(dated_rules):
    def ask(*wanted: str) -> None:
        for need in wanted:
            dated.put("orders.packing_needs", need, {"goods": [{"types": [91101], "shops": "all"}]},
                      valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")

    return ask


def text(response) -> str:
    return response.content.decode()


def test_the_button_is_active_only_when_everything_is_known(stall, anna_client, asked) -> None:
    asked("mandatory_mark")
    [number] = stall.place()
    sku = stall.sku(stall.mug)

    before = text(anna_client.get(f"/orders/{number}/"))
    assert f'action="/orders/{number}/pack"' not in before
    assert f"/orders/{number}/units" in before
    saved = anna_client.post(f"/orders/{number}/units", {f"mandatory_mark-{sku}-0": GOOD, "boxes": "2"})

    assert saved.status_code == 302
    assert f'action="/orders/{number}/pack"' in text(anna_client.get(f"/orders/{number}/"))
    assert queries.posting(stall.seller, number).box_count == 2
    anna_client.post(f"/orders/{number}/pack")
    assert stall.place_of(number)[0] == "awaiting_deliver"
    assert anna_client.get(f"/orders/{number}/units").status_code == 302


def test_a_wrong_answer_stays_with_what_is_wrong(stall, anna_client, asked) -> None:
    asked("mandatory_mark", "weight")
    [number] = stall.place()
    sku = stall.sku(stall.mug)

    page = anna_client.post(f"/orders/{number}/units", {f"mandatory_mark-{sku}-0": "4600000000015",
                                                        f"weight-{sku}-0": "300", "boxes": "1"})

    assert page.status_code == 200
    assert "not a marking code" in text(page)
    assert 'value="4600000000015"' in text(page)
    assert 'aria-invalid="true"' in text(page)


def test_numbers_that_are_none_are_refused(stall, anna_client, asked) -> None:
    asked("weight")
    [number] = stall.place()
    sku = stall.sku(stall.mug)

    assert anna_client.post(f"/orders/{number}/units", {f"weight-{sku}-0": "heavy"}).status_code == 422
    assert anna_client.post(f"/orders/{number}/units", {"boxes": "99"}).status_code == 422


def test_a_country_opens_the_question_of_the_declaration(stall, anna_client, asked) -> None:
    asked("country", "gtd")
    [number] = stall.place()
    sku = stall.sku(stall.mug)
    assert f'name="gtd-{sku}-0"' not in text(anna_client.get(f"/orders/{number}/units"))

    page = anna_client.post(f"/orders/{number}/units", {f"country-{sku}": "TR", "boxes": "1"})
    assert f'name="gtd-{sku}-0"' in text(page)
    done = anna_client.post(f"/orders/{number}/units", {f"country-{sku}": "TR", f"gtd-{sku}-0-absent": "on"})

    assert done.status_code == 302


def test_another_shop_sees_nothing(stall, clara_client) -> None:
    [number] = stall.place()

    assert clara_client.get(f"/orders/{number}/units").status_code == 404
