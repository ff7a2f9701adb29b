"""A shop brings a parcel to its buyer itself, from a telephone, and looks up whom to call."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.core import clock
from sellerdesk.orders import queries
from tests import cookies
from tests.browsers import Axe
from tests.stall import build


def _look(page: Page) -> None:
    """No complaint of axe."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("language", "width", "scheme"), [("ru", 390, "dark"), ("en", 1440, "light")])
def test_a_parcel_is_brought_to_the_buyer_step_by_step(
        open_browser: Any, market_ready: None, anna: Any, shop: Any, actor: Any, client: Any, language: str, width: int,
        scheme: Any) -> None:
    stall = build(shop, actor, clock.now(), kind="own")
    [number] = stall.packed(stall.request((stall.mug, 1), at=clock.now()))
    anna.language = language
    anna.save()
    client.force_login(anna)
    cookies.prove_now(client, anna)
    page = open_browser(language, width)
    page.emulate_media(color_scheme=scheme)
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": page.context._impl_obj._options["baseURL"]}
                              for name, morsel in client.cookies.items()])

    page.goto(f"/orders/{number}/")
    page.locator("input[name=tracking_number]").fill("ab-12345")
    with page.expect_navigation():
        page.locator("form[action$='/tracking'] button").click()
    _look(page)
    page.locator("#buyer-phone button").click()
    expect(page.locator("#buyer-phone")).to_contain_text("+79031234567")
    for act in ("delivering", "last_mile", "delivered"):
        with page.expect_navigation():
            page.locator(f"form[action$='/deliver/{act}'] button").click()
    _look(page)

    card = queries.posting(stall.seller, number)
    assert (card.tracking_number, card.substate) == ("AB-12345", "posting_conditionally_delivered")
