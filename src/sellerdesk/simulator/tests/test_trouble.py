"""Trouble that somebody orders for a shop's programs: what the API answers then, and who may order it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core import clock, trouble
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Activity
from sellerdesk.core.trouble import Order
from sellerdesk.orders import queries as orders
from sellerdesk.seller_api import endpoint
from sellerdesk.sellers import services as sellers
from sellerdesk.simulator import services
from sellerdesk.simulator.errors import NoMarket, TooMuchTrouble
from sellerdesk.simulator.services import trouble as ordering

ROLES = "/v1/roles"


@pytest.fixture
def open_market(shop, now):
    services.open_market(seed=5, since=now, history_until=now)


@pytest.fixture
def call(client, shop):
    """Calls a method of the API as the shop's program; gives status, body and headers."""
    made = sellers.create_key(seller=shop, name="ERP", roles=["Admin"], actor=Actor.system("tests"), user_id=None,
                              real_now=clock.real_now())

    def ask(path: str = ROLES, body: object = None) -> tuple[int, dict, object]:
        answer = client.post(path, json.dumps(body or {}), content_type="application/json",
                             headers={"Client-Id": str(shop.id), "Api-Key": made.secret})
        return answer.status_code, json.loads(answer.content), answer.headers

    return ask


def ordered(shop, actor, **order) -> int:
    return ordering.order(seller=shop, order=Order(**order), actor=actor, now=clock.now(), real_now=clock.real_now())


@pytest.mark.parametrize(("kind", "status", "code"), [("rate_limit", 429, 8), ("unavailable", 503, 14),
                                                      ("internal", 500, 13)])
def test_every_call_is_refused_as_the_contract_spells_it(open_market, shop, actor, call, kind, status, code):
    ordered(shop, actor, kind=kind)

    answered, body, headers = call()

    assert (answered, body["code"]) == (status, code)
    assert ("Retry-After" in headers) == (kind == "rate_limit")


def test_the_share_is_spread_evenly_and_the_number_of_times_is_kept(open_market, shop, actor, call):
    ordered(shop, actor, kind="internal", percent=50, times=2)

    assert [call()[0] for _ in range(8)] == [200, 500, 200, 500, 200, 200, 200, 200]


def test_only_the_named_methods_of_the_own_shop_are_hit(open_market, shop, rival_shop, actor, call):
    ordered(shop, actor, kind="internal", path="/v1/seller")
    ordered(rival_shop, actor, kind="internal")

    assert [call(path)[0] for path in (ROLES, "/v1/seller/info")] == [200, 500]


def test_the_work_is_done_and_only_the_answer_is_lost(open_market, shop, stall, actor, call):
    [number] = stall.place()
    ordered(shop, actor, kind="unavailable", path="/v2/posting/fbs/cancel", after=True)

    status, _body, _headers = call("/v2/posting/fbs/cancel", {
        "posting_number": number, "cancel_reason_id": 352, "cancel_reason_message": ""})

    assert status == 503
    assert orders.posting(shop, number).state == "cancelled"


def test_a_slow_answer_comes_late_and_is_right(open_market, shop, actor, call, monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr(endpoint.time, "sleep", slept.append)
    ordered(shop, actor, kind="slow", seconds=7)

    assert call()[0] == 200
    assert slept == [7]


def test_trouble_ends_by_itself_and_by_hand(open_market, shop, actor, call):
    first = ordered(shop, actor, kind="internal", minutes=5)
    ordering.end(seller=shop, trouble_id=first, actor=actor, now=clock.now())
    assert call()[0] == 200

    ordered(shop, actor, kind="internal", minutes=5)
    later = clock.real_now() + timedelta(minutes=6)
    assert trouble.in_force(shop.id, later) == []
    assert trouble.strike(shop.id, ROLES, later) is None
    assert [row.event for row in Activity.objects.filter(target_type="trouble").order_by("id")] == [
        "simulator.trouble.ordered", "simulator.trouble.ended", "simulator.trouble.ordered"]


def test_wrong_figures_are_named_all_at_once(open_market, shop, actor):
    with pytest.raises(Invalid) as refused:
        ordered(shop, actor, kind="flood", path="stocks", percent=0, minutes=9999, seconds=99, times=0)

    assert {error.field for error in refused.value.fields} == {"kind", "path", "percent", "minutes", "seconds", "times"}


def test_there_is_an_end_to_trouble(open_market, shop, actor):
    for _ in range(trouble.MOST_AT_ONCE):
        ordered(shop, actor, kind="internal")

    with pytest.raises(TooMuchTrouble):
        ordered(shop, actor, kind="internal")


def test_where_real_shops_sell_nobody_can_order_trouble(shop, actor):
    with pytest.raises(NoMarket):
        ordered(shop, actor, kind="internal")


def test_the_page_orders_shows_and_ends(open_market, anna_client, shop, call):
    address = reverse("simulator:trouble")

    wrong = anna_client.post(address, {"kind": "internal", "percent": "0", "moment": "before", "minutes": "30"})
    made = anna_client.post(address, {"kind": "internal", "path": ROLES, "percent": "100", "moment": "before",
                                      "minutes": "30"}, follow=True)
    hit = call()[0]
    shown = anna_client.get(address)
    over = anna_client.post(reverse("simulator:trouble_end"), {"id": str(shown.context["rows"][0].row.id)}, follow=True)

    assert wrong.status_code == 422
    assert made.status_code == over.status_code == 200
    assert hit == 500
    assert "1 of 1 call hit" in shown.content.decode()
    assert trouble.in_force(shop.id, clock.real_now()) == []


def test_another_shop_cannot_end_it(open_market, shop, actor, clara_client):
    number = ordered(shop, actor, kind="internal")

    clara_client.post(reverse("simulator:trouble_end"), {"id": str(number)})

    assert len(trouble.in_force(shop.id, clock.real_now())) == 1


def test_programs_order_trouble_see_it_and_calm_it_over_http(open_market, client, shop, call, settings):
    settings.MARKET_TOKEN = "token"

    def market(act: str, body: dict | None = None) -> tuple[int, dict]:
        headers = {"Authorization": "Bearer token"}
        address = reverse("simulator:api", args=[act])
        answer = client.get(f"{address}?client_id={shop.id}", headers=headers) if body is None else client.post(
            address, json.dumps({"client_id": shop.id, **body}), content_type="application/json", headers=headers)
        return answer.status_code, json.loads(answer.content)

    wrong = market("trouble", {"kind": "internal", "percent": 200})
    made = market("trouble", {"kind": "internal", "path": ROLES})
    hit = call()[0]
    shown = market("trouble")[1]["troubles"]
    calm = market("calm", {})

    assert (wrong[0], [one["field"] for one in wrong[1]["error"]["fields"]]) == (400, ["percent"])
    assert made[0] == 200
    assert hit == 500
    assert [(one["id"], one["hits"]) for one in shown] == [(made[1]["trouble_id"], 1)]
    assert calm == (200, {"ended": 1})
    assert call()[0] == 200
