"""Who may call, how often, and what a caller who may not is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.seller_api import budget, openapi, roles
from sellerdesk.seller_api.endpoint import endpoint, registered
from sellerdesk.seller_api.schemas.base import Answer, Empty
from sellerdesk.seller_api.urls import METHODS
from sellerdesk.sellers import queries as sellers_queries
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.models import ApiKey
from sellerdesk.sellers.services import offers

MISSING = (401, 16, "Client-Id and Api-Key headers are required")
MALFORMED = (400, 3, "Client-Id header value should be positive integer")
INVALID = (404, 5, "Invalid Api-Key, please check the key and try again")
NO_ROLE = (403, 7, "Api-Key is missing a required role for a method")
UNKNOWN = (404, 5, "method is not allowed")


@pytest.mark.parametrize(
    ("headers", "refusal"),
    [
        ({"Client-Id": None}, MISSING),
        ({"Api-Key": None}, MISSING),
        ({"Client-Id": None, "Api-Key": None, "Authorization": "Bearer x"}, MISSING),
        ({"Client-Id": "0"}, MALFORMED),
        ({"Client-Id": "-5"}, MALFORMED),
        ({"Client-Id": "abc"}, MALFORMED),
        ({"Client-Id": ""}, MALFORMED),
        ({"Client-Id": "1e3"}, MALFORMED),
        ({"Client-Id": "99999999999999999999"}, INVALID),
        ({"Client-Id": "4242"}, INVALID),
        ({"Api-Key": "nonsense"}, INVALID),
    ],
)
def test_a_program_without_a_proved_key_is_refused(program, headers, refusal):
    assert program.refusal("/v1/roles", **headers) == refusal


def test_a_key_opens_no_other_shop(program, rival):
    assert program.refusal("/v3/product/list", {"filter": {}}, **{"Client-Id": str(rival.seller.id)}) == INVALID


def test_an_expired_key_looks_unknown_and_a_deactivated_one_says_so(program, now):
    ApiKey.objects.update(expires_at=now)
    assert program.refusal("/v1/roles") == INVALID

    ApiKey.objects.update(expires_at=now + timedelta(days=1))
    key_id = ApiKey.objects.get().pk
    sellers.deactivate_key(
        seller=program.seller, key_id=key_id, actor=Actor.system("market"), real_now=clock.real_now()
    )

    assert program.refusal("/v1/roles") == (
        403,
        7,
        "Api-key is deactivated, use another one or generate a new one",
    )


def test_C02_a_key_used_from_elsewhere_is_refused_in_the_words_of_the_api(shop, key_of, anna):
    program = key_of(shop, "Admin")
    sellers.set_networks(seller=shop, key_id=ApiKey.objects.get().pk, networks=["203.0.113.0/24"],
                         actor=Actor.system("market"), real_now=clock.real_now())

    assert program.refusal("/v1/roles") == (403, 7, "Api-Key is restricted to specific IP addresses")
    sellers.flush_calls()
    assert [(call.method, call.status, call.code) for call in sellers_queries.calls_page(
        shop, ApiKey.objects.get().pk, cursor=None, limit=9).rows] == [("/v1/roles", 403, 7)]


def test_C02_every_operation_of_the_description_needs_a_right_that_some_narrow_role_has():
    paths = openapi.document()["paths"]

    assert set(paths) == set(registered) == {method.path for method in METHODS}
    for path, operations in paths.items():
        [operation] = operations.values()
        right = operation["x-right"]
        assert right in roles.RIGHTS, path
        narrow = [name for name in roles.ROLES if not name.startswith("Admin") and roles.allows((name,), right)]
        assert narrow, path
    assert set(roles.ROLES) == set(sellers.KEY_ROLES)


@pytest.mark.parametrize("name", roles.ROLES)
def test_C02_each_role_opens_exactly_the_methods_that_roles_lists(name, shop, key_of):
    program = key_of(shop, name)
    [listed] = program.call("/v1/roles")["roles"]
    assert listed["name"] == name

    for method in METHODS:
        # Nothing a method takes, so that nothing is done by those that may.
        answer = program.send(method.method, method.path, b"{")
        refused = (answer.status_code, answer.json().get("code"), answer.json().get("message"))
        if method.path not in listed["methods"]:
            assert refused == NO_ROLE, method.path
        else:
            assert answer.status_code == (200 if method.method == "GET" else 400), method.path
        budget.forget()


def test_roles_tells_when_the_key_expires(program):
    answer = program.call("/v1/roles")

    assert answer["expires_at"] == ApiKey.objects.get().expires_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert answer["roles"][0]["name"] == "Admin"
    assert set(answer["roles"][0]["methods"]) == set(registered)


def test_the_use_of_a_key_is_noted(program, now):
    program.call("/v1/roles")

    key = ApiKey.objects.get()
    assert (key.last_used_at, key.last_used_address, key.last_used_method) == (now, "127.0.0.1", "/v1/roles")


def test_C02_a_method_without_a_right_cannot_be_defined():
    with pytest.raises(ValueError, match="'guess' is not a right"):
        endpoint("/v9/new", request=Empty, answer=Answer, right="guess")(lambda call, request: Answer())
    with pytest.raises(ValueError, match="/v1/roles is defined twice"):
        endpoint("/v1/roles", request=Empty, answer=Answer, right=roles.ANY)(lambda call, request: Answer())


@pytest.mark.parametrize(("verb", "path"), [("get", "/v3/product/list"), ("post", "/v9/nothing"), ("put", "/v1/roles")])
def test_an_unknown_path_or_verb_is_no_method(client: Client, db, verb, path):
    response = getattr(client, verb)(path)

    assert (response.status_code, response.json()) == (404, {"code": 5, "message": UNKNOWN[2], "details": []})
    assert response["x-o3-trace-id"] == response["X-Request-Id"]


def test_only_json_is_taken_and_only_so_much(program):
    form = program.client.post(
        "/v3/product/list", {"a": "b"}, headers={"Client-Id": str(program.seller.id), "Api-Key": program.key}
    )
    large = program.refusal("/v3/product/list", b" " * (10 * 1024 * 1024 + 1))

    assert (form.status_code, form.json()["message"]) == (400, "Content-Type header should be application/json")
    assert large == (413, 8, "grpc: received message larger than max (10485761 vs. 10485760)")


def test_a_crash_is_an_internal_error_with_a_trace_id(program, monkeypatch, caplog):
    monkeypatch.setattr(registered["/v1/roles"], "handler", lambda call, request: 1 / 0)

    response = program.post("/v1/roles")

    assert (response.status_code, response.json()["code"], response.json()["message"]) == (500, 13, "Internal error")
    assert response["x-o3-trace-id"]


def test_fifty_requests_a_second_and_then_a_pause(program):
    left = [int(program.post("/v1/roles")["Ratelimit-Remaining"]) for _ in range(50)]
    over = program.post("/v1/roles")

    assert left == list(range(49, -1, -1))
    assert (over.status_code, over["Retry-After"], over["Ratelimit-Remaining"]) == (429, "1", "0")
    assert over.json() == {"code": 8, "message": "You have reached request rate limit per second", "details": []}


def test_setting_stock_has_its_own_limit(program, shelf, now):
    body = {"stocks": [{"offer_id": "nothing", "stock": 1, "warehouse_id": shelf.warehouse_id}]}
    for index in range(80):
        with time_machine.travel(now + timedelta(seconds=index // 40), tick=False):
            assert program.post("/v2/products/stocks", body).status_code == 200

    with time_machine.travel(now + timedelta(seconds=10), tick=False):
        over = program.post("/v2/products/stocks", body)
        other = program.post("/v1/roles")

    assert (over.status_code, over.json()["code"], over["Retry-After"]) == (429, 8, "50")
    assert other.status_code == 200


def test_a_stranger_cannot_use_up_a_sellers_budget(program):
    for _ in range(60):
        assert program.refusal("/v1/roles", **{"Api-Key": "guess"}) == INVALID

    assert program.refusal("/v1/roles", **{"Api-Key": "guess"})[:2] == (429, 8)
    budget_left = program.client.post(
        "/v1/roles",
        "{}",
        content_type="application/json",
        headers={"Client-Id": str(program.seller.id), "Api-Key": program.key},
        REMOTE_ADDR="10.0.0.7",
    )
    assert budget_left["Ratelimit-Remaining"] == "49"


def test_without_the_new_offer_programs_read_on_but_write_no_more(program, now):
    offers.publish_offer(version="2.0", texts={"en": "New", "ru": "Новая", "zh": "新"}, valid_from=clock.now(),
                         actor=Actor.system("market"), now=clock.now())
    stocks = {"stocks": [{"offer_id": "x", "stock": 1, "warehouse_id": 1}]}
    program.call("/v2/products/stocks", stocks)

    with time_machine.travel(now + timedelta(days=14), tick=False):
        clock.forget()
        assert program.refusal("/v2/products/stocks", stocks) == (403, 7, "Offer not signed")
        program.call("/v3/product/list", {"filter": {}, "limit": 1})
