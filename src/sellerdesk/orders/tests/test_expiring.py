"""G04: a reservation ends when its time is over, also when nobody worked then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sellerdesk.core import rules as dated
from sellerdesk.orders import queries, services
from sellerdesk.orders.services import Report
from sellerdesk.orders.services.expiring import TERM
from tests.stall import DMITRI

HOUR = timedelta(hours=1)


def unpaid(stall, at=None) -> str:
    return stall.place(replace(stall.request(at=at or stall.now), waits_for="verification"))[0]


def test_G04_goods_of_an_unpaid_order_are_free_after_the_term_and_not_before(stall) -> None:
    number = unpaid(stall)

    assert services.expire_due(stall.now + HOUR - timedelta(seconds=1)) == 0
    assert stall.shelf(stall.mug) == (20, 1)
    assert [services.expire_due(stall.now + HOUR), services.expire_due(stall.now + HOUR)] == [1, 0]

    card = queries.posting(stall.seller, number)
    assert (card.state, card.cancelled_by, card.cancel_reason_id, card.cancelled_at) == (
        "cancelled", "platform", 506, stall.now + HOUR)
    assert stall.shelf(stall.mug) == (20, 0)


@pytest.mark.parametrize("steps", [[36.0], [hours / 4 for hours in range(1, 145)]])
def test_G04_a_leap_of_the_clock_gives_the_same_as_small_steps(stall, rival_stall, steps) -> None:
    numbers = [unpaid(stall, stall.now + at * HOUR) for at in (0, 1.5, 30)]
    rival = unpaid(rival_stall)
    paid = unpaid(stall)
    services.report(reports=[Report(paid, "verification_passed", stall.now, DMITRI, "")])

    assert sum(services.expire_due(stall.now + hours * HOUR) for hours in steps) == 4

    assert [queries.posting(stall.seller, number).cancelled_at - stall.now for number in numbers] == [
        HOUR, 2.5 * HOUR, 31 * HOUR]
    assert queries.posting(rival_stall.seller, rival).state == "cancelled"
    assert stall.place_of(paid)[0] == "awaiting_packaging"


def test_G04_the_term_is_that_of_the_moment_of_the_order(stall) -> None:
    number = unpaid(stall)
    dated.put(TERM, "", {"minutes": 1}, valid_from=datetime(2026, 11, 23, 9, 30, tzinfo=UTC), source="test")

    assert services.expire_due(stall.now + timedelta(minutes=40)) == 0
    assert stall.place_of(number)[0] == "awaiting_verification"
