"""One account from its first minute to the day its owner is locked out, and every page of it as all people need it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from sellerdesk.accounts.models import User
from sellerdesk.accounts.queries import factors
from sellerdesk.accounts.services import create_user
from sellerdesk.core.models import Message
from sellerdesk.sellers import queries as sellers
from tests import addresses, cookies
from tests.browsers import Axe
from tests.journeys.conftest import asks_within_seconds

PASSWORD = "five walruses juggle copper kettles"
AFTER = "seven herons borrow a paper lantern"
EMAIL, NEW_EMAIL, PHONE = "wang@example.com", "wang.fang@example.com", "+8613812345678"
COMPANY, LATIN, NUMBER, SHOP = "深圳市北风贸易有限公司", "Shenzhen North Wind Trading Co., Ltd.", "91440300708461136T", "北风小铺"
SECURITY = re.compile(r"^[^?]*/account/security/$")
CHALLENGE = re.compile(r"/account/passkey-options/")
LOGIN = re.compile(r"^[^?]*/accounts/login/")


def submit(page: Page, field: str) -> None:
    """Press the button of the form that holds a field."""
    page.locator(f"form:has([name={field}])").last.locator("button[type=submit], button:not([type])").first.click()


def choose(page: Page, name: str, value: str) -> None:
    """Pick from a select, searchable or not."""
    page.wait_for_selector(f"select[name={name}]", state="attached")
    page.wait_for_load_state("load")
    page.evaluate(
        """([name, value]) => {
            const field = document.querySelector(`select[name=${name}]`);
            if (field.tomselect) field.tomselect.setValue(value); else field.value = value;
        }""", [name, value])


def letter(to: str, holding: str, after: int = 0) -> Message:
    """The newest message to an address that holds some text; the worker may still be writing it."""
    for _second in range(40):
        found = Message.objects.filter(to=to, text__contains=holding, pk__gt=after).order_by("-pk").first()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"no message with {holding} to {to}: "
                         f"{list(Message.objects.values_list('to', 'subject', 'text'))}")


def newest() -> int:
    return Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def six_digits(to: str, after: int) -> str:
    for _second in range(40):
        for message in Message.objects.filter(to=to, pk__gt=after).order_by("-pk"):
            if found := re.search(r"(?<!\d)\d{6}(?!\d)", message.text):
                return found.group()
        time.sleep(0.5)
    raise AssertionError(f"no code to {to}")


def link(message: Message, holding: str) -> str:
    """A link of the message, as a path of the server under test."""
    found = re.search(rf"https?://[^/\s]+(\S*{holding}\S*)", message.text)
    assert found, message.text
    return found.group(1)


def authenticator(page: Page) -> Callable[[bool], object]:
    """A telephone that checks its owner, as far as the browser can tell. Gives what says whether it is at hand: one
    that is answers the sign-in field's offer of passkeys by itself.
    """
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True}})
    return lambda at_hand: session.send("WebAuthn.setAutomaticPresenceSimulation", {
        "authenticatorId": made["authenticatorId"], "enabled": at_hand})


def type_password(page: Page, email: str, password: str) -> None:
    page.goto("/accounts/login/?next=/account/security/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")


def second_step(page: Page, code: str) -> None:
    page.wait_for_url("**/2fa/authenticate/")
    page.fill("input[name=code]", code)
    submit(page, "code")


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main form button").first.click()
    page.wait_for_url(LOGIN)


def test_an_account_is_opened_guarded_used_lost_and_won_back(open_browser: Any, background: None) -> None:
    page: Page = open_browser("zh-hans")
    at_hand = authenticator(page)

    # A Chinese company that sells across the border: address, country, telephone, company, shop.
    page.goto("/accounts/signup/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password1]", PASSWORD)
    submit(page, "password1")
    page.wait_for_selector("[name=code]")
    page.fill("[name=code]", six_digits(EMAIL, 0))
    submit(page, "code")
    page.wait_for_url("**/shop/register/**")
    choose(page, "country", "CN")
    submit(page, "country")
    page.wait_for_selector("[name=new]")
    before = newest()
    page.fill("[name=new]", PHONE)
    submit(page, "new")
    page.wait_for_selector("[name=code]")
    page.fill("[name=code]", six_digits(PHONE, before))
    submit(page, "code")
    page.wait_for_selector("[name=shop_name]")
    expect(page.locator("main")).to_contain_text("CNY")
    page.fill("[name=local_name]", COMPANY)
    page.fill("[name=legal_name]", LATIN)
    page.fill("[name=registration_number]", NUMBER[:-1] + "A")
    page.fill("[name=shop_name]", SHOP)
    choose(page, "currency", "CNY")
    if page.locator("[name=accepts_offer]").count():
        page.check("[name=accepts_offer]")
    submit(page, "shop_name")
    # The check digit of the number is wrong, and only that is said.
    expect(page.locator("[name=registration_number]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    page.fill("[name=registration_number]", NUMBER)
    submit(page, "shop_name")
    page.wait_for_url("**/shop/first-steps/")
    person = User.objects.get(email=EMAIL)
    [shop] = sellers.shops_of_user(person.pk)
    assert (shop.ref.name, shop.ref.country, shop.ref.currency) == (SHOP, "CN", "CNY")
    assert (person.phone, person.language) == (PHONE, "zh-hans")

    # A passkey, and with it recovery codes.
    page.goto("/account/security/keys/new/?kind=passkey")
    if "reauthenticate" in page.url:  # who has just signed up is asked for the password once
        page.fill("[name=password]", PASSWORD)
        submit(page, "password")
    page.fill("[name=name]", "我的手机")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/recovery-codes/")
    page.locator("button[name=make]").click()
    codes = page.locator(".codes li").all_inner_texts()
    page.fill("[name=code]", codes[0])
    submit(page, "code")
    page.wait_for_url(SECURITY)
    expect(page.locator("main")).to_contain_text("我的手机")

    # An authenticator app: two codes, the one before and the one now.
    page.goto("/account/security/app/")
    page.locator(".cant-scan summary").click()
    app = pyotp.TOTP(page.locator(".key-text .mono").inner_text().replace(" ", ""))
    shown = int(time.time())
    page.fill("[name=first]", app.at(shown - 30))
    page.fill("[name=second]", app.at(shown))
    submit(page, "second")
    page.wait_for_url(SECURITY)
    have = factors(person.pk)
    assert have.totp is not None
    assert [key.name for key in have.keys] == ["我的手机"]

    # In by password and app. The code that set it up is spent.
    at_hand(False)
    sign_out(page)
    type_password(page, EMAIL, PASSWORD)
    second_step(page, app.at(shown))
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    page.fill("input[name=code]", app.at(max(int(time.time()), shown + 30)))
    submit(page, "code")
    page.wait_for_url(SECURITY)

    # In by passkey, without a password.
    sign_out(page)
    with page.expect_response(CHALLENGE):  # of what the field offers by itself, which a device at hand would answer
        page.goto("/accounts/login/?next=/account/security/")

    def take_the_device(route: Any) -> None:
        # The button has withdrawn the field's offer and asks the device next: now, and no sooner or later, it is there.
        at_hand(True)
        route.continue_()

    page.route(CHALLENGE, take_the_device)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(SECURITY)
    page.unroute(CHALLENGE)
    at_hand(False)

    # In by telephone: its code stands for the password only, the second step is asked all the same.
    sign_out(page)
    page.locator("a[href*='/accounts/phone/']").click()
    before = newest()
    page.fill("[name=phone]", PHONE)
    submit(page, "phone")
    page.wait_for_url("**/accounts/phone/code/")
    page.fill("[name=code]", six_digits(PHONE, before))
    submit(page, "code")
    second_step(page, codes[1])
    page.wait_for_function("!location.pathname.startsWith('/accounts/')")

    # Another address, proven from both sides.
    page.goto("/account/contacts/")
    before = newest()
    page.fill("#email [name=new]", NEW_EMAIL)
    page.locator("#email form:has([name=new]) button").click()
    page.wait_for_selector("#email [name=code]")
    page.fill("#email [name=code]", six_digits(NEW_EMAIL, before))
    page.locator("#email form:has([name=code]) button.btn-primary").click()
    expect(page.locator("#email .step-mark.done")).to_have_count(1)
    assert User.objects.get(pk=person.pk).email == EMAIL
    asked = letter(EMAIL, "/account/contacts/confirm/", before)
    # Times in mails are the reader's own, and say whose.
    assert User.objects.get(pk=person.pk).time_zone in asked.text
    page.goto(link(asked, "/account/contacts/confirm/"))
    page.locator("main form button").first.click()
    page.goto("/account/contacts/")
    expect(page.locator("#email .contact-now")).to_contain_text(NEW_EMAIL)

    # A tab that was left open elsewhere is ended from here, and shows it within five seconds.
    elsewhere: Page = open_browser("en", 390, 844)
    type_password(elsewhere, NEW_EMAIL, PASSWORD)
    second_step(elsewhere, codes[2])
    elsewhere.wait_for_url(SECURITY)
    elsewhere.goto("/products/")
    elsewhere.wait_for_load_state("load")
    page.goto("/accounts/sessions/")
    page.locator("form[action*='/account/sessions/'] button").click()
    assert asks_within_seconds() < 5
    elsewhere.wait_for_url(LOGIN)
    expect(page.locator("main")).not_to_contain_text("iPhone")
    assert page.goto("/account/").status == 200  # type: ignore[union-attr]

    # Somebody guesses until the account is shut for strangers.
    sign_out(page)
    stranger: Page = open_browser("en")
    for _guess in range(10):
        assert stranger.request.post("/accounts/login/", form={
            "login": NEW_EMAIL, "password": "not this one at all",
            "csrfmiddlewaretoken": _token(stranger)}, headers={"Referer": stranger.url}).status == 200
    type_password(stranger, NEW_EMAIL, PASSWORD)
    expect(stranger.get_by_role("alert").filter(has_text="You can try again in")).to_be_visible()

    # The owner has lost the password too: what is wrong here, a link by mail, and still the second step.
    page.goto("/accounts/login/")
    page.locator("a[href*='/cannot-sign-in/']").first.click()
    expect(page.locator("#diagnosis-code")).not_to_be_empty()
    expect(page.locator("[data-check=cookies]")).to_have_attribute("data-state", "good")
    page.goto("/accounts/password/reset/")
    before = newest()
    page.fill("[name=email]", NEW_EMAIL)
    submit(page, "email")
    page.wait_for_url("**/password/reset/done/")
    path = link(letter(NEW_EMAIL, "/password/reset/key/", before), "/password/reset/key/")
    page.goto(path)
    page.fill("[name=password1]", AFTER)
    submit(page, "password1")
    page.wait_for_url("**/reset/key/done/")
    assert page.goto("/account/").url.endswith("/accounts/login/?next=/account/")  # type: ignore[union-attr]
    page.goto(path)
    expect(page.locator("[name=password1]")).to_have_count(0)

    # The device is known, so the siege does not keep its owner out; the telephone is gone, so a recovery code serves.
    type_password(page, NEW_EMAIL, AFTER)
    second_step(page, codes[2])
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    page.fill("input[name=code]", codes[3])
    submit(page, "code")
    page.wait_for_url(SECURITY)
    assert factors(person.pk).recovery_left == 7

    # All of it stands in the history.
    page.goto("/account/history/")
    expect(page.locator("main tbody tr, main li, main article").first).to_be_visible()


def test_a_button_pressed_at_once_asks_after_the_field_has_its_answer(open_browser: Any, market_ready: None) -> None:
    """The server keeps the newest challenge: of two on their way at once the field's might arrive last."""
    page: Page = open_browser("en")
    authenticator(page)(False)
    asked: list[Any] = []
    page.route(CHALLENGE, lambda route: asked.append(route))
    with page.expect_request(CHALLENGE):
        page.goto("/accounts/login/")

    page.locator("form[data-passkey] button").click()
    expect(page.locator("form[data-passkey]")).to_have_attribute("aria-busy", "true")
    assert len(asked) == 1
    with page.expect_request(CHALLENGE):
        asked[0].continue_()


