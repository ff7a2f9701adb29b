"""Forms of strange sites: nothing is changed by a request that our own pages did not send."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sellerdesk.seller_api.endpoint import Endpoint, unknown_method
from tests import addresses, cookies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

# Views that take what no form of ours sent, each with its reason.
WITHOUT_TOKEN = {
    "sellerdesk.sellers.web.leaks.leaks": "signed by whoever reports a leaked key",
    "sellerdesk.simulator.web.api.market_api": "for programs that hold the market's token; knows nobody by cookie",
    "sellerdesk.support.web.incoming.mail": "for mail servers that hold a shared secret; knows nobody by cookie",
    "sellerdesk.accounts.web.help.findings": "for people whose cookies fail; knows no person and changes no account",
    "sellerdesk.accounts.web.help.support": "for people whose cookies fail; knows no person and changes no account",
}
# What looking may write: that somebody was here, that something was counted, and what was exported by whom.
WRITTEN_BY_LOOKING = {
    "django_session", "usersessions_usersession", "core_limit", "core_cache", "accounts_securityevent",
    "accounts_securitychain", "accounts_knowndevice",
}
_WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|INSERT OR \w+ INTO)\s+"?(\w+)"?', re.IGNORECASE)


@pytest.fixture
def everybody(anna, stall, fresh_limits, operators_by_password):
    """Anna, who may do everything: owner of a shop and operator."""
    anna.is_operator = True
    anna.save()
    return anna


def browser(user, **options):
    client = Client(**options)
    client.force_login(user)
    cookies.prove_now(client, user)
    return client


@pytest.fixture
def here(stall):
    [number] = stall.place()
    return {"product_id": stall.mug, "warehouse_id": stall.warehouse_id, "number": number, "type_id": 91101,
            "seller_id": stall.seller.id, "kind": "email", "part": "figures", "status": "404", "decision": "approve"}


def test_B05_no_address_takes_a_form_that_is_not_ours(everybody, here):
    """Neither one without a token nor one with a token that was made up."""
    client = browser(everybody, enforce_csrf_checks=True)
    client.get("/account/")
    taken = []
    walked = [address for address in addresses.every(here) if not address.is_api and address.name not in WITHOUT_TOKEN]
    for address in walked:
        codes = (client.post(address.path, {"csrfmiddlewaretoken": "a" * 64}).status_code,
                 client.delete(address.path).status_code)
        if codes != (403, 403):
            taken.append((address.path, codes))

    assert taken == []
    assert len(walked) > 100


def test_B05_views_that_ask_for_no_token_are_known_and_have_a_reason():
    without = {address.name for address in addresses.every() if getattr(address.view, "csrf_exempt", False)
               and not isinstance(address.view, Endpoint) and address.view is not unknown_method}

    assert without == set(WITHOUT_TOKEN)


def test_B05_the_program_interface_knows_nobody_by_cookie(everybody, shop):
    """It asks for no token, so it must not take the word of a browser."""
    client = browser(everybody)
    codes = {address.path: client.post(address.path, "{}", content_type="application/json",
                                       headers={"Client-Id": str(shop.id)}).status_code
             for address in addresses.every() if address.is_api}

    assert {path: code for path, code in codes.items() if code not in (401, 404)} == {}


def test_B05_looking_changes_nothing(everybody, here):
    client = browser(everybody)
    changed = []
    for address in addresses.every(here):
        if address.is_api or address.path == "/accounts/logout/":
            continue
        with CaptureQueriesContext(connection) as seen:
            client.get(address.path)
        tables = {found[1].lower() for one in seen if (found := _WRITES.match(one["sql"]))}
        if tables - WRITTEN_BY_LOOKING:
            changed.append((address.path, sorted(tables - WRITTEN_BY_LOOKING)))

    assert changed == []


def test_B05_signing_out_takes_more_than_a_link(everybody):
    client = browser(everybody)

    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/account/").status_code == 200


def test_B05_a_refused_form_says_what_to_do_on_a_page_of_ours(everybody):
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", headers={"Accept-Language": "ru"})

    assert answer.status_code == 403
    assert "Форма устарела" in answer.content.decode()


def test_B05_a_browser_that_hides_where_it_is_is_refused(everybody):
    """Why no page of ours may ask for "no-referrer"."""
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/accounts/login/").content.decode())[1]
    sent = {"csrfmiddlewaretoken": token, "login": "a@example.com", "password": "x"}

    assert client.post("/accounts/login/", sent, headers={"Origin": "null"}).status_code == 403
    assert client.post("/accounts/login/", sent, headers={"Origin": "http://testserver"}).status_code == 200
