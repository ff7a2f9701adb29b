"""The whole slice, told in each language: sign up, open a shop, sell from a spreadsheet, ship, get paid."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

HEADPHONES = 91101
PASSWORD = "five walruses juggle copper kettles"
PEOPLE = {
    "en": ("anna.en@example.com", "HK", "12345678", "North Wind Trading Ltd", "North Wind", "Main warehouse", "Hong Kong"),
    "ru": ("anna.ru@example.com", "RU", "7707083893", "ООО «Северный ветер»", "Северный ветер", "Основной склад", "Москва"),
    "zh-hans": ("anna.zh@example.com", "CN", "91440300708461136T", "North Wind Trading Co., Ltd.", "北风小铺", "主仓库", "深圳"),
}
LANG = {"en": "en", "ru": "ru", "zh-hans": "zh-Hans"}


def choose(page: Page, name: str, value: str) -> None:
    """Pick from a searchable select, as its own script would."""
    page.wait_for_function("name => document.querySelector(`[name=${name}]`)", arg=name)
    page.evaluate(
        """([name, value]) => {
            const field = document.querySelector(`select[name=${name}]`);
            if (field.tomselect) { field.tomselect.setValue(value); }
            else { field.value = value; field.dispatchEvent(new Event("change", {bubbles: true})); }
        }""", [name, value])


def submit(page: Page, field: str) -> None:
    """Press the button of the form that holds a field: the main one, where there are others beside it."""
    buttons = page.locator(f"form:has([name={field}])").last.locator("button[type=submit], button:not([type])")
    main = buttons.and_(page.locator(".btn-primary"))
    (main if main.count() else buttons).last.click()


def mailed_code(page: Page) -> str:
    """The code from the demo's mailbox, read as the new user reads it."""
    box = page.context.new_page()
    box.goto("/demo/mailbox/")
    newest = box.locator("main a[href*='/demo/mailbox/']").first.get_attribute("href")
    box.goto(str(newest))
    found = re.search(r"\b(\d{6})\b", box.inner_text("main"))
    assert found, box.inner_text("main")
    box.close()
    return found.group(1)


