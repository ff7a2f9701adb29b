"""Doors that stand beside the front one: other sites, closed accounts, default accounts, fields nobody asked for."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from sellerdesk.accounts.models import User
from sellerdesk.sellers.models import Membership
from tests import addresses, cookies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

EVIL = "evil.example"
ELSEWHERE = [f"https://{EVIL}/", f"//{EVIL}/", f"/\\{EVIL}/", f"https:{EVIL}", f"\t//{EVIL}/"]
#: Names under which an address to go on to is commonly sent.
NAMES = ("next", "url", "redirect", "return_to", "back", "continue")
_LEADS = re.compile(rf"(?:href|action|content|src)=[\"'][^\"'?]*{re.escape(EVIL)}")


def browser(user):
    client = Client()
    client.force_login(user)
    cookies.prove_now(client, user)
    return client


def astray(answer):
    """Where this answer would lead: nowhere but to ourselves."""
    told = [answer.get(name, "") for name in ("Location", "HX-Redirect", "HX-Location", "Refresh")]
    return [place for place in told if re.match(rf"[\s\\/]*(?:https?:)?[\\/]*{EVIL}", place)] + (
        _LEADS.findall(answer.content.decode(errors="replace")) if not answer.streaming else [])


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_address_leads_to_another_site(anna, stall, target):
    wrong = []
    sent = dict.fromkeys(NAMES, target)
    for client in (Client(), browser(anna)):
        for address in addresses.every({"kind": "email", "status": "404"}):
            if address.is_api or address.path == "/accounts/logout/" or address.path.startswith("/styleguide/"):
                continue
            if target == ELSEWHERE[0]:
                answers = [client.get(address.path, sent), client.post(address.path, sent, headers={
                    "Referer": target, "HX-Current-URL": target})]
            elif "next" in sent and address.path.startswith(("/accounts/", "/language/", "/theme/", "/shop/switch/")):
                answers = [client.get(address.path, sent), client.post(address.path, sent)]
            else:
                continue
            wrong += [(address.path, found) for answer in answers if (found := astray(answer))]

    assert wrong == []


def test_a_proof_leads_back_to_no_other_site(anna, password):
    for target in ELSEWHERE:
        client = Client()
        client.force_login(anna)
        answer = client.post("/accounts/reauthenticate/", {"password": password, "next": target})
        assert answer.status_code == 302
        assert astray(answer) == []


def test_a_closed_account_is_out_at_its_next_request_and_stays_out(anna, password, shop):
    client = browser(anna)
    assert client.get("/account/").status_code == 200

    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert client.get("/account/").status_code == 302
    answer = Client().post("/accounts/login/", {"login": anna.email, "password": password})
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_signing_out_ends_the_token_and_not_only_the_cookie(anna, shop):
    client = browser(anna)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value

    client.post("/accounts/logout/")

    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert thief.get("/account/").status_code == 302


def test_every_page_of_a_signed_in_person_has_a_way_out(anna, stall):
    client = browser(anna)
    without = []
    for address in addresses.every({"product_id": stall.mug, "warehouse_id": stall.warehouse_id, "kind": "email"}):
        if getattr(address.view, "access", ("",))[0] not in ("user", "seller"):
            continue
        answer = client.get(address.path)
        html = answer.content.decode(errors="replace") if not answer.streaming else ""
        if answer.status_code == 200 and "<html" in html and "/accounts/logout/" not in html:
            without.append(address.path)

    assert without == []


def test_a_new_installation_knows_nobody(db):
    """No administrator with a well-known password waits to be found."""
    assert User.objects.count() == 0


def test_password_fields_are_masked_and_leave_pasting_and_managers_alone(anna, shop):
    pages = {"/accounts/login/": "current-password", "/accounts/signup/": "new-password",
             "/accounts/password/change/": "current-password", "/accounts/reauthenticate/": "current-password"}
    for page, expected in pages.items():
        client = browser(anna) if page in ("/accounts/password/change/", "/accounts/reauthenticate/") else Client()
        html = client.get(page).content.decode()
        fields = re.findall(r"<input[^>]*name=\"[^\"]*password[^\"]*\"[^>]*>", html)
        assert fields, page
        for field in fields:
            assert 'type="password"' in field
            assert re.search(r'autocomplete="(current|new)-password"', field)
            assert not re.search(r"onpaste|readonly|autocomplete=\"off\"", field)
        assert any(expected in field for field in fields), page
    for script in ("password.js", "session.js", "passkeys.js"):
        text = (settings.PACKAGE_DIR / "accounts" / "static" / "accounts" / script).read_text()
        assert "paste" not in text


@pytest.mark.parametrize("path", ["/account/", "/account/phrase/", "/shop/first-steps/"])
def test_D06_fields_that_a_form_does_not_have_are_not_written(anna, clara, shop, rival_shop, path):
    before = User.objects.filter(pk=anna.pk).values_list("email", "is_operator", "is_active", "must_change_password",
                                                         "phone", "is_superuser").get()
    browser(anna).post(path, {
        "name": "Anna", "language": "en", "theme": "auto", "time_zone": "Europe/Moscow", "phrase": "blue herons dance",
        "is_operator": "1", "is_superuser": "1", "is_staff": "1", "is_active": "0", "email": "evil@example.com",
        "id": str(clara.pk), "pk": str(clara.pk), "user_id": str(clara.pk), "seller": str(rival_shop.id),
        "seller_id": str(rival_shop.id), "role": "owner", "phone": "+79990000000", "password": "x" * 20})

    assert User.objects.filter(pk=anna.pk).values_list("email", "is_operator", "is_active", "must_change_password",
                                                       "phone", "is_superuser").get() == before
    assert User.objects.get(pk=clara.pk).name == "Clara"
    assert list(Membership.objects.filter(user_id=anna.pk).values_list("seller_id", "role")) == [(shop.id, "owner")]
