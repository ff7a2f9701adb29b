"""Changing e-mail and phone: proven on both sides, told to both, undone for a week."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client

from sellerdesk.accounts import tasks
from sellerdesk.accounts.errors import ChangeClosed, ContactCodeSpent, ContactCodeWrong, OldSideNeedsFactor
from sellerdesk.accounts.models import ContactChange, SecurityEvent, User
from sellerdesk.accounts.services import contacts, phone
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core.errors import LimitReached
from sellerdesk.core.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

HOME = RequestInfo(address="203.0.113.7", device="Firefox, Windows")
OLD, NEW = "anna@example.com", "anna.new@example.com"


@pytest.fixture
def anna_client(anna):
    """Anna's browser. Contacts belong to the person; she needs no shop for them."""
    client = Client()
    client.force_login(anna)
    return client


@pytest.fixture
def fresh(monkeypatch):
    """Anna has just proved who she is; how that is asked for has tests of its own."""
    monkeypatch.setattr("sellerdesk.core.http.fresh._ask", [lambda request, minutes: None])


@pytest.fixture
def factor(monkeypatch):
    monkeypatch.setattr("sellerdesk.accounts.services.contacts.has_second_factor", lambda user_id: True)


def code_to(to: str) -> str:
    text = Message.objects.filter(to=to).latest("pk").text
    return re.search(r"(?m)(?:^|\s)(\d{6})(?:\s|$)", text).group(1)


def link_to(to: str, page: str) -> str:
    """The newest link of a page in mails to an address."""
    for message in Message.objects.filter(to=to).order_by("-pk"):
        if found := re.search(rf"http://testserver(/account/contacts/{page}/\S+)|https?://[^/\s]+"
                              rf"(/account/contacts/{page}/\S+)", message.text):
            return found.group(1) or found.group(2)
    raise AssertionError(f"no {page} link was sent to {to}")


def token_to(to: str, page: str) -> str:
    return link_to(to, page).partition("token=")[2]


def start(user, new=NEW, kind="email", now=None):
    from sellerdesk.core import clock

    contacts.start(user_id=user.pk, kind=kind, new=new, info=HOME, now=now or clock.real_now())


def act(name, user, **values):
    from sellerdesk.core import clock

    return getattr(contacts, name)(user_id=user.pk, info=HOME, now=clock.real_now(), **values)


def changed(user) -> str:
    user.refresh_from_db()
    addresses = list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary"))
    assert addresses == [(user.email, True, True)]
    return user.email


def press(client: Client, link: str):
    """Open a link as a person does: the page first, then its button."""
    page = client.get(link)
    assert page.status_code == 200, page.status_code
    path, token = link.split("?token=")
    return client.post(path, {"token": token})


def test_owner_changes_the_address_with_a_code_from_the_new_and_a_link_from_the_old(anna_client, anna, fresh):
    answer = anna_client.post("/account/contacts/email/start/", {"new": f" {NEW.upper()} "})
    assert answer["Location"] == "/account/contacts/"
    assert NEW in anna_client.get("/account/contacts/").content.decode()
    anna_client.post("/account/contacts/email/code/", {"code": code_to(NEW)})
    assert changed(anna) == OLD

    page = press(Client(), link_to(OLD, "confirm"))

    assert "The address is changed" in page.content.decode()
    assert changed(anna) == NEW
    told = {message.to for message in Message.objects.filter(subject__startswith="The e-mail address was changed")}
    assert told == {OLD, NEW}
    kinds = list(SecurityEvent.objects.filter(user=anna).order_by("number").values_list("kind", flat=True))
    assert kinds == ["email.change_requested", "email.new_proven", "email.old_confirmed", "email.changed"]


def test_either_side_alone_changes_nothing_in_any_order(anna):
    start(anna)
    contacts.prove_old_email(token=token_to(OLD, "confirm"), info=HOME, now=ContactChange.objects.get().created_at)
    assert changed(anna) == OLD
    assert act("prove_new", anna, kind="email", code=code_to(NEW)) is True
    assert changed(anna) == NEW


