"""The person's own pages, in three languages."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.urls import reverse

from sellerdesk.accounts.adapter import SecondFactorAdapter
from sellerdesk.accounts.models import User
from sellerdesk.core.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]

GUEST_PAGES = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done",
               "account_reset_password_from_key_done", "account_inactive"]
OWN_PAGES = ["accounts:profile", "accounts:contacts", "account_change_password", "usersessions_list", "accounts:security",
             "account_logout"]
LIBRARY_WORDS = ["Sign In", "Sign Up", "Email address", "Menu:", "Password Reset"]


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
@pytest.mark.parametrize("name", GUEST_PAGES)
def test_page_before_signing_in_is_ours_in_every_language(client, name, language):
    client.cookies["language"] = language

    html = client.get(reverse(name)).content.decode()

    assert 'class="auth-split"' in html
    assert html.count("<h1") == 1
    assert [word for word in LIBRARY_WORDS if word in html] == []
    assert "style=" not in html


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_page_is_ours_in_every_language(anna_client, anna, name, language):
    User.objects.filter(pk=anna.pk).update(language=language)

    answer = anna_client.get(reverse(name))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Content-Language"] == language
    assert html.count("<h1") == 1
    assert [word for word in LIBRARY_WORDS if word in html] == []


def test_language_comes_from_the_person_then_the_cookie_then_the_browser(client, boris):
    assert client.get("/accounts/login/", HTTP_ACCEPT_LANGUAGE="zh-CN,zh;q=0.9")["Content-Language"] == "zh-hans"
    assert client.get("/accounts/login/", HTTP_ACCEPT_LANGUAGE="de")["Content-Language"] == "en"
    client.cookies["language"] = "en"
    assert client.get("/accounts/login/", HTTP_ACCEPT_LANGUAGE="ru")["Content-Language"] == "en"
    client.force_login(boris)
    assert client.get("/account/")["Content-Language"] == "ru"


def test_profile_is_saved_and_recorded_once(anna_client, anna):
    form = {"name": " Anna  Ivanova ", "language": "ru", "theme": "dark", "time_zone": "Asia/Vladivostok"}
    answer = anna_client.post("/account/", form)
    anna_client.post("/account/", form)

    anna.refresh_from_db()
    assert answer["Location"] == "/account/"
    assert (anna.name, anna.language, anna.theme, anna.time_zone) == (
        "Anna Ivanova", "ru", "dark", "Asia/Vladivostok")
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ru"
    assert Activity.objects.filter(event="accounts.profile.changed").count() == 1


def test_profile_refuses_a_made_up_time_zone(anna_client, anna):
    answer = anna_client.post("/account/", {"name": "A", "language": "en", "theme": "auto", "time_zone": "Mars/Base"})

    assert answer.status_code == 422
    assert "time_zone" in answer.context["form"].errors
    anna.refresh_from_db()
    assert anna.name == "Anna"


def test_changing_the_password_needs_the_old_one_and_ends_all_other_sessions(client, anna_client, anna, password):
    new = "violet-harbour-lantern"
    client.post("/accounts/login/", {"login": anna.email, "password": password})
    answer = anna_client.post("/accounts/password/change/", {"oldpassword": "wrong-one", "password1": new})
    assert answer.context["form"].errors["oldpassword"] == ["This is not your current password."]

    answer = anna_client.post("/accounts/password/change/", {"oldpassword": password, "password1": new})

    anna.refresh_from_db()
    assert answer.status_code == 302
    assert anna.check_password(new)
    assert anna_client.get("/account/").status_code == 200
    assert client.get("/account/").status_code == 302


def test_password_with_the_own_shops_name_is_refused(anna_client, anna, shop, password):
    answer = anna_client.post("/accounts/password/change/", {"oldpassword": password, "password1": "anna's shop anna 1"})

    assert "easy to guess" in answer.context["form"].errors["password1"][0]


@pytest.mark.parametrize(("typed", "score", "text"), [
    ("pqz7", 1, "Too short: 4 of 15 characters."),
    ("aaaaaaaaaaaaaaaaaaaa", 0, "It repeats itself."),
    ("qwertyuiopasdfghjkl", 0, "It is on the list of passwords that are tried first."),
    ("eva example eva example", 2, "It contains your name, e-mail or shop."),
    ("purple-tractor-seventeen", 4, "Very strong."),
])
def test_strength_is_told_while_typing(client, typed, score, text):
    answer = client.post("/account/password-strength/", {"password1": typed, "email": "eva@example.com"})

    assert answer.context["score"] <= score
    assert text in answer.content.decode()
    assert typed not in answer.content.decode()


def test_seed_of_an_authenticator_app_is_not_kept_in_clear(anna, settings):
    seed = totp.generate_totp_secret()
    totp.TOTP.activate(anna, seed)

    kept = Authenticator.objects.get(user=anna).data["secret"]

    assert seed not in kept
    assert SecondFactorAdapter().decrypt(kept) == seed
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-more-than-thirty-two-characters"
    assert SecondFactorAdapter().decrypt(kept) == seed
