"""A14: risky acts ask for a proof that is not older than their limit."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sellerdesk.accounts import one_time
from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import factors
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

LOGIN, PROOF, CODE = "/accounts/login/", "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"
#: Acts that decide who owns the account ask after 5 minutes, other risky ones after 15.
CRITICAL, RISKY = 5, 15
ACTS = {
    "accounts:password_change": CRITICAL, "accounts:app": CRITICAL, "accounts:app_remove": CRITICAL,
    "accounts:recovery_codes": CRITICAL, "accounts:phone_factor": CRITICAL, "accounts:phone_factor_remove": CRITICAL,
    "accounts:key_new": CRITICAL, "accounts:key_remove": CRITICAL, "accounts:key_edit": CRITICAL,
    "accounts:contact_start": CRITICAL, "accounts:contact_lost": CRITICAL,
    "accounts:session_end": RISKY, "accounts:device_forget": RISKY, "accounts:sessions": RISKY,
}


@pytest.fixture(autouse=True)
def _rules(dated_rules):
    return None


def signed_in(user, password):
    browser = Client()
    assert browser.post(LOGIN, {"login": user.email, "password": password})["Location"] == "/"
    return browser


def address_of(name):
    for values in ([], [1], ["email"]):
        try:
            return reverse(name, args=values)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


def is_asked(answer):
    return answer.status_code == 302 and answer["Location"].startswith((PROOF, CODE))


@pytest.mark.parametrize(("name", "minutes"), ACTS.items())
def test_A14_a_risky_act_asks_again_when_the_last_proof_is_too_old(anna, password, now, name, minutes):
    for age, asked in ((timedelta(minutes=minutes, seconds=-1), False), (timedelta(minutes=minutes, seconds=1), True)):
        browser = signed_in(anna, password)
        with time_machine.travel(now + age, tick=False):
            assert is_asked(browser.post(address_of(name), {"x": "1"})) is asked


def test_A14_proving_oneself_lets_the_act_through_and_does_what_was_sent(anna, password, now):
    desk, phone = signed_in(anna, password), signed_in(anna, password)
    other = UserSession.objects.order_by("pk").last().pk
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        answer = desk.post(reverse("accounts:session_end", args=[other]),
                           HTTP_REFERER="http://testserver/accounts/sessions/")
        assert answer["Location"] == f"{PROOF}?next=%2Faccounts%2Fsessions%2F"
        assert phone.get("/account/").status_code == 200

        answer = desk.post(answer["Location"], {"password": password})

        assert answer["Location"] == "/accounts/sessions/"
        assert phone.get("/account/").status_code == 302


def test_A14_what_waits_for_the_proof_is_done_once(anna, password, now):
    desk = signed_in(anna, password)
    signed_in(anna, password)
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        desk.post("/accounts/sessions/")
        desk.post(PROOF, {"password": password})
        fresh = signed_in(anna, password)
        desk.post(PROOF, {"password": password})
        assert fresh.get("/account/").status_code == 200


def test_A14_no_cookie_and_no_password_waits_in_the_table(anna, password, now):
    desk = signed_in(anna, password)
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        desk.post("/accounts/sessions/", {"new_password": "marker-secret"})
        desk.post("/accounts/sessions/", {"reason": "marker-reason"})
    stored = str([Session(session_data=data).get_decoded() for data in Session.objects.values_list(
        "session_data", flat=True)])
    assert "marker-reason" in stored
    assert "marker-secret" not in stored
    assert desk.cookies["sessionid"].value not in stored


def test_A14_a_wrong_password_proves_nothing(anna, password, now):
    desk = signed_in(anna, password)
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        assert is_asked(desk.post("/accounts/sessions/"))
        desk.post(PROOF, {"password": "wrong"})
        assert is_asked(desk.post("/accounts/sessions/"))


def test_A14_somebody_elses_proof_counts_for_nobody(anna, clara, password, now):
    """The same browser, another person: the proof belongs to the one who gave it."""
    desk = signed_in(anna, password)
    desk.post("/accounts/logout/")
    desk.force_login(clara)
    assert is_asked(desk.post("/accounts/sessions/"))


def test_A14_with_a_second_step_the_password_alone_is_no_proof(anna, password, now):
    seed = one_time.new_seed()
    step = one_time.step_at(now.timestamp())
    factors.add_app(user_id=anna.pk, seed=seed, first=one_time.code_at(seed, step - 1),
                    second=one_time.code_at(seed, step), info=RequestInfo(), now=now)
    desk = Client()
    desk.force_login(anna)
    answer = desk.post("/accounts/sessions/")
    assert answer["Location"].startswith(CODE)
    assert desk.post(PROOF, {"password": password})["Location"].startswith(CODE)
    assert is_asked(desk.post("/accounts/sessions/"))

    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        desk.post(CODE, {"code": one_time.code_at(seed, one_time.step_at(clock.real_now().timestamp()))})
        assert not is_asked(desk.post("/accounts/sessions/"))


def test_A14_a_clock_set_back_makes_no_proof_fresh(anna, password, now):
    desk = Client()
    desk.force_login(anna)
    session = desk.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() + 3600}]
    session["account_authentication_methods_user"] = str(anna.pk)
    session.save()
    assert is_asked(desk.post("/accounts/sessions/"))


def test_A14_htmx_is_led_to_the_page_that_asks(anna, now):
    desk = Client()
    desk.force_login(anna)
    answer = desk.post("/accounts/sessions/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://evil.example/x")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"{PROOF}?next=%2F")
    assert User.objects.exists()
