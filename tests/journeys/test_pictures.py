"""Pictures in a browser: dropped onto the form and put in order by key; a hundred by file name, ten of them bad."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from sellerdesk.catalog import queries, starter
from sellerdesk.catalog.services import products
from sellerdesk.catalog.types import AttributeInput, ProductDraft, ValueInput
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from tests import cookies
from tests.browsers import Axe

SHOTS = os.environ.get("SHOTS", "")
HEADPHONES, NO_BRAND = 91101, 126745801
WORDS = {"en": ("Replace them", "90 pictures of 100 are on their cards."),
         "ru": ("Заменить их", "На карточках 90 изображений из 100."),
         "zh-hans": ("替换原图", "100 张图片中有 90 张已放入卡片。")}


def photo(number: int, side: int = 240) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), (number * 2 % 256, 90, number * 7 % 256)).save(out, "PNG")
    return out.getvalue()


def hundred() -> bytes:
    """Ninety sound pictures of thirty products, and ten files that cannot be used."""
    files = {f"HP-{number}{mark}.png": photo(number + 30 * at)
             for number in range(1, 31) for at, mark in enumerate(("", "_2", "_3"))}
    files |= {"HP-1_4.png": photo(1)[:60], "HP-2_4.jpg": b"<svg/>", "HP-3_4.png": photo(3, 90), "HP-4_4.zip": b"PK",
              "HP-5_4.jpg": b"", "HP-6_4.gif": b"MZ", "HP-X7.png": photo(95), "readme.png": photo(96),
              "../CUP.png": photo(97), "holiday.png": photo(98)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def look(page: Page, name: str) -> None:
    """Nothing that shuts people out, nothing wider than the window; a picture where one is asked for."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def goods(shop: Any, market_ready: None) -> list[int]:
    """Thirty headphones, HP-1 and so on."""
    kind = next(kind for kind in starter.load().types if kind.id == HEADPHONES)
    said = {85: ValueInput(NO_BRAND), 9048: ValueInput(0, "Aria 5")}
    for asked in kind.attributes:
        if asked.required and asked.attribute_id not in (*said, starter.TYPE):
            attribute = next(one for one in starter.load().attributes if one.id == asked.attribute_id)
            said[asked.attribute_id] = ValueInput(asked.value_ids[0] if asked.value_ids else next(
                value.id for value in starter.load().values if value.dictionary_id == attribute.dictionary_id))
    drafts = [ProductDraft(f"HP-{number}", f"Aria {number} headphones", HEADPHONES, depth_mm=200, width_mm=90,
                           height_mm=220, weight_g=350, parts={"price": {"price": "1999.00"}},
                           attributes=tuple(AttributeInput(key, (value,)) for key, value in said.items()))
              for number in range(1, 31)]
    made = products.apply_drafts(seller=shop, drafts=drafts, actor=Actor.system("test"), now=clock.now())
    return [row.product_id for row in made]


@pytest.fixture
def desk(open_browser: Any, anna: Any, goods: list[int], background: None, client: Any) -> Any:
    def start(language: str = "en", width: int = 1440) -> Page:
        anna.language = language
        anna.save()
        client.force_login(anna)
        cookies.prove_now(client, anna)
        page = open_browser(language, width)
        page.context.add_cookies([
            {"name": name, "value": morsel.value, "url": page.context._impl_obj._options["baseURL"]}
            for name, morsel in client.cookies.items()])
        return page

    return start


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("ru", 390), ("zh-hans", 390)])
def test_a_hundred_pictures_find_their_products(language: str, width: int, desk: Any, shop: Any) -> None:
    replace, done = WORDS[language]
    page = desk(language, width)
    page.goto("/pictures/")
    look(page, f"pictures-{language}")
    page.set_input_files("[name=files]", {"name": "shoot.zip", "mimeType": "application/zip", "buffer": hundred()})
    page.locator("main form button").last.click()

    button = page.get_by_role("button", name=replace)
    expect(button).to_be_visible(timeout=60_000)
    look(page, f"pictures-dry-run-{language}")
    expect(page.locator(".picture-report tbody tr")).to_have_count(10)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(done, timeout=60_000)
    look(page, f"pictures-done-{language}")

    assert {len(card.images) for card in queries.cards(shop, [ref.id for ref in queries.refs(
        shop, offer_ids=[f"HP-{number}" for number in range(1, 31)])])} == {3}


def test_pictures_are_dropped_put_in_order_by_key_and_saved(desk: Any, shop: Any, goods: list[int]) -> None:
    page = desk()
    page.goto(f"/products/{goods[0]}/edit")
    page.set_input_files("#new_images", [
        {"name": f"{number}.png", "mimeType": "image/png", "buffer": photo(number)} for number in range(4)] + [
        {"name": "bad.png", "mimeType": "image/png", "buffer": b"no"}])
    tiles = page.locator("#pictures .picture-tile")

    expect(tiles).to_have_count(4, timeout=30_000)
    expect(page.locator("[data-picture-uploads] .refused")).to_contain_text("bad.png")
    last = str(tiles.nth(3).get_attribute("data-id"))
    tiles.nth(3).focus()
    page.keyboard.press("Home")
    expect(tiles.first).to_have_attribute("data-id", last)
    page.keyboard.press("ArrowRight")
    expect(tiles.nth(1)).to_have_attribute("data-id", last)
    expect(tiles.nth(1)).to_be_focused()
    tiles.nth(1).locator("[data-picture=first]").click()
    tiles.first.locator(".picture-alt").fill("Front view")
    tiles.nth(2).locator("[data-picture=swatch]").click()
    tiles.nth(1).focus()
    page.keyboard.press("Delete")
    expect(tiles).to_have_count(3)
    look(page, "pictures-editor")
    page.locator(".editor-bar .btn-primary").click()
    page.wait_for_url(f"**/products/{goods[0]}/")

    images = queries.product(shop, goods[0]).images
    assert [(image.key == last, image.alt, image.color) for image in images] == [
        (True, "Front view", False), (False, "", False), (False, "", True)]
