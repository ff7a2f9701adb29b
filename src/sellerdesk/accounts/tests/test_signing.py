"""Signing up, in and out, and the forgotten password, as a browser does it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts.models import User
from sellerdesk.core.models import Activity, Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

LOGIN, SIGNUP, CODE = "/accounts/login/", "/accounts/signup/", "/accounts/confirm-email/"
WRONG = {"en": "The e-mail address or the password is wrong. Check both, or set a new password.",
         "ru": "Неверный адрес или пароль. Проверьте их или задайте новый пароль.",
         "zh-hans": "邮箱或密码不正确。请检查后重试，或设置新密码。"}


def _sign_up(client: Client, email: str = "eva@example.com", password: str = "purple-tractor-seventeen"):
    return client.post(SIGNUP, {"email": email, "password1": password})


def _letter(email: str) -> Message:
    return Message.objects.filter(to=email).latest("pk")


def _code_in(message: Message) -> str:
    return re.search(r"\b(\d{6})\b", message.text).group(1)


def test_signing_up_asks_for_the_mailed_code_and_leads_to_the_shop(client, now):
    answer = _sign_up(client)
    assert answer["Location"] == CODE
    assert client.get("/shop/keys/")["Location"].startswith(LOGIN)

    letter = _letter("eva@example.com")
    code = _code_in(letter)
    assert letter.subject == f"{code} is your Sellerdesk code"
    assert code in letter.html
    assert client.get(CODE).context["email"] == "eva@example.com"
    answer = client.post(CODE, {"code": f"{code[:3]} {code[3:]}"})

    assert answer["Location"] == reverse("sellers:register")
    assert client.get(answer["Location"]).status_code == 200
    user = User.objects.get(email="eva@example.com")
    assert (user.language, user.time_zone) == ("en", "Europe/London")
    assert Activity.objects.get(event="accounts.user.registered").target_id == str(user.pk)


@pytest.mark.parametrize(("language", "subject"), [
    ("ru", "— ваш код Sellerdesk"), ("zh-hans", "是您的 Sellerdesk 验证码")])
def test_mail_and_new_account_speak_the_language_of_the_page(client, language, subject):
    client.cookies["language"] = language

    _sign_up(client)

    letter = _letter("eva@example.com")
    assert subject in letter.subject
    assert letter.language == language
    assert User.objects.get(email="eva@example.com").language == language


def test_signing_up_with_a_known_address_shows_the_same_page_and_tells_the_owner(client, anna):
    answer = _sign_up(client, "anna@example.com")

    assert answer["Location"] == CODE
    assert client.get(CODE).status_code == 200
    assert _letter("anna@example.com").subject == "You already have an account"
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["short", "anna-anna-anna", "evaeva1234", "qwertyuiop123"])
def test_signing_up_refuses_what_is_easy_to_guess(client, password):
    answer = _sign_up(client, password=password)

    assert answer.status_code in (200, 422)
    assert answer.context["form"].errors["password1"]
    assert User.objects.count() == 0


def test_wrong_code_is_told_and_five_of_them_end_the_attempt(client, now):
    _sign_up(client)
    code = _code_in(_letter("eva@example.com"))
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"

    answer = client.post(CODE, {"code": wrong})
    assert answer.context["form"].errors["code"] == [
        "This code is wrong. Look at the newest mail and type its six digits."]
    for _ in range(3):
        client.post(CODE, {"code": wrong})
    answer = client.post(CODE, {"code": wrong}, follow=True)

    assert answer.redirect_chain[-1][0] == LOGIN
    assert "Too many wrong codes." in answer.content.decode()
    assert client.post(CODE, {"code": code})["Location"] == LOGIN


def test_expired_code_says_so_and_signing_in_sends_a_new_one(client, now):
    _sign_up(client)
    first = _letter("eva@example.com")

    with time_machine.travel(now + timedelta(minutes=11), tick=False):
        answer = client.post(CODE, {"code": _code_in(first)}, follow=True)
        assert "The code has expired." in answer.content.decode()
        answer = client.post(LOGIN, {"login": "eva@example.com", "password": "purple-tractor-seventeen"})
        second = _letter("eva@example.com")
        assert answer["Location"].startswith(CODE)
        assert second.pk > first.pk
        assert client.post(CODE, {"code": _code_in(second)}).status_code == 302

    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_wrong_password_and_unknown_person_get_the_same_answer(client, anna, language):
    client.cookies["language"] = language
    answers = [client.post(LOGIN, {"login": email, "password": "not-this-one"})
               for email in ("anna@example.com", "nobody@example.com")]

    assert [WRONG[language] in answer.content.decode() for answer in answers] == [True, True]
    assert [len(answer.context["form"].errors) for answer in answers] == [1, 1]


def test_repeated_failures_are_throttled_even_with_the_right_password(client, anna, password, now):
    for _ in range(10):
        assert client.post(LOGIN, {"login": "anna@example.com", "password": "not-this-one"}).status_code == 200

    answer = client.post(LOGIN, {"login": "anna@example.com", "password": password})

    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert answer.context["locked"] == ("Too many failed attempts. You can try again in 5 min. If you do not remember "
                                        "the password, set a new one now.")
    with time_machine.travel(now + timedelta(minutes=6), tick=False):
        assert client.post(LOGIN, {"login": "anna@example.com", "password": password}).status_code == 302


def test_signing_in_opens_the_start_page_and_operators_the_console(client, anna, operator, password):
    answer = client.post(LOGIN, {"login": "Anna@Example.com", "password": password})
    assert answer["Location"] == "/"

    answer = client.post("/accounts/logout/")
    assert answer["Location"] == LOGIN
    assert client.get("/account/")["Location"].startswith(LOGIN)

    answer = client.post(LOGIN, {"login": "operator@example.com", "password": password})
    assert answer["Location"] == reverse("console:home")