def filled_template(data: bytes) -> bytes:
    """Two rows made from the template's own example: a good one, and one with a price below zero."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    header, example = book.get_sheet_by_index(0).to_python()[:2]
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet(book.sheet_names[0])
    sheet.write_row(0, 0, header)
    sheet.write_row(1, 0, ["HP-GOOD", "Aria 5 耳机", *example[2:]])
    sheet.write_row(2, 0, ["HP-BAD", "Наушники Aria 6", "-5", *example[3:]])
    meta = made.add_worksheet("Meta")
    for number, row in enumerate(book.get_sheet_by_name("Meta").to_python()):
        meta.write_row(number, 0, row)
    made.close()
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_a_new_seller_turns_a_spreadsheet_into_money(language: str, open_browser: Any, background: None) -> None:
    from sellerdesk.catalog import queries as catalog
    from sellerdesk.core import clock
    from sellerdesk.core.actor import Actor
    from sellerdesk.finance import queries as finance
    from sellerdesk.inventory import queries as inventory
    from sellerdesk.logistics import services as logistics
    from sellerdesk.logistics.types import ScanInput
    from sellerdesk.orders import queries as orders
    from sellerdesk.orders import services as ordering
    from sellerdesk.orders.models import Posting
    from sellerdesk.orders.types import OrderRequest
    from sellerdesk.sellers import queries as sellers

    email, country, number, legal_name, shop_name, warehouse, city = PEOPLE[language]
    page: Page = open_browser(language)

    # Sign up, prove the address, open a company with its shop.
    page.goto("/accounts/signup/")
    expect(page.locator("html")).to_have_attribute("lang", LANG[language])
    page.fill("[name=email]", email)
    page.fill("[name=password1]", PASSWORD)
    submit(page, "password1")
    page.wait_for_selector("[name=code]")
    page.fill("[name=code]", mailed_code(page))
    submit(page, "code")
    page.wait_for_selector("[name=country]", state="attached")
    choose(page, "country", country)
    submit(page, "country")
    # The demo lets people leave the telephone for later.
    page.wait_for_selector("[name=new]")
    page.locator("form[action$='/phone/later/'] button").click()
    page.wait_for_selector("[name=legal_name]")
    page.fill("[name=legal_name]", legal_name)
    page.fill("[name=registration_number]", number)
    page.fill("[name=shop_name]", shop_name)
    submit(page, "legal_name")
    page.wait_for_url("**/shop/first-steps/")

    # A place to ship from.
    page.goto("/warehouses/new")
    page.fill("[name=name]", warehouse)
    page.fill("[name=city]", city)
    submit(page, "city")
    page.wait_for_url(re.compile(r"/warehouses/(\d+/)?$"))
    shop = next(ref for ref in sellers.active_sellers() if ref.name == shop_name)
    assert [row.name for row in inventory.warehouses(shop)] == [warehouse]

    # A spreadsheet with one good row and one impossible price.
    template = page.request.get(f"/imports/template?type={HEADPHONES}")
    assert template.status == 200
    page.goto("/imports/")
    page.set_input_files("input[type=file]", {"name": "goods.xlsx", "buffer": filled_template(template.body()),
                                              "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
    page.check("input[name=at_once]")
    submit(page, "file")
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    expect(page.locator("main")).to_contain_text("HP-BAD")
    expect(page.locator("main")).to_contain_text("C3")
    [good] = catalog.refs(shop, offer_ids=["HP-GOOD", "HP-BAD"])
    assert (good.offer_id, good.status) == ("HP-GOOD", "price_sent")
    page.goto("/products/")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("HP-GOOD")

    # Dmitri buys while the list is open: his posting comes in without a reload.
    page.goto("/orders/")
    now = clock.now()
    [placed] = ordering.place_orders(seller=shop, actor=Actor.buyer("Dmitri"), orders=[OrderRequest(
        "Дмитрий Соколов", "+79001234567", "Казань", "Татарстан", "ул. Баумана, 7", ((good.id, 2),), now)])
    expect(page.locator("tbody")).to_contain_text(placed.posting_number, timeout=10_000)
    assert inventory.stocks(shop, [good.id])[good.id][0].reserved == 2

    # Pack, print, hand over.
    page.locator(f"a[href*='/orders/{placed.posting_number}/']").first.click()
    page.wait_for_url(f"**/orders/{placed.posting_number}/")
    page.locator("form[action$='/pack'] button").click()
    expect(page.locator("form[action$='/hand-over']")).to_be_visible()
    token = page.get_attribute("meta[name=csrf-token]", "content")
    # The carrier needs a moment for the label.
    Posting.objects.filter(number=placed.posting_number).update(packed_at=now - timedelta(minutes=1))
    label = page.request.post(f"/labels/print/{placed.posting_number}", form={"csrfmiddlewaretoken": str(token)},
                              headers={"Referer": page.url})
    assert (label.status, label.body()[:5]) == (200, b"%PDF-")
    page.locator("form[action$='/hand-over'] button").click()
    expect(page.locator("form[action$='/hand-over']")).to_have_count(0)

    # The courier carries it to Dmitri; the open page follows.
    card = orders.posting(shop, placed.posting_number)
    for hours, code in enumerate(["accepted", "in_transit", "at_pickup_point", "delivered"], start=1):
        logistics.record_scans(actor=Actor.courier("carrier"), scans=[
            ScanInput(card.tracking_number, code, "Казань", clock.now() + timedelta(hours=hours))])
    page.wait_for_function("() => document.querySelectorAll('.timeline li, [class*=timeline] li').length >= 6",
                           timeout=20_000)
    assert orders.posting(shop, placed.posting_number).state == "delivered"
    stock = inventory.stocks(shop, [good.id])[good.id][0]
    assert stock.reserved == 0

    # The money is there, to the minor unit, and the page shows it.
    balance = finance.balance(shop)
    assert 0 < balance.accrued_minor < 2 * card.lines[0].price_minor
    page.goto("/finance/accruals/")
    expect(page.locator("tbody")).to_contain_text(placed.posting_number)

    # Out, and in again.
    page.goto("/")
    page.context.clear_cookies()
    page.goto("/orders/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", "not the password at all")
    submit(page, "password")
    expect(page.locator("[role=alert], .invalid-feedback, .alert").first).to_be_visible()
