from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.models import Product
from sellerdesk.core import clock, rules
from sellerdesk.orders import queries as orders
from sellerdesk.orders.models import Order, Posting
from sellerdesk.sellers import queries as sellers
from sellerdesk.simulator import queries
from sellerdesk.simulator.services import seeding

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = tuple(replace(plan, goods=24) for plan in seeding.SHOPS)
TINY = (replace(seeding.SHOPS[0], goods=3),)


@pytest.fixture
def installation(now):
    from sellerdesk.catalog.services import loading

    rules.write_defaults()
    loading.load_starter(now=now)


def test_a_demo_has_people_shops_goods_and_a_past(installation, now):
    access = seeding.seed_demo(seed=20, now=now, days=5, shops=SMALL)

    people = get_user_model()
    anna = people.objects.get(email=access.email)
    assert anna.check_password(access.password)
    assert people.objects.get(email=access.operator_email).check_password(access.operator_password)
    first, second = [shop.ref for shop in sellers.shops_of_user(anna.pk)]
    assert (first.currency, second.currency) == ("RUB", "CNY")
    caller = sellers.authenticate_key(client_id=access.client_id, api_key=access.api_key, address="127.0.0.1",
                                      real_now=now)
    assert caller.seller.id == first.id
    assert Product.objects.filter(status="price_sent").exclude(images=[]).count() == 48 - 6
    # Some changes wait for a moderator, so that the demo has a queue.
    assert Product.objects.filter(status__in=["moderating", "declined"]).count() == 6
    assert set(Product.objects.first().names) == {"en", "ru", "zh-hans"}
    assert queries.setting().simulated_until == now
    assert queries.setting().self_running == {second.id}
    assert Posting.objects.filter(seller_id=first.id).exclude(state__in=("delivered", "cancelled")).exists()
    assert orders.counts(first)["delivered"] > 5
    assert orders.counts(second)["on_the_way"] > 3
    assert Order.objects.order_by("-created_at").first().created_at <= now
    # A sheet with wrong rows to look at, and one that was taken back.
    for shop in (first, second):
        undone, kept = catalog.imports_page(shop).rows
        assert [(each.state, each.updated, each.failed) for each in (kept, undone)] == [("done", 3, 3), ("done", 4, 0)]
        assert catalog.changes.batch_of_import(shop, undone.id).state == "undone"


def test_lost_access_is_renewed_and_the_old_key_dies(installation, now):
    old = seeding.seed_demo(seed=20, now=now, days=1, shops=TINY)

    fresh = seeding.renew_access()

    assert fresh.client_id == old.client_id
    assert fresh.api_key != old.api_key
    anna = get_user_model().objects.get(email=old.email)
    assert not anna.check_password(old.password)
    assert anna.check_password(fresh.password)
    shop = sellers.seller_ref(fresh.client_id)
    assert [key.deactivated_at is None for key in sellers.keys(shop)] == [True, False]


def test_the_clock_starts_at_real_time_and_goes_on_where_the_market_stood(installation, now):
    seeding.seed_demo(seed=20, now=now, days=1, shops=TINY)
    seeding.start_clock(speed=60, market=False)
    assert clock.now() == now
    assert queries.setting().running is False

    clock.use_real()
    clock.start_at(now.replace(year=2027), 60)
    seeding.start_clock(speed=600, market=True)

    assert clock.now() == now
    assert (clock.state().speed, queries.setting().running) == (600, True)
