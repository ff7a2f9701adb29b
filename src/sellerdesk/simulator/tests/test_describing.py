from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.orders import queries, services
from sellerdesk.simulator.services import describing


@pytest.mark.parametrize("wanted", [("mandatory_mark", "weight"), ("imei", "jw_uin"), ("country", "gtd", "rnpt")])
def test_the_autopilot_answers_whatever_packing_asks(stall, wanted: tuple[str, ...]) -> None:
    for need in wanted:
        dated.put("orders.packing_needs", need, {"goods": [{"types": [91101], "shops": "all"}]},
                  valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")
    numbers = stall.place(stall.request((stall.mug, 2), (stall.pan, 1)), stall.request())

    describing.describe(seller=stall.seller, numbers=numbers, actor=Actor.system("autopilot"), now=stall.now)

    assert [sheet.open_needs for sheet in queries.packings(stall.seller, numbers)] == [0, 0]
    assert all(one.done for one in services.ship_many(seller=stall.seller, numbers=numbers, actor=stall.actor,
                                                      now=stall.now))


def test_goods_nobody_asks_about_cost_one_query(stall, statements) -> None:
    [number] = stall.place()

    assert statements(lambda: describing.describe(
        seller=stall.seller, numbers=[number], actor=Actor.system("autopilot"), now=stall.now)) == 1
