"""The pages for people who cannot get in, in a real browser: what they find, and how they look to everybody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.accounts.models import SigninProblem, User
from sellerdesk.accounts.services import create_user, passwords
from sellerdesk.core.models import Message
from tests.browsers import Axe

LANGUAGES = ["en", "ru", "zh-hans"]
PAGES = ["/cannot-sign-in/", "/did-you-send-this/", "/account-recovery/", "/accounts/password/reset/",
         "/accounts/login/"]


@pytest.fixture
def official(settings: Any, live_server: Any) -> None:
    settings.SITE_URL = live_server.url


def _clean(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_are_accessible_wide_and_narrow(open_browser: Any, market_ready: None, official: None,
                                                     language: str) -> None:
    for width in (1280, 360):
        page = open_browser(language, width=width)
        for address in PAGES:
            page.goto(address)
            page.wait_for_function("window.Alpine && window.desk")
            _clean(page)


def _state(page: Page, check: str, state: str) -> None:
    expect(page.locator(f"[data-check={check}]")).to_have_attribute("data-state", state)


def test_a_healthy_browser_gets_a_code_and_support_its_message(open_browser: Any, market_ready: None,
                                                              official: None) -> None:
    page = open_browser()
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Cannot sign in?").click()
    for check in ("host", "cookies", "clock", "browser", "service"):
        _state(page, check, "good")
    code = page.locator("#diagnosis-code")
    expect(code).to_have_text(re.compile(r"^CS-[2-9A-Z]{4}-[2-9A-Z]{4}$"))

    page.get_by_label("Your e-mail").fill("eva@example.com")
    page.get_by_label("What happens?").fill("The code from my app is never accepted.")
    said = code.inner_text()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Support has your message")).to_be_visible()

    row = SigninProblem.objects.get(code=said)
    assert (row.email, row.state) == ("eva@example.com", "new")
    assert row.findings["cookies"] is True
    assert abs(row.findings["clock_seconds"]) < 5
    assert row.findings["host_ok"] is True
    assert row.findings["service"] == "ok"


def test_a_wrong_clock_another_address_and_caps_lock_are_found(open_browser: Any, market_ready: None,
                                                              settings: Any) -> None:
    settings.SITE_URL = "https://sellers.example.com"
    page = open_browser()
    page.add_init_script("const real = Date.now.bind(Date); Date.now = () => real() - 95000;")
    page.goto("/cannot-sign-in/")

    _state(page, "clock", "bad")
    expect(page.locator("[data-clock-text]")).to_have_text(re.compile(r"This device is 9[45] s behind\."))
    _state(page, "host", "bad")
    page.locator("#caps-try").focus()
    page.evaluate("""document.getElementById("caps-try").dispatchEvent(
        new KeyboardEvent("keyup", {key: "A", modifierCapsLock: true, bubbles: true}))""")
    expect(page.locator(".caps-warning")).to_have_text("Caps lock is on.")
    expect(page.locator("#diagnosis-code")).not_to_be_empty()
    assert SigninProblem.objects.get().findings["host_ok"] is False


def test_without_scripts_the_advice_and_the_form_are_there(browser: Any, live_server: Any, market_ready: None,
                                                           official: None) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/cannot-sign-in/")
    page.get_by_label("Your e-mail").fill("eva@example.com")
    page.get_by_label("What happens?").fill("The page stays empty for me.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Support has your message")).to_be_visible()
    assert SigninProblem.objects.get().findings["script"] is False
    context.close()


def test_a_message_is_checked_by_its_code(open_browser: Any, market_ready: None, official: None) -> None:
    page = open_browser()
    page.goto("/accounts/password/reset/")
    page.get_by_label("E-mail").fill("nobody@example.com")
    page.get_by_role("button", name="Send me the link").click()
    from sellerdesk.core.worker import run_until_idle

    run_until_idle()
    code = Message.objects.get().code

    page.goto(f"/did-you-send-this/?code={code}")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Yes, this message is from us.")).to_be_visible()
    page.get_by_label("Code of the message").fill("SD-2222-2222")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("No, we sent no message with this code.")).to_be_visible()


def test_a_leaked_password_is_replaced_by_keyboard_alone(open_browser: Any, market_ready: None,
                                                        official: None) -> None:
    leaked = "qwertyuiopasdfghjkl"
    user = User.objects.get(pk=create_user(email="anna@example.com", password=leaked, name="Anna"))
    page = open_browser()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").focus()
    page.keyboard.type(user.email)
    page.keyboard.press("Tab")
    page.keyboard.type(leaked)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Set a new password first")).to_be_visible()
    page.locator("input[name=password1]").focus()
    page.keyboard.type(leaked)
    expect(page.locator("#strength")).to_contain_text("It is on the list of passwords that are tried first.")
    _clean(page)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("violet harbour lantern 7")
    expect(page.locator("#strength")).to_contain_text("Very strong.")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "new-password" not in url)

    user.refresh_from_db()
    assert user.check_password("violet harbour lantern 7")
    passwords.set_phrase(user_id=user.pk, phrase="green tea at dawn", info=_nowhere())
    page.goto("/account/messages/")
    _clean(page)
    page.goto("/account/phrase/")
    _clean(page)


def _nowhere() -> Any:
    from sellerdesk.accounts.types import RequestInfo

    return RequestInfo()
