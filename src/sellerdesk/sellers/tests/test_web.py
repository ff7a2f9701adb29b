"""Pages of shops and keys, and whose shop a request is about."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from sellerdesk.sellers import permissions, queries, services
from sellerdesk.sellers.models import ApiKey, Seller

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dated_rules")]

FORM = {"country": "RU", "legal_name": "Anna LLC", "registration_number": "7707 083 893", "shop_name": "Лавка Анны",
        "currency": "RUB"}
CHECK_DIGIT = {"en": "The check digit is wrong", "ru": "Не сходится контрольная цифра", "zh-hans": "校验位不正确"}


def test_somebody_without_a_shop_is_led_to_register_one(client, anna):
    client.force_login(anna)

    assert client.get(reverse("sellers:keys"))["Location"] == reverse("sellers:register")
    assert client.get(reverse("sellers:register")).status_code == 200


def test_registering_opens_the_first_steps_in_the_demo(client, anna, now):
    client.force_login(anna)

    answer = client.post(reverse("sellers:register"), FORM)

    assert answer["Location"] == reverse("sellers:welcome")
    page = client.get(answer["Location"])
    assert [step.done for step in page.context["steps"]] == [True, False, False, False, False]
    assert "Лавка Анны" in unescape(page.content.decode())


def test_registering_outside_the_demo_waits_for_review_but_all_pages_stay_open(client, anna, now, reviewed):
    client.force_login(anna)

    assert client.post(reverse("sellers:register"), FORM)["Location"] == reverse("sellers:onboarding")

    assert "We are looking at your papers" in client.get(reverse("sellers:onboarding")).content.decode()
    assert client.get(reverse("sellers:keys")).status_code == 200
    assert not queries.active_sellers()


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_registering_names_what_is_wrong_in_the_readers_language(client, anna, language):
    anna.language = language
    anna.save()
    client.force_login(anna)

    answer = client.post(reverse("sellers:register"), {**FORM, "registration_number": "7707083894"})

    assert answer.status_code == 422
    assert CHECK_DIGIT[language] in answer.context["form"].errors["registration_number"][0]
    assert 'value="Лавка Анны"' in answer.content.decode()
    assert Seller.objects.count() == 0


def test_choosing_a_country_comes_first_and_says_what_is_irrevocable(client, anna, now):
    client.force_login(anna)

    first = unescape(client.get(reverse("sellers:register")).content.decode())
    client.post(reverse("sellers:phone_later"), {"country": "CN"})
    second = client.get(reverse("sellers:register"), {"country": "CN"}).content.decode()

    assert "can never be changed" in first
    assert 'name="shop_name"' not in first
    assert "cannot be changed after this step" in second
    assert re.findall(r'<option value="(\w{3})"', second) == ["CNY", "USD", "RUB"]


def test_switching_remembers_the_shop_and_never_a_rivals(anna_client, anna, shop, rival_shop, actor, now):
    second = services.register_shop(user_id=anna.pk, actor=actor, now=now, language="en", time_zone="",
                                    **{**FORM, "shop_name": "Second shop"})
    assert anna_client.get(reverse("sellers:keys")).wsgi_request.seller.id == second.id

    answer = anna_client.post(reverse("sellers:switch"), {"seller": shop.id, "next": "/shop/keys/"})

    assert answer["Location"] == "/shop/keys/"
    assert anna_client.get("/shop/keys/").wsgi_request.seller.id == shop.id
    assert anna_client.post(reverse("sellers:switch"), {"seller": rival_shop.id}).status_code == 404
    assert anna_client.post(reverse("sellers:switch"), {"seller": "x"}).status_code == 404
    away = anna_client.post(reverse("sellers:switch"), {"seller": shop.id, "next": "https://evil.example/"})
    assert away["Location"] == "/"


def test_a_request_knows_shop_role_and_actor_after_one_query(anna_client, anna, shop, django_assert_num_queries):
    request = anna_client.get(reverse("sellers:keys")).wsgi_request

    assert request.seller == shop
    assert (request.role, request.can(permissions.KEY_EDIT)) == ("owner", True)
    assert (request.actor.kind, request.actor.id, request.actor.label) == ("user", str(anna.pk), "Anna")
    with django_assert_num_queries(1):
        queries.shops_of_user(anna.pk)


def test_guests_and_pictures_cost_no_query(client, anna_client, django_assert_num_queries):
    client.get("/accounts/login/")  # dated rules are read once and kept for seconds
    with django_assert_num_queries(0):
        client.get("/accounts/login/")
    with django_assert_num_queries(0):
        anna_client.get("/favicon.ico")


# -- keys --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_key_is_shown_once_and_never_again(anna_client, anna, shop, now, language):
    anna.language = language
    anna.save()

    made = anna_client.post(reverse("sellers:key_new"), {"name": "Stock sync", "roles": ["Admin"], "life_days": 180})

    secret = made.context["made"].secret
    assert secret in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    again = anna_client.get(reverse("sellers:keys")).content.decode()
    assert secret not in again
    assert f"{secret[:12]}…" in again
    assert "Stock sync" in again


def test_key_can_be_deactivated_from_the_list_but_not_by_a_rival(anna_client, clara_client, shop, actor, now):
    made = services.create_key(seller=shop, name="Old", roles=["Admin"], actor=actor, user_id=None, real_now=now)
    address = reverse("sellers:key_deactivate", args=[made.id])

    assert clara_client.post(address).status_code == 404
    assert "Old" not in clara_client.get(reverse("sellers:keys")).content.decode()
    assert ApiKey.objects.get().deactivated_at is None
    assert anna_client.get(address).status_code == 405
    assert anna_client.post(address)["Location"] == reverse("sellers:keys")
    assert ApiKey.objects.get().deactivated_at == now


def test_key_needs_a_role_and_a_name(anna_client, shop):
    answer = anna_client.post(reverse("sellers:key_new"), {"name": "", "life_days": 180})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "roles"}
    assert ApiKey.objects.count() == 0


def test_a_packer_sees_no_keys_and_is_told_who_can_help(boris_client):
    answer = boris_client.get(reverse("sellers:keys"))

    assert answer.status_code == 403
    assert "sellers:key:view" in unescape(answer.content.decode())
    assert boris_client.post(reverse("sellers:key_new"), {"name": "x", "roles": ["Admin"], "life_days": 7}
                             ).status_code == 403
    assert ApiKey.objects.count() == 0


def test_first_steps_tick_off_what_the_data_shows(anna_client, shop, actor, now):
    services.create_key(seller=shop, name="Sync", roles=["Admin"], actor=actor, user_id=None, real_now=now)

    page = anna_client.get(reverse("sellers:welcome"))

    assert [step.done for step in page.context["steps"]] == [True, False, False, False, True]
