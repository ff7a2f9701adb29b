from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from sellerdesk.catalog.models import Product
from sellerdesk.core.activity import latest
from sellerdesk.inventory.models import Stock
from sellerdesk.orders.models import Order, Posting
from sellerdesk.pricing.models import Price
from sellerdesk.simulator import services
from sellerdesk.simulator.errors import NoMarket, NoRun, RunGoingOn
from sellerdesk.simulator.models import Errand, Fate, Market, Run
from sellerdesk.simulator.services import controls, runs

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = "name: small\nlasts: 12 h\nbuyers: {orders: 20, cancel: 2}\ncarriers: {lose: 1}\n"


@pytest.fixture
def quiet_market(stocked_shop, now):
    """A market whose buyers stay away unless a script brings them; its shop runs itself."""
    services.open_market(seed=5, since=now)
    controls.set_self_running(seller_ids=[stocked_shop.id])
    Market.objects.update(orders_per_day=0)
    return now


def live(now, hours, step=1):
    for hour in range(step, hours + 1, step):
        services.tick(now + timedelta(hours=hour))


def test_a_run_brings_its_orders_and_ends_with_figures(quiet_market, stocked_shop, actor, now):
    run_id = runs.start(seller=stocked_shop, text=SMALL, actor=actor, now=now)

    services.tick(now + timedelta(days=20))

    run = Run.objects.get(pk=run_id)
    assert (run.state, run.placed) == ("done", 20)
    assert {key: run.result[key] for key in ("orders", "open", "cancelled_by_buyer", "lost", "delivered")} == {
        "orders": 20, "open": 0, "cancelled_by_buyer": 2, "lost": 1, "delivered": 17}
    assert Counter(Fate.objects.values_list("kind", flat=True)) == {"": 17, "buyer_cancels": 2, "lost": 1}
    assert [each.event for each in latest(stocked_shop.id, 500) if each.target_type == "run"] == [
        "simulator.run.ended", "simulator.run.started"]


def test_a_leap_of_36_hours_makes_the_same_market_as_36_of_one_hour(quiet_market, stocked_shop, actor, now):
    def lived(step):
        runs.start(seller=stocked_shop, text=SMALL, actor=actor, now=now)
        live(now, 36, step)
        return [(order.buyer_name, order.created_at, posting.state, posting.packed_at, posting.handed_over_at,
                 posting.changed_at) for order, posting in (
            (one, Posting.objects.get(order_id=one.pk)) for one in Order.objects.order_by("created_at", "buyer_name"))]

    seen = []
    for step in (1, 36):
        with transaction.atomic():
            seen.append(lived(step))
            transaction.set_rollback(True)

    assert len(seen[0]) == 20
    assert seen[0] == seen[1]


def test_a_strike_holds_everything_up_and_then_it_goes_on(quiet_market, stocked_shop, actor, now):
    runs.start(seller=stocked_shop, actor=actor, now=now, text=SMALL.replace("lasts: 12 h", "lasts: 6 h")
               + "events: [{at: 0, do: strike, lasts: 20 h}]\n")

    services.tick(now + timedelta(hours=20))
    during = set(Posting.objects.exclude(state="cancelled").values_list("state", "handed_over_at"))
    services.tick(now + timedelta(days=20))

    assert during <= {("awaiting_packaging", None), ("awaiting_deliver", None)}
    assert ("awaiting_deliver", None) in during
    assert Counter(Posting.objects.values_list("state", flat=True)) == {"delivered": 17, "cancelled": 3}
    assert min(Posting.objects.filter(state="delivered").values_list("handed_over_at", flat=True)) >= now + timedelta(
        hours=20)


def test_a_script_changes_prices_and_empties_shelves_at_its_moment(quiet_market, stocked_shop, actor, now):
    offer = Product.objects.order_by("id").first()
    before = Price.objects.get(product_id=offer.id).price_minor
    runs.start(seller=stocked_shop, actor=actor, now=now, text=f"""name: moves
lasts: 6 h
events:
  - {{at: 2 h 30 min, do: price, change: -10 %, offer: {offer.offer_id}}}
  - {{at: 3 h, do: stock, units: 0, offer: {offer.offer_id}}}
""")

    services.tick(now + timedelta(hours=2))
    early = Price.objects.get(product_id=offer.id).price_minor
    services.tick(now + timedelta(hours=4))

    assert early == before
    price = Price.objects.get(product_id=offer.id)
    assert (price.price_minor, price.updated_at) == (before * 90 // 100, now + timedelta(hours=2, minutes=30))
    assert Stock.objects.get(product_id=offer.id).present == 0


def test_this_very_order_comes_to_its_city_and_meets_its_fate(quiet_market, stocked_shop, actor, now):
    offer = Product.objects.order_by("id").first()
    runs.start(seller=stocked_shop, actor=actor, now=now, text=f"""name: very
lasts: 6 h
events:
  - {{at: 90 min, do: order, offer: {offer.offer_id}, quantity: 3, city: Казань, fate: buyer_cancels}}
  - {{at: 2 h, do: order, offer: NO-SUCH-OFFER}}
""")

    services.tick(now + timedelta(hours=6))

    order = Order.objects.get()
    assert (order.city, order.created_at) == ("Казань", now + timedelta(minutes=90))
    posting = Posting.objects.get()
    assert (posting.units, posting.state, posting.cancelled_by) == (3, "cancelled", "client")
    assert Run.objects.get().refused == 1


def test_a_shop_lives_one_scenario_at_a_time_and_may_stop_it(quiet_market, stocked_shop, actor, now):
    runs.start(seller=stocked_shop, text=SMALL, actor=actor, now=now)
    with pytest.raises(RunGoingOn):
        runs.start(seller=stocked_shop, text=SMALL, actor=actor, now=now)
    services.tick(now + timedelta(hours=6))

    runs.stop(seller=stocked_shop, actor=actor, now=now + timedelta(hours=6))
    placed = Order.objects.count()
    services.tick(now + timedelta(hours=12))

    assert 0 < placed < 20
    assert Order.objects.count() == placed
    assert not Errand.objects.filter(kind="scripted").exists()
    with pytest.raises(NoRun):
        runs.stop(seller=stocked_shop, actor=actor, now=now + timedelta(hours=6))


def test_without_a_market_nothing_can_be_run(stocked_shop, actor, now):
    with pytest.raises(NoMarket):
        runs.start(seller=stocked_shop, text=SMALL, actor=actor, now=now)
    assert not Run.objects.exists()
