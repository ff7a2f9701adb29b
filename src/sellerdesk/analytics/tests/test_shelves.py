from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.analytics.models import GoodsDay
from sellerdesk.analytics.queries import shelves
from sellerdesk.inventory.models import Stock, Warehouse


@pytest.fixture
def places(stall) -> list[int]:
    """Two warehouses of the marketplace in one cluster, with 10 and 90 mugs; one a day sells from the first."""
    made = []
    for id_, name, present, pace in ((9_000_001, "Near", 10, 1_000), (9_000_002, "Far", 90, 0)):
        place = Warehouse.objects.create(
            id=id_, name=name, city="Москва", kind="platform", time_zone="Europe/Moscow", cut_off="18:00", cluster_id=7,
            created_at=stall.now, updated_at=stall.now)
        Stock.objects.create(product_id=stall.mug, warehouse=place, seller_id=stall.seller.id, present=present, reserved=2,
                             updated_at=stall.now, daily_milli=pace)
        made.append(place.pk)
    return made


def test_each_warehouse_and_its_cluster_tell_how_long_the_free_units_last(stall, places) -> None:
    GoodsDay.objects.create(seller_id=stall.seller.id, day=stall.now.date() - timedelta(days=3), product_id=stall.mug,
                            sku=stall.sku(stall.mug), warehouse_id=places[0], region="", scheme="fbo", ordered_units=1)

    near, far = shelves.on_shelves(stall.seller, now=stall.now, skus=[stall.sku(stall.mug)])

    assert (near.free, near.sold_a_day, near.lasts_days, near.grade, near.days_without_sales) == (8, 1.0, 8.0, "DEFICIT", 3)
    assert (far.free, far.lasts_days, far.grade, far.days_without_sales) == (88, 0.0, "NO_SALES", 60)
    assert (near.cluster_lasts_days, near.cluster_grade, far.cluster_days_without_sales) == (96.0, "ACTUAL", 3)
    assert near.excess == far.excess == 0


def test_only_what_was_asked_for_and_nothing_of_another_shop(stall, rival_shop, places) -> None:
    assert [row.warehouse_id for row in shelves.on_shelves(stall.seller, now=stall.now, warehouse_ids=[places[1]])] == [
        places[1]]
    assert shelves.on_shelves(stall.seller, now=stall.now, cluster_ids=[8]) == []
    assert shelves.on_shelves(stall.seller, now=stall.now, skus=[1]) == []
    assert shelves.on_shelves(rival_shop, now=stall.now) == []
