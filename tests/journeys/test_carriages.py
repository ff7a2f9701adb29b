"""A packer's evening: what is packed is gathered into a carriage, handed over with an act, and ticked off by scans."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.core import clock
from sellerdesk.handover import services as handover
from sellerdesk.handover.types import Seen
from tests import cookies
from tests.browsers import Axe
from tests.stall import Stall, build


@pytest.fixture
def floor(market_ready: None, shop: Any, actor: Any) -> Stall:
    """Anna's stall in the time of the market, with three packed parcels and one order to pack."""
    made = build(shop, actor, clock.now())
    made.packed(made.request(), made.request(city="乌鲁木齐", buyer="王小明"), made.request(city="Санкт-Петербург"))
    made.place(made.request((made.pan, 1)))
    return made


def sit_down(open_browser: Any, client: Any, user: Any, width: int) -> Page:
    client.force_login(user)
    cookies.prove_now(client, user)
    page = open_browser(width=width)
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": page.context._impl_obj._options["baseURL"]}
                              for name, morsel in client.cookies.items()])
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_parcels_are_gathered_handed_over_and_ticked_off(open_browser: Any, anna: Any, floor: Stall, client: Any,
                                                         width: int) -> None:
    page = sit_down(open_browser, client, anna, width)

    page.goto("/carriages/")
    expect(page.get_by_text("3 parcels")).to_be_visible()
    assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()
    page.get_by_role("button", name="Gather").click()
    expect(page.get_by_role("heading", name="Carriage 15")).to_be_visible()
    numbers = [one.get_attribute("value") for one in page.locator("input[name=numbers]").all()]
    assert len(numbers) == 3
    page.get_by_role("checkbox", name=numbers[2]).uncheck()
    page.get_by_role("button", name="Take the ticked ones").click()
    expect(page.locator("input[name=numbers]:checked")).to_have_count(2)
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Form the carriage").click()
    # The button stays, the word that it is formed does not: a busy machine may be too late for a toast.
    act = page.get_by_role("button", name="Hand-over act")
    expect(act).to_be_visible()
    with page.context.expect_page() as opened:
        act.click()
    opened.value.close()

    handover.follow_scans(seen=[Seen(str(numbers[0]), "accepted", clock.now())])
    page.reload()
    expect(page.get_by_text("1 of 2 accepted")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0

    page.goto("/papers/")
    expect(page.get_by_role("link", name="Hand-over act 15")).to_be_visible()
    assert Axe().run(page).violations_count == 0
