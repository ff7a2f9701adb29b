"""An account without a password: how it begins, and that nothing afterwards takes a password for granted."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from sellerdesk.accounts.models import SecurityEvent, User
from sellerdesk.accounts.queries import factors
from sellerdesk.accounts.queries.passwords import reminder_due
from sellerdesk.accounts.tests.soft_key import SoftKey
from sellerdesk.core import worker
from sellerdesk.core.models import Message
from tests import cookies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dated_rules", "fresh_limits", "now")]

SIGNUP, CODE, FIRST = "/accounts/signup/", "/accounts/confirm-email/", "/accounts/signup/passkey/"
OPTIONS, LOGIN, SIGN_IN = "/account/passkey-options/", "/accounts/login/", "/accounts/2fa/webauthn/login/"
EMAIL, PASSWORD = "eva@example.com", "purple-tractor-seventeen"
CODES = "/account/security/recovery-codes/"


def _begin(email: str = EMAIL, **more: str) -> Client:
    """Up to the page that makes the passkey."""
    client = Client(SERVER_NAME="localhost")
    assert client.post(SIGNUP, {"email": email, "with": "passkey", **more})["Location"] == CODE
    code = re.search(r"\b(\d{6})\b", Message.objects.filter(to=email).latest("pk").text)
    assert client.post(CODE, {"code": code.group(1)})["Location"] == FIRST
    return client


def _options(client: Client, purpose: str) -> dict:
    return client.post(OPTIONS, {"purpose": purpose}).json()


def _made(client: Client, key: SoftKey):
    return client.post(FIRST, {"credential": json.dumps(key.make(_options(client, "first")))})


@pytest.fixture
def key() -> SoftKey:
    return SoftKey()


@pytest.fixture
def eva(key) -> Client:
    """Eva's browser; she has a passkey and no password."""
    client = _begin()
    assert _made(client, key).status_code == 302
    return client


def _is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_passkey_is_made_before_anybody_is_let_in(key):
    client = _begin()
    assert not _is_in(client)
    assert not factors(User.objects.get().pk).keys

    answer = _made(client, key)

    assert answer["Location"] == f"{CODES}?next=%2Fshop%2Fregister%2F"
    assert _is_in(client)
    user = User.objects.get()
    assert (user.email, user.has_usable_password()) == (EMAIL, False)
    assert [one.passkey for one in factors(user.pk).keys] == [True]
    kinds = list(SecurityEvent.objects.order_by("number").values_list("kind", flat=True))
    assert kinds.index("factor.key_added") < kinds.index("sign_in.succeeded")


def test_recovery_codes_come_next_and_then_the_shop(eva):
    page = f"{CODES}?next=%2Fshop%2Fregister%2F"
    assert eva.get(page).status_code == 200
    assert eva.post(page, {"make": "1"})["Location"] == page
    codes = eva.get(page).context["codes"]
    assert eva.post(page, {"code": codes[2]})["Location"] == "/shop/register/"
    assert factors(User.objects.get().pk).recovery_left == 10


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_recovery_codes_lead_to_no_other_site(eva, target):
    page = eva.get(CODES, {"next": target})
    assert (page.context["here"], page.context["after"]) == (CODES, "/account/security/")


def test_the_passkey_signs_in_and_the_password_form_does_not(eva, key):
    other = Client(SERVER_NAME="localhost")
    assert other.post(LOGIN, {"login": EMAIL, "password": "!"}).status_code == 200
    assert other.post(LOGIN, {"login": EMAIL, "password": PASSWORD}).status_code == 200
    answer = other.post(SIGN_IN, {"credential": json.dumps(key.sign(_options(other, "sign_in")))})
    assert answer.status_code == 302
    assert _is_in(other)


def test_where_the_device_refuses_a_password_does_instead():
    client = _begin()
    assert client.post(FIRST, {"password1": "short"}).status_code == 422
    assert not User.objects.get().has_usable_password()

    assert client.post(FIRST, {"password1": PASSWORD})["Location"] == "/shop/register/"

    assert User.objects.get().check_password(PASSWORD)
    assert _is_in(client)
    assert SecurityEvent.objects.filter(kind="password.set").count() == 1


