"""An integrator's morning: a test shop is made, a key for it, an order is placed and time leaps; then back to work."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.core import clock, scope
from sellerdesk.sellers import queries as sellers
from tests import cookies
from tests.browsers import Axe
from tests.stall import Stall, build


@pytest.fixture
def floor(market_ready: None, shop: Any, actor: Any) -> Stall:
    return build(shop, actor, clock.now())


@pytest.fixture(autouse=True)
def _a_real_marketplace(settings: Any) -> None:
    settings.DEMO = False


def looks_right(page: Page) -> None:
    assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()


@pytest.mark.parametrize("width", [1440, 390])
def test_an_integrator_makes_a_test_shop_and_lives_a_day_in_it(open_browser: Any, anna: Any, floor: Stall, client: Any,
                                                               background: None, width: int) -> None:
    client.force_login(anna)
    cookies.prove_now(client, anna)
    page = open_browser(width=width)
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": page.context._impl_obj._options["baseURL"]}
                              for name, morsel in client.cookies.items()])
    band = page.get_by_role("complementary", name="Test shop")

    page.goto("/shop/test/")
    expect(band).to_have_count(0)
    looks_right(page)
    page.get_by_role("button", name="Create the test shop").click()
    page.get_by_role("button", name="Go to the test shop").click()
    expect(band).to_contain_text("nothing here is real")
    expect(page.get_by_role("heading", name=re.compile("TEST Anna"))).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="Create an API key").click()
    page.get_by_label("Name").fill("CI")
    page.get_by_role("checkbox", name=re.compile("^Admin\\b")).first.check()
    page.get_by_role("button", name=re.compile("Create")).click()
    expect(page.get_by_text(re.compile("sdtest_")).first).to_be_attached()

    page.goto("/market/scenarios/")
    page.get_by_label("Offer id").fill("MUG-1")
    page.get_by_role("button", name="Place the order").click()
    expect(page.get_by_text(re.compile("Ordered: "))).to_be_visible()
    page.goto("/market/")
    expect(band).to_be_visible()
    page.get_by_role("button", name="+12 h").click()
    expect(page.get_by_text("12 h later. The market is catching up.")).to_be_visible()
    looks_right(page)
    twin = sellers.twin(floor.seller)
    assert twin is not None
    clock.forget()
    with scope.one_shop(twin.id):
        assert (clock.now() - clock.real_now()).total_seconds() > 11.9 * 3600

    band.get_by_role("button").click()
    expect(band).to_have_count(0)
    assert clock.state().virtual is False
