"""A simulated week of buyers who ask, review and complain; afterwards one person empties the inbox by keyboard."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.core import clock, waiting
from sellerdesk.core.actor import Actor
from sellerdesk.notifications import inbox
from sellerdesk.sellers import permissions
from sellerdesk.sellers.types import SellerRef
from sellerdesk.simulator import queries
from sellerdesk.simulator.models import Market
from sellerdesk.simulator.scenarios import reading
from sellerdesk.simulator.services import controls, market, runs, stage
from sellerdesk.simulator.services.buying import Shelves
from tests import cookies

LOUD = """
name: loud-week
seed: 7
lasts: 5 days
settles: 15 days
shop: {products: 12, stock: 60, restock: no, delivers: shop}
buyers: {orders: 32, return: 4, review: 50 %, ask: 16, chat: 4}
"""
SINCE = datetime(2026, 11, 16, 6, tzinfo=UTC)
WEEK, BY_ITSELF = timedelta(days=8), timedelta(days=4)


@pytest.fixture
def loud(market_ready: None, anna: Any) -> SellerRef:
    """Anna's shop after its week: for some days it packed and answered by itself, then nobody was there."""
    # The market's own clock, standing at the end of the week: the same week on every day of the year.
    now, since = SINCE + WEEK, SINCE
    clock.start_at(now, 1)
    clock.pause()
    scenario = reading.read(LOUD)
    seller = stage.raise_shop(stage=scenario.stage, seed=scenario.seed, user_id=anna.pk, now=since)
    controls.open_market(seed=scenario.seed, since=since)
    controls.set_self_running(seller_ids=[seller.id])
    Market.objects.filter(pk=1).update(orders_per_day=0)
    runs.start(seller=seller, text=LOUD, actor=Actor.system("rehearsal"), now=since)
    shelves = Shelves(fresh_seconds=math.inf)
    while (setting := queries.setting()) and setting.simulated_until and setting.simulated_until < now:
        if setting.simulated_until > since + BY_ITSELF:
            controls.set_self_running(seller_ids=[])
        market.step(setting, min(market.next_stop(setting.simulated_until, now), now), shelves)
    return seller


def waits(seller: SellerRef) -> set[str]:
    asked = waiting.Asked(seller, clock.now(), clock.real_now())
    return {line.source for line in inbox.lines(asked, set(permissions.SHOP_RIGHTS).__contains__)}


def ready(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_function("window.Alpine && window.desk")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ready(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    enter(page)


def write(page: Page, place: str, text: str) -> None:
    page.locator(place).focus()
    page.keyboard.type(text)


def answer_a_chat(page: Page) -> None:
    write(page, "#chat-text", "It comes this week.")
    page.keyboard.press("Control+Enter")
    page.locator(".chat-text", has_text="It comes this week.").wait_for()


def answer_in_public(page: Page) -> None:
    write(page, "textarea[name=text]", "Thank you, we look into it.")
    press(page, "Answer")


def answer_a_claim(page: Page) -> None:
    page.locator("input[name=action]").first.focus()
    page.keyboard.press("Space")
    press(page, "Answer")


ACTS = {"chats": answer_a_chat, "reviews": answer_in_public, "questions": answer_in_public, "returns": answer_a_claim}


def test_the_week_is_answered_by_keyboard_until_nothing_waits(open_browser: Any, anna: Any, loud: SellerRef, client: Any
                                                              ) -> None:
    asked = waits(loud)
    assert asked >= {"messaging.chats", "messaging.reviews", "messaging.questions", "returns.claims"}
    client.force_login(anna)
    cookies.prove_now(client, anna)
    page: Page = open_browser()
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": page.context._impl_obj._options["baseURL"]}
                              for name, morsel in client.cookies.items()])
    done: set[str] = set()

    for _line in range(60):
        page.goto("/inbox/")
        ready(page)
        rows = page.locator("#inbox tr[data-row]")
        if not rows.count():
            break
        page.keyboard.press("j")
        enter(page)
        if page.locator("tr[data-row]").count():
            # Many of a kind: the list that the line leads to begins with what waits.
            page.keyboard.press("j")
            enter(page)
        kind = urlsplit(page.url).path.split("/")[1]
        ACTS[kind](page)
        done.add(kind)

    expect(page.locator("#inbox")).to_contain_text("All done")
    assert done == set(ACTS)
    assert waits(loud) == set()
