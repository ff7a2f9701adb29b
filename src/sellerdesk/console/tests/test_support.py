"""Operators help people who cannot get in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts import services
from sellerdesk.accounts.services import create_user
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core.models import Message
from sellerdesk.core.worker import run_until_idle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

STORY = "My telephone fell into the sea, and the mail provider closed my mailbox."


def _sign_in(email: str, password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return client


def _ask(client: Client) -> None:
    client.post("/account-recovery/", {"email": "anna@example.com", "new_email": "anna.new@example.org",
                                       "story": STORY})
    run_until_idle()


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_pages_open_for_operators_and_for_nobody_else(operator, operator_client, anna_client, anna, client, language):
    operator.language = language
    operator.save()
    _ask(client)
    code = services.problems.ask_support(code="", email="eva@example.com", text="Nothing works here.",
                                         findings={"cookies": False, "clock_seconds": 120},
                                         info=RequestInfo(), now=anna.created_at)
    pages = [reverse("console:recoveries"), reverse("console:problems")]
    for page in pages:
        html = operator_client.get(page).content.decode()
        pages += re.findall(r'href="(/console/(?:recovery|signin-problems)/\d+/)"', html)
        assert anna_client.get(page).status_code == 404
    assert len(pages) == 4
    for page in pages:
        assert operator_client.get(page).status_code == 200
        assert anna_client.get(page).status_code == 404
    for search in (code, code.lower(), code[3:].replace("-", " "), "EVA@example.com"):
        assert code in operator_client.get(reverse("console:problems"), {"q": search}).content.decode()
    assert code not in operator_client.get(reverse("console:problems"), {"q": "CS-2222-2222"}).content.decode()


def test_A13_two_operators_on_the_page_recover_an_account(client, anna, shop, operator, password, now):
    create_user(email="oleg@example.com", password=password, name="Oleg", operator=True)
    _ask(client)
    with time_machine.travel(now + timedelta(hours=73), tick=False):
        olga, oleg = _sign_in("operator@example.com", password), _sign_in("oleg@example.com", password)
        page = re.search(r'(/console/recovery/\d+/)"', olga.get("/console/recovery/").content.decode()).group(1)
        first = olga.post(f"{page}decide/", {"decision": "approve"}, follow=True)
        again = olga.post(f"{page}decide/", {"decision": "approve"}, follow=True)
        assert "A second operator has to agree." in first.content.decode()
        assert "A second person has to look at it." in again.content.decode()
        assert not Message.objects.filter(subject="Your account can be recovered").exists()
        oleg.post(f"{page}decide/", {"decision": "approve"})

    assert Message.objects.get(subject="Your account can be recovered").to == "anna.new@example.org"


def test_refusing_needs_a_reason(client, anna, operator, password, now):
    _ask(client)
    olga = _sign_in("operator@example.com", password)
    page = re.search(r'(/console/recovery/\d+/)"', olga.get("/console/recovery/").content.decode()).group(1)

    olga.post(f"{page}decide/", {"decision": "reject", "reason": ""})
    assert not Message.objects.filter(subject="Recovery of the account was rejected").exists()
    olga.post(f"{page}decide/", {"decision": "reject", "reason": "The caller knew nothing of the shop."})

    assert Message.objects.filter(subject="Recovery of the account was rejected", to="anna@example.com").exists()


def test_an_answer_goes_out_once_by_mail_with_the_code(operator_client, anna, now):
    code = services.problems.ask_support(code="", email="anna@example.com", text="Nothing works here.", findings={},
                                         info=RequestInfo(), now=now)
    page = re.search(r'(/console/signin-problems/\d+/)"',
                     operator_client.get("/console/signin-problems/").content.decode()).group(1)

    assert operator_client.post(page, {"answer": "short"}).status_code == 422
    assert operator_client.post(page, {"answer": "Please set the clock of your telephone: 100% sure."})["Location"] == page
    assert operator_client.post(page, {"answer": "And once more the same."}).status_code == 409

    letter = Message.objects.get(to="anna@example.com")
    assert code in letter.subject
    assert "100% sure" in letter.text


def test_an_operator_asks_for_a_new_password_on_evidence(operator, anna, shop, password):
    olga = _sign_in("operator@example.com", password)
    browser = _sign_in("anna@example.com", password)
    assert browser.get("/account/").status_code == 200

    olga.post("/console/recovery/force-password/", {"email": "Anna@example.com"})

    assert browser.get("/account/").status_code == 302
    answer = browser.post("/accounts/login/", {"login": "anna@example.com", "password": password})
    assert answer["Location"] == "/accounts/new-password/"
