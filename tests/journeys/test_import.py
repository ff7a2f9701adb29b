"""A spreadsheet in a browser: dry run, a yes by keyboard, progress, a failed row corrected and done again, undo, redo."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.catalog.models import Product
from tests import cookies
from tests.browsers import Axe

HEAD = ("offer_id;name;type;price;depth_mm;width_mm;height_mm;weight_g;vat;Brand;Model name;Product colour;"
        "Connection;Mystery")
ROW = "{0};Aria {0};91101;{2};200;90;220;350;20%;No brand;Aria {0};{1};Bluetooth;x"
WORDS = {
    "en": ("Nothing is saved yet", "Save 59 products", "Undo", "Do it again"),
    "ru": ("Пока ничего не сохранено", "Сохранить 59 товаров", "Отменить", "Вернуть снова"),
    "zh-hans": ("尚未保存任何内容", "保存 59 件商品", "撤销", "重新执行"),
}


@pytest.fixture
def desk(open_browser: Any, anna: Any, shop: Any, background: None, client: Any) -> Any:
    def start(language: str, width: int = 1440) -> Page:
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


def sheet() -> bytes:
    rows = [ROW.format(f"S-{at}", "blakc" if at == 7 else "Black", 1000 + at) for at in range(60)]
    return "\n".join([HEAD, *rows]).encode()


def no_overflow(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_a_file_goes_from_dry_run_to_undo(language: str, desk: Any) -> None:
    waits, save, undo, redo = WORDS[language]
    page = desk(language)
    page.goto("/imports/")
    page.set_input_files("input[type=file]", {"name": "goods.csv", "buffer": sheet(), "mimeType": "text/csv"})
    page.locator("form[enctype] button:not([type=button])").last.click()

    expect(page.locator("main")).to_contain_text(waits, timeout=30_000)
    expect(page.locator("main")).to_contain_text("Mystery")
    assert Product.objects.count() == 0
    page.get_by_role("button", name=save).focus()
    page.keyboard.press("Enter")

    field = page.locator("input[name$=':attribute.10096']")
    expect(field).to_have_value("blakc", timeout=30_000)
    assert Product.objects.count() == 59
    page.locator("[data-fill]").first.focus()
    page.keyboard.press("Enter")
    expect(field).not_to_have_value("blakc")
    page.locator(".repair-bar button").click()
    expect(page.locator(".repair")).to_have_count(0, timeout=30_000)
    expect(page.locator(".undo-bar")).to_be_visible(timeout=30_000)
    assert Product.objects.count() == 60
    violations = [each["id"] for each in Axe().run(page).response["violations"]]
    assert violations == []

    page.locator(".undo-bar").get_by_role("button", name=undo).click()
    page.locator("dialog[open] .btn-primary, dialog[open] .btn-danger").first.click()
    expect(page.get_by_role("button", name=redo)).to_be_visible(timeout=30_000)
    assert Product.objects.count() == 0
    page.get_by_role("button", name=redo).click()
    page.wait_for_load_state()
    expect(page.locator("#batch-state")).to_be_visible()
    assert Product.objects.count() == 60


def test_a_phone_shows_every_stage_without_sideways_scrolling(desk: Any) -> None:
    page = desk("ru", 390)
    for path in ("/imports/", "/changes/"):
        page.goto(path)
        no_overflow(page)
    page.goto("/imports/")
    page.set_input_files("input[type=file]", {"name": "goods.csv", "buffer": sheet(), "mimeType": "text/csv"})
    page.locator("form[enctype] button:not([type=button])").last.click()
    expect(page.locator("button[value=confirm]")).to_be_visible(timeout=30_000)
    no_overflow(page)
    page.locator("button[value=confirm]").click()
    expect(page.locator(".repair")).to_be_visible(timeout=30_000)
    no_overflow(page)
    page.locator(".undo-bar a").click()
    expect(page.locator("#batch-state")).to_be_visible()
    no_overflow(page)
