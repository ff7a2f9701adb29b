"""The security page and the set-ups behind it, as a browser does them."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver, resolve

from sellerdesk.accounts.queries import factors, has_second_factor
from tests.architecture.test_access_marks import walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dated_rules", "fresh_limits")]

LOGIN, SECOND = "/accounts/login/", "/accounts/2fa/authenticate/"
PAGE, APP, CODES = "/account/security/", "/account/security/app/", "/account/security/recovery-codes/"


def _first_step(user, password) -> Client:
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": password})
    return client


@pytest.fixture
def desk(anna, password, now) -> Client:
    return _first_step(anna, password)


def _set_up(client: Client, now) -> pyotp.TOTP:
    page = client.get(APP)
    assert page.status_code == 200
    app = pyotp.TOTP(page.context["seed"])
    answer = client.post(APP, {"first": app.at(now - timedelta(seconds=30)), "second": app.at(now)}, follow=True)
    assert answer.redirect_chain[-1][0] == CODES
    return app


def test_A09_the_seed_waits_encrypted_in_the_session_and_stays_the_same_on_a_mistake(desk, anna, now):
    first = desk.get(APP)
    seed = first.context["seed"]
    assert f"data:image/svg+xml;base64,{first.context['picture'].partition(',')[2]}" in first.content.decode()
    assert f"secret={seed}" in first.context["address"]
    assert seed not in str(dict(desk.session))

    answer = desk.post(APP, {"first": "000000", "second": "111111"})

    assert answer.status_code == 422
    assert answer.context["seed"] == seed
    with time_machine.travel(now + timedelta(minutes=31), tick=False):
        fresh = _first_step(anna, "correct-horse-battery-staple")
        assert fresh.get(APP).context["seed"] != seed


def test_A11_codes_are_shown_once_and_count_after_one_is_typed_back(desk, anna, now):
    _set_up(desk, now)
    assert desk.get(CODES).context["codes"] == []
    desk.post(CODES, {"make": "1"})
    codes = desk.get(CODES).context["codes"]
    assert len(codes) == 10
    assert codes[0] not in str(dict(desk.session))
    file = desk.get(f"{CODES}file/")
    assert codes[9] in file.content.decode()
    assert "attachment" in file["Content-Disposition"]

    assert desk.post(CODES, {"code": "wrong"}).status_code == 422
    assert factors(anna.pk).recovery_left == 0
    assert desk.post(CODES, {"code": codes[2]})["Location"] == PAGE

    assert factors(anna.pk).recovery_left == 10
    assert codes[0] not in desk.get(CODES).content.decode()
    assert desk.get(f"{CODES}file/").status_code == 404


def test_the_second_step_takes_an_app_code_or_a_recovery_code_once(desk, anna, password, now):
    app = _set_up(desk, now)
    desk.post(CODES, {"make": "1"})
    codes = desk.get(CODES).context["codes"]
    desk.post(CODES, {"code": codes[0]})

    client = _first_step(anna, password)
    assert client.get("/account/").status_code == 302
    assert "This code is wrong" in client.post(SECOND, {"code": app.at(now)}).content.decode()
    client.post(SECOND, {"code": codes[5]})
    assert client.get("/account/").status_code == 200

    again = _first_step(anna, password)
    again.post(SECOND, {"code": codes[5]})
    assert again.get("/account/").status_code == 302
    with time_machine.travel(now + timedelta(seconds=60), tick=False):
        again.post(SECOND, {"code": app.at(now + timedelta(seconds=60))})
        assert again.get("/account/").status_code == 200


def test_A05_the_sixth_try_at_the_second_step_waits(desk, anna, password, now):
    app = _set_up(desk, now)
    client = _first_step(anna, password)
    for _number in range(5):
        assert client.post(SECOND, {"code": "000000"}).status_code == 200

    answer = client.post(SECOND, {"code": app.at(now + timedelta(seconds=30))})

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 300


@pytest.mark.parametrize("path", ["app/remove/", "recovery-codes/", "app/", "phone/", "keys/new/"])
def test_changing_second_steps_needs_a_fresh_proof(desk, anna, now, path):
    _set_up(desk, now)

    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        answer = desk.post(PAGE + path, {"make": "1"})

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert has_second_factor(anna.pk)


def test_removing_the_app_leaves_the_password_alone_and_says_so(desk, anna, now):
    _set_up(desk, now)

    answer = desk.post(f"{PAGE}app/remove/", follow=True)

    assert not has_second_factor(anna.pk)
    assert answer.context["verdict"] == "open"


def test_no_door_of_the_library_leads_around_our_checks(desk, anna):
    """Every address of its second steps is answered by a view with one of our marks."""
    theirs = [f"/{re.sub(r'<[^>]+>', '1', address)}" for address, view in walk(get_resolver().url_patterns)
              if view.__module__.startswith("allauth.mfa")]

    assert len(theirs) > 5
    assert [address for address in theirs if not hasattr(resolve(address).func, "access")] == []
    desk.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert not Authenticator.objects.filter(user=anna).exists()
