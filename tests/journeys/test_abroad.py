"""What a shop abroad sees of limits, customs and Latin letters, in a real browser: readable, accessible, no wider than
the screen."""

from __future__ import annotations

import os
from dataclasses import replace
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
def stall_of(market_ready: None) -> Any:
    def make(language: str) -> Stall:
        clara = create_user(email="clara@example.com", password=PASSWORD, name="Clara", language=language)
        actor = Actor.user(clara, "Clara")
        shop = sellers.register_shop(
            user_id=clara, legal_name="Clara Trading Co.", country="CN", registration_number="91440300708461136T",
            shop_name="Clara Trade", currency="CNY", time_zone="Asia/Shanghai", language=language, actor=actor,
            now=clock.now())
        return build(shop, actor, clock.now())

    return make


@pytest.mark.parametrize(("width", "language", "scheme"), [(1440, "ru", "light"), (390, "zh-hans", "dark")])
def test_a_parcel_that_is_too_much_is_divided_as_suggested(width: int, language: str, scheme: str, open_browser: Any,
                                                           stall_of: Any) -> None:
    for tariff in ("sinotrek.standard", "tundra.cargo"):
        since = datetime(2021, 1, 1, tzinfo=UTC)
        value = dated.get("logistics.tariff", tariff, since).value
        limits = {**value["limits"], "max_units": 12 if tariff == "tundra.cargo" else 20}
        dated.put("logistics.tariff", tariff, {**value, "limits": limits}, valid_from=since, source="test")
    stall = stall_of(language)
    [number] = stall.place(replace(stall.request((stall.mug, 9), (stall.pan, 6), buyer="Юлия Щукина"),
                                   address="ул. Ленина, 5"))
    page: Page = open_browser(width=width)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"/accounts/login/?next=/orders/{number}/")
    page.fill("input[name=login]", "clara@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: urlsplit(address).path == f"/orders/{number}/")
    look(page, f"abroad-posting-{width}")
    page.goto("/orders/")
    expect(page.get_by_text({"ru": "Разделить", "zh-hans": "待拆分"}[language]).first).to_be_visible()
    page.goto("/shop/company/")
    look(page, f"abroad-company-{width}")

    page.goto(f"/orders/{number}/packages")
    look(page, f"abroad-packages-{width}")
    page.locator("button[name=act][value=pack]").click()

    expect(page.locator("form[action$='/hand-over']")).to_be_visible()
    assert len(queries.siblings(stall.seller, queries.posting(stall.seller, number).order_id)) == 2
