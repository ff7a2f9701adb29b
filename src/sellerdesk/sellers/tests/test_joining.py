"""Asking to work in a shop whose company is registered already."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts.models import User
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.core.models import Message
from sellerdesk.sellers.errors_team import AlreadyMember, JoinOver, TooManyJoins
from sellerdesk.sellers.models import Company, Invitation, JoinRequest, Membership
from sellerdesk.sellers.queries.joining import joining as waiting
from sellerdesk.sellers.services import invitations
from sellerdesk.sellers.services import joining as services
from sellerdesk.sellers.team_types import Terms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
NUMBER = "7707083893"


@pytest.fixture(autouse=True)
def _english(boris):
    User.objects.filter(pk=boris.pk).update(language="en")


def ask(user: User, now, number=NUMBER, text="I pack for you"):
    services.ask(user_id=user.pk, country="RU", registration_number=number, text=text,
                 actor=Actor.user(user.pk, str(user)), real_now=now)


def register(client: Client, number=NUMBER, **changed):
    return client.post(reverse("sellers:register"), {
        "country": "RU", "legal_name": "Boris LLC", "registration_number": number, "shop_name": "Boris Goods",
        "currency": "RUB", "accepts_offer": "on", **changed})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_full_valid_number_tells_how_many_shops_and_a_masked_owner(shop, boris):
    page = register(signed_in(boris))
    text = unescape(page.content.decode())

    assert page.status_code == 422
    assert "This company already has 1 shop here" in text
    assert "Its owner is a•••@e•••.com." in text
    assert "anna@example.com" not in text
    assert "Anna LLC" not in text
    assert Company.objects.count() == 1


@pytest.mark.parametrize("changed", [{"number": "7707083894"}, {"number": "770708"}, {"legal_name": ""}])
def test_anything_less_tells_nothing(shop, boris, changed):
    page = register(signed_in(boris), **changed)

    assert page.status_code == 422
    assert "already has" not in page.content.decode()
    assert page.context["taken"] is None


def test_after_five_looks_a_day_only_the_plain_refusal_is_left(shop, boris):
    client = signed_in(boris)
    for _look in range(services.LOOKS_PER_DAY):
        assert register(client).context["taken"].shops == 1

    page = register(client)

    assert page.context["taken"] is None
    assert "This company is registered already." in page.content.decode()


def test_the_owners_get_a_mail_and_see_who_asks_on_the_page_of_the_team(shop, anna, anna_client, boris, now):
    Message.objects.all().delete()

    answer = signed_in(boris).post(reverse("sellers:join"), {
        "country": "RU", "registration_number": NUMBER, "text": "I pack for you"})

    assert answer.status_code == 302
    [letter] = Message.objects.all()
    assert (letter.to, "I pack for you" in letter.text, "boris@example.com" in letter.text) == (anna.email, True, True)
    page = unescape(anna_client.get(reverse("sellers:team")).content.decode())
    assert "“I pack for you”" in page
    assert "?email=boris%40example.com" in page
    assert not Membership.objects.filter(user=boris).exists()


def test_asking_again_while_it_waits_changes_nothing_and_asking_too_often_is_refused(shop, boris, now):
    for _time in range(services.ASKS_PER_DAY):
        ask(boris, now)
    assert JoinRequest.objects.count() == 1

    with pytest.raises(TooManyJoins):
        ask(boris, now)


def test_numbers_that_are_none_or_of_nobody_and_people_who_work_there_are_refused(shop, anna, boris, now):
    for number, code in (("123", "number_length"), ("5003052454", "company_unknown")):
        with pytest.raises(Invalid) as refused:
            ask(boris, now, number)
        assert refused.value.fields[0].field == "registration_number"
        assert refused.value.fields[0].code == code or number == "123"
    with pytest.raises(AlreadyMember):
        ask(anna, now)
    assert JoinRequest.objects.count() == 0


def test_an_invitation_answers_the_request(shop, actor, boris, now):
    ask(boris, now)

    invitations.invite(seller=shop, email=boris.email, terms=Terms("warehouse"), language="en", actor=actor,
                       real_now=now)

    assert JoinRequest.objects.get().state == "invited"
    assert (waiting(shop, now), Invitation.objects.get().state) == ([], "pending")


def test_a_refusal_is_told_once_and_a_rival_cannot_answer(shop, rival_shop, clara, actor, boris, now):
    ask(boris, now)
    [row] = waiting(shop, now)
    with pytest.raises(NotFound):
        services.refuse(seller=rival_shop, join_id=row.id, actor=Actor.user(clara.pk, "Clara"), real_now=now)
    Message.objects.all().delete()

    assert services.refuse(seller=shop, join_id=row.id, actor=actor, real_now=now) == boris.email
    with pytest.raises(JoinOver):
        services.refuse(seller=shop, join_id=row.id, actor=actor, real_now=now)

    assert [letter.to for letter in Message.objects.all()] == [boris.email]
    assert JoinRequest.objects.get().state == "refused"


def test_a_request_ends_after_two_weeks_and_may_be_made_anew(shop, boris, now):
    ask(boris, now)
    late = now + services.LIFE

    assert waiting(shop, late - timedelta(seconds=1)) != []
    assert waiting(shop, late) == []
    ask(boris, late)
    assert sorted(JoinRequest.objects.values_list("state", flat=True)) == ["expired", "waiting"]
