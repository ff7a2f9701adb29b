"""One person clears the inbox of the shop without leaving the keyboard; it fills and empties by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.core import clock
from sellerdesk.orders.models import Posting
from tests import cookies
from tests.browsers import Axe
from tests.stall import Stall, build


@pytest.fixture
def floor(market_ready: None, shop: Any, actor: Any) -> Stall:
    """Anna's stall with one late posting and two that are due in two days."""
    made = build(shop, actor, clock.now())
    late, *_ = made.place(*(made.request((made.mug, 1)) for _ in range(3)))
    Posting.objects.filter(number=late).update(ship_by=clock.now() - timedelta(hours=1))
    Posting.objects.exclude(number=late).update(ship_by=clock.now() + timedelta(days=2))
    return made


def act_on_the_first(page: Page) -> None:
    """Open the first line and do what it asks for: on the page of one posting, or on the list of many."""
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if "tab=" not in page.url:
        page.get_by_role("button", name=re.compile("^(Pack|Hand over)$")).first.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        return
    expect(page.locator("tr[data-row]").first).to_be_visible()
    for _row in range(page.locator("tr[data-row]").count()):
        page.keyboard.press("j")
        page.keyboard.press("x")
    with page.expect_navigation():
        page.keyboard.press("p" if "to_pack" in page.url else "h")


def test_the_inbox_is_cleared_by_keyboard(open_browser: Any, anna: Any, floor: Stall, client: Any, background: None
                                          ) -> None:
    client.force_login(anna)
    cookies.prove_now(client, anna)
    page: Page = open_browser()
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": page.context._impl_obj._options["baseURL"]}
                              for name, morsel in client.cookies.items()])
    page.goto("/inbox/")
    rows = page.locator("#inbox tr[data-row]")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Overdue")
    assert Axe().run(page).violations_count == 0

    # Each line leads to its action; what is done is gone when the list is looked at again.
    for _line in range(8):
        page.goto("/inbox/")
        expect(page.locator("#inbox")).to_be_visible()
        if not rows.count():
            break
        act_on_the_first(page)

    page.goto("/inbox/")
    expect(page.locator("#inbox")).to_contain_text("All done")
    # A new order comes by itself, to the list and to the bell.
    floor.place()
    expect(rows).to_have_count(1, timeout=8_000)
    expect(page.locator("#bell .bell-count")).to_have_text("1", timeout=12_000)
