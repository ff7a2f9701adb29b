"""Public pages for people who cannot get in, the codes of our messages, and the phrase."""

from __future__ import annotations

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts import services
from sellerdesk.accounts.models import SecurityEvent, SigninProblem, User
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import mail
from sellerdesk.core.models import Message
from sellerdesk.core.worker import run_until_idle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

PAGES = ["accounts:cannot_sign_in", "accounts:sent_by_us", "accounts:recovery", "accounts:recovery_asked"]
OWN = {"Sec-Fetch-Site": "same-origin"}


def _send(to: str = "anna@example.com") -> Message:
    mail.send(to, "accounts/mail/letter", {"subject": "123456 is your Sellerdesk code", "text": "Hello.",
                                           "letter": None, "code": "123456"}, "en")
    return Message.objects.latest("pk")


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
@pytest.mark.parametrize("name", PAGES)
def test_page_opens_without_an_account_in_every_language(client, name, language):
    client.cookies["language"] = language

    answer = client.get(reverse(name))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Content-Language"] == language
    assert html.count("<h1") == 1
    assert "style=" not in html
    assert "onclick" not in html


def _report(client: Client, found: object, **headers):
    return client.post("/cannot-sign-in/findings/", json.dumps(found), content_type="application/json",
                       headers=headers or OWN)


def test_findings_are_kept_under_a_code_and_what_we_did_not_ask_for_is_dropped(client):
    answer = _report(client, {"cookies": False, "clock_seconds": 91.6, "host": "x" * 500, "password": "secret-marker",
                              "caps_lock": "yes"})

    row = SigninProblem.objects.get(code=answer.json()["code"])
    assert re.fullmatch(r"CS-[2-9A-Z]{4}-[2-9A-Z]{4}", row.code)
    assert row.findings == {"cookies": False, "clock_seconds": 92, "host": "x" * 120}
    assert row.state == "found"


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"},
                                     {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}])
@pytest.mark.parametrize("address", ["/cannot-sign-in/findings/", "/cannot-sign-in/support/"])
def test_strange_pages_cannot_report_in_somebodys_name(address, headers):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(address, {"email": "eva@example.com", "text": "Nothing works here."},
                        headers=headers).status_code == 403
    assert SigninProblem.objects.count() == 0


@pytest.mark.parametrize("body", ["[]", "no", '"x"', ""])
def test_findings_that_are_none_are_refused(client, body):
    answer = client.post("/cannot-sign-in/findings/", body, content_type="application/json", headers=OWN)

    assert answer.status_code == 422


def test_support_is_asked_with_mail_text_and_code_even_without_cookies(anna):
    browser = Client(enforce_csrf_checks=True)
    code = _report(browser, {"cookies": False}).json()["code"]

    answer = browser.post("/cannot-sign-in/support/", {"email": "Anna@example.com", "text": "No code is accepted.",
                                                       "code": code}, headers=OWN)

    assert code in answer.content.decode()
    row = SigninProblem.objects.get()
    assert (row.email, row.text, row.state, row.findings) == (
        "anna@example.com", "No code is accepted.", "new", {"cookies": False})
    run_until_idle()
    assert SecurityEvent.objects.get(user=anna, kind="sign_in.problem_reported").detail == {"code": code}


def test_support_is_asked_without_scripts_and_another_ones_code_is_not_taken_over(client):
    first = client.post("/cannot-sign-in/support/", {"email": "eva@example.com", "text": "Nothing works here."},
                        headers=OWN)
    taken = SigninProblem.objects.get().code
    assert taken in first.content.decode()

    client.post("/cannot-sign-in/support/", {"email": "thief@example.com", "text": "Overwrite this one.",
                                             "code": taken}, headers=OWN)

    assert list(SigninProblem.objects.order_by("pk").values_list("email", flat=True)) == [
        "eva@example.com", "thief@example.com"]
    assert SigninProblem.objects.first().findings["script"] is False


