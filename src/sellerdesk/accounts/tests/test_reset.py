"""A12: the forgotten password, by a link from a mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.accounts.models import SecurityEvent, User
from sellerdesk.core.models import Message
from sellerdesk.core.worker import run_until_idle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
NEW = "violet harbour lantern 7"


def _ask(email: str, client: Client | None = None):
    return (client or Client()).post(RESET, {"email": email})


def _letter(email: str) -> Message:
    return Message.objects.filter(to=email).latest("pk")


def _link(email: str) -> str:
    _ask(email)
    run_until_idle()
    return re.search(r"(/accounts/password/reset/key/\S+)", _letter(email).text).group(1)


def test_A12_known_and_unknown_addresses_get_the_same_answer_for_the_same_work(client, anna):
    client.get(RESET)
    answers, work = [], []
    for email in ("anna@example.com", "nobody@example.com"):
        with CaptureQueriesContext(connection) as counted:
            answers.append(_ask(email, client))
        work.append([query["sql"].split()[0] for query in counted.captured_queries])

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, reverse("account_reset_password_done"))] * 2
    assert work[0] == work[1]
    assert Message.objects.count() == 0
    run_until_idle()
    assert _letter("nobody@example.com").subject == "There is no account with this address"
    assert _letter("anna@example.com").subject == "Set a new password"


def test_A12_looking_at_the_link_uses_nothing_up_and_saving_uses_it_up(client, boris, now):
    elsewhere = Client()
    elsewhere.force_login(boris)
    link = _link("boris@example.com")
    assert (_letter("boris@example.com").subject, _letter("boris@example.com").language) == (
        "Задайте новый пароль", "ru")

    for _ in range(3):
        scanned = client.get(link)
        assert scanned.status_code == 200
        assert scanned["Referrer-Policy"] == "strict-origin"
        assert client.head(link).status_code == 200
    answer = client.post(link, {"password1": NEW})

    assert answer["Location"] == reverse("account_reset_password_from_key_done")
    assert elsewhere.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 302
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"password1": "another harbour lantern 8"}).status_code == 410
    boris.refresh_from_db()
    assert boris.check_password(NEW)
    assert list(SecurityEvent.objects.filter(user=boris).order_by("number").values_list("kind", flat=True)) == [
        "password.reset_requested", "password.reset"]
    assert client.post(LOGIN, {"login": "boris@example.com", "password": NEW}).status_code == 302


def test_A12_a_newer_link_kills_the_older_and_an_hour_kills_both(client, anna, now):
    first = _link("anna@example.com")
    with time_machine.travel(now + timedelta(minutes=5), tick=False):
        second = _link("anna@example.com")
        assert client.get(first).status_code == 410
        assert client.get(second).status_code == 200
    with time_machine.travel(now + timedelta(minutes=66), tick=False):
        assert client.get(second).status_code == 410


@pytest.mark.parametrize("change", ["password", "sign_in", "closed"])
def test_A12_a_link_dies_with_what_it_was_made_for(client, anna, password, now, change):
    link = _link("anna@example.com")
    if change == "password":
        anna.set_password("gravel magnet 14 ivory")
        anna.save()
    elif change == "sign_in":
        User.objects.filter(pk=anna.pk).update(last_login=now)
    else:
        User.objects.filter(pk=anna.pk).update(is_active=False)

    assert client.get(link).status_code == 410


@pytest.mark.parametrize("link", ["1-x", "zzzzzzzzzzzzz-abc-def", "0-cx1-abcdef"])
def test_A12_a_made_up_link_opens_nothing(client, anna, link):
    assert client.get(f"{RESET}key/{link}/").status_code == 410


def test_A12_a_reset_does_not_lead_past_the_second_step(client, anna, shop, now):
    totp.TOTP.activate(anna, totp.generate_totp_secret())
    client.post(_link("anna@example.com"), {"password1": NEW})

    assert client.get("/account/").status_code == 302
    answer = client.post(LOGIN, {"login": "anna@example.com", "password": NEW})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/account/").status_code == 302


def test_A12_the_link_refuses_a_poor_password_and_stays_good(client, anna, now):
    link = _link("anna@example.com")

    assert client.post(link, {"password1": "short"}).status_code == 422
    assert client.post(link, {"password1": "qwertyuiopasdfghjkl"}).status_code == 422
    assert client.post(link, {"password1": NEW}).status_code == 302


def test_A05_five_reset_mails_a_day_for_one_address_known_or_not(anna, now):
    for email in ("anna@example.com", "nobody@example.com"):
        assert [_ask(email).status_code for _ in range(5)] == [302] * 5
        sixth = _ask(email.upper())
        assert sixth.status_code == 429
        assert int(sixth["Retry-After"]) > 86000
    with time_machine.travel(now + timedelta(hours=25), tick=False):
        assert _ask("anna@example.com").status_code == 302
