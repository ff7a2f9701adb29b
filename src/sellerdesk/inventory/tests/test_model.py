"""Whatever sequence of acts a shop goes through, the tables agree with a model that a child could check."""

from __future__ import annotations

from datetime import time

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sellerdesk.inventory import services
from sellerdesk.inventory.errors import StockMovesDisagree
from sellerdesk.inventory.models import Stock, StockMove
from sellerdesk.inventory.types import CountInput, StockInput, StockLine

PRODUCT = st.integers(0, 1)
UNITS = st.integers(1, 6)
ACT = st.one_of(
    st.tuples(st.sampled_from(["set", "count"]), PRODUCT, st.integers(0, 8)),
    st.tuples(st.sampled_from(["reserve", "release", "consume", "return"]), PRODUCT, UNITS),
    st.tuples(st.just("reserve both"), UNITS, UNITS),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACT, max_size=14))
def test_the_shelf_agrees_with_a_small_model(acts, shop, actor, now, goods, depot_and_goods) -> None:
    depot, ids = depot_and_goods
    # What really lies there, and what is promised; the books hold at least what is promised.
    there, reserved = [0, 0], [0, 0]

    def line(product: int, units: int) -> StockLine:
        return StockLine(ids[product], depot.id, units, "r", now)

    with transaction.atomic():
        for name, first, second in acts:
            if name == "set":
                services.set_stocks(seller=shop, changes=[StockInput(depot.id, second, product_id=ids[first])],
                                    actor=actor, now=now)
                there[first] = second + reserved[first]
            elif name == "count":
                [outcome] = services.count_stock(seller=shop, found=[CountInput(ids[first], depot.id, second)],
                                                 actor=actor, now=now)
                there[first] = second
                assert outcome.short == max(reserved[first] - second, 0)
            elif name == "reserve both":
                fits = all(there[at] - reserved[at] >= units for at, units in enumerate((first, second)))
                assert services.reserve(seller=shop, lines=[line(0, first), line(1, second)]) == [fits, fits]
                if fits:
                    reserved[0] += first
                    reserved[1] += second
            elif name == "reserve":
                fits = there[first] - reserved[first] >= second
                assert services.reserve(seller=shop, lines=[line(first, second)]) == [fits]
                reserved[first] += second * fits
            elif name == "return":
                services.put_back(seller=shop, lines=[line(first, second)])
                there[first] += second
            else:
                act = services.release if name == "release" else services.consume
                if reserved[first] < second:
                    with pytest.raises(StockMovesDisagree):
                        act(seller=shop, lines=[line(first, second)])
                    continue
                act(seller=shop, lines=[line(first, second)])
                reserved[first] -= second
                there[first] = max(there[first] - second * (name == "consume"), 0)
            for at, id_ in enumerate(ids):
                found = Stock.objects.filter(product_id=id_).values_list("present", "reserved").first() or (0, 0)
                assert found == (max(there[at], reserved[at]), reserved[at])
                moved = StockMove.objects.filter(product_id=id_).aggregate(p=Sum("present_delta"),
                                                                           r=Sum("reserved_delta"))
                assert (moved["p"] or 0, moved["r"] or 0) == found
        # The next example starts from the same empty shelf.
        transaction.set_rollback(True)


@pytest.fixture
def depot_and_goods(shop, actor, now, goods):
    depot = services.create_warehouse(seller=shop, name="Moscow", city="Moscow", time_zone="Europe/Moscow",
                                      cut_off=time(14), actor=actor, now=now)
    return depot, goods(shop, 2)
