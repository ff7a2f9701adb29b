"""New devices are confirmed by mail, known ones are remembered, and some may skip the second step."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as live
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts import one_time, standing
from sellerdesk.accounts.models import KnownDevice, PhoneCode, SecurityEvent, User
from sellerdesk.accounts.services import factors
from sellerdesk.accounts.types import RequestInfo, Standing
from sellerdesk.core import clock, worker
from sellerdesk.core.models import Message
from tests.cookies import prove_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

LOGIN, PAGE, CONFIRM = "/accounts/login/", "/account/", "/accounts/new-device/"
AGAIN = "/accounts/new-device/again/"


@pytest.fixture(autouse=True)
def _asked(dated_rules, settings):
    settings.NEW_DEVICE_CODE = True


def sign_in(user, password, browser=None, **extra):
    browser = browser or Client()
    return browser, browser.post(LOGIN, {"login": user.email, "password": password}, **extra)


def is_in(browser):
    return browser.get(PAGE).status_code == 200


def mailed_code():
    return re.match(r"\d{6}", Message.objects.filter(subject__regex=r"^\d{6} ").latest("pk").subject)[0]


def kinds(user):
    return list(SecurityEvent.objects.filter(user=user).order_by("number").values_list("kind", flat=True))


def confirmed(user, password):
    browser, _answer = sign_in(user, password)
    browser.post(CONFIRM, {"code": mailed_code()})
    assert is_in(browser)
    return browser


def with_app(user):
    """An authenticator app; gives its next code."""
    seed = one_time.new_seed()
    step = one_time.step_at(clock.real_now().timestamp())
    factors.add_app(user_id=user.pk, seed=seed, first=one_time.code_at(seed, step - 1),
                    second=one_time.code_at(seed, step), info=RequestInfo(), now=clock.real_now())
    return lambda: one_time.code_at(seed, one_time.step_at(clock.real_now().timestamp()) + 1)


# -- A15 ---------------------------------------------------------------------------------------------------------------


def test_A15_a_new_device_waits_for_the_mailed_code_and_the_owner_is_told(anna, password, now):
    browser, answer = sign_in(anna, password)
    assert answer["Location"] == CONFIRM
    assert not is_in(browser)
    assert kinds(anna) == ["sign_in.device_asked"]

    mail = Message.objects.get()
    assert (mail.to, mail.subject) == (anna.email, f"{mailed_code()} confirms your new device")
    assert f"{CONFIRM}?code={mailed_code()}" in mail.text
    answer = browser.post(CONFIRM, {"code": mailed_code()})

    assert answer["Location"] == "/"
    assert is_in(browser)
    assert kinds(anna) == ["sign_in.device_asked", "sign_in.device_confirmed", "sign_in.succeeded"]
    second = confirmed(anna, password)
    assert is_in(second)
    assert kinds(anna)[-1] == "sign_in.new_device"
    assert Message.objects.latest("pk").subject == "Signed in from a new device"


def test_A15_the_link_types_the_code_and_uses_nothing_up_until_the_button_is_pressed(anna, password, now):
    browser, _answer = sign_in(anna, password)
    link = f"{CONFIRM}?code={mailed_code()}"
    scanner = Client()
    assert scanner.get(link)["Location"] == LOGIN
    assert f'value="{mailed_code()}"' in browser.get(link).content.decode()
    assert not is_in(browser)
    browser.post(CONFIRM, {"code": mailed_code()})
    assert is_in(browser)


def test_A15_the_code_opens_no_other_browsers_sign_in(anna, password, now):
    """A phisher who makes somebody read their code out needs it in the browser that asked for it."""
    _victim, _ = sign_in(anna, password)
    code = mailed_code()
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        thief, _ = sign_in(anna, password)
        thief.post(CONFIRM, {"code": code})
        assert not is_in(thief)


def test_A15_five_wrong_codes_end_it_even_for_the_right_one(anna, password, now):
    browser, _answer = sign_in(anna, password)
    code = mailed_code()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert browser.post(CONFIRM, {"code": wrong}).context["form"].errors["code"] == [
            "This code is wrong. Look at the newest mail and type its six digits."]
    answer = browser.post(CONFIRM, {"code": code})
    assert answer.context["form"].errors["code"] == ["This code no longer works. Let us send you a new one."]
    assert not is_in(browser)


def test_A15_a_code_lives_15_minutes_and_a_new_one_can_be_sent_once_a_minute(anna, password, now):
    browser, _answer = sign_in(anna, password)
    browser.post(AGAIN)
    browser.post(AGAIN)
    assert Message.objects.count() == 2
    first = mailed_code()
    with time_machine.travel(now + timedelta(seconds=61), tick=False):
        browser.post(AGAIN)
        assert Message.objects.count() == 3
        if first != mailed_code():
            assert browser.post(CONFIRM, {"code": first}).status_code == 422
    with time_machine.travel(now + timedelta(minutes=16, seconds=2), tick=False):
        browser.post(CONFIRM, {"code": mailed_code()})
        assert not is_in(browser)


def test_A15_ten_mails_an_hour_are_enough(anna, password, now):
    for _ in range(11):
        browser, answer = sign_in(anna, password)
        assert answer["Location"] == CONFIRM
    assert Message.objects.count() == 10
    assert "Too many attempts." in browser.get(CONFIRM).content.decode()
    assert browser.post(CONFIRM, {"code": mailed_code()}).status_code == 422


def test_A15_a_known_device_does_not_wait_and_is_known_to_its_own_person_only(anna, clara, password, now):
    browser = confirmed(anna, password)
    browser.post("/accounts/logout/")
    assert sign_in(anna, password, browser)[1]["Location"] == "/"
    browser.post("/accounts/logout/")
    assert sign_in(clara, password, browser)[1]["Location"] == CONFIRM
    browser.post(CONFIRM, {"code": mailed_code()})
    browser.post("/accounts/logout/")
    # Both are remembered on the browser they share.
    assert sign_in(anna, password, browser)[1]["Location"] == "/"


def test_A15_signing_up_makes_the_browser_known(client, now):
    client.post("/accounts/signup/", {"email": "eva@example.com", "password1": "purple-tractor-seventeen"})
    code = re.search(r"\d{6}", Message.objects.latest("pk").subject)[0]
    client.post("/accounts/confirm-email/", {"code": code})
    eva = User.objects.get(email="eva@example.com")
    assert is_in(client)
    assert "sign_in.new_device" not in kinds(eva)
    client.post("/accounts/logout/")
    assert sign_in(eva, "purple-tractor-seventeen", client)[1]["Location"] == "/"


def test_A15_the_second_step_does_not_replace_the_confirmation(anna, password, now):
    code = with_app(anna)
    browser, answer = sign_in(anna, password)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert browser.post(answer["Location"], {"code": code()})["Location"] == CONFIRM
    assert not is_in(browser)
    browser.post(CONFIRM, {"code": mailed_code()})
    assert is_in(browser)


def test_A15_forgetting_a_device_makes_it_new_again(anna, clara, password, now):
    browser, rival = confirmed(anna, password), confirmed(clara, password)
    device = KnownDevice.objects.get(user=anna)
    assert rival.post(reverse("accounts:device_forget", args=[device.pk])).status_code == 404
    browser.post(reverse("accounts:device_forget", args=[device.pk]))
    browser.post("/accounts/logout/")
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        assert sign_in(anna, password, browser)[1]["Location"] == CONFIRM


def test_A15_the_cookie_is_long_lived_and_only_its_digest_is_kept(anna, password, now):
    cookie = confirmed(anna, password).cookies[live.DEVICE_COOKIE_NAME]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (365 * 24 * 3600, True, "Lax")
    assert KnownDevice.objects.get().token_hash not in cookie.value
    assert cookie.value not in str(list(KnownDevice.objects.values_list()))


@pytest.mark.parametrize(("language", "word"), [("en", "Is this new device yours?"), ("ru", "Это новое устройство ваше?"),
                                                ("zh-hans", "这台新设备是您的吗？")])
def test_confirmation_page_speaks_the_readers_language(anna, password, now, language, word):
    browser = Client()
    browser.cookies["language"] = language
    sign_in(anna, password, browser)
    assert word in browser.get(CONFIRM).content.decode()


# -- "remember this device" ---------------------------------------------------------------------------------------------


def remembered(user, password, code):
    browser = confirmed_with_app(user, password, code, {"remember_device": "1"})
    browser.post("/accounts/logout/")
    return browser


def confirmed_with_app(user, password, code, extra):
    browser, answer = sign_in(user, password)
    answer = browser.post(answer["Location"], {"code": code(), **extra})
    if answer["Location"] == CONFIRM:
        browser.post(CONFIRM, {"code": mailed_code()})
    assert is_in(browser)
    return browser


def test_a_remembered_device_skips_the_second_step_for_30_days(anna, password, now):
    browser = remembered(anna, password, with_app(anna))
    assert "device.trusted" in kinds(anna)
    assert sign_in(anna, password, browser)[1]["Location"] == "/"
    browser.post("/accounts/logout/")
    with time_machine.travel(now + timedelta(days=30, seconds=1), tick=False):
        assert sign_in(anna, password, browser)[1]["Location"] == "/accounts/2fa/authenticate/"


def test_without_the_tick_the_second_step_is_asked_every_time(anna, password, now):
    browser = confirmed_with_app(anna, password, with_app(anna), {})
    browser.post("/accounts/logout/")
    assert sign_in(anna, password, browser)[1]["Location"] == "/accounts/2fa/authenticate/"


def test_a_remembered_device_is_no_fresh_proof(anna, password, now):
    browser = remembered(anna, password, with_app(anna))
    sign_in(anna, password, browser)
    assert browser.post("/accounts/sessions/")["Location"].startswith("/accounts/2fa/reauthenticate/")


@pytest.mark.parametrize("careful", [Standing(owner=True), Standing(finance=True)])
def test_owners_and_finance_take_the_second_step_every_time(anna, password, now, monkeypatch, careful):
    code = with_app(anna)
    browser = remembered(anna, password, code)
    monkeypatch.setattr(standing, "_source", [lambda user_id: careful])
    # Remembered before the role was given: it does not count any longer, and is not offered again.
    answer = sign_in(anna, password, browser)[1]
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert "remember_device" not in browser.get(answer["Location"]).content.decode()
    KnownDevice.objects.update(trusted_until=None)
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        browser.post(answer["Location"], {"code": code(), "remember_device": "1"})
        assert is_in(browser)
    assert KnownDevice.objects.get().trusted_until is None


def test_a_denied_sign_in_makes_every_device_new(anna, password, now):
    browser = confirmed(anna, password)
    prove_now(browser, anna)
    number = SecurityEvent.objects.filter(user=anna, kind="sign_in.succeeded").latest("number").number
    browser.post(reverse("accounts:history_deny", args=[number]))
    assert not KnownDevice.objects.filter(user=anna).exists()


# -- by telephone ------------------------------------------------------------------------------------------------------


NUMBER = "+79161234567"


@pytest.fixture
def phoned(anna, now):
    User.objects.filter(pk=anna.pk).update(phone=NUMBER, phone_verified_at=now)
    anna.refresh_from_db()
    return anna


def ask_by_phone(number=NUMBER):
    browser = Client()
    answer = browser.post("/accounts/phone/", {"phone": number})
    worker.run_until_idle()
    return browser, answer


def sms_code():
    return re.search(r"\d{6}", Message.objects.filter(channel="sms").latest("pk").text)[0]


def test_a_code_by_phone_takes_the_place_of_the_password_and_of_nothing_else(phoned, now):
    code = with_app(phoned)
    browser, answer = ask_by_phone("+7 916 123-45-67")
    assert answer["Location"] == "/accounts/phone/code/"
    answer = browser.post(answer["Location"], {"code": sms_code()})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert browser.post(answer["Location"], {"code": code()})["Location"] == CONFIRM
    browser.post(CONFIRM, {"code": mailed_code()})
    assert is_in(browser)
    assert SecurityEvent.objects.filter(user=phoned, kind="sign_in.succeeded").count() == 1


def test_A08_an_unknown_number_gets_the_same_answers_and_no_message(phoned, now):
    answers = []
    for number in (NUMBER, "+79167654321"):
        browser, asked = ask_by_phone(number)
        typed = browser.post("/accounts/phone/code/", {"code": "000000" if sms_code() != "000000" else "111111"})
        answers.append((asked.status_code, asked["Location"], typed.status_code, typed.context["form"].errors["code"]))
    assert answers[0] == answers[1]
    assert PhoneCode.objects.count() == 1


def test_a_phone_that_is_the_second_step_is_not_the_first_one_too(phoned, now):
    from sellerdesk.accounts.models import Factor

    Factor.objects.create(user_id=phoned.pk, phone_since=now)
    ask_by_phone()
    assert not PhoneCode.objects.exists()


def test_wrong_codes_by_phone_are_counted_like_wrong_passwords(phoned, now):
    browser, _answer = ask_by_phone()
    codes = [browser.post("/accounts/phone/code/", {"code": "12"}).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_signing_in_by_phone_is_not_there_where_the_marketplace_does_not_want_it(phoned, now):
    from sellerdesk.core import rules
    from sellerdesk.core.models import DatedRule

    DatedRule.objects.filter(kind="accounts.phone_factor").update(value={"enabled": False})
    rules.forget()
    assert "/accounts/phone/" not in Client().get(LOGIN).content.decode()
    assert Client().post("/accounts/phone/", {"phone": NUMBER}).status_code == 404


def test_the_personal_phrase_is_shown_on_known_devices_only(anna, password, now):
    User.objects.filter(pk=anna.pk).update(phrase="blue heron at dusk")
    browser = confirmed(anna, password)
    browser.post("/accounts/logout/")
    assert "blue heron at dusk" in browser.get(LOGIN).content.decode()
    assert "blue heron at dusk" not in Client().get(LOGIN).content.decode()
