"""Goods for the marketplace's own warehouse, from the list to the accepted report, as Anna does it by hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.supply import queries, services
from sellerdesk.supply.types import Counted, SupplyFilter
from tests import cookies
from tests.browsers import Axe
from tests.stall import Stall, build

SHOTS = os.environ.get("SHOTS", "")
PEOPLE = Actor.system("marketplace")


def look(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def stall(market_ready: None, shop: Any, actor: Any) -> Stall:
    return build(shop, actor, clock.now())


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "en"), (390, "dark", "ru")])
def test_a_supply_goes_from_the_list_to_an_accepted_report(
        open_browser: Any, anna: Any, stall: Stall, client: Any, width: int, theme: Any, language: str) -> None:
    type(anna).objects.filter(pk=anna.pk).update(language=language)
    client.force_login(anna)
    cookies.prove_now(client, anna)
    page: Page = open_browser(language, width=width)
    page.emulate_media(color_scheme=theme)
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": page.context._impl_obj._options["baseURL"]}
                              for name, morsel in client.cookies.items()])
    sku, main = stall.sku(stall.mug), page.locator("main")
    tag = f"{width}-{theme}-{language}"

    page.goto("/supplies/")
    look(page, f"list-empty-{tag}")
    main.locator("a[href$='/supplies/new']").first.click()
    page.fill(f"#units-{sku}", "7")
    page.fill("#lines", "PAN-1 4\nCUP-9 2")
    look(page, f"step-1-{tag}")
    main.locator("form .btn-primary").click()

    page.wait_for_url(lambda address: urlsplit(address).path.startswith("/supplies/drafts/"))
    expect(main).to_contain_text("CUP-9")
    look(page, f"step-2-{tag}")
    # Back to the list and here again: nothing that was written is lost.
    main.locator("a[href*='?draft=']").click()
    expect(page.locator(f"#units-{sku}")).to_have_value("7")
    expect(page.locator("#lines")).to_have_value("CUP-9\t2")
    main.locator("form .btn-primary").click()
    page.wait_for_url(lambda address: urlsplit(address).path.startswith("/supplies/drafts/"))
    main.locator("input[name=slot]").first.check()
    main.locator("form .btn-primary").click()

    main.locator("a[href$='/boxes'].btn").click()
    page.fill(f"[name=units-{sku}]", "3")
    look(page, f"boxes-{tag}")
    main.locator("button.btn-primary[value=box]").click()
    expect(main.locator("form[action$='/remove']")).to_have_count(1)
    page.fill("#count", "2")
    main.locator("form[action$='/boxes/deal'] button[value=box]").click()
    expect(main.locator("form[action$='/remove']")).to_have_count(2)
    look(page, f"packed-{tag}")
    main.locator(".breadcrumb a, a.btn[href*='/supplies/']").last.click()
    for name, text in (("number", "А123ВС77"), ("model", "ГАЗель"), ("driver", "Борис К."), ("phone", "+7 900 000-11-22")):
        page.fill(f"#car-{name}", text)
    look(page, f"car-{tag}")
    main.locator("form[action$='/car'] button").click()
    with page.expect_popup() as opened, page.context.expect_event("response", lambda it: it.url.endswith("/labels")) as got:
        main.locator("form[action$='/labels'] button").click()
    assert got.value.headers["content-type"] == "application/pdf"
    opened.value.close()
    look(page, f"ready-{tag}")

    [row] = queries.supplies_page(stall.seller, filter=SupplyFilter()).rows
    assert (row.state, row.units) == ("ready_to_supply", 11)
    assert row.slot_from is not None
    services.hand_in(supply_id=row.id, actor=PEOPLE, now=row.slot_from)
    services.report_counted(supply_id=row.id, counted=[Counted(stall.mug, 5, 1), Counted(stall.pan, 4)], actor=PEOPLE,
                            now=row.slot_from)
    page.goto(f"/supplies/{row.id}/")
    look(page, f"report-{tag}")
    main.locator("form[action$='/accept'] button").click()
    expect(main.locator("form[action$='/accept']")).to_have_count(0)
    assert queries.supply(stall.seller, row.id, clock.now()).state == "completed"
    look(page, f"completed-{tag}")
    page.goto("/supplies/?tab=all")
    look(page, f"list-{tag}")
