"""The market takes supplies in, sells what they brought, and does the same again for the same seed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sellerdesk.inventory import queries as stock
from sellerdesk.orders import queries as orders
from sellerdesk.simulator.services import seeding, supplying
from sellerdesk.supply import queries as supplies
from sellerdesk.supply.types import LineRow

LINES = [LineRow(product, product, f"P-{product}", "P", "", 1, 20) for product in range(1, 9)]


def test_the_same_seed_counts_the_same_and_most_supplies_as_declared():
    drawn = [supplying.counted(20, supply, LINES) for supply in range(200)]

    assert drawn == [supplying.counted(20, supply, LINES) for supply in range(200)]
    same = sum(all(one.good == 20 and not one.damaged for one in found) for found in drawn)
    assert 110 < same < 170
    again = supplying.found_again(20, 1, [replace(line, good=15, damaged=2) for line in LINES])
    assert all(0 <= one.good <= 3 for one in again)


@pytest.mark.django_db(transaction=True)
def test_a_demo_has_supplies_in_several_states_and_sells_from_the_marketplaces_warehouses(now):
    from sellerdesk.catalog.services import loading
    from sellerdesk.core import rules

    rules.write_defaults()
    loading.load_starter(now=now)
    access = seeding.seed_demo(seed=20, now=now, days=12, shops=(replace(seeding.SHOPS[0], goods=20),))
    from sellerdesk.sellers import queries as sellers

    shop = sellers.seller_ref(access.client_id)

    by_state = supplies.state_counts(shop)
    counts = orders.counts(shop, fbo=True)
    assert by_state["completed"] >= 2
    assert by_state["data_filling"] == 1
    assert len(by_state) >= 3
    assert counts["delivered"] > 5
    assert sum(row.present for row in stock.platform_stock(shop)) > 50