def test_opening_the_links_as_mail_scanners_do_changes_nothing(anna):
    start(anna)
    for page in ("confirm", "stop"):
        assert Client().get(link_to(OLD, page)).status_code == 200
    assert ContactChange.objects.filter(state="pending", old_proven_at=None).count() == 1


def test_undo_link_restores_the_address_ends_sessions_and_forces_a_new_password(anna_client, anna):
    UserSession.objects.create(user=anna, ip="198.51.100.9", session_key=anna_client.session.session_key)
    start(anna)
    early = link_to(OLD, "stop")
    act("prove_new", anna, kind="email", code=code_to(NEW))
    contacts.prove_old_email(token=token_to(OLD, "confirm"), info=HOME, now=anna.created_at)
    assert changed(anna) == NEW

    page = press(Client(), early)

    assert "Everything is as it was before" in page.content.decode()
    assert changed(anna) == OLD
    assert anna.must_change_password == "undone"
    assert anna_client.get("/account/")["Location"].startswith("/accounts/login/")
    assert Client().get(early).status_code == 410
    assert {m.to for m in Message.objects.filter(subject__contains="was undone")} == {OLD, NEW}


def test_undo_of_the_first_change_also_undoes_what_a_thief_changed_after_it(anna):
    for old, new in ((OLD, "thief@example.com"), ("thief@example.com", "thief2@example.com")):
        start(anna, new)
        act("prove_new", anna, kind="email", code=code_to(new))
        contacts.prove_old_email(token=token_to(old, "confirm"), info=HOME, now=anna.created_at)
    assert changed(anna) == "thief2@example.com"
    thiefs = link_to("thief@example.com", "stop")

    press(Client(), link_to(OLD, "stop"))

    assert changed(anna) == OLD
    assert Client().get(thiefs).status_code == 410
    assert changed(anna) == OLD


def test_undo_is_over_after_seven_days(anna, now):
    with time_machine.travel(now, tick=False) as time:
        start(anna)
        act("prove_new", anna, kind="email", code=code_to(NEW))
        contacts.prove_old_email(token=token_to(OLD, "confirm"), info=HOME, now=now)
        token = token_to(OLD, "stop")
        time.shift(timedelta(days=7))
        with pytest.raises(ChangeClosed):
            contacts.stop(token=token, info=HOME, now=now + timedelta(days=7))
        contacts.stop(token=token, info=HOME, now=now + timedelta(days=7, seconds=-1))


def test_without_the_old_address_it_takes_a_second_step_and_72_hours(anna, now, factor):
    with time_machine.travel(now, tick=False) as time:
        start(anna)
        act("prove_new", anna, kind="email", code=code_to(NEW))
        assert act("old_is_lost", anna, kind="email") == now + timedelta(hours=72)
        assert link_to(OLD, "stop")
        time.shift(timedelta(hours=72, seconds=-1))
        tasks.apply_contact_changes.func()
        assert changed(anna) == OLD
        time.shift(timedelta(seconds=1))
        tasks.apply_contact_changes.func()
        assert changed(anna) == NEW


def test_without_the_old_address_a_password_alone_is_not_enough(anna):
    start(anna)
    with pytest.raises(OldSideNeedsFactor):
        act("old_is_lost", anna, kind="email")


def test_waiting_change_is_stopped_from_the_old_address(anna, factor):
    start(anna)
    act("prove_new", anna, kind="email", code=code_to(NEW))
    act("old_is_lost", anna, kind="email")
    press(Client(), link_to(OLD, "stop"))
    assert contacts.apply_due(now=anna.created_at + timedelta(days=4)) == 0
    assert changed(anna) == OLD


def test_A08_address_of_somebody_else_is_answered_alike_and_its_owner_is_told(anna_client, anna, clara, fresh):
    answer = anna_client.post("/account/contacts/email/start/", {"new": "clara@example.com"})
    assert answer["Location"] == "/account/contacts/"
    assert "clara@example.com" in anna_client.get("/account/contacts/").content.decode()
    letter = Message.objects.get(to="clara@example.com")
    assert re.search(r"(?:^|\s)\d{6}(?:\s|$)", letter.text) is None
    with pytest.raises(ContactCodeWrong):
        act("prove_new", anna, kind="email", code="000000")