def test_answers_for_another_challenge_and_no_answers_make_no_key(key):
    client, other = _begin(), _begin("olga@example.com")
    theirs = key.make(_options(other, "first"))
    _options(client, "first")

    for sent in (json.dumps(theirs), "", "{}", "[]", "nonsense"):
        assert client.post(FIRST, {"credential": sent}).status_code == 422
    assert not any(factors(user.pk).keys for user in User.objects.all())
    assert not _is_in(client)


def test_there_is_nothing_here_for_who_is_not_signing_up(key, anna, password):
    stranger = Client(SERVER_NAME="localhost")
    assert stranger.get(FIRST)["Location"] == LOGIN
    assert stranger.post(OPTIONS, {"purpose": "first"}).status_code == 422
    assert stranger.post(FIRST, {"password1": PASSWORD})["Location"] == LOGIN
    client = Client(SERVER_NAME="localhost")
    client.post(LOGIN, {"login": anna.email, "password": password})
    assert client.post(OPTIONS, {"purpose": "first"}).status_code == 422


def test_who_went_away_in_between_comes_back_by_mail(key):
    _begin()
    client = Client(SERVER_NAME="localhost")
    client.post("/accounts/password/reset/", {"email": EMAIL})
    worker.run_until_idle()
    link = re.search(r"/accounts/password/reset/key/\S+", Message.objects.filter(to=EMAIL).latest("pk").text)

    assert client.post(link.group(0), {"password1": PASSWORD}).status_code == 302
    client.post(LOGIN, {"login": EMAIL, "password": PASSWORD})

    assert User.objects.get().has_usable_password()


def test_A08_a_known_address_gets_the_same_page(anna, client):
    answers = [client.post(SIGNUP, {"email": email, "with": "passkey"}) for email in (anna.email,)]
    assert answers[0]["Location"] == CODE
    assert client.get(CODE).status_code == 200
    assert Message.objects.filter(to=anna.email).latest("pk").subject == "You already have an account"
    assert User.objects.count() == 1


def test_robots_make_no_account_without_a_password_either(client):
    client.post(SIGNUP, {"email": EMAIL, "with": "passkey", "website": "https://spam.example"})
    assert User.objects.count() == 0


def test_no_password_is_taken_for_granted_anywhere(eva, key):
    user = User.objects.get()
    assert not reminder_due(user, user.created_at + timedelta(days=4000))
    page = eva.get("/account/security/").content.decode()
    assert "none; you sign in with a passkey" in page
    assert "Set a password" in page
    assert 'name="oldpassword"' not in eva.get("/accounts/password/change/").content.decode()


def test_a_stale_session_proves_itself_with_the_passkey(eva, key, now):
    with time_machine.travel(now + timedelta(minutes=20), tick=False):
        asked = eva.get("/accounts/password/change/")
        assert asked["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/")
        proof = eva.post(asked["Location"], {"credential": json.dumps(key.sign(_options(eva, "proof")))})
        assert proof["Location"] == "/accounts/password/change/"
        assert eva.get("/accounts/password/change/").status_code == 200


def test_a_first_password_is_set_beside_the_passkey(eva):
    assert eva.post("/accounts/password/change/", {"password1": "anna"}).status_code == 422
    assert eva.post("/accounts/password/change/", {"password1": PASSWORD}).status_code == 302

    assert User.objects.get().check_password(PASSWORD)
    assert _is_in(eva)
    assert SecurityEvent.objects.filter(kind="password.set").count() == 1
    other = Client(SERVER_NAME="localhost")
    assert other.post(LOGIN, {"login": EMAIL, "password": PASSWORD})["Location"].startswith("/accounts/2fa/")


def test_the_only_way_in_is_not_removed(eva):
    user = User.objects.get()
    cookies.prove_now(eva, user)
    [only] = factors(user.pk).keys

    answer = eva.post(f"/account/security/keys/{only.id}/remove/", follow=True)

    assert "your only way to sign in" in answer.content.decode()
    assert len(factors(user.pk).keys) == 1

    user.set_password(PASSWORD)
    user.save()
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    cookies.prove_now(client, user)
    client.post(f"/account/security/keys/{only.id}/remove/")
    assert not factors(user.pk).keys


def test_the_sign_in_field_offers_passkeys(client):
    html = client.get(LOGIN).content.decode()
    assert 'autocomplete="username webauthn"' in html
