"""Two people and one product in two real browsers; the tree of types by keyboard; a description with a toolbar."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import create_user
from sellerdesk.catalog import queries, starter
from sellerdesk.catalog.services import products
from sellerdesk.catalog.types import AttributeInput, ProductDraft, ValueInput
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.sellers import services
from sellerdesk.sellers.models import Membership
from tests.browsers import Axe

PASSWORD = "violet-harbour-lantern-seven"
SHOTS = os.environ.get("SHOTS", "")
HEADPHONES, NO_BRAND = 91101, 126745801


def _person(email: str, name: str) -> User:
    return User.objects.get(pk=create_user(email=email, password=PASSWORD, name=name))


def _sign_in(page: Page, email: str, to: str) -> None:
    page.goto(f"/accounts/login/?next={to}")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: urlsplit(address).path == to)


def _look(page: Page, name: str) -> None:
    """Nothing that shuts people out, nothing wider than the window; a picture where one is asked for."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def shop(market_ready: None) -> Any:
    """Eva's shop, where Li works too."""
    eva, li = _person("eva@example.com", "Eva"), _person("li@example.com", "Li")
    made = services.register_shop(
        user_id=eva.pk, legal_name="Eva LLC", country="RU", registration_number="7707083893", shop_name="Eva's sound",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=Actor.user(eva.pk, "Eva"), now=clock.now())
    Membership.objects.create(seller_id=made.id, user=li, role="owner", created_at=clock.now())
    return made


@pytest.fixture
def product(shop: Any) -> int:
    kind = next(kind for kind in starter.load().types if kind.id == HEADPHONES)
    values = starter.load().values
    said = {85: ValueInput(NO_BRAND), 9048: ValueInput(0, "Aria 5")}
    for asked in kind.attributes:
        if asked.required and asked.attribute_id not in (*said, starter.TYPE):
            attribute = next(one for one in starter.load().attributes if one.id == asked.attribute_id)
            said[asked.attribute_id] = ValueInput(asked.value_ids[0] if asked.value_ids else next(
                value.id for value in values if value.dictionary_id == attribute.dictionary_id))
    draft = ProductDraft("HP-1", "Aria 5 headphones", HEADPHONES, depth_mm=200, width_mm=90, height_mm=220, weight_g=350,
                         attributes=tuple(AttributeInput(key, (value,)) for key, value in said.items()),
                         parts={"price": {"price": "1999.00"}})
    return products.save(seller=shop, draft=draft, actor=Actor.system("test"), now=clock.now()).id


def test_two_people_edit_one_product_and_nothing_is_lost(open_browser, shop, product):
    address = f"/products/{product}/edit"
    eva, li = open_browser(), open_browser()
    _sign_in(eva, "eva@example.com", address)
    _sign_in(li, "li@example.com", address)
    expect(li.get_by_role("toolbar", name="Formatting")).to_be_visible()

    li.get_by_label("Product name").fill("Aria 5 headphones, by Li")
    li.get_by_label("Barcodes").fill("4600000000001")
    li.get_by_role("button", name="Save", exact=True).click()
    li.wait_for_url(f"**/products/{product}/")
    eva.get_by_label("Product name").fill("Aria 5 headphones, by Eva")
    eva.get_by_label("Weight", exact=True).fill("400")
    expect(eva.get_by_text("Draft kept at")).to_be_visible()
    expect(eva.get_by_text("Checked again after saving: Product name")).to_be_visible()
    _look(eva, "editor-dirty")
    eva.get_by_role("button", name="Save", exact=True).click()

    expect(eva.get_by_role("heading", name="Two changes meet")).to_be_visible()
    expect(eva.get_by_text("Li saved this product")).to_be_visible()
    _look(eva, "merge")
    eva.get_by_role("group", name="Product name").get_by_label("Typed by you").check()
    eva.get_by_role("button", name="Save what I chose").click()
    eva.wait_for_url(f"**/products/{product}/")

    card = queries.product(shop, product)
    assert (card.name, card.barcodes, card.weight_g) == ("Aria 5 headphones, by Eva", ("4600000000001",), 400)
    _look(eva, "product")


def test_what_was_typed_survives_a_closed_window(open_browser, shop, product):
    page = open_browser(width=390, height=844)
    _sign_in(page, "eva@example.com", f"/products/{product}/edit")
    # The script of the editor has come, and hears what is typed.
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    page.get_by_label("Offer ID").fill("HP-ONE")
    expect(page.get_by_text("Draft kept at")).to_be_visible()

    page.goto("/products/")
    page.goto(f"/products/{product}/edit")

    expect(page.get_by_text("This is what you had typed and not saved")).to_be_visible()
    expect(page.get_by_label("Offer ID")).to_have_value("HP-ONE")
    _look(page, "editor-draft-390")
    page.get_by_role("button", name="Discard it and start from the saved card").click()
    expect(page.get_by_label("Offer ID")).to_have_value("HP-1")


def test_the_description_is_written_with_the_toolbar_by_keyboard(open_browser, shop, product):
    page = open_browser()
    _sign_in(page, "eva@example.com", f"/products/{product}/edit")
    text = page.get_by_role("textbox", name="Description")

    text.click()
    page.keyboard.type("Deep ")
    page.keyboard.press("Control+b")
    page.keyboard.type("bass")
    page.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**/products/{product}/")

    assert "<b>bass</b>" in queries.product(shop, product).description
    expect(page.locator(".prose b")).to_have_text("bass")


def test_the_tree_is_walked_with_the_arrow_keys(open_browser, shop):
    page = open_browser()
    _sign_in(page, "eva@example.com", "/products/new")
    page.get_by_role("link", name="Electronics").focus()

    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Headphones and audio")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Over-ear headphones")).to_be_focused()
    _look(page, "tree")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("link", name="Headphones and audio")).to_be_focused()

    page.get_by_label("Kind of goods, the product’s title or its barcode").fill("Sony wireless earbuds WF-1000")
    page.locator(".type-list").get_by_role("link", name="Wireless earbuds").click()
    expect(page.get_by_label("Product name")).to_have_value("Sony wireless earbuds WF-1000")
