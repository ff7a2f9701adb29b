"""Operators of the marketplace sign in with two factors, unless a dated rule says otherwise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from sellerdesk.accounts import standing
from sellerdesk.accounts.errors import PolicyDemandsFactor
from sellerdesk.accounts.services import factors
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import rules

pytestmark = pytest.mark.django_db


def ask_operators(enabled: bool) -> None:
    rules.put("accounts.operator_second_factor", "", {"enabled": enabled}, valid_from=datetime(2022, 1, 1, tzinfo=UTC),
              source="test")


@pytest.fixture
def asked(operator, dated_rules) -> None:
    ask_operators(True)


def test_operators_land_on_the_set_up_after_signing_in_and_the_console_is_shut(operator, asked, password, client,
                                                                               fresh_limits):
    answer = client.post(reverse("account_login"), {"login": operator.email, "password": password}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("accounts:security")
    assert "The marketplace asks its operators for a second step" in answer.content.decode()
    for name in ("console:home", "console:sellers", "console:reviews"):
        assert client.get(reverse(name))["Location"] == reverse("accounts:security")
    assert client.get(reverse("console:sellers"), headers={"HX-Request": "true"})["HX-Redirect"] == reverse(
        "accounts:security")
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")


def test_the_console_opens_with_a_second_step_which_then_stays(operator, asked, operator_client, now):
    Authenticator.objects.create(user=operator, type="totp", data={"secret": "x"})

    assert operator_client.get(reverse("console:home")).status_code == 200
    with pytest.raises(PolicyDemandsFactor) as refused:
        factors.remove_app(user_id=operator.pk, label="Olga", info=RequestInfo(), now=now)
    assert "The marketplace" in refused.value.text
    assert Authenticator.objects.filter(user=operator).count() == 1


def test_a_rule_lets_operators_in_by_password(operator, operator_client):
    assert operator_client.get(reverse("console:home")).status_code == 200
    assert standing.of(operator.pk).demands == ()
    assert standing.of(operator.pk).careful


def test_without_any_rule_the_marketplace_asks(operator, operator_client, now):
    from sellerdesk.core.models import DatedRule

    DatedRule.objects.filter(kind="accounts.operator_second_factor").delete()
    rules.forget()

    assert operator_client.get(reverse("console:home"))["Location"] == reverse("accounts:security")


def test_other_people_are_not_asked(anna_client, anna, clara):
    ask_operators(True)

    assert anna_client.get("/").status_code == 200
    assert standing.of(clara.pk).demands == ()
    assert anna_client.get(reverse("console:home")).status_code == 404
    assert Client().get(reverse("console:home"))["Location"].startswith(reverse("account_login"))
