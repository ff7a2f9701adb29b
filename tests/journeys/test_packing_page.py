"""What packing asks and how a posting is divided, in a real browser: by hand, by keyboard, in both themes."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.accounts.services import create_user
from sellerdesk.core import clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.orders import queries
from sellerdesk.sellers import services as sellers
from tests.browsers import Axe
from tests.stall import Stall, build

PASSWORD = "violet-harbour-lantern-seven"
SHOTS = os.environ.get("SHOTS", "")


def look(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def stall(market_ready: None) -> Stall:
    anna = create_user(email="anna@example.com", password=PASSWORD, name="Anna")
    actor = Actor.user(anna, "Anna")
    shop = sellers.register_shop(
        user_id=anna, legal_name="Anna LLC", country="RU", registration_number="7707083893", shop_name="Anna's mugs",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=actor, now=clock.now())
    return build(shop, actor, clock.now())


def sign_in(page: Page, to: str) -> None:
    page.goto(f"/accounts/login/?next={to}")
    page.fill("input[name=login]", "anna@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: urlsplit(address).path == to)


@pytest.mark.parametrize("width", [1440, 390])
def test_answers_are_given_before_the_button_turns_active(width: int, open_browser: Any, stall: Stall) -> None:
    for need in ("mandatory_mark", "country", "gtd", "weight"):
        dated.put("orders.packing_needs", need, {"goods": [{"types": [91101], "shops": "all"}]},
                  valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")
    [number] = stall.place(stall.request((stall.mug, 2)))
    sku = stall.sku(stall.mug)
    page: Page = open_browser(width=width)
    sign_in(page, f"/orders/{number}/")

    expect(page.locator("button:has-text('Pack')").first).to_be_disabled()
    look(page, f"units-posting-{width}")
    page.locator("a:has-text('Fill in')").first.click()
    page.select_option(f"#country-{sku}", "TR")
    for at in range(2):
        page.fill(f"[name=mandatory_mark-{sku}-{at}]", f"010460000000001521SERIAL00000{at}")
        page.fill(f"[name=weight-{sku}-{at}]", "900" if at else "310")
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("does not fit the card")
    look(page, f"units-wrong-{width}")
    page.fill(f"[name=weight-{sku}-1]", "305")
    page.check(f"#gtd-{sku}-0-absent")
    page.fill(f"[name=gtd-{sku}-1]", "10702030/230521/0123456")
    page.locator("main form button.btn-primary").click()

    page.wait_for_url(f"**/orders/{number}/")
    look(page, f"units-done-{width}")
    page.locator(f"form[action$='{number}/pack'] button").click()
    expect(page.locator("main")).to_contain_text("Print label")
    assert queries.posting(stall.seller, number).state == "awaiting_deliver"


@pytest.mark.parametrize("width", [1440, 390])
def test_units_are_dragged_between_parcels_or_typed(width: int, open_browser: Any, stall: Stall) -> None:
    [number] = stall.place(stall.request((stall.mug, 2), (stall.pan, 1)))
    mug, pan = stall.sku(stall.mug), stall.sku(stall.pan)
    page: Page = open_browser(width=width)
    sign_in(page, f"/orders/{number}/packages")

    expect(page.locator(".board-parcel").nth(0).locator("li")).to_have_count(3)
    page.locator(".board-parcel").nth(0).locator("li").first.drag_to(page.locator(".board-units").nth(1))
    expect(page.locator(f"[name=q-{mug}-1]")).to_have_value("1")
    expect(page.locator(f"[name=q-{mug}-0]")).to_have_value("1")
    look(page, f"parcels-{width}")
    # The same by keyboard.
    page.fill(f"[name=q-{pan}-0]", "0")
    page.fill(f"[name=q-{pan}-1]", "1")
    expect(page.locator(".board-parcel").nth(1).locator("li")).to_have_count(2)
    page.locator("button[value=split]").click()

    page.wait_for_url(f"**/orders/{number}/")
    parts = queries.cards(stall.seller, [number, f"{number[:-1]}2"])
    assert [[(line.sku, line.quantity) for line in card.lines] for card in parts] == [
        [(mug, 1)], [(mug, 1), (pan, 1)]]
    assert {card.state for card in parts} == {"awaiting_packaging"}
