"""Passkeys and security keys through the pages, with an authenticator in software."""

from __future__ import annotations

import copy
import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from sellerdesk.accounts.models import SecurityEvent, User
from sellerdesk.accounts.queries import factors, has_second_factor
from sellerdesk.accounts.services import passkeys
from sellerdesk.accounts.tests.soft_key import SoftKey, b64, raw
from sellerdesk.core.errors import Invalid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dated_rules", "fresh_limits", "now")]

OPTIONS, SIGN_IN, NEW = "/account/passkey-options/", "/accounts/2fa/webauthn/login/", "/account/security/keys/new/"
LOGIN, SECOND = "/accounts/login/", "/accounts/2fa/authenticate/"


def _browser() -> Client:
    return Client(SERVER_NAME="localhost")


def _signed_in(user: User, password: str) -> Client:
    client = _browser()
    client.post(LOGIN, {"login": user.email, "password": password})
    return client


def _options(client: Client, purpose: str) -> dict:
    answer = client.post(OPTIONS, {"purpose": purpose})
    assert answer.status_code == 200, answer.content
    return answer.json()


def _add(client: Client, key: SoftKey, kind: str = "passkey", name: str = "Laptop"):
    made = key.make(_options(client, kind))
    return client.post(f"{NEW}?kind={kind}", {"name": name, "credential": json.dumps(made)})


def _sign_in(client: Client, answer: dict, **more):
    return client.post(SIGN_IN, {"credential": json.dumps(answer), **more})


def _is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.fixture
def key(anna, password) -> SoftKey:
    """Anna's passkey."""
    made = SoftKey()
    assert _add(_signed_in(anna, password), made).status_code == 302
    return made


def test_A10_a_passkey_signs_in_alone_and_leads_where_one_wanted_to_go(anna, key):
    client = _browser()

    options = _options(client, "sign_in")
    assert (options["rpId"], options["userVerification"]) == ("localhost", "required")
    assert len(raw(options["challenge"])) * 8 >= 128
    assert not options.get("allowCredentials")
    answer = _sign_in(client, key.sign(options), next="/account/security/")

    assert answer["Location"] == "/account/security/"
    assert _is_in(client)
    assert factors(anna.pk).keys[0].last_used_at is not None
    assert "factor.key_added" in SecurityEvent.objects.filter(user=anna).values_list("kind", flat=True)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_passkey_leads_to_no_other_site(anna, key, target):
    client = _browser()

    answer = _sign_in(client, key.sign(_options(client, "sign_in")), next=target)

    assert "evil" not in answer["Location"]
    assert not answer["Location"].startswith("javascript")


@pytest.mark.parametrize("origin", ["https://localhost", "http://localhost:8001", "http://localhost.evil.example",
                                    "http://sub.localhost", "https://evil.example"])
def test_A10_another_origin_is_refused(anna, key, origin):
    client = _browser()
    key.origin = origin

    _sign_in(client, key.sign(_options(client, "sign_in")))

    assert not _is_in(client)


def test_A10_another_sites_key_is_refused(anna, key):
    client = _browser()

    _sign_in(client, key.sign({**_options(client, "sign_in"), "rpId": "evil.example"}))

    assert not _is_in(client)


def test_A10_an_answer_is_good_once_in_any_browser(anna, key):
    client, thief = _browser(), _browser()
    answer = key.sign(_options(client, "sign_in"))
    _options(thief, "sign_in")

    _sign_in(thief, answer)
    assert not _is_in(thief)
    _sign_in(client, answer)
    assert _is_in(client)
    client.post("/accounts/logout/")
    _sign_in(client, answer)
    assert not _is_in(client)


def test_A10_a_challenge_is_spent_even_if_two_requests_read_the_same_session(anna, key, now):
    site = passkeys.Site.of(scheme="http", host_and_port="localhost")
    options, state = passkeys.begin_proof(user_id=None, purpose="sign_in", site=site, now=now)
    plain = json.loads(json.dumps(options, default=dict))["publicKey"]
    answer = key.sign(plain)

    def prove():
        return passkeys.prove(user_id=None, credential=copy.deepcopy(answer), state=dict(state), purpose="sign_in",
                              site=site, info=passkeys.RequestInfo(), now=now)

    assert prove().user_id == anna.pk
    with pytest.raises(Invalid) as refused:
        prove()
    assert refused.value.code == "challenge_expired"


@pytest.mark.parametrize(("seconds", "accepted"), [(300, True), (301, False)])
def test_A10_a_challenge_lives_five_minutes(anna, key, now, seconds, accepted):
    client = _browser()
    answer = key.sign(_options(client, "sign_in"))

    with time_machine.travel(now + timedelta(seconds=seconds), tick=False):
        _sign_in(client, answer)
        assert _is_in(client) is accepted


@pytest.mark.parametrize("made_for", ["second", "proof", "add"])
def test_A10_a_challenge_for_one_purpose_serves_no_other(anna, key, now, made_for):
    site = passkeys.Site.of(scheme="http", host_and_port="localhost")
    options, state = passkeys.begin_proof(user_id=anna.pk, purpose=made_for, site=site, now=now)
    answer = key.sign(json.loads(json.dumps(options, default=dict))["publicKey"])

    for purpose, user_id in {"second": anna.pk, "proof": anna.pk, "sign_in": None}.items():
        if purpose != made_for:
            with pytest.raises(Invalid):
                passkeys.prove(user_id=user_id, credential=answer, state=dict(state), purpose=purpose, site=site,
                               info=passkeys.RequestInfo(), now=now)


