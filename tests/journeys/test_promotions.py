"""A seller looks what is left of a price, moves a slider, and joins a promotion of the marketplace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.types import Terms
from tests import cookies
from tests.browsers import Axe
from tests.stall import Stall, build

pytestmark = pytest.mark.browser


@pytest.fixture
def shelf(market_ready: None, shop: Any, actor: Any) -> Stall:
    stall = build(shop, actor, clock.now())
    pricing.set_prices(seller=shop, actor=Actor.system("test"), now=clock.now(), changes=[
        PriceInput(product_id=stall.mug, cost="400", min_price="600")])
    return stall


@pytest.fixture
def desk(open_browser: Any, anna: Any, shelf: Stall, client: Any) -> Page:
    client.force_login(anna)
    cookies.prove_now(client, anna)
    page = open_browser()
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": page.context._impl_obj._options["baseURL"]}
                              for name, morsel in client.cookies.items()])
    return page


def test_a_slider_shows_what_would_be_left_and_a_product_joins_a_promotion(desk: Page, shelf: Stall) -> None:
    now = clock.now()
    action = services.create_platform(actor=Actor.operator(1, "Olga"), now=now, terms=Terms(
        "platform", "Autumn", now, now + timedelta(days=7), discount_bp=1000))
    services.publish(action_id=action, actor=Actor.operator(1, "Olga"), now=now)

    desk.goto(f"/economics/{shelf.mug}/")
    expect(desk.locator(".parts")).to_contain_text("Units that come back")
    before = desk.locator(".parts-total").inner_text()
    desk.get_by_label("Change the price by").fill("20")
    expect(desk.locator(".parts").get_by_text("₽1,200.00")).to_be_visible()
    expect(desk.locator(".parts-total")).not_to_have_text(before)

    desk.goto("/promotions/")
    desk.get_by_role("link", name="Autumn").first.click()
    desk.get_by_label("MUG-1", exact=True).check()
    desk.get_by_label("Price in it, MUG-1").fill("850")
    desk.get_by_role("button", name="Join or change with the ticked").click()
    expect(desk.get_by_text("Done for 1 product.")).to_be_visible()
    assert queries.buyer_prices(shelf.seller, [shelf.mug], clock.now())[shelf.mug].price_minor == 850_00

    desk.goto("/prices/grid/")
    expect(desk.locator(".sheet-info")).to_contain_text("Returns 3%")
    for address in (f"/economics/{shelf.mug}/", f"/promotions/{action}/", "/promotions/", "/promotions/own/"):
        desk.goto(address)
        found = Axe().run(desk, options={"runOnly": ["wcag2a", "wcag2aa"]})
        assert found.violations_count == 0, found.generate_report()