def test_help_is_limited(client):
    form = {"email": "eva@example.com", "text": "Nothing works here."}
    statuses = [client.post("/cannot-sign-in/support/", form, headers=OWN).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    assert {_report(client, {}).status_code for _ in range(40)} == {200, 429}
    assert SigninProblem.objects.count() <= 30


def test_every_message_carries_its_own_code_and_the_page_knows_it(client, anna):
    first, second = _send(), _send()

    assert re.fullmatch(r"SD-[2-9A-Z]{4}-[2-9A-Z]{4}", first.code)
    assert first.code != second.code
    assert first.code in first.text
    assert first.code in first.html
    for typed in (first.code, first.code.lower(), first.code.replace("-", " "), first.code[3:]):
        html = client.post("/did-you-send-this/", {"code": typed}).content.decode()
        assert "Yes, this message is from us." in html
        assert "a•••@e•••.com" in html
        assert "•••• is your Sellerdesk code" in html
        assert "123456" not in html
        assert "anna@example.com" not in html


@pytest.mark.parametrize("code", ["SD-2222-2222", "hello", "SD-0000-0000", "%", "' OR 1=1"])
def test_a_code_that_is_not_ours_is_told_apart(client, anna, code):
    _send()

    html = client.post("/did-you-send-this/", {"code": code}).content.decode()

    assert "No, we sent no message with this code." in html


def test_codes_cannot_be_tried_out(client):
    assert [client.post("/did-you-send-this/", {"code": "SD-2222-2222"}).status_code for _ in range(21)] == (
        [200] * 20 + [429])


def test_the_code_in_a_link_is_only_filled_in(client, anna):
    code = _send().code

    html = client.get("/did-you-send-this/", {"code": code}).content.decode()

    assert f'value="{code}"' in html
    assert "Yes, this message is from us." not in html


def test_own_messages_are_listed_without_their_secrets_and_without_those_of_others(anna_client, anna, clara):
    mine, hers = _send(), _send("clara@example.com")
    EmailAddress.objects.create(user=anna, email="not.proven@example.com", verified=False, primary=False)
    strange = _send("not.proven@example.com")

    html = anna_client.get("/account/messages/").content.decode()

    assert mine.code in html
    assert hers.code not in html
    assert strange.code not in html
    assert "123456" not in html


def test_phrase_stands_in_the_persons_mails_only(anna_client, anna, clara):
    answer = anna_client.post("/account/phrase/", {"phrase": "  green <tea>   at dawn "})
    assert answer["Location"] == "/account/phrase/"

    mine, hers, copy = _send(), _send("clara@example.com"), _send("stranger@example.com")

    assert "Your phrase: green <tea> at dawn" in mine.text
    assert "green &lt;tea&gt; at dawn" in mine.html
    assert "green" not in hers.text + hers.html + copy.text + copy.html
    assert SecurityEvent.objects.get(user=anna, kind="phrase.changed").detail == {}


@pytest.mark.parametrize("phrase", ["ab", "x" * 61, "go to https://evil.example"])
def test_phrase_too_short_too_long_or_with_an_address_is_refused(anna_client, anna, phrase):
    assert anna_client.post("/account/phrase/", {"phrase": phrase}).status_code == 422
    assert User.objects.get(pk=anna.pk).phrase == ""


def test_mails_with_a_code_warn_that_nobody_asks_for_it(client):
    client.post("/accounts/signup/", {"email": "eva@example.com", "password1": "purple-tractor-seventeen"})

    letter = Message.objects.get(to="eva@example.com")
    assert "Nobody from Sellerdesk ever asks for this code" in letter.text
    assert "Nobody from Sellerdesk ever asks for this code" in letter.html


def test_the_sign_in_page_names_the_official_address_and_warns_elsewhere(client, settings):
    settings.SITE_URL = "http://testserver"
    assert "This page is real only at <strong>testserver</strong>" in client.get("/accounts/login/").content.decode()

    settings.SITE_URL = "https://sellers.example.com"
    html = client.get("/accounts/login/").content.decode()
    assert "This is not the official address. Type nothing here and go to <strong>sellers.example.com</strong>" in html


def test_forced_change_is_told_by_mail_once(anna, password, client):
    services.passwords.require_change(user_id=anna.pk, reason="operator", info=RequestInfo(), actor_label="Olga",
                                      actor_kind="operator")

    assert "the marketplace asked for it" in Message.objects.get(to=anna.email).text
