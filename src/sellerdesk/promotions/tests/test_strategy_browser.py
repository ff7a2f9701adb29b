"""Choosing whom a strategy follows, in a real browser and by keyboard alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sellerdesk.promotions.queries import strategies as queries
from sellerdesk.sellers.models import Seller

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_a_competitor_is_found_by_typing_and_chosen_by_keyboard(
        stall, rival_stall, dated_rules, anna, anna_client, live_server, browser, width, theme):
    from tests.browsers import Axe

    row = Seller.objects.get(pk=rival_stall.seller.id)
    for at in range(40):
        row.pk, row.name = None, f"Shop {at:02}"
        row._state.adding = True
        row.save()
    anna.language, anna.theme = "en", theme
    anna.save()
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": morsel.value, "url": live_server.url}
                         for name, morsel in anna_client.cookies.items()])
    page = context.new_page()
    page.set_default_timeout(20000)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(live_server.url + reverse("promotions:strategy_new"))
    page.wait_for_function("window.Alpine && window.desk && document.querySelector('#id_shop_0').tomselect")

    page.fill("#id_name", "Below one")
    page.focus("#id_stop_loss")
    page.keyboard.press("Tab")
    page.keyboard.type("op 37")
    page.wait_for_selector(".ts-dropdown .option.active:has-text('Shop 37')")
    page.keyboard.press("Enter")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
    page.keyboard.press("Tab")
    page.keyboard.type("0.95")
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Enter")
    page.wait_for_url("**/promotions/strategies/*-*/")
    context.close()

    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    assert fits
    assert complaints == []
    [made] = queries.strategies(stall.seller)
    assert made.competitors == ((Seller.objects.get(name="Shop 37").pk, 9_500),)
