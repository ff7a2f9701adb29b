"""A shop asks its people for a second step, from a day on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from sellerdesk.accounts.models import SecurityEvent
from sellerdesk.accounts.seeds import sealed
from sellerdesk.accounts.services import factors
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core.errors import Conflict, Invalid
from sellerdesk.core.models import Activity, Message
from sellerdesk.sellers.queries import security as queries
from sellerdesk.sellers.services import add_member, create_key
from sellerdesk.sellers.services import security as services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dated_rules", "fresh_limits")]
PAGE = "/shop/security/"


def _protect(user) -> None:
    Authenticator.objects.create(user=user, type="totp", data={"secret": sealed("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")})


def _demand(shop, anna, actor, now, who="everyone", after=timedelta()):
    services.change_security_rules(seller=shop, second_factor=who, from_at=now + after, user_id=anna.pk, actor=actor,
                                   now=now)


def _shop_page(client: Client):
    return client.get("/shop/first-steps/")


def test_members_without_a_second_step_land_on_its_set_up_once_the_day_has_come(anna, staff_boris, shop, actor, now):
    _protect(anna)
    _demand(shop, anna, actor, now, after=timedelta(days=2))
    boris, owner = Client(), Client()
    boris.force_login(staff_boris)
    owner.force_login(anna)

    before = boris.get("/orders/")
    assert before.status_code == 200
    assert 'id="second-factor-due"' in before.content.decode()
    with time_machine.travel(now + timedelta(days=2), tick=False):
        boris.force_login(staff_boris)
        owner.force_login(anna)
        assert boris.get("/orders/")["Location"] == "/account/security/"
        assert boris.get("/orders/", HTTP_HX_REQUEST="true")["HX-Redirect"] == "/account/security/"
        page = boris.get("/account/security/")
        assert page.status_code == 200
        assert page.context["demands"] == [(shop.name, now + timedelta(days=2), True)]
        assert owner.get("/orders/").status_code == 200

        _protect(staff_boris)
        assert boris.get("/orders/").status_code == 200


@pytest.mark.parametrize(("who", "role", "shut"), [
    ("optional", "owner", False), ("owner_finance", "warehouse", False), ("owner_finance", "finance", True),
    ("owner_finance", "administrator", True), ("everyone", "warehouse", True)])
def test_the_rule_names_roles(anna, boris, shop, actor, now, who, role, shut):
    add_member(seller=shop, user_id=boris.pk, role=role, label="Boris", actor=actor, now=now)
    _protect(anna)
    if who != "optional":
        _demand(shop, anna, actor, now, who)

    demands = queries.standing_of(boris.pk).demands

    assert [(demand.shop, demand.from_at) for demand in demands] == ([("Anna's Shop", now)] if shut else [])


def test_programs_are_not_concerned(anna, shop, actor, now):
    _protect(anna)
    _demand(shop, anna, actor, now)
    Authenticator.objects.all().delete()
    key = create_key(seller=shop, name="n", roles=["Admin read only"], life_days=30, actor=actor,
                              user_id=anna.pk, real_now=now)

    answer = Client().post("/v1/seller/info", b"{}", content_type="application/json",
                           headers={"Client-Id": str(shop.id), "Api-Key": key.secret})

    assert answer.status_code == 200


def test_nobody_locks_themself_out_and_the_day_has_bounds(anna, shop, actor, now):
    with pytest.raises(Conflict) as refused:
        _demand(shop, anna, actor, now)
    assert refused.value.code == "own_factor_first"
    _protect(anna)
    for after in (timedelta(days=-3), timedelta(days=91)):
        with pytest.raises(Invalid):
            _demand(shop, anna, actor, now, after=after)
    with pytest.raises(Invalid):
        services.change_security_rules(seller=shop, second_factor="some", from_at=now, user_id=anna.pk, actor=actor,
                                       now=now)


def test_a_change_of_the_rule_is_recorded_and_told_to_those_concerned(anna, staff_boris, shop, actor, now):
    _protect(anna)
    _demand(shop, anna, actor, now, "owner_finance")

    assert Activity.objects.get(event="sellers.security.changed").after["second_factor"] == "owner_finance"
    told = SecurityEvent.objects.filter(kind="role.policy_changed").values_list("user_id", flat=True)
    assert list(told) == [anna.pk]
    _demand(shop, anna, actor, now, "everyone")
    assert set(told.all()) == {anna.pk, staff_boris.pk}


def test_removing_the_last_factor_is_told_to_every_owner(anna, staff_boris, shop, now):
    _protect(staff_boris)

    factors.remove_app(user_id=staff_boris.pk, label="Boris", info=RequestInfo(), now=now)

    event = SecurityEvent.objects.get(user=anna, kind="role.last_factor_of")
    assert event.detail == {"person": "Boris", "shop": "Anna's Shop"}
    assert "Boris" in Message.objects.filter(to=anna.email).latest("pk").text


def test_the_page_lists_who_has_none_and_is_for_owners(anna, anna_client, boris_client, staff_boris, shop, now,
                                                      password):
    assert boris_client.get(PAGE).status_code == 403
    client = Client()
    client.post("/accounts/login/", {"login": anna.email, "password": password})
    html = client.get(PAGE).content.decode()
    assert "Boris" in html
    assert "lock you out" in html

    _protect(anna)
    form = {"second_factor": "everyone", "from_day": "2026-12-01"}
    # The password alone is no proof any more for somebody with a second step.
    assert "2fa/reauthenticate" in client.post(PAGE, form)["Location"]
    assert queries.security_rules(shop).second_factor == "optional"


def test_an_owner_with_a_second_step_sets_the_rule(anna, shop, now, password):
    _protect(anna)
    client = Client()
    client.post("/accounts/login/", {"login": anna.email, "password": password})
    with time_machine.travel(now, tick=False):
        client.post("/accounts/2fa/authenticate/", {
            "code": pyotp.TOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").at(now)})

        answer = client.post(PAGE, {"second_factor": "everyone", "from_day": "2026-12-01"})

    assert answer["Location"] == PAGE
    # The day begins where the shop is: midnight in Moscow.
    assert queries.security_rules(shop).from_at == datetime(2026, 11, 30, 21, tzinfo=UTC)


@pytest.mark.parametrize(("role", "careful"), [("finance", True), ("warehouse", False), ("analyst", False)])
def test_people_who_handle_money_are_told_apart(anna, boris, shop, actor, now, role, careful):
    """No device is remembered for them, nor for owners."""
    add_member(seller=shop, user_id=boris.pk, role=role, label="Boris", actor=actor, now=now)

    assert queries.standing_of(boris.pk).careful is careful
    assert queries.standing_of(anna.pk).careful is True
