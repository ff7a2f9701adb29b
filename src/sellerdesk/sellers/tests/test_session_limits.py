"""A shop lets people of a role stay signed in for less long than the installation would."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from sellerdesk.accounts.models import SecurityEvent, User
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Activity
from sellerdesk.sellers.models import CustomRole, Membership
from sellerdesk.sellers.queries import security as queries
from sellerdesk.sellers.services import security as services
from tests.cookies import prove_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dated_rules", "fresh_limits")]
SECOND, LOGIN = timedelta(seconds=1), "/accounts/login/"


def limit(shop, actor, now, role="warehouse", idle=10, life=8):
    services.set_session_limits(seller=shop, role=role, idle_minutes=idle, life_hours=life, actor=actor, now=now)


def at(moment, client, page="/account/"):
    with time_machine.travel(moment, tick=False):
        return client.get(page)


def signed_in(user, now):
    client = Client()
    with time_machine.travel(now, tick=False):
        client.force_login(user)
    return client


@pytest.mark.parametrize(("late", "status"), [(-SECOND, 200), (SECOND, 302)])
def test_the_idle_time_of_a_role_ends_sessions_to_the_second(staff_boris, shop, actor, now, late, status):
    limit(shop, actor, now)
    boris = signed_in(staff_boris, now)
    assert at(now + timedelta(minutes=5), boris).status_code == 200

    answer = at(now + timedelta(minutes=15) + late, boris)

    assert answer.status_code == status


@pytest.mark.parametrize(("late", "status"), [(-SECOND, 200), (SECOND, 302)])
def test_a_new_rule_counts_from_the_next_request_and_from_when_the_session_was_used_last(
        staff_boris, shop, actor, now, late, status):
    boris = signed_in(staff_boris, now)
    assert at(now + timedelta(minutes=5), boris).status_code == 200
    limit(shop, actor, now)

    answer = at(now + timedelta(minutes=15) + late, boris)

    assert answer.status_code == status
    if status == 302:
        assert answer["Location"].startswith(LOGIN)
        assert at(now + timedelta(minutes=15), boris).status_code == 302


@pytest.mark.parametrize(("late", "status"), [(-SECOND, 200), (SECOND, 302)])
def test_the_longest_life_of_a_role_holds_for_who_never_rests(staff_boris, shop, actor, now, late, status):
    limit(shop, actor, now, idle=30, life=1)
    boris = signed_in(staff_boris, now)
    for minutes in (20, 40):
        assert at(now + timedelta(minutes=minutes), boris).status_code == 200

    assert at(now + timedelta(hours=1) + late, boris).status_code == status


def test_open_pages_are_told_the_time_that_is_left_by_the_role(staff_boris, shop, actor, now):
    limit(shop, actor, now)
    boris = signed_in(staff_boris, now)
    at(now, boris)

    assert at(now + timedelta(minutes=1), boris, "/session/state/").json() == {"seconds": 540, "longest": False}


def test_the_shortest_of_all_shops_wins_and_other_roles_keep_the_usual(anna, staff_boris, shop, rival_shop, actor, now):
    limit(shop, actor, now)
    limit(rival_shop, actor, now, role="analyst", idle=5)
    Membership.objects.create(user=staff_boris, seller_id=rival_shop.id, role="analyst", created_at=now)
    boris, owner = signed_in(staff_boris, now), signed_in(anna, now)
    at(now, boris)
    at(now, owner)

    assert at(now + timedelta(minutes=5, seconds=1), boris).status_code == 302
    assert at(now + timedelta(minutes=29), owner).status_code == 200


def test_the_limits_of_a_role_of_ones_own_go_with_the_role(staff_boris, shop, actor, now):
    CustomRole.objects.create(seller_id=shop.id, key="night", name="Night shift", rights=[], created_at=now)
    Membership.objects.filter(user=staff_boris).update(role="night")
    limit(shop, actor, now, role="night", idle=5)
    boris = signed_in(staff_boris, now)
    at(now, boris)

    Membership.objects.filter(user=staff_boris).update(role="warehouse")
    at(now + timedelta(minutes=4), boris)

    assert at(now + timedelta(minutes=20), boris).status_code == 200


def test_limits_longer_than_the_installations_and_unknown_roles_are_refused_by_field(shop, actor, now):
    with pytest.raises(Invalid) as refused:
        limit(shop, actor, now, role="pirate", idle=31, life=13)

    assert [(one.field, one.code, one.value) for one in refused.value.fields] == [
        ("role", "role_unknown", "pirate"), ("idle_minutes", "out_of_range", "31"), ("life_hours", "out_of_range", "13")]
    assert queries.session_limits(shop) == {}
    assert not Activity.objects.filter(event="sellers.role.sessions_changed").exists()


def test_the_security_page_sets_shows_and_takes_limits_away(anna, staff_boris, shop, now):
    owner = Client()
    owner.force_login(anna)
    prove_now(owner, anna)
    page = "/shop/security/sessions/"

    refused = owner.post(page, {"role": "warehouse", "idle_minutes": "4", "life_hours": ""})
    saved = owner.post(page, {"role": "warehouse", "idle_minutes": "15", "life_hours": ""})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert "Choose 5 to 30 minutes." in refused.content.decode()
    assert queries.session_limits(shop) == {"warehouse": (900, 43200)}
    assert "15 minutes without doing anything" in owner.get("/shop/security/").content.decode()
    told = SecurityEvent.objects.filter(kind="role.policy_changed").values_list("user_id", flat=True)
    assert sorted(told) == sorted([anna.pk, staff_boris.pk])

    assert owner.post(page, {"role": "warehouse", "idle_minutes": "", "life_hours": ""}).status_code == 302
    assert queries.session_limits(shop) == {}


def test_the_person_reads_the_limits_and_who_asks_for_them(staff_boris, shop, actor, now):
    limit(shop, actor, now)
    User.objects.filter(pk=staff_boris.pk).update(language="en")
    text = signed_in(staff_boris, now)
    with time_machine.travel(now, tick=False):
        page = text.get("/accounts/sessions/").content.decode()

    assert "You are signed out after 10 minutes without doing anything," in page
    assert "A shop you work in asks for this" in page


def test_who_lacks_the_right_changes_nothing(staff_boris, shop):
    boris = Client()
    boris.force_login(staff_boris)

    assert boris.post("/shop/security/sessions/", {"role": "owner", "idle_minutes": "5"}).status_code == 403
    assert queries.session_limits(shop) == {}
