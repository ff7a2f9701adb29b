"""Sessions: what the table knows of them, when they end, and who ends them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts import services
from sellerdesk.accounts import sessions as engine
from sellerdesk.accounts.models import SecurityEvent
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import clock, crypto
from tests.cookies import prove_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

LOGIN, PAGE = "/accounts/login/", "/account/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1"


@pytest.fixture(autouse=True)
def _rules(dated_rules):
    return None


def signed_in(user, password, agent=FIREFOX, address="203.0.113.7"):
    browser = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    answer = browser.post(LOGIN, {"login": user.email, "password": password})
    assert answer.status_code == 302
    return browser


def token(browser):
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def is_in(browser):
    return browser.get(PAGE).status_code == 200


# -- B01 ---------------------------------------------------------------------------------------------------------------


def test_B01_the_table_holds_digests_and_a_copy_of_it_signs_nobody_in(anna, password):
    browser = signed_in(anna, password)
    browser.get(PAGE)

    dump = [*Session.objects.values_list("session_key", "session_data"),
            *UserSession.objects.values_list("session_key", "data")]

    assert len(token(browser)) >= 43  # 256 bits
    assert token(browser) not in str(dump)
    for key in {row[0] for row in dump}:
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = key
        assert not is_in(thief)
    assert is_in(browser)


def test_B01_a_token_planted_before_signing_in_opens_nothing_afterwards(anna, password):
    attacker = Client()
    attacker.post("/accounts/phone/", {"phone": "+79161234567"})
    planted = token(attacker)
    victim = Client()
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted

    victim.post(LOGIN, {"login": anna.email, "password": password})

    assert is_in(victim)
    assert token(victim) != planted
    assert not is_in(attacker)


def test_B01_a_made_up_token_is_never_taken_over(anna, password):
    victim = Client()
    victim.cookies[settings.SESSION_COOKIE_NAME] = "chosen-by-somebody-else-chosen-by-somebody-else"
    victim.post(LOGIN, {"login": anna.email, "password": password})
    assert token(victim) != "chosen-by-somebody-else-chosen-by-somebody-else"


def test_B01_a_proof_renews_the_token_and_the_old_one_is_dead(anna, password):
    browser = signed_in(anna, password)
    before, listed = token(browser), UserSession.objects.get().pk

    browser.post("/accounts/reauthenticate/", {"password": password})

    assert token(browser) != before
    assert is_in(browser)
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = before
    assert not is_in(old)
    assert UserSession.objects.get().pk == listed


def test_B01_a_late_answer_to_the_old_token_does_not_delete_the_new_one(anna, password):
    browser = signed_in(anna, password)
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = token(browser)
    browser.post("/accounts/reauthenticate/", {"password": password})

    answer = old.get(reverse("accounts:session_state"))

    assert answer.status_code == 401
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_B01_the_cookie_is_kept_from_scripts_and_other_sites(anna, password):
    cookie = signed_in(anna, password).cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_B01_production_binds_the_cookies_to_the_host(tmp_path):
    import os
    import subprocess
    import sys

    shown = subprocess.run(
        [sys.executable, "-c", "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
                               " s.CSRF_COOKIE_NAME, s.DEVICE_COOKIE_NAME, s.SESSION_IDLE_SECONDS, s.SESSION_LIFE_SECONDS,"
                               " s.NEW_DEVICE_CODE)"],
        capture_output=True, text=True, env={
            "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "sellerdesk.config.settings.prod",
            "SECRET_KEY": "a-key-for-one-test-0123456789-abcdefgh", "SITE_URL": "https://shop.example",
            "ALLOWED_HOSTS": "shop.example", "SELLERDESK_DATA": str(tmp_path), "EMAIL_URL": "smtp://mail.example:25"})
    assert shown.stdout.split() == ["__Host-session", "True", "__Host-csrf", "__Host-device", "1800", "43200", "True"], \
        shown.stderr


# -- B02 ---------------------------------------------------------------------------------------------------------------


def test_B02_a_session_ends_after_30_minutes_of_rest_and_not_a_second_before(anna, password, now):
    for seconds, alive in ((1799, True), (1801, False)):
        browser = signed_in(anna, password)
        with time_machine.travel(now + timedelta(seconds=seconds), tick=False):
            assert is_in(browser) is alive


def test_B02_using_it_starts_the_half_hour_again_asking_about_it_does_not(anna, password, now):
    used, watched = signed_in(anna, password), signed_in(anna, password)
    with time_machine.travel(now + timedelta(minutes=20), tick=False):
        assert is_in(used)
        assert watched.get(reverse("accounts:session_state")).json() == {"seconds": 600, "longest": False}
        assert watched.get(PAGE, HTTP_X_POLL="1").status_code == 200
    with time_machine.travel(now + timedelta(minutes=30, seconds=1), tick=False):
        assert used.get(reverse("accounts:session_state")).json()["seconds"] == 20 * 60 - 1
        assert watched.get(reverse("accounts:session_state")).status_code == 401
        assert not is_in(watched)
    with time_machine.travel(now + timedelta(minutes=50, seconds=1), tick=False):
        assert not is_in(used)


def test_B02_staying_signed_in_puts_the_end_off(anna, password, now):
    browser = signed_in(anna, password)
    with time_machine.travel(now + timedelta(minutes=29), tick=False):
        assert browser.post(reverse("accounts:session_stay")).json() == {"seconds": 1800, "longest": False}
    with time_machine.travel(now + timedelta(minutes=58, seconds=59), tick=False):
        assert is_in(browser)


@pytest.mark.parametrize("proven", [False, True])
def test_B02_a_session_ends_after_12_hours_however_busy(anna, password, now, proven):
    """A proof on the way renews the token, not the life."""
    browser = signed_in(anna, password)
    for minutes in range(25, 12 * 60, 25):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert is_in(browser)
            if proven and minutes == 300:
                browser.post("/accounts/reauthenticate/", {"password": password})
    with time_machine.travel(now + timedelta(hours=12, seconds=-1), tick=False):
        assert browser.get(reverse("accounts:session_state")).json() == {"seconds": 1, "longest": True}
        assert is_in(browser)
    with time_machine.travel(now + timedelta(hours=12, seconds=1), tick=False):
        assert not is_in(browser)


def test_B02_the_limits_cannot_be_set_higher_than_an_hour_and_a_day(monkeypatch):
    from sellerdesk.config import env

    monkeypatch.setenv("SESSION_IDLE_MINUTES", "61")
    with pytest.raises(env.BadSetting, match="1 to 60"):
        env.number("SESSION_IDLE_MINUTES", 30, 1, 60)


# -- B03 ---------------------------------------------------------------------------------------------------------------


def test_B03_the_list_shows_device_network_method_and_this_browser_first(anna, password, now):
    desk = signed_in(anna, password)
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        signed_in(anna, password, agent=PHONE, address="198.51.100.23")

    page = desk.get("/accounts/sessions/")

    rows = [row for row, _methods in page.context["sessions"]]
    assert [(row.device, row.address, row.methods, row.current) for row in rows] == [
        ("Firefox, Windows", "203.0.113.•", ("password",), True), ("Safari, iPhone", "198.51.100.•", ("password",), False)]
    html = page.content.decode()
    assert "Unknown place" in html
    assert "198.51.100.23" not in html


def test_B03_an_ended_session_is_out_at_its_next_request_and_its_page_learns_it(anna, password):
    desk, phone = signed_in(anna, password), signed_in(anna, password, agent=PHONE)
    other = UserSession.objects.get(user_agent=PHONE)
    assert is_in(phone)

    desk.post(reverse("accounts:session_end", args=[other.pk]))

    assert phone.get(reverse("accounts:session_state")).status_code == 401
    assert phone.get(PAGE)["Location"].startswith(LOGIN)
    assert is_in(desk)
    assert SecurityEvent.objects.filter(user=anna, kind="session.ended").get().detail == {"device": "Safari, iPhone"}


def test_B03_what_an_ended_session_writes_does_not_bring_it_back(anna, password):
    phone = signed_in(anna, password)
    key = engine.key_of(token(phone))
    half_done = engine.store(key)
    half_done["something"] = 1
    services.sessions.end_others(user_id=anna.pk, info=RequestInfo())

    with pytest.raises(UpdateError):
        half_done.save()
    assert half_done.touch() is False
    assert not Session.objects.filter(pk=key).exists()


def test_B03_all_others_end_at_once_and_this_one_stays(anna, clara, password):
    desk, phone, rival = signed_in(anna, password), signed_in(anna, password), signed_in(clara, password)

    desk.post("/accounts/sessions/")

    assert [is_in(one) for one in (desk, phone, rival)] == [True, False, True]


def test_B03_a_rival_can_neither_see_nor_end_it(anna, clara, password):
    desk, rival = signed_in(anna, password), signed_in(clara, password)
    pk = UserSession.objects.get(user=anna).pk
    assert [row.current for row, _how in rival.get("/accounts/sessions/").context["sessions"]] == [True]
    assert rival.post(reverse("accounts:session_end", args=[pk])).status_code == 404
    assert is_in(desk)


def test_B03_a_session_that_goes_on_elsewhere_is_in_the_history(anna, password, now):
    browser = signed_in(anna, password)
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        browser.get(PAGE, REMOTE_ADDR="198.51.100.23")
        browser.get(PAGE, REMOTE_ADDR="198.51.100.23")
    assert SecurityEvent.objects.filter(user=anna, kind="session.address_changed").count() == 1
    assert UserSession.objects.get().ip == "198.51.100.23"


def test_sweeping_removes_what_has_ended_and_nothing_else(anna, password, now):
    signed_in(anna, password)
    with time_machine.travel(now + timedelta(minutes=29), tick=False):
        live = signed_in(anna, password)
    with time_machine.travel(now + timedelta(minutes=31), tick=False):
        services.sessions.forget_ended.func()
        assert Session.objects.count() == UserSession.objects.count() == 1
        assert is_in(live)


# -- B04 ---------------------------------------------------------------------------------------------------------------


def change_password(browser, anna, password):
    return browser.post("/accounts/password/change/", {"oldpassword": password, "password1": "violet-harbour-lantern"})


def add_app(browser, anna, password):
    from sellerdesk.accounts import one_time
    from sellerdesk.accounts.services import factors

    seed = one_time.new_seed()
    step = one_time.step_at(clock.real_now().timestamp())
    factors.add_app(user_id=anna.pk, seed=seed, first=one_time.code_at(seed, step - 1),
                    second=one_time.code_at(seed, step), now=clock.real_now(),
                    info=RequestInfo(session_id=crypto.digest(engine.key_of(token(browser)))[:16]))


def remove_app(browser, anna, password):
    add_app(browser, anna, password)
    prove_now(browser, anna)
    return browser.post(reverse("accounts:app_remove"))


@pytest.mark.parametrize("act", [change_password, add_app, remove_app])
def test_B04_a_new_password_or_second_step_ends_all_other_sessions(anna, password, act, now):
    desk, phone, laptop = (signed_in(anna, password) for _ in range(3))

    act(desk, anna, password)

    assert [is_in(one) for one in (desk, phone, laptop)] == [True, False, False]
    assert Session.objects.filter(pk=engine.key_of(token(phone))).count() == 0


def test_B04_other_changes_leave_the_other_sessions_alone(anna, password):
    desk, phone = signed_in(anna, password), signed_in(anna, password)
    desk.post("/account/", {"name": "Anna I", "language": "en", "theme": "dark", "time_zone": "Europe/Moscow"})
    assert is_in(phone)
