"""The counters of the products' tabs: the same as looking at each product, in one query."""

from datetime import time, timedelta
from itertools import pairwise
from random import Random

import pytest

from sellerdesk.catalog import queries
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.queries.products import TABS, improve_below
from sellerdesk.core.actor import Actor
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.models import Stock, Warehouse
from sellerdesk.pricing.models import QuarantinedPrice
from tests import stall as stalls

SYSTEM = Actor.system("test")


@pytest.fixture
def shelves(stall, rival_shop, actor, now):
    """Two hundred products of each of two shops in any state, over three warehouses of which one is closed."""
    dice = Random(3)
    for shop in (stall, stalls.build(rival_shop, actor, now, "C-")):
        places = [shop.warehouse_id]
        for name in ("Yard", "Closed"):
            places.append(inventory.create_warehouse(
                seller=shop.seller, name=name, city="Москва", address="", time_zone="Europe/Moscow", cut_off=time(18),
                kind="own", actor=SYSTEM, now=now).id)
        Warehouse.objects.filter(pk=places[-1]).update(state="archived")
        rows = [Product(
            id=shop.pan * 1000 + at, seller_id=shop.seller.id, offer_id=f"G{at}", sku=shop.pan * 1000 + at, name="G",
            category_id=17000101, type_id=91101, created_at=now, updated_at=now, archived=dice.random() < 0.2,
            status=dice.choice(["price_sent"] * 4 + list(Product.Status.values)), score=dice.randrange(101),
            problem_count=dice.choice((0, 0, 0, 2))) for at in range(200)]
        Product.objects.bulk_create(rows)
        Stock.objects.bulk_create([
            Stock(product_id=row.id, warehouse_id=place, seller_id=shop.seller.id, present=present,
                  reserved=dice.choice((0, present)), updated_at=now)
            for row in rows for place in places if dice.random() < 0.5 for present in [dice.randrange(3)]])
        for state in ("waiting", "released"):
            QuarantinedPrice.objects.bulk_create([QuarantinedPrice(
                product_id=row.id, seller_id=shop.seller.id, state=state, currency="RUB", price_minor=1, before_minor=9, at=now,
                expires_at=now + timedelta(days=9), actor_kind="user", actor_label="") for row in dice.sample(rows, 30)])
    return stall.seller


def one_by_one(seller):
    """What each tab holds by what it promises, product by product."""
    open_places = set(Warehouse.objects.filter(state="active").values_list("id", flat=True))
    lying = {row.product_id for row in Stock.objects.all() if row.warehouse_id in open_places and row.present > row.reserved}
    held = set(QuarantinedPrice.objects.filter(state="waiting").values_list("product_id", flat=True))
    rows = list(Product.objects.filter(seller_id=seller.id))
    live = [row for row in rows if not row.archived]
    priced = [row for row in live if row.status == "price_sent"]
    return {"": len(live), "selling": sum(row.id in lying for row in priced),
            "ready": sum(row.id not in lying for row in priced),
            "errors": sum(row.status in ("failed", "declined", "processed") or row.problem_count > 0 for row in live),
            "improve": sum(row.score < improve_below() for row in live),
            "hidden": sum(row.status == "hidden" for row in live), "quarantine": sum(row.id in held for row in live),
            "archived": len(rows) - len(live)}


def test_tabs_count_what_looking_at_each_product_counts(shelves):
    expected = one_by_one(shelves)

    assert queries.counts(shelves) == expected
    assert all(expected.values()), expected
    for tabs in (*pairwise(TABS), ("ready",), ("errors",), tuple(reversed(TABS))):
        assert queries.counts(shelves, tabs) == {tab: expected[tab] for tab in tabs}


def test_all_tabs_are_one_query_and_an_empty_shop_has_nothing(shelves, rival_shop, statements):
    # The dated rule of what is to be made better is read once and kept.
    queries.counts(shelves)
    assert statements(lambda: queries.counts(shelves)) == 1

    Product.objects.filter(seller_id=rival_shop.id).delete()
    assert set(queries.counts(rival_shop).values()) == {0}