def _token(page: Page) -> str:
    if not page.url.endswith("/accounts/login/"):
        page.goto("/accounts/login/")
    return page.locator("[name=csrfmiddlewaretoken]").first.input_value()


# -- without a mouse ---------------------------------------------------------------------------------------------------


def tab_to(page: Page, wanted: str, most: int = 60) -> None:
    """Reach an element by the Tab key alone, and see where one is all the way."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            ring = page.evaluate("""() => { const style = getComputedStyle(document.activeElement);
                return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }""")
            assert ring, f"{wanted} does not show that it is chosen"
            return
    raise AssertionError(f"{wanted} is out of reach of the keyboard on {page.url}")


def test_the_keyboard_alone_signs_in_and_sets_up_an_app(open_browser: Any, market_ready: None) -> None:
    """Every control is reached by Tab, so nothing here would work if one needed a mouse or lost the focus."""
    person = create_user(email="eva@example.com", password=PASSWORD, name="Eva", language="en")
    page: Page = open_browser("en")
    page.goto("/accounts/login/?next=/account/security/")
    if page.evaluate("document.activeElement.name") != "login":
        tab_to(page, "[name=login]")
    page.keyboard.type("eva@example.com")
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    tab_to(page, "form button.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(SECURITY)
    tab_to(page, "a[href='/account/security/app/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/security/app/")
    tab_to(page, ".cant-scan summary")
    page.keyboard.press("Space")
    app = pyotp.TOTP(page.locator(".key-text .mono").inner_text().replace(" ", ""))
    tab_to(page, "[name=first]")
    shown = int(time.time())
    page.keyboard.type(app.at(shown - 30))
    tab_to(page, "[name=second]")
    page.keyboard.type(app.at(shown))
    tab_to(page, "form button.btn-primary")
    page.keyboard.press("Space")
    page.wait_for_url("**/recovery-codes/")
    tab_to(page, "button[name=make]")
    page.keyboard.press("Enter")
    code = page.locator(".codes li").first.inner_text()
    tab_to(page, "[name=code]")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url(SECURITY)
    assert factors(person).recovery_left == 10

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/account/security/")
    if page.evaluate("document.activeElement.name") != "login":
        tab_to(page, "[name=login]")
    page.keyboard.type("eva@example.com")
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/2fa/authenticate/")
    if page.evaluate("document.activeElement.name") != "code":
        tab_to(page, "[name=code]")
    page.keyboard.type(app.at(max(int(time.time()), shown + 30)))
    page.keyboard.press("Enter")
    page.wait_for_url(SECURITY)


# -- for everybody -----------------------------------------------------------------------------------------------------

ACCOUNT = ("/account/", "/accounts/", "/account-recovery/", "/cannot-sign-in/", "/did-you-send-this/", "/shop/")
# Answers that are no pages, or that end the visit.
NOT_PAGES = ("/file/", "/export/", "/time/", "/country/")


def account_pages() -> list[str]:
    return [one.path for one in addresses.every({"kind": "email"})
            if one.path.startswith(ACCOUNT) and not any(part in one.path for part in NOT_PAGES)]


def seen_in(page: Page, paths: list[str]) -> tuple[int, list[Any]]:
    """How many pages opened, and what axe calls serious or critical on them."""
    seen: set[str] = set()
    found = []
    for path in paths:
        answer = page.request.get(path)
        # Parts that pages fetch have no head of their own.
        if answer.status == 405 or b"<html" not in answer.body()[:500]:
            continue
        page.goto(path)
        if page.url.split("?")[0] in seen:
            continue
        seen.add(page.url.split("?")[0])
        for one in Axe().run(page).response["violations"]:
            if one["impact"] in ("serious", "critical"):
                found.append((path, one["id"], [node["target"] for node in one["nodes"]][:3]))
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append((path, "wider than the window", []))
    return len(seen), found


@pytest.mark.parametrize(("share", "language", "width", "height"), [
    (0, "en", 1440, 900), (1, "ru", 390, 844), (2, "zh-hans", 768, 1024)])
def test_no_account_page_shuts_anybody_out(open_browser: Any, market_ready: None, live_server: Any, share: int,
                                           language: str, width: int, height: int) -> None:
    """A third of the pages in each language and width: all of them in all would be minutes more."""
    from sellerdesk.core import clock
    from sellerdesk.core.actor import Actor
    from sellerdesk.sellers import services

    person = User.objects.get(pk=create_user(email="eva@example.com", password=PASSWORD, name="Eva", language=language))
    services.register_shop(
        user_id=person.pk, legal_name="Eva LLC", country="RU", registration_number="7707083893", shop_name="Eva",
        currency="RUB", time_zone="Europe/Moscow", language=language, actor=Actor.user(person.pk, "Eva"),
        now=clock.now())
    page: Page = open_browser(language, width, height)
    guests, found = seen_in(page, account_pages()[share::3])
    assert found == []

    client = Client()
    client.force_login(person)
    cookies.prove_now(client, person)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "url": live_server.url,
                               "value": client.cookies[settings.SESSION_COOKIE_NAME].value}])
    members, found = seen_in(page, [path for path in account_pages()[share::3] if path != "/accounts/logout/"])
    assert found == []
    assert guests >= 2
    assert members >= 5
