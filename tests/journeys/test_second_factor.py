"""Second steps in a real browser: a passkey on Chromium's own authenticator, an app by keyboard alone."""

from __future__ import annotations

import re
import time

import pyotp
import pytest
from playwright.sync_api import Page, expect

from sellerdesk.accounts.models import User
from sellerdesk.accounts.queries import factors
from sellerdesk.accounts.services import create_user
from sellerdesk.core.models import Message
from tests.browsers import Axe

OVERVIEW = re.compile(r"^[^?]*/account/security/$")
PASSWORD = "violet-harbour-lantern-seven"


def _person(language: str = "en") -> User:
    return User.objects.get(pk=create_user(email="eva@example.com", password=PASSWORD, name="Eva", language=language))


def _authenticator(page: Page, *, listed: bool = False) -> None:
    """A telephone that checks its owner, as far as the browser can tell.

    `listed`: the browser offers passkeys in the list of the sign-in field. This one presses by itself, so it would sign
    in wherever somebody means to type.
    """
    if not listed:
        page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = undefined")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True}})


def _sign_in(page: Page) -> None:
    page.goto("/accounts/login/?next=/account/security/")
    page.fill("input[name=login]", "eva@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")


def _next_code(app: pyotp.TOTP, after: str) -> str:
    """Waits, as a person does, until the app shows another code."""
    while (code := app.now()) == after:
        time.sleep(0.5)
    return code


def _clean(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_A10_a_passkey_is_added_and_then_signs_in_without_a_password(open_browser, market_ready):
    person = _person()
    page = open_browser()
    _authenticator(page)
    _sign_in(page)

    page.get_by_role("link", name="Add a passkey").first.click()
    page.fill("input[name=name]", "My laptop")
    page.get_by_role("button", name="Make the passkey").click()
    # The first second step leads on to recovery codes.
    page.get_by_role("button", name="Make ten codes").click()
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert codes[0] in download.value.path().read_text()
    page.fill("input[name=code]", codes[3].lower())
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("Your account is well protected")).to_be_visible()
    expect(page.get_by_text("My laptop")).to_be_visible()
    page.goto("/account/security/recovery-codes/")
    expect(page.locator(".codes")).to_have_count(0)

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/account/security/")
    # Where a passkey was made, it comes first.
    assert page.locator("main form button.btn-primary").first.inner_text().strip() == "Sign in with a passkey"
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("last used")).to_be_visible()
    assert page.url.endswith("/account/security/")
    assert factors(person.pk).keys[0].last_used_at is not None


def test_an_account_begins_with_a_passkey_and_the_sign_in_field_offers_it(open_browser, market_ready):
    page = open_browser()
    _authenticator(page, listed=True)
    page.goto("/accounts/signup/")
    page.fill("input[name=email]", "olga@example.com")
    page.get_by_role("button", name="With a passkey, without a password").click()
    page.wait_for_url("**/confirm-email/")
    [code] = re.findall(r"\b(\d{6})\b", Message.objects.get(to="olga@example.com").subject)
    page.fill("input[name=code]", code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/signup/passkey/")
    _clean(page)
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/recovery-codes/?next=*")
    page.get_by_role("link", name="Later").click()
    page.wait_for_url("**/shop/register/")
    assert not User.objects.get(email="olga@example.com").has_usable_password()

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/account/security/")
    page.wait_for_url(OVERVIEW)
    expect(page.get_by_text("none; you sign in with a passkey")).to_be_visible()


def test_A09_the_keyboard_alone_sets_up_an_app_and_signs_in_with_it(open_browser, market_ready):
    _person()
    page = open_browser()
    _sign_in(page)
    page.wait_for_url(OVERVIEW)

    page.get_by_role("link", name="Set up", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/security/app/")
    page.locator("summary", has_text="I cannot scan it").focus()
    page.keyboard.press("Enter")
    app = pyotp.TOTP(page.locator(".key-text .mono").inner_text().replace(" ", ""))
    page.locator("input[name=first]").focus()
    first = app.now()
    page.keyboard.type(first)
    page.keyboard.press("Tab")
    second = _next_code(app, first)
    page.keyboard.type(second)
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes/")
    page.get_by_role("button", name="Make ten codes").focus()
    page.keyboard.press("Enter")
    code = page.locator(".codes li").first.inner_text()
    page.locator("input[name=code]").focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your account is well protected")).to_be_visible()

    page.context.clear_cookies()
    _sign_in(page)
    page.wait_for_url("**/2fa/authenticate/")
    page.keyboard.type(second)
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("This code is wrong"))).to_be_visible()
    page.locator("input[name=code]").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(_next_code(app, second))
    page.keyboard.press("Enter")
    page.wait_for_url(OVERVIEW)


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("ru", 390), ("zh-hans", 1440)])
def test_pages_of_second_steps_are_accessible_in_every_language(open_browser, market_ready, language, width):
    _person(language)
    page = open_browser(language, width)
    _authenticator(page)
    _clean_login(page)
    _sign_in(page)
    page.wait_for_url(OVERVIEW)
    _clean(page)
    for address in ("app/", "keys/new/?kind=passkey", "keys/new/?kind=key"):
        page.goto(f"/account/security/{address}")
        _clean(page)
    page.goto("/account/security/keys/new/?kind=passkey")
    page.fill("input[name=name]", "Key")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/recovery-codes/")
    page.locator("button[name=make]").click()
    page.locator(".codes").wait_for()
    _clean(page)
    page.goto("/account/security/")
    _clean(page)
    page.context.clear_cookies()
    _sign_in(page)
    page.wait_for_url("**/2fa/authenticate/")
    _clean(page)


def _clean_login(page: Page) -> None:
    page.goto("/accounts/login/")
    _clean(page)
