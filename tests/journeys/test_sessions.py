"""Sessions as people meet them: a page that leaves when its session ends, a warning before, what was typed kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.accounts import sessions as engine
from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import create_user
from sellerdesk.core.models import Message
from tests.browsers import Axe
from tests.journeys.conftest import asks_within_seconds

PASSWORD = "correct-horse-battery-staple"
EVA = "eva@example.com"


@pytest.fixture
def eva(market_ready: None, live_server: Any, settings: Any) -> User:
    settings.SITE_URL = live_server.url
    return User.objects.get(pk=create_user(email=EVA, password=PASSWORD, name="Eva"))


def sign_in(page: Page, to: str = "/account/") -> None:
    page.goto(f"/accounts/login/?next={to}")
    page.locator("#id_login").fill(EVA)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")


def accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_B03_an_open_page_leaves_within_five_seconds_and_gives_back_what_was_typed(open_browser: Any, eva: User) -> None:
    phone, desk = open_browser(), open_browser()
    sign_in(phone)
    expect(phone).to_have_url(re.compile("/account/$"))
    phone.get_by_label("Your name").fill("Eva Maria, not saved yet")
    sign_in(desk, "/accounts/sessions/")
    desk.get_by_role("button", name="End all others").click()
    desk.locator("#confirm-ok").click()
    expect(desk.get_by_text("1 other session has ended.")).to_be_visible()
    assert asks_within_seconds() < 5

    phone.wait_for_url(re.compile(r"/accounts/login/\?next=%2Faccount%2F"))

    phone.locator("#id_login").fill(EVA)
    phone.locator("#id_password").fill(PASSWORD)
    phone.locator("#id_password").press("Enter")
    expect(phone.get_by_label("Your name")).to_have_value("Eva Maria, not saved yet")
    expect(phone.get_by_text("What you had typed is back.")).to_be_visible()
    assert User.objects.get(pk=eva.pk).name == "Eva"
    # Once: a page that was left on purpose gives nothing back.
    phone.reload()
    expect(phone.get_by_label("Your name")).to_have_value("Eva")


def test_B02_the_page_warns_and_a_key_press_keeps_the_session(open_browser: Any, eva: User, settings: Any,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SESSION_IDLE_SECONDS = 124
    monkeypatch.setattr(engine, "TOUCH_SECONDS", 1)
    page = open_browser()
    sign_in(page)
    warning = page.get_by_role("dialog", name="You will be signed out soon")
    expect(warning).to_be_visible(timeout=15_000)
    expect(warning.locator("[data-session-left]")).to_have_text(re.compile(r"^(2:00|1:\d\d)$"))
    accessible(page)
    stay = warning.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_focused()

    page.keyboard.press("Enter")

    expect(warning).to_be_hidden()
    page.wait_for_timeout(1000)
    expect(page).to_have_url(re.compile("/account/$"))


def test_B02_a_page_left_alone_is_left(open_browser: Any, eva: User, settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS = 8
    page = open_browser()
    sign_in(page)
    expect(page.get_by_role("dialog")).to_be_visible()

    page.wait_for_url(re.compile("/accounts/login/"), timeout=20_000)


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_A15_a_new_device_is_confirmed_with_the_keyboard_and_listed(open_browser: Any, eva: User, settings: Any,
                                                                   language: str) -> None:
    settings.NEW_DEVICE_CODE = True
    User.objects.filter(pk=eva.pk).update(language=language, phrase="blue heron at dusk")
    page = open_browser(language, width=390, height=844)
    page.goto("/accounts/login/")
    accessible(page)
    sign_in(page, "/accounts/sessions/")
    expect(page).to_have_url(re.compile("/accounts/new-device/"))
    accessible(page)
    expect(page.locator("#id_code")).to_be_focused()
    found = re.search(r"\d{6}", Message.objects.latest("pk").subject)
    assert found
    page.keyboard.type(found[0])
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/accounts/sessions/$"))
    accessible(page)
    expect(page.locator(".plain-list").first.locator("li")).to_have_count(1)
    page.goto("/accounts/phone/")
    page.context.clear_cookies(name="sessionid")
    for address in ("/accounts/phone/", "/accounts/login/"):
        page.goto(address)
        accessible(page)
    expect(page.get_by_text("blue heron at dusk")).to_be_visible()