def test_A10_another_persons_key_is_refused(anna, boris, key, password):
    """At Boris's second step Anna's key opens nothing; neither does it when it claims to be his."""
    his = SoftKey()
    _add(_signed_in(boris, password), his)
    client = _browser()
    client.post(LOGIN, {"login": boris.email, "password": password})

    client.post(SECOND, {"credential": json.dumps(key.sign(_options(client, "second")))})
    assert not _is_in(client)

    key.handle = his.handle
    _sign_in(client, key.sign(_options(client, "sign_in")))
    assert not _is_in(client)


def test_A10_a_key_that_checks_nobody_is_no_passkey(anna, key, password):
    client = _browser()
    key.verifies = False
    _sign_in(client, key.sign(_options(client, "sign_in")))
    assert not _is_in(client)

    careless = SoftKey(verifies=False)
    answer = _add(_signed_in_by(key, client), careless, name="Careless")
    assert answer.status_code == 422
    assert len(factors(anna.pk).keys) == 1


def _signed_in_by(key: SoftKey, client: Client) -> Client:
    key.verifies = True
    _sign_in(client, key.sign(_options(client, "sign_in")))
    assert _is_in(client)
    return client


def test_A10_a_security_key_is_the_second_step_and_never_both(anna, password):
    usb = SoftKey(verifies=False, counting=True)
    assert _add(_signed_in(anna, password), usb, "key", "USB").status_code == 302

    client = _browser()
    usb.verifies = True
    _sign_in(client, usb.sign(_options(client, "sign_in")))
    assert not _is_in(client)
    usb.verifies = False

    assert client.post(LOGIN, {"login": anna.email, "password": password})["Location"] == SECOND
    assert not _is_in(client)
    options = _options(client, "second")
    assert [raw(one["id"]) for one in options["allowCredentials"]] == [usb.id]
    client.post(SECOND, {"credential": json.dumps(usb.sign(options))})
    assert _is_in(client)


def test_A10_a_counter_going_back_is_refused_and_written_down(anna, password):
    usb = SoftKey(counting=True)
    _add(_signed_in(anna, password), usb)
    client = _browser()
    _sign_in(client, usb.sign(_options(client, "sign_in")))
    assert _is_in(client)
    client.post("/accounts/logout/")

    usb.counter = 0
    _sign_in(client, usb.sign(_options(client, "sign_in")))

    assert not _is_in(client)
    event = SecurityEvent.objects.get(user=anna, kind="factor.key_counter_back")
    assert event.detail == {"name": "Laptop", "known": 2, "said": 1}


def test_A10_several_keys_are_named_renamed_and_removed_by_their_owner_only(anna, boris, key, password):
    client = _signed_in_by(key, _browser())
    assert _add(client, SoftKey(), name="Laptop").status_code == 422
    assert _add(client, SoftKey(), name="Telephone").status_code == 302
    laptop, telephone = factors(anna.pk).keys
    stranger = _signed_in(boris, password)
    page = f"/account/security/keys/{telephone.id}/"

    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}remove/").status_code == 404
    assert client.post(page, {"name": " My  phone "}).status_code == 302
    assert [one.name for one in factors(anna.pk).keys] == ["Laptop", "My phone"]
    assert client.post(f"{page}remove/").status_code == 302
    assert [one.name for one in factors(anna.pk).keys] == ["Laptop"]
    assert Authenticator.objects.filter(user=anna, pk=laptop.id).exists()


def test_adding_and_removing_a_key_needs_a_fresh_proof(anna, key, now):
    client = _signed_in_by(key, _browser())
    key_id = factors(anna.pk).keys[0].id

    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        assert "reauthenticate" in client.get(NEW)["Location"]
        assert "reauthenticate" in client.post(f"/account/security/keys/{key_id}/remove/")["Location"]
        assert has_second_factor(anna.pk)

        options = _options(client, "proof")
        answer = client.post("/accounts/2fa/webauthn/reauthenticate/?next=/account/security/", {
            "credential": json.dumps(key.sign(options)), "next": "/account/security/"})
        assert answer.status_code == 302
        assert client.get(NEW).status_code == 200


@pytest.mark.parametrize(("scheme", "host", "offered"), [
    ("https", "shop.example", True), ("http", "localhost:8000", True), ("http", "shop.example", False),
    ("http", "127.0.0.1:8000", False), ("https", "192.0.2.1", False), ("https", "[::1]:8000", False),
    ("http", "localhost.evil.example", False)])
def test_A10_passkeys_exist_on_named_and_encrypted_sites_only(scheme, host, offered):
    if offered:
        assert passkeys.Site.of(scheme=scheme, host_and_port=host).origin == f"{scheme}://{host}"
    else:
        with pytest.raises(Invalid):
            passkeys.Site.of(scheme=scheme, host_and_port=host)


def test_A08_options_tell_nothing_about_accounts(client, anna, key):
    browser = _browser()

    assert browser.post(OPTIONS, {"purpose": "second"}).status_code == 422
    assert browser.post(OPTIONS, {"purpose": "proof"}).status_code == 404
    assert browser.post(OPTIONS, {"purpose": "passkey"}).status_code == 404
    made_up = SoftKey()
    made_up.handle = key.handle
    known = _sign_in(browser, made_up.sign(_options(browser, "sign_in")))
    made_up.handle = b"zzzz"
    unknown = _sign_in(browser, made_up.sign(_options(browser, "sign_in")))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"]) == (302, LOGIN)


@pytest.mark.parametrize("sent", ["", "null", "[]", "{}", '{"id":1}', '{"response":{"userHandle":5}}', "x"])
def test_nonsense_in_place_of_an_answer_is_refused(anna, key, sent):
    client = _browser()
    _options(client, "sign_in")

    assert client.post(SIGN_IN, {"credential": sent})["Location"] == LOGIN
    assert b64(key.id)
