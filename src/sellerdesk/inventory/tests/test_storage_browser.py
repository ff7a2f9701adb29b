"""The pages of storage and of what it does to margins, in a real browser: accessible, fitting, quiet."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core import rules as dated
from sellerdesk.inventory import services
from sellerdesk.inventory.models import Stock
from sellerdesk.inventory.services import storing
from sellerdesk.inventory.types import StockLine

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PODOLSK, KAZAN = 1_020_004_000_000_101, 1_020_004_000_000_301


@pytest.fixture
def full(stall, dated_rules) -> dict[str, str]:
    """A week of goods with the marketplace; addresses by name."""
    def tariff(price: int, since) -> None:
        dated.put("inventory.storage", "", {"free_days": 3, "minor_100l": price, "least_ml": 500, "currency": "RUB"},
                  valid_from=since, source="Tariff of the marketplace’s warehouses")

    tariff(25_000, stall.now - timedelta(days=90))
    tariff(40_000, stall.now + timedelta(days=20))
    services.receive(seller=stall.seller, lines=[
        StockLine(product, place, units, "supply-1", stall.now - timedelta(days=8))
        for product, place, units in ((stall.mug, PODOLSK, 120), (stall.mug, KAZAN, 35), (stall.pan, PODOLSK, 60))])
    Stock.objects.filter(warehouse__seller__isnull=True).update(daily_milli=4000)
    storing.count_due(now=stall.now)
    day = (stall.now - timedelta(days=1)).date().isoformat()
    return {"days": reverse("inventory:storage"), "day": reverse("inventory:storage_day", args=[day]),
            "economy": reverse("economics:product", args=[stall.mug]), "costs": reverse("economics:settings"),
            "fees": reverse("announcements:fees")}


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "ru"), (390, "dark", "zh-hans")])
def test_pages_are_accessible_fit_and_keep_the_policy(full, anna, anna_client, live_server, browser, width, theme, language):
    from tests.browsers import Axe

    anna.language, anna.theme = language, theme
    anna.save()
    faults, complaints = [], []
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme,
                                  reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": morsel.value, "url": live_server.url}
                         for name, morsel in anna_client.cookies.items()])
    page = context.new_page()
    page.set_default_timeout(20000)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name, address in full.items():
        page.goto(live_server.url + address)
        page.wait_for_function("window.Alpine && window.desk")
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=f"{folder}/{name}-{width}-{theme}-{language}.png", full_page=True)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
        faults += [(name, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]]
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            faults.append((name, "wider than the screen"))
    context.close()

    assert faults == []
    assert complaints == []
