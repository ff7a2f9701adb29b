"""The grid of prices in a browser: a block from a spreadsheet, what is wrong with it before saving, saving, undoing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.catalog.models import Category, Product, ProductType
from sellerdesk.core import clock, ids
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.models import Price
from sellerdesk.pricing.types import PriceInput
from tests import cookies

COUNT = 1000
#: A folder for pictures of the stages, to look at.
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def shelf(market_ready: None, shop: Any, actor: Any) -> list[int]:
    """A thousand priced products of Anna's shop."""
    now = clock.now()
    category, _ = Category.objects.get_or_create(id=17000101, defaults={
        "name_en": "Audio", "name_ru": "Аудио", "name_zh": "音响"})
    kind, _ = ProductType.objects.get_or_create(id=91101, defaults={
        "category": category, "name_en": "Headphones", "name_ru": "Наушники", "name_zh": "耳机"})
    taken, skus = ids.allocate("catalog.product", COUNT, shop.id), ids.allocate("catalog.sku", COUNT)
    Product.objects.bulk_create(Product(
        id=id_, seller_id=shop.id, offer_id=f"H-{at}", sku=sku, name=f"Headphones {at}", search_text=f"headphones {at}",
        category=category, type=kind, status="price_sent", weight_g=300, created_at=now, updated_at=now)
        for at, (id_, sku) in enumerate(zip(taken, skus, strict=True), 1))
    pricing.set_prices(seller=shop, actor=actor, now=now, changes=[
        PriceInput(product_id=id_, price="1000", cost="400") for id_ in taken])
    return taken


@pytest.fixture
def desk(open_browser: Any, anna: Any, shelf: list[int], client: Any) -> Page:
    client.force_login(anna)
    cookies.prove_now(client, anna)
    page = open_browser()
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": page.context._impl_obj._options["baseURL"]}
                              for name, morsel in client.cookies.items()])
    page.goto("/prices/grid/")
    expect(page.get_by_role("grid")).to_be_visible()
    return page


def paste(page: Page, text: str) -> None:
    page.get_by_role("grid").focus()
    page.evaluate("""text => { const data = new DataTransfer(); data.setData('text/plain', text);
        document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
                  text)


def cell(page: Page, row: int, col: int) -> Any:
    return page.locator(f"#cell-{row}-{col}")


def test_a_paste_of_a_thousand_cells_with_forty_violations(desk: Page, shelf: list[int]) -> None:
    lines = ["-5" if at % 25 == 0 else f"1\u00a0{at % 90 + 100},50" for at in range(COUNT)]

    paste(desk, "\r\n".join(lines) + "\r\n")

    expect(desk.locator(".sheet-status")).to_have_text(
        "Changed and not saved: 1,000 · Against a rule: 40", timeout=60_000)
    desk.get_by_role("button", name="Next problem").click()
    if SHOTS:
        desk.screenshot(path=Path(SHOTS) / "price-paste.png")
    assert Price.objects.filter(price_minor=1000_00).count() == COUNT
    desk.get_by_role("button", name="Save prices").click()
    expect(desk.locator(".sheet-notice")).to_contain_text("Saved: 960", timeout=60_000)
    expect(desk.locator(".sheet-notice")).to_contain_text("Not saved: 40")
    expect(desk.locator(".sheet-status")).to_contain_text("Changed and not saved: 40")
    assert Price.objects.filter(price_minor=1000_00).count() == 40


def test_keys_work_as_in_a_spreadsheet_and_a_save_is_taken_back(desk: Page, shelf: list[int]) -> None:
    desk.get_by_role("grid").focus()
    desk.keyboard.type("1100")
    desk.keyboard.press("Enter")
    expect(cell(desk, 0, 0)).to_have_text("1\u202f100")
    desk.keyboard.press("ArrowUp")
    for _ in range(3):
        desk.keyboard.press("Shift+ArrowDown")
    desk.keyboard.press("Control+d")
    expect(cell(desk, 3, 0)).to_have_text("1\u202f100")
    desk.keyboard.press("Control+z")
    expect(cell(desk, 3, 0)).to_have_text("1\u202f000.00")
    desk.keyboard.press("Control+y")
    expect(cell(desk, 3, 0)).to_have_text("1\u202f100")

    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.type("=price*1.2")
    desk.keyboard.press("Enter")
    expect(cell(desk, 3, 1)).to_have_text("1\u202f320.00")
    desk.keyboard.press("F2")
    desk.keyboard.press("Escape")
    desk.keyboard.press("Control+s")
    expect(desk.locator(".sheet-notice")).to_contain_text("Saved: 4")
    assert Price.objects.filter(price_minor=1100_00).count() == 4
    assert Price.objects.filter(price_minor=1100_00, old_price_minor=1320_00).count() == 1

    desk.locator(".sheet-notice").get_by_role("button", name="Undo").click()
    expect(desk.locator(".sheet-notice")).to_have_text("Undone")
    assert Price.objects.filter(price_minor=1000_00, old_price_minor=0).count() == COUNT


def test_somebody_elses_change_is_shown_and_decided(desk: Page, shop: Any, actor: Any, shelf: list[int]) -> None:
    last = shelf[-1]
    desk.get_by_role("grid").focus()
    desk.keyboard.type("1200")
    desk.keyboard.press("Enter")
    pricing.set_prices(seller=shop, actor=actor, now=clock.now(), changes=[PriceInput(product_id=last, price="1150")])

    desk.keyboard.press("Control+s")
    expect(desk.locator(".sheet-info")).to_contain_text("changed this to 1150.00 RUB meanwhile")
    desk.get_by_role("button", name="Keep mine").click()
    desk.keyboard.press("Control+s")
    expect(desk.locator(".sheet-notice")).to_contain_text("Saved: 1")

    assert Price.objects.get(pk=last).price_minor == 1200_00


def test_a_phone_shows_cards_without_overflow(open_browser: Any, desk: Page) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})

    expect(cell(desk, 0, 0)).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    cell(desk, 0, 0).dblclick()
    desk.locator(".sheet-input").fill("1234")
    desk.locator(".sheet-input").press("Enter")
    expect(desk.locator(".sheet-status")).to_contain_text("Changed and not saved: 1")
