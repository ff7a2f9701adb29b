"""The test shop beside a live one: its own goods, keys, clock and market, and nothing of it anywhere else."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError
from django.db.transaction import atomic
from django.test import override_settings

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import moderation
from sellerdesk.core import clock, scope, tally, worker
from sellerdesk.core.models import Activity, Message
from sellerdesk.finance.models import Line
from sellerdesk.inventory import queries as inventory
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import queries as orders
from sellerdesk.orders.models import Posting
from sellerdesk.pricing import queries as pricing
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers import services as shops
from sellerdesk.sellers.models import Membership
from sellerdesk.simulator.models import Market
from sellerdesk.simulator.services import resting, twins

pytestmark = pytest.mark.django_db(transaction=True)


def made(shop, actor, now):
    """A test shop, copied and open."""
    twin = twins.create(seller=shop, actor=actor, real_now=now)
    worker.run_until_idle()
    return sellers.seller_ref(twin.id)


def key_of(shop, actor, roles=("Admin",)):
    with scope.one_shop(shop.id):
        return shops.create_key(seller=shop, name="CI", roles=list(roles), actor=actor, user_id=int(actor.id),
                                real_now=clock.real_now()).secret


class Program:
    """A program with a key: the Seller API, and the market of the test shop."""

    def __init__(self, client, shop, secret):
        self.client = client
        self.headers = {"Client-Id": str(shop.id), "Api-Key": secret}

    def api(self, path, **body):
        return self._read(self.client.post(path, json.dumps(body), "application/json", headers=self.headers))

    def market(self, act, **body):
        path = f"/market/api/{act}/"
        return self._read(self.client.get(path, headers=self.headers) if act == "status" else
                          self.client.post(path, json.dumps(body), "application/json", headers=self.headers))

    @staticmethod
    def _read(response):
        return response.status_code, json.loads(response.content)


def beat(until_idle=200):
    """Let the worker move the test shops on, until none is behind."""
    for _ in range(until_idle):
        if not worker.beat():
            return
    raise AssertionError("the test shop never catches up")


def test_from_key_to_delivered_parcel_on_a_clock_of_its_own(client, stocked_shop, actor, now):
    live = stocked_shop
    with time_machine.travel(now, tick=False):
        twin = made(live, actor, now)
        program = Program(client, twin, key_of(twin, actor))
        offer = catalog.sellable(twin)[0]
        offer_id = catalog.refs(twin, product_ids=[offer.product_id])[0].offer_id

        status, order = program.market("order", lines=[{"offer_id": offer_id, "quantity": 2}], city="Казань")
        assert status == 200, order
        number = order["posting_number"]
        status, listed = program.api("/v3/posting/fbs/list", filter={
            "since": (now - timedelta(days=1)).isoformat(), "to": (now + timedelta(days=1)).isoformat()}, limit=10)
        assert [one["posting_number"] for one in listed["result"]["postings"]] == [number]
        status, shipped = program.api("/v4/posting/fbs/ship", posting_number=number, packages=[
            {"products": [{"product_id": offer.sku, "quantity": 2}]}])
        assert status == 200, shipped
        leaps = 0
        while program.api("/v3/posting/fbs/get", posting_number=number)[1]["result"]["status"] != "delivered":
            status, answer = program.market("advance", hours=36)
            assert status == 200, answer
            beat()
            leaps += 1
            assert leaps < 10
        _, state = program.market("status")

        assert state["now"].startswith((now + timedelta(hours=leaps * 36)).isoformat()[:16])
        assert (state["virtual"], state["behind_seconds"], state["coming"]["scan"]) == (True, 0, 0)
        with scope.one_shop(live.id):
            assert clock.now() == now
            assert orders.to_pack_count(live) == 0
        assert clock.state().virtual is False
        assert Posting.objects.filter(seller_id=live.id).count() == 0
        assert not Market.objects.filter(pk=1).exists()
        assert Line.objects.filter(seller_id=twin.id).exists()
        with pytest.raises(DatabaseError), atomic():
            Line.objects.filter(seller_id=twin.id).update(amount_minor=1)
        twins.delete(twin=twin, actor=actor, real_now=now)
        worker.run_until_idle()
        assert rows_of(twin.id) == set()


def test_keys_open_their_own_side_only(client, stocked_shop, actor, now):
    live = stocked_shop
    twin = made(live, actor, now)
    live_key, test_key = key_of(live, actor), key_of(twin, actor)

    assert (live_key[:3], test_key[:7]) == ("sd_", "sdtest_")
    for shop, secret in ((live, test_key), (twin, live_key)):
        program = Program(client, shop, secret)
        assert program.api("/v3/product/list", filter={}, limit=1)[0] in (401, 403, 404)
        assert program.market("status")[0] == 401
    status, answer = Program(client, live, live_key).market("advance", hours=1)
    assert (status, answer["error"]["code"]) == (403, "live_shop")
    reader = Program(client, twin, key_of(twin, actor, ["Admin read only"]))
    assert reader.market("status")[0] == 200
    assert reader.market("advance", hours=1)[1]["error"]["code"] == "key_too_narrow"
    assert Program(client, twin, test_key).market("order", client_id=live.id)[0] == 404


def test_a_copy_has_the_goods_and_nothing_else(stocked_shop, actor, now):
    live = stocked_shop
    twin = made(live, actor, now)

    def goods(shop):
        offers = {ref.id: ref.offer_id for ref in catalog.refs(shop, product_ids=[
            row.product_id for row in catalog.sellable(shop)])}
        return {offers[id_]: (row.price_minor, inventory.free(shop)[id_])
                for id_, row in pricing.prices(shop, list(offers)).items()}

    assert goods(twin) == goods(live) != {}
    assert {row.name for row in inventory.warehouses(twin)} == {row.name for row in inventory.warehouses(live)}
    assert len(logistics.methods(twin)) == len(logistics.methods(live)) > 0
    assert not {row.sku for row in catalog.sellable(twin)} & {row.sku for row in catalog.sellable(live)}
    assert not Membership.objects.filter(seller_id=twin.id).exists()
    assert not Activity.objects.filter(seller_id=twin.id).exists()


def test_starting_anew_empties_and_keeps_the_keys_and_deleting_leaves_nothing(client, stocked_shop, actor, now):
    live = stocked_shop
    with time_machine.travel(now, tick=False):
        twin = made(live, actor, now)
        program = Program(client, twin, key_of(twin, actor))
        before = rows_of(live.id)
        offer_id = catalog.refs(twin, product_ids=[catalog.sellable(twin)[0].product_id])[0].offer_id
        assert program.market("order", lines=[{"offer_id": offer_id}])[0] == 200
        program.market("advance", hours=20)
        beat()

        assert program.market("reset") == (200, {"reset": True})
        assert program.market("reset")[1]["error"]["code"] == "test_shop_busy"
        worker.run_until_idle()

        assert not Posting.objects.filter(seller_id=twin.id).exists()
        assert program.market("status")[1]["now"].startswith(now.isoformat()[:16])
        assert {name for name, _count in rows_of(live.id) ^ before} == {"core_activity"}
        twins.delete(twin=twin, actor=actor, real_now=now)
        worker.run_until_idle()
        assert rows_of(twin.id) == set()
        assert sellers.twin(live) is None
        assert program.market("status")[0] == 401
        # A new one may follow.
        assert made(live, actor, now).id != twin.id


def column_of(model):
    return next(name for name in ("seller_id", "clock_of") if any(
        field.column == name for field in model._meta.concrete_fields))


def rows_of(seller_id):
    """(table, how many rows of the shop it holds), blocks of ids left out."""
    counts = Counter()
    for model in apps.get_models():
        if model._meta.label not in ("core.IdBlock", "accounts.SecurityEvent") and any(
                field.column in ("seller_id", "clock_of") for field in model._meta.concrete_fields):
            counts[model._meta.db_table] += model._base_manager.filter(**{column_of(model): seller_id}).count()
    return {(table, count) for table, count in counts.items() if count}


def test_operators_and_other_shops_never_meet_a_test_shop(client, stocked_shop, rival_shop, operator_client, actor, now):
    live = stocked_shop
    with time_machine.travel(now, tick=False):
        before = dict(sellers.state_counts()), catalog.market_total(), orders.market_figures(now)
        twin = made(live, actor, now)
        program = Program(client, twin, key_of(twin, actor))
        offer = catalog.sellable(twin)[0]
        offer_id = catalog.refs(twin, product_ids=[offer.product_id])[0].offer_id
        assert program.market("order", lines=[{"offer_id": offer_id}])[0] == 200
        # A card with a text that a person would have to look at in a live shop goes straight on.
        _, answer = program.api("/v1/product/import/prices", prices=[{"offer_id": offer_id, "price": "777"}])
        assert answer["result"][0]["updated"], answer

        assert (dict(sellers.state_counts()), catalog.market_total(), orders.market_figures(now)) == before
        assert twin.id not in {row.id for row in sellers.sellers_page(cursor=None, limit=50).rows}
        assert tally.ask(moderation.waiting()) == [0, 0]
        assert "TEST" not in operator_client.get("/console/").content.decode()
        # Nobody takes its cards over, and a market that the operator moves does not reach it.
        with scope.one_shop(rival_shop.id):
            assert catalog.copyable(rival_shop, [offer.sku]) == {}
        with override_settings(MARKET_TOKEN="token"):
            response = client.post("/market/api/order/", json.dumps({"client_id": twin.id}), "application/json",
                                   headers={"Authorization": "Bearer token"})
        assert response.status_code == 404


def test_who_may_make_keys_goes_there_and_back_and_the_others_do_not_manage(
        anna_client, boris_client, staff_boris, stocked_shop, now, settings):
    settings.DEMO = False
    live = stocked_shop
    assert boris_client.get("/shop/test/").status_code == 403
    assert boris_client.post("/shop/test/create/").status_code == 403
    assert "Create the test shop" in anna_client.get("/shop/test/").content.decode()
    anna_client.post("/shop/test/create/")
    assert "is being copied" in anna_client.get("/shop/test/").content.decode()
    worker.run_until_idle()
    twin = sellers.twin(live)
    assert anna_client.get("/market/").status_code == 404
    assert "nothing here is real" not in anna_client.get("/").content.decode()

    anna_client.post("/shop/switch/", {"seller": twin.id})
    for path in ("/", "/orders/", "/products/", "/market/", "/market/scenarios/", "/market/trouble/", "/shop/keys/"):
        page = anna_client.get(path)
        assert page.status_code == 200, path
        assert page.content.decode().count("nothing here is real") == 1, path
    anna_client.post("/market/clock/", {"action": "advance", "value": "12"})
    anna_client.post("/market/clock/", {"action": "pause"})
    assert anna_client.get("/shop/team/").status_code == 403
    boris_client.post("/shop/switch/", {"seller": twin.id})
    assert boris_client.get("/orders/").status_code == 200
    assert boris_client.post("/market/clock/", {"action": "resume"}).status_code == 404
    with scope.one_shop(twin.id):
        assert clock.state().paused
        assert clock.now() > clock.real_now() + timedelta(hours=11)

    anna_client.post("/shop/switch/", {"seller": live.id})
    assert "nothing here is real" not in anna_client.get("/").content.decode()


def test_somebody_of_single_warehouses_stays_out(staff_boris, boris_client, stocked_shop, actor, now):
    twin = made(stocked_shop, actor, now)
    Membership.objects.filter(user_id=staff_boris.pk).update(warehouses=[inventory.warehouses(stocked_shop)[0].id])

    assert [one.id for one in sellers.shops_of_user(staff_boris.pk)] == [stocked_shop.id]
    assert boris_client.post("/shop/switch/", {"seller": twin.id}).status_code == 404


def test_a_forgotten_test_shop_slows_down_stands_is_told_of_and_goes(stocked_shop, actor, now):
    with time_machine.travel(now, tick=False) as real:
        twin = made(stocked_shop, actor, now)
        with scope.one_shop(twin.id):
            clock.set_speed(600)

        def after(**passed):
            real.shift(timedelta(**passed))
            resting.rest_unused(real_now=clock.real_now())
            worker.run_until_idle()
            with scope.one_shop(twin.id):
                state = clock.state()
            return state.speed, state.paused

        assert after(hours=1) == (600, False)
        assert after(hours=1) == (1, False)
        assert after(hours=24) == (1, True)
        letters = Message.objects.count()
        after(days=76)
        assert Message.objects.count() == letters + 1
        assert Message.objects.latest("pk").subject.startswith("[TEST] ")
        after(days=13)
        assert sellers.twin(stocked_shop) is not None
        after(days=1)
        assert sellers.twin(stocked_shop) is None
        assert Message.objects.count() == letters + 1
