"""People and programs of a shop in a real browser: invite, accept, bound, try a role on, replace a key."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import create_user
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Message
from sellerdesk.sellers import queries, services
from sellerdesk.sellers.queries import team
from sellerdesk.sellers.services import approvals, calls, joining, roles, security
from sellerdesk.sellers.types import CallNote
from tests.browsers import Axe

PASSWORD = "violet-harbour-lantern-seven"
SHOTS = os.environ.get("SHOTS", "")


def _person(email: str, name: str, language: str = "en") -> User:
    return User.objects.get(pk=create_user(email=email, password=PASSWORD, name=name, language=language))


def _shop(owner: User, language: str = "en") -> Any:
    return services.register_shop(
        user_id=owner.pk, legal_name="Eva LLC", country="RU", registration_number="7707083893", shop_name="Eva's mugs",
        currency="RUB", time_zone="Europe/Moscow", language=language, actor=Actor.user(owner.pk, owner.name),
        now=clock.now())


def _sign_in(page: Page, email: str, to: str) -> None:
    page.goto(f"/accounts/login/?next={to}")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: urlsplit(address).path == to)


def _look(page: Page, name: str) -> None:
    """Nothing that shuts people out, nothing wider than the window; a picture where one is asked for."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_somebody_is_invited_by_keyboard_accepts_and_is_bounded(open_browser, market_ready):
    eva = _person("eva@example.com", "Eva")
    nils = _person("nils@example.com", "Nils")
    shop = _shop(eva)
    page = open_browser()
    _sign_in(page, "eva@example.com", "/shop/team/")

    page.get_by_role("link", name="Invite somebody").focus()
    page.keyboard.press("Enter")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type("nils@example.com")
    page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("gets a mail with a link")).to_be_visible()
    link = re.search(r"/invitation/[\w-]+/", Message.objects.get(to="nils@example.com", subject__contains="invites").text)

    other = open_browser()
    other.goto(link[0])
    _look(other, "invitation-guest")
    other.get_by_role("link", name="Sign in").click()
    other.fill("input[name=login]", "nils@example.com")
    other.fill("input[name=password]", PASSWORD)
    other.keyboard.press("Enter")
    other.get_by_role("button", name="Accept").click()
    expect(other.get_by_text("Welcome to")).to_be_visible()
    assert team.member(shop, nils.pk).terms.role == "product"

    page.goto(f"/shop/team/{nils.pk}/")
    page.get_by_text("End and limits").click()
    page.get_by_label("Prices by at most, percent a day").fill("10")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("prices by at most 10 % a day").first).to_be_visible()
    _look(page, "member")
    page.get_by_role("button", name="End the access now").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text("no longer has access")).to_be_visible()
    other.goto("/products/")
    expect(other).to_have_url(re.compile("/shop/register/"))


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("ru", 390), ("zh-hans", 1440)])
def test_pages_of_people_roles_and_keys_shut_nobody_out(open_browser, market_ready, language, width):
    eva = _person("eva@example.com", "Eva", language)
    shop = _shop(eva, language)
    actor, now = Actor.user(eva.pk, "Eva"), clock.real_now()
    made = services.create_key(seller=shop, name="Stock sync", roles=["Warehouse", "Price"], life_days=10, actor=actor,
                               networks=["203.0.113.0/24"], user_id=eva.pk, real_now=now)
    for status in (200, 200, 403, 429):
        services.note_call(CallNote(made.id, shop.id, now, "/v2/products/stocks", status, 0 if status == 200 else 7, 12,
                                    "203.0.113.7", "0193a5d2e1f04c7b"))
    calls.flush_calls()
    role = roles.create_role(seller=shop, name="Night shift", rights=["orders:posting:view"], actor=actor, real_now=now)
    page = open_browser(language, width)
    _sign_in(page, "eva@example.com", "/shop/team/")
    for name, address in (("team", "/shop/team/"), ("invite", "/shop/team/invite/"), ("member", f"/shop/team/{eva.pk}/"),
                          ("roles", "/shop/roles/"), ("role", f"/shop/roles/{role}/"), ("keys", "/shop/keys/"),
                          ("key-new", "/shop/keys/new/"), ("key", f"/shop/keys/{made.id}/")):
        page.goto(address)
        expect(page.locator("main h1")).to_be_visible()
        _look(page, f"{name}-{language}-{width}")

    page.goto("/shop/keys/new/")
    page.locator("details.role-methods summary").first.click()
    _look(page, f"key-new-open-{language}-{width}")
    page.goto(f"/shop/keys/{made.id}/")
    page.locator(f"form[action$='/{made.id}/rotate/'] button").click()
    expect(page.get_by_text("sd_").first).to_be_visible()
    _look(page, f"key-made-{language}-{width}")
    assert queries.key(shop, made.id).state_at(now) == "replaced"


@pytest.mark.parametrize(("language", "width", "scheme"), [("ru", 390, "dark"), ("zh-hans", 1440, "light")])
def test_pages_of_rules_and_of_the_shop_itself_shut_nobody_out(open_browser, market_ready, language, width, scheme):
    eva, nils, olaf = (_person(f"{name.lower()}@example.com", name, language) for name in ("Eva", "Nils", "Olaf"))
    shop = _shop(eva, language)
    actor, now = Actor.user(eva.pk, "Eva"), clock.real_now()
    services.add_member(seller=shop, user_id=nils.pk, role="owner", label="Nils", actor=actor, now=now)
    approvals.set_two_people(seller=shop, kinds=["key_write", "shop_close"], actor=actor, real_now=now)
    for kind, label, person in (("key_write", "Stock sync", nils), ("shop_close", shop.name, eva)):
        approvals.ask(seller=shop, kind=kind, label=label, wish={}, actor=Actor.user(person.pk, person.name),
                      real_now=now)
    security.set_session_limits(seller=shop, role="finance", idle_minutes=10, life_hours=8, actor=actor, now=now)
    joining.ask(user_id=olaf.pk, country="RU", registration_number="7707083893", text="I pack at night",
                actor=Actor.user(olaf.pk, "Olaf"), real_now=now)
    page = open_browser(language, width)
    page.emulate_media(color_scheme=scheme)
    _sign_in(page, "eva@example.com", "/shop/team/")
    for name, address in (("joining", "/shop/team/"), ("approvals", "/shop/approvals/"), ("rules", "/shop/security/"),
                          ("closing", "/shop/closing/"), ("name", "/shop/name/"), ("holiday", "/shop/holiday/"),
                          ("role-new", "/shop/roles/new/"), ("sessions", "/accounts/sessions/")):
        page.goto(address)
        expect(page.locator("main h1")).to_be_visible()
        _look(page, f"{name}-{language}-{width}-{scheme}")


def test_a_role_is_tried_on_from_the_list_and_left_by_the_banner(open_browser, market_ready):
    eva = _person("eva@example.com", "Eva")
    _shop(eva)
    page = open_browser()
    _sign_in(page, "eva@example.com", "/shop/roles/")

    page.get_by_role("row", name=re.compile("Assembler")).get_by_role("button").first.click()

    expect(page.get_by_text("You look at the shop as “Assembler, courier”").first).to_be_visible()
    expect(page.locator(".nav-entry", has_text="API keys")).to_have_count(0)
    page.goto("/orders/")
    _look(page, "preview")
    page.get_by_role("button", name="Back to my own role").click()
    expect(page.locator(".nav-entry", has_text="API keys")).to_have_count(1)
