"""What co-owners learn when an owner got in by a link, and the keys to be looked through afterwards."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from sellerdesk.accounts.models import RecoveryRequest, User
from sellerdesk.accounts.services import create_user
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Message
from sellerdesk.core.worker import run_until_idle
from sellerdesk.sellers import services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

NEW = "violet harbour lantern 7"


@pytest.fixture
def co_owner(boris, shop, actor, now) -> User:
    services.add_member(seller=shop, user_id=boris.pk, role="owner", label=str(boris), actor=actor, now=now)
    return boris


def _sign_in(user: User, password: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def _reset(client: Client, email: str) -> None:
    client.post("/accounts/password/reset/", {"email": email})
    run_until_idle()
    link = re.search(r"(/accounts/password/reset/key/\S+)", Message.objects.filter(to=email).latest("pk").text).group(1)
    assert client.post(link, {"password1": NEW}).status_code == 302
    run_until_idle()


# The outbox hands over what is committed, and on PostgreSQL a test's own transaction never is.
@pytest.mark.django_db(transaction=True)
def test_A12_the_other_owners_are_told_when_an_owner_resets_and_nobody_else(client, anna, co_owner, clara, rival_shop):
    _reset(client, "anna@example.com")

    letter = Message.objects.get(to="boris@example.com")
    assert (letter.subject, letter.language) == ("Anna: новый пароль по ссылке из письма", "ru")
    assert not Message.objects.filter(to="clara@example.com").exists()


@pytest.mark.django_db(transaction=True)
def test_A12_owners_are_not_told_when_a_packer_resets(client, anna, staff_boris):
    _reset(client, "boris@example.com")

    assert not Message.objects.filter(to="anna@example.com", subject__contains="set a new password by mail").exists()


def test_A12_keys_are_listed_for_review_after_a_reset_until_the_person_has_looked(client, anna, shop, rival_shop, clara,
                                                                                actor, now):
    made = services.create_key(seller=shop, name="Stock bot", roles=["Warehouse"], actor=actor, user_id=anna.pk,
                               real_now=now)
    hers = services.create_key(seller=rival_shop, name="Rival bot", roles=["Warehouse"],
                               actor=Actor.user(clara.pk, str(clara)), user_id=clara.pk, real_now=now)
    _reset(client, "anna@example.com")
    browser = _sign_in(anna, NEW)

    assert 'id="keys-review"' in browser.get("/account/").content.decode()
    html = browser.get("/account/keys-review/").content.decode()
    assert made.prefix in html
    assert hers.prefix not in html
    assert browser.post("/account/keys-review/").status_code == 302
    assert 'id="keys-review"' not in browser.get("/account/").content.decode()


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_A13_an_owner_starts_and_another_owner_agrees_on_the_page(anna, co_owner, shop, password, actor, now, language):
    User.objects.update(language=language)
    vera = User.objects.get(pk=create_user(email="vera@example.com", password=password, name="Vera", language=language))
    services.add_member(seller=shop, user_id=vera.pk, role="owner", label="Vera", actor=actor, now=now)
    owner = _sign_in(co_owner, password)
    assert owner.get("/shop/recovery/").status_code == 200

    form = {"person": str(anna.pk), "new_email": "anna.new@example.org", "story": "She called me from a new number."}
    assert owner.post("/shop/recovery/", form).status_code == 302
    assert owner.post("/shop/recovery/", form).status_code == 422
    row = RecoveryRequest.objects.get()
    with time_machine.travel(now + timedelta(hours=25), tick=False):
        second = _sign_in(vera, password)
        assert anna.email in second.get("/shop/recovery/").content.decode()
        assert second.post(f"/shop/recovery/{row.pk}/", {"decision": "approve"}).status_code == 302

    row.refresh_from_db()
    assert (row.state, row.first_by_id, row.second_by_id) == ("approved", co_owner.pk, vera.pk)


def test_A13_strangers_and_packers_neither_see_nor_decide_a_recovery(anna, co_owner, clara, rival_shop, shop, actor,
                                                                    operator, password, now):
    packer = User.objects.get(pk=create_user(email="pavel@example.com", password=password, name="Pavel"))
    services.add_member(seller=shop, user_id=packer.pk, role="warehouse", label="Pavel", actor=actor, now=now)
    _sign_in(co_owner, password).post("/shop/recovery/", {
        "person": str(anna.pk), "new_email": "anna.new@example.org", "story": "She called me from a new number."})
    row = RecoveryRequest.objects.get()

    with time_machine.travel(now + timedelta(hours=25), tick=False):
        # An operator decides in the console, where the right is asked for, not through the shop's door.
        for person in (clara, packer, operator):
            browser = _sign_in(person, password)
            assert anna.email not in browser.get("/shop/recovery/").content.decode()
            for decision in ("approve", "reject"):
                assert browser.post(f"/shop/recovery/{row.pk}/",
                                    {"decision": decision, "reason": "No reason at all"}).status_code == 404
    row.refresh_from_db()
    assert row.state == "waiting"
