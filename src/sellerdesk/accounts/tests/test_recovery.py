"""A13: mail and second step both lost. A wait, notices to everybody, two people, one link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts import services
from sellerdesk.accounts.errors import RecoveryNeedsAnother, RecoveryNotYet
from sellerdesk.accounts.models import RecoveryRequest, SecurityEvent, User
from sellerdesk.accounts.services import create_user
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import rules
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import DomainError, Forbidden, NotFound
from sellerdesk.core.models import Message
from sellerdesk.core.worker import run_until_idle
from sellerdesk.sellers import services as sellers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

STORY = "My telephone fell into the sea, and the mail provider closed my mailbox."
NEW_ADDRESS, NEW_PASSWORD = "anna.new@example.org", "violet harbour lantern 7"
INFO = RequestInfo(address="203.0.113.7")


@pytest.fixture
def second_operator(db) -> User:
    return User.objects.get(pk=create_user(email="oleg@example.com", password="gravel magnet 14 ivory", name="Oleg",
                                           operator=True))


@pytest.fixture
def co_owner(boris, shop, actor: Actor, now) -> User:
    sellers.add_member(seller=shop, user_id=boris.pk, role="owner", label=str(boris), actor=actor, now=now)
    return boris


def _ask(client: Client, email: str = "anna@example.com"):
    answer = client.post("/account-recovery/", {"email": email, "new_email": NEW_ADDRESS, "story": STORY})
    run_until_idle()
    return answer


def _mails(to: str) -> list[Message]:
    return list(Message.objects.filter(to=to).order_by("pk"))


def _stop_link() -> str:
    return re.search(r"(/account-recovery/stop/\S+)", _mails("anna@example.com")[-1].text).group(1)


def _approve(request_id: int, by: User, now):
    return services.recovery.approve(request_id=request_id, by=by, info=INFO, now=now, as_operator=by.is_operator)


def test_A13_known_and_unknown_accounts_get_the_same_answer_and_the_same_mail(client, anna):
    answers = [_ask(client, email) for email in ("anna@example.com", "nobody@example.com")]

    assert {answer["Location"] for answer in answers} == {reverse("accounts:recovery_asked")}
    first, second = _mails(NEW_ADDRESS)
    assert re.sub(r"SD-\S+", "", first.text) == re.sub(r"SD-\S+", "", second.text)
    assert RecoveryRequest.objects.count() == 1


def test_A13_every_address_the_telephone_and_the_co_owners_are_told(client, anna, co_owner, clara):
    EmailAddress.objects.create(user=anna, email="anna@work.example.com", verified=True, primary=False)
    User.objects.filter(pk=anna.pk).update(phone="+79161234567", phone_verified_at=anna.created_at)

    _ask(client)

    told = set(Message.objects.filter(text__contains="/account-recovery/stop/").values_list("to", flat=True))
    assert told == {"anna@example.com", "anna@work.example.com", "+79161234567", "boris@example.com"}
    assert "26" in _mails("anna@example.com")[-1].text


def test_A13_the_link_of_any_notice_stops_it_and_looking_does_not(client, anna, operator, second_operator, now):
    _ask(client)
    link = _stop_link()

    assert client.get(link).status_code == 200
    assert RecoveryRequest.objects.get().state == "waiting"
    assert client.post(link).status_code == 200

    row = RecoveryRequest.objects.get()
    assert row.state == "cancelled"
    assert client.post(link).status_code == 410
    with time_machine.travel(now + timedelta(hours=80), tick=False), pytest.raises(DomainError):
        _approve(row.pk, operator, now + timedelta(hours=80))
    assert SecurityEvent.objects.filter(user=anna, kind="recovery.cancelled").count() == 1


def test_A13_nobody_decides_before_72_hours_and_never_alone(client, anna, operator, second_operator, now):
    _ask(client)
    row = RecoveryRequest.objects.get()
    assert row.available_at - row.created_at == timedelta(hours=72)

    with pytest.raises(RecoveryNotYet):
        _approve(row.pk, operator, now + timedelta(hours=71, minutes=59))
    later = now + timedelta(hours=72)
    assert _approve(row.pk, operator, later) is False
    with pytest.raises(RecoveryNeedsAnother):
        _approve(row.pk, operator, later)
    assert _mails(NEW_ADDRESS)[-1].subject == "Your request to recover an account"
    assert _approve(row.pk, second_operator, later) is True
    assert _mails(NEW_ADDRESS)[-1].subject == "Your account can be recovered"


def test_A13_the_wait_is_a_dated_rule(client, anna, now):
    rules.put("accounts.recovery_wait_hours", "", 96, valid_from=now, source="test")

    _ask(client)

    row = RecoveryRequest.objects.get()
    assert row.available_at - row.created_at == timedelta(hours=96)


def test_A13_the_link_sets_a_password_once_and_leaves_nothing_of_the_old_ways_in(client, anna, shop, password, operator,
                                                                                 second_operator, now):
    totp.TOTP.activate(anna, totp.generate_totp_secret())
    elsewhere = Client()
    elsewhere.force_login(anna)
    _ask(client)
    row = RecoveryRequest.objects.get()
    later = now + timedelta(hours=73)
    with time_machine.travel(later, tick=False):
        _approve(row.pk, operator, later)
        _approve(row.pk, second_operator, later)
        link = re.search(r"(/account-recovery/\S+)", _mails(NEW_ADDRESS)[-1].text).group(1)

        assert client.get(link).status_code == 200
        assert client.post(link, {"password1": "short"}).status_code == 422
        answer = client.post(link, {"password1": NEW_PASSWORD})
        assert answer["Location"] == reverse("account_reset_password_from_key_done")
        assert client.get("/account/").status_code == 302
        assert client.post(link, {"password1": "another lantern 99 gravel"}).status_code == 410

    anna.refresh_from_db()
    assert anna.email == NEW_ADDRESS
    assert anna.check_password(NEW_PASSWORD)
    assert list(EmailAddress.objects.filter(user=anna).values_list("email", "verified", "primary")) == [
        (NEW_ADDRESS, True, True)]
    assert Authenticator.objects.filter(user=anna).count() == 0
    assert elsewhere.get("/account/").status_code == 302
    assert _mails("anna@example.com")[-1].subject == "Your account was recovered"
    kinds = list(SecurityEvent.objects.filter(user=anna, kind__startswith="recovery.").order_by("number").values_list(
        "kind", "actor_label"))
    assert kinds == [("recovery.requested", ""), ("recovery.seen", "Olga"), ("recovery.approved", "Oleg"),
                     ("recovery.completed", "")]


def test_A13_the_link_ends_after_three_days(client, anna, operator, second_operator, now):
    _ask(client)
    later = now + timedelta(hours=73)
    with time_machine.travel(later, tick=False):
        for person in (operator, second_operator):
            _approve(RecoveryRequest.objects.get().pk, person, later)
        link = re.search(r"(/account-recovery/\S+)", _mails(NEW_ADDRESS)[-1].text).group(1)
    with time_machine.travel(later + timedelta(days=3, minutes=1), tick=False):
        assert client.get(link).status_code == 410
        assert client.post(link, {"password1": NEW_PASSWORD}).status_code == 410


def test_A13_owners_of_the_same_shop_can_do_it_between_themselves(anna, co_owner, clara, rival_shop, shop, actor, now,
                                                                  password):
    third = User.objects.get(pk=create_user(email="vera@example.com", password=password, name="Vera"))
    sellers.add_member(seller=shop, user_id=third.pk, role="owner", label="Vera", actor=actor, now=now)
    with pytest.raises(NotFound):
        services.recovery.start_for(user_id=anna.pk, new_email=NEW_ADDRESS, story=STORY, by=clara, info=INFO, now=now)
    services.recovery.start_for(user_id=anna.pk, new_email=NEW_ADDRESS, story=STORY, by=co_owner, info=INFO, now=now)
    row = RecoveryRequest.objects.get()
    assert row.available_at - row.created_at == timedelta(hours=24)
    later = now + timedelta(hours=24)

    with pytest.raises(NotFound):
        _approve(row.pk, clara, later)
    with pytest.raises(Forbidden):
        _approve(row.pk, anna, later)
    with pytest.raises(RecoveryNeedsAnother):
        _approve(row.pk, co_owner, later)
    assert _approve(row.pk, third, later) is True


def test_A13_a_packer_starts_nothing_for_the_owner(anna, staff_boris, now):
    with pytest.raises(NotFound):
        services.recovery.start_for(user_id=anna.pk, new_email=NEW_ADDRESS, story=STORY, by=staff_boris, info=INFO,
                                    now=now)


def test_A13_a_second_request_does_not_restart_or_move_the_first(client, anna, now):
    _ask(client)
    with time_machine.travel(now + timedelta(hours=25), tick=False):
        client.post("/account-recovery/", {"email": "anna@example.com", "new_email": "thief@example.org",
                                           "story": STORY})
        run_until_idle()

    assert list(RecoveryRequest.objects.values_list("email", "created_at")) == [(NEW_ADDRESS, now)]


def test_A13_three_requests_a_day_for_one_account(client, now):
    assert [_ask(client, "nobody@example.com").status_code for _ in range(4)] == [302, 302, 302, 429]
