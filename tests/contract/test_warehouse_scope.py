"""Keys of single warehouses: what lies elsewhere is neither listed nor touched, and answered like what never was."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.inventory import queries as stock
from sellerdesk.inventory import services as inventory
from sellerdesk.orders import queries as orders
from sellerdesk.seller_api import roles, urls
from sellerdesk.sellers import permissions, services
from sellerdesk.sellers.errors_team import CannotGrantPlaces
from sellerdesk.sellers.models import ApiKey, Membership
from tests.contract.conftest import MARKET, Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def north(shop, now) -> int:
    """A second warehouse, where nothing lies."""
    return inventory.create_warehouse(seller=shop, name="North", city="Тверь", address="", actor=MARKET,
                                      time_zone="Europe/Moscow", cut_off=time(18), now=now).id


@pytest.fixture
def bound(shop, client):
    """A program whose key reaches these warehouses only."""

    def make(*warehouses: int) -> Program:
        made = services.create_key(seller=shop, name="Bound", roles=["Admin"], warehouse_ids=warehouses, actor=MARKET,
                                   user_id=None, real_now=clock.real_now())
        return Program(shop, made.secret, client)

    return make


def listed(program, now, **filter):
    period = {"since": (now - timedelta(days=2)).isoformat(), "to": (now + timedelta(days=2)).isoformat(), **filter}
    answer = program.call("/v4/posting/fbs/list", {"filter": period, "limit": 100})
    return [row["posting_number"] for row in answer["postings"]]


def test_lists_hold_what_lies_in_the_keys_warehouses(shop, shelf, north, bound, order_of, now):
    number = order_of(shop, (shelf.ids["A-1"], 1))
    here, elsewhere = bound(shelf.warehouse_id), bound(north)

    assert listed(here, now) == [number]
    assert listed(elsewhere, now) == []
    assert listed(elsewhere, now, warehouse_ids=[shelf.warehouse_id]) == []
    assert [row["warehouse_id"] for row in here.call("/v2/warehouse/list", {"limit": 10})["warehouses"]] == [
        shelf.warehouse_id]
    assert here.call("/v2/warehouse/list", {"limit": 10, "warehouse_ids": [north]})["warehouses"] == []
    stocks = [program.call("/v4/product/info/stocks", {"filter": {"offer_id": ["A-1"]}, "limit": 10})["items"][0]
              for program in (here, elsewhere)]
    assert stocks[0]["stocks"][0]["present"] == 10
    assert stocks[1]["stocks"] == []
    assert elsewhere.call("/v3/product/info/list", {"offer_id": ["A-1"]})["items"][0]["stocks"]["stocks"] == []
    assert elsewhere.call("/v3/product/list", {"filter": {"offer_id": ["A-1"]}, "limit": 10})["result"]["items"][0][
        "has_fbs_stocks"] is False
    assert elsewhere.call("/v4/posting/fbs/unfulfilled/list", {"filter": {
        "cutoff_from": (now - timedelta(days=30)).isoformat(), "cutoff_to": (now + timedelta(days=30)).isoformat()},
        "limit": 10})["count"] == 0


ACTS = {
    "/v3/posting/fbs/get": lambda number, product: {"posting_number": number},
    "/v4/posting/fbs/ship": lambda number, product: {
        "posting_number": number, "packages": [{"products": [{"product_id": product, "quantity": 1}]}]},
    "/v2/posting/fbs/package-label": lambda number, product: {"posting_number": [number]},
    "/v2/posting/fbs/cancel": lambda number, product: {
        "posting_number": number, "cancel_reason_id": 352, "cancel_reason_message": "x"},
}


@pytest.mark.parametrize("path", ACTS)
def test_a_posting_elsewhere_is_answered_like_one_that_never_was(path, shop, shelf, north, bound, order_of):
    number = order_of(shop, (shelf.ids["A-1"], 1))
    program, before = bound(north), orders.posting(shop, number)

    refused = program.refusal(path, ACTS[path](number, shelf.ids["A-1"]))

    assert refused == program.refusal(path, ACTS[path]("98765432-0001-1", shelf.ids["A-1"]))
    assert refused == (404, 5, "POSTING_NOT_FOUND")
    assert orders.posting(shop, number) == before


def test_stock_of_another_warehouse_is_refused_row_by_row(shop, shelf, north, bound):
    program = bound(north)

    answer = program.call("/v2/products/stocks", {"stocks": [
        {"offer_id": "A-1", "stock": 5, "warehouse_id": shelf.warehouse_id},
        {"offer_id": "A-1", "stock": 7, "warehouse_id": north}]})["result"]

    assert [row["updated"] for row in answer] == [False, True]
    assert [error["code"] for error in answer[0]["errors"]] == ["WAREHOUSE_NOT_FOUND"]
    assert {row.warehouse_id: row.present for row in stock.stocks(shop, [shelf.ids["A-1"]])[shelf.ids["A-1"]]} == {
        shelf.warehouse_id: 10, north: 7}


def test_bounds_cost_no_query_whatever_the_number_of_rows(shop, shelf, bound, program, order_of, now):
    narrow = bound(shelf.warehouse_id)
    body = {"filter": {"since": (now - timedelta(days=2)).isoformat(), "to": (now + timedelta(days=2)).isoformat()},
            "limit": 100}
    order_of(shop, (shelf.ids["A-1"], 1))
    # The first use of a key is written down.
    for one in (narrow, program):
        one.call("/v4/posting/fbs/list", body)
    one = narrow.queries("/v4/posting/fbs/list", body)
    for _ in range(4):
        order_of(shop, (shelf.ids["A-2"], 1))

    assert narrow.queries("/v4/posting/fbs/list", body) == one == program.queries("/v4/posting/fbs/list", body)


def test_people_of_one_warehouse_make_and_replace_keys_of_that_one_only(shop, shelf, north, boris, now):
    Membership.objects.create(user=boris, seller_id=shop.id, role="administrator", warehouses=[north], created_at=now)
    made = {"seller": shop, "name": "Wide", "roles": ["Admin"], "actor": Actor.user(boris.pk, "Boris"), "user_id": boris.pk,
            "real_now": now}
    wide = services.create_key(**{**made, "actor": MARKET})

    for reach in ((), (shelf.warehouse_id,), (north, shelf.warehouse_id)):
        with pytest.raises(CannotGrantPlaces):
            services.create_key(**made, warehouse_ids=reach)
    with pytest.raises(CannotGrantPlaces):
        services.rotate_key(seller=shop, key_id=wide.id, overlap_hours=0, actor=Actor.user(boris.pk, "Boris"), user_id=boris.pk,
                            real_now=now)
    assert ApiKey.objects.count() == 1
    narrow = services.create_key(**made, warehouse_ids=(north,))
    rolled = services.rotate_key(seller=shop, key_id=narrow.id, overlap_hours=0, actor=Actor.user(boris.pk, "Boris"),
                                 user_id=boris.pk, real_now=now)
    assert ApiKey.objects.get(pk=rolled.id).warehouses == [north]


def test_what_concerns_the_whole_shop_is_not_for_keys_of_single_warehouses(shelf, bound):
    program, named = bound(shelf.warehouse_id), {"warehouse_id": shelf.warehouse_id}

    assert program.refusal("/v1/warehouse/archive", {**named, "reason": "x"})[0] == 403
    assert program.refusal("/v1/warehouse/unarchive", named)[0] == 403


def test_shops_and_the_api_name_the_same_roles_and_agree_on_which_of_them_write():
    writing = {name: any(roles.allows((name,), method.right) and roles.writes(method.right)
                         for method in urls.METHODS) for name in roles.ROLES}

    assert list(permissions.KEY_ROLES.items()) == list(writing.items())


def test_shops_and_the_api_agree_on_what_the_maker_of_a_key_must_hold():
    needs = {name: frozenset().union(*(roles.OF_SHOP[right] for right in held)) for name, held in roles.ROLES.items()}

    assert set(roles.OF_SHOP) == set(roles.RIGHTS)
    assert needs == permissions.KEY_NEEDS
    assert all(needed <= permissions.SHOP_RIGHTS for needed in needs.values())
