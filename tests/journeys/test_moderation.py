"""Deciding about cards without touching the mouse."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from playwright.sync_api import expect

from sellerdesk.accounts.services import create_user
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.models_moderation import Decision, ModerationCase
from sellerdesk.core import clock, rules
from sellerdesk.core.actor import Actor
from sellerdesk.sellers import services
from tests.browsers import Axe

SYSTEM = Actor.system("test")
PASSWORD = "violet-harbour-lantern-seven"


def _doubtful(count: int) -> None:
    """Cards of a shop that wait for a moderator."""
    owner = create_user(email="eva@example.com", password=PASSWORD, name="Eva", language="en")
    shop = services.register_shop(
        user_id=owner, legal_name="Eva LLC", country="RU", registration_number="7707083893", shop_name="Eva's mugs",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=SYSTEM, now=clock.now())
    now = clock.now()
    for at in range(count):
        product = Product.objects.create(
            id=500 + at, seller_id=shop.id, offer_id=f"MUG-{at}", sku=900 + at, name=f"Mug {at}", category_id=17000101,
            type_id=91101, status="moderating", created_at=now, updated_at=now)
        ModerationCase.objects.create(
            seller_id=shop.id, product=product, kind="change", reasons=["flagged"], risk=60 - at, opened_at=now,
            due_at=now, before={"description": "Plain."}, after={"description": "A miracle mug."},
            findings=[{"code": "word_to_look_at", "level": "warn", "field": "description", "rule": "words.en",
                       "rule_id": 1, "policy": "texts", "value": "miracle"}])


def test_two_cards_are_decided_by_keys_alone(open_browser, market_ready):
    rules.put("accounts.operator_second_factor", "", {"enabled": False}, valid_from=datetime(2021, 1, 1, tzinfo=UTC),
              source="test")
    _doubtful(2)
    create_user(email="olga@example.com", password=PASSWORD, name="Olga", language="en", operator=True)
    page = open_browser("en")
    page.goto("/accounts/login/?next=/console/moderation/")
    page.fill("input[name=login]", "olga@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: urlsplit(address).path == "/console/moderation/")

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Mug 0")
    expect(page.locator("mark")).to_have_text("miracle")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []

    page.keyboard.press("d")
    page.keyboard.press("Space")
    page.keyboard.press("r")
    expect(page.locator("h1")).to_contain_text("Mug 1")
    page.keyboard.press("a")
    expect(page.locator("h1")).to_contain_text("Moderation")

    assert dict(ModerationCase.objects.values_list("product__offer_id", "state")) == {
        "MUG-0": "revision", "MUG-1": "approved"}
    assert Decision.objects.filter(verdict="revision").get().remarks[0]["code"] == "name_misleading"