def test_A05_code_has_five_tries_ten_minutes_and_is_not_in_the_table(anna, now):
    with time_machine.travel(now, tick=False) as time:
        start(anna)
        code = code_to(NEW)
        assert code not in ContactChange.objects.get().code_hash
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for _ in range(5):
            with pytest.raises(ContactCodeWrong):
                act("prove_new", anna, kind="email", code=wrong)
        with pytest.raises(LimitReached):
            act("prove_new", anna, kind="email", code=code)
        time.shift(timedelta(seconds=301))
        with pytest.raises(ContactCodeSpent):
            act("prove_new", anna, kind="email", code=code)
        act("resend", anna, kind="email")
        time.shift(timedelta(minutes=10))
        with pytest.raises(ContactCodeSpent):
            act("prove_new", anna, kind="email", code=code_to(NEW))


def test_two_changes_a_day_may_be_started(anna, now):
    start(anna, "one@example.com", now=now)
    start(anna, "two@example.com", now=now)
    with pytest.raises(LimitReached):
        start(anna, "three@example.com", now=now)
    assert ContactChange.objects.filter(state="pending").get().new == "two@example.com"


def test_starting_needs_a_fresh_proof_and_a_form_of_ours(anna_client, anna):
    answer = anna_client.post("/account/contacts/email/start/", {"new": NEW})
    assert answer.status_code == 302
    assert not ContactChange.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)
    assert strict.post("/account/contacts/email/start/", {"new": NEW}).status_code == 403
    assert strict.post("/account/contacts/stop/", {"token": "x"}).status_code == 403


def test_first_phone_is_confirmed_by_a_code_and_the_next_by_both_numbers(anna_client, anna, fresh):
    first, second = "+79161234567", "+8613812345678"
    anna_client.post("/account/contacts/phone/start/", {"new": "8 916 123-45-67"})
    anna_client.post("/account/contacts/phone/code/", {"code": code_to(first)})
    anna.refresh_from_db()
    assert (anna.phone, anna.phone_verified_at is not None) == (first, True)

    anna_client.post("/account/contacts/phone/start/", {"new": second})
    anna_client.post("/account/contacts/phone/code/", {"code": code_to(second)})
    anna.refresh_from_db()
    assert anna.phone == first
    anna_client.post("/account/contacts/phone/old/", {"send": "1"})
    anna_client.post("/account/contacts/phone/old/", {"old-code": code_to(first)})
    anna.refresh_from_db()
    assert anna.phone == second
    assert SecurityEvent.objects.filter(user=anna, kind="phone.changed").get().detail["old"] == first

    press(Client(), link_to(OLD, "stop"))
    anna.refresh_from_db()
    assert anna.phone == first


def test_phone_of_another_account_is_refused_once_it_is_proven_to_be_at_hand(anna, clara):
    User.objects.filter(pk=clara.pk).update(phone="+79161234567", phone_verified_at=clara.created_at)
    start(anna, "+79161234567", "phone")
    with pytest.raises(contacts.PhoneTaken):
        act("prove_new", anna, kind="phone", code=code_to("+79161234567"))
    anna.refresh_from_db()
    assert anna.phone == ""
    assert phone.normal("+7 916 123 45 67") == "+79161234567"


def test_wrong_values_stand_beside_their_field(anna_client, fresh):
    for kind, value, reason in (("email", "not an address", "name@example.com"), ("phone", "12", "+79161234567"),
                                ("email", OLD, "same as before")):
        answer = anna_client.post(f"/account/contacts/{kind}/start/", {"new": value})
        assert answer.status_code == 422
        assert reason in answer.content.decode()
    assert anna_client.post("/account/contacts/fax/start/", {"new": "x"}).status_code == 404


def test_the_librarys_own_page_leads_to_ours(anna_client):
    assert anna_client.get("/accounts/email/")["Location"] == "/account/contacts/"
    assert anna_client.post("/accounts/email/", {"action_add": "", "email": NEW})["Location"] == "/account/contacts/"
