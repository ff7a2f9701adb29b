"""Packing with a scanner on a phone, while the network is gone for a minute."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from sellerdesk.accounts.services import create_user
from sellerdesk.catalog.models import Product
from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.orders import queries
from sellerdesk.orders import services as orders
from sellerdesk.sellers import services as sellers
from tests.browsers import Axe
from tests.stall import Stall, build

PASSWORD = "violet-harbour-lantern-seven"
SHOTS = os.environ.get("SHOTS", "")
MUG, PAN, STRANGER = "4600000000015", "4600000000022", "4006381333931"


def mark(serial: int) -> str:
    return f"01{MUG.zfill(14)}21SERIAL{serial:07d}"


@dataclass
class Bench:
    """Anna at her packing table, with her phone."""

    stall: Stall
    page: Page

    def scan(self, code: str) -> None:
        self.page.fill("#scan-code", code)
        self.page.press("#scan-code", "Enter")

    def says(self, text: str, tone: str) -> None:
        line = self.page.locator("[data-scan-say]")
        expect(line).to_contain_text(text)
        expect(line).to_have_attribute("data-tone", tone)

    def heard(self) -> str:
        return str(self.page.locator("[data-scan]").get_attribute("data-sound"))

    def sent(self, number: str) -> str:
        return str(self.page.locator(f"[data-scan-queue] li:has-text('{number}')").first.get_attribute("data-state"))

    def look(self, name: str) -> None:
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"scan-{name}.png", full_page=True)
        found = Axe().run(self.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def stall(market_ready: None) -> Stall:
    anna = create_user(email="anna@example.com", password=PASSWORD, name="Anna")
    actor = Actor.user(anna, "Anna")
    shop = sellers.register_shop(
        user_id=anna, legal_name="Anna LLC", country="RU", registration_number="7707083893", shop_name="Anna's mugs",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=actor, now=clock.now())
    made = build(shop, actor, clock.now())
    Product.objects.filter(pk=made.mug).update(barcodes=[MUG])
    Product.objects.filter(pk=made.pan).update(barcodes=[PAN])
    return made


@pytest.fixture
def bench(open_browser: Any, stall: Stall) -> Bench:
    page = open_browser(width=390, height=844)
    page.goto("/accounts/login/?next=/orders/scan/")
    page.fill("input[name=login]", "anna@example.com")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: urlsplit(address).path == "/orders/scan/")
    return Bench(stall, page)


def test_packing_goes_on_while_the_network_is_gone_for_a_minute(bench: Bench, faults_of_lost_networks: None) -> None:
    stall, page = bench.stall, bench.page
    first, second, third, fourth = stall.place(
        stall.request((stall.mug, 2), (stall.pan, 1)), stall.request((stall.pan, 1)), stall.request((stall.mug, 1)),
        stall.request((stall.pan, 2)))
    page.reload()
    page.wait_for_selector("[data-scan][data-ready=true][data-kept=true]")
    expect(page.locator("[data-scan-list] li")).to_have_count(4)
    expect(page.locator("[data-scan-net]")).to_have_text("Connected")
    bench.look("ready")

    # The network goes. Time goes on by the browser's own clock.
    page.clock.install()
    page.context.set_offline(True)
    expect(page.locator("[data-scan-net]")).to_have_text("No connection")
    bench.scan(first)
    bench.says(first, "good")
    bench.scan(MUG)
    bench.says("1 of 2", "good")

    # A wrong item is red and loud, and counts for nothing.
    bench.scan(STRANGER)
    bench.says("Wrong item", "bad")
    assert bench.heard() == "bad"
    expect(page.locator("[data-scan-say]")).to_have_css("background-color", "rgb(180, 35, 24)")
    bench.look("wrong")
    bench.scan(PAN)
    bench.scan(PAN)
    bench.says("Too many", "bad")
    bench.scan(MUG)
    bench.says("as soon as there is a connection", "good")
    assert bench.sent(first) == "waiting"

    # Half of another, and the phone restarts the page: without network it comes from the shelf, and nothing is lost.
    bench.scan(fourth)
    bench.scan(PAN)
    page.clock.fast_forward("01:00")
    page.reload()
    page.wait_for_selector("[data-scan][data-ready=true]")
    expect(page.locator("[data-scan-number]")).to_have_text(fourth)
    expect(page.locator("[data-scan-lines] li")).to_contain_text("1/2")
    assert bench.sent(first) == "waiting"
    bench.scan(PAN)
    bench.scan(second)
    bench.scan(PAN)
    bench.scan(MUG)
    for number in (first, fourth, second, third):
        assert bench.sent(number) == "waiting"
    bench.look("offline")

    # Meanwhile the second buyer has changed their mind.
    orders.cancel_posting(seller=stall.seller, number=second, reason_id=352, message="", by="seller",
                          actor=stall.actor, now=clock.now())
    assert {card.state for card in queries.cards(stall.seller, [first, third, fourth])} == {"awaiting_packaging"}

    page.context.set_offline(False)
    expect(page.locator("[data-scan-queue] li[data-state=waiting]")).to_have_count(0)
    assert [bench.sent(number) for number in (first, second, third, fourth)] == ["sent", "refused", "sent", "sent"]
    expect(page.locator("[data-scan-queue] li[data-state=refused]")).to_contain_text("cancelled already")
    assert {card.state for card in queries.cards(stall.seller, [first, third, fourth])} == {"awaiting_deliver"}
    # In the order they were scanned.
    packed = [card.number for card in sorted(queries.cards(stall.seller, [first, third, fourth]),
                                             key=lambda card: (card.packed_at, card.version, card.tracking_number))]
    assert packed == [first, fourth, third]
    bench.look("sent")


def test_an_act_whose_answer_was_lost_is_done_once(bench: Bench, faults_of_lost_networks: None) -> None:
    stall, page = bench.stall, bench.page
    [number] = stall.place(stall.request((stall.mug, 1)))
    page.reload()
    page.wait_for_selector("[data-scan][data-ready=true]")
    lost: list[str] = []

    def lose(route: Any) -> None:
        lost.append(route.request.post_data)
        route.fetch()
        route.abort()

    page.context.route("**/orders/scan/act", lose, times=1)
    bench.scan(MUG)
    expect(page.locator("[data-scan-queue] li[data-state=sent]")).to_have_count(1)

    assert len(lost) == 1
    assert [one.event for one in activity.history(stall.seller.id, "posting", number)].count(
        "orders.posting.shipped") == 1


def test_marks_are_asked_unit_by_unit(bench: Bench) -> None:
    stall, page = bench.stall, bench.page
    dated.put("orders.packing_needs", "mandatory_mark", {"goods": [{"types": [91101], "shops": "all"}]},
              valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")
    [number] = stall.place(stall.request((stall.mug, 2)))
    page.reload()
    page.wait_for_selector("[data-scan][data-ready=true]")

    bench.scan(MUG)
    bench.says("square code", "ask")
    bench.scan(MUG)
    bench.says("not what is asked", "bad")
    bench.scan(mark(1))
    bench.says("1 of 2", "good")
    bench.scan(mark(1))
    bench.says("scanned before", "bad")
    # The square code alone names the article and the unit.
    bench.scan(f"]d2{mark(2)}")

    expect(page.locator("[data-scan-queue] li[data-state=sent]")).to_have_count(1)
    assert [row.unit.mark for row in queries.packing(stall.seller, number).lines[0].units] == [mark(1), mark(2)]
    assert queries.posting(stall.seller, number).state == "awaiting_deliver"


def test_the_camera_reads_a_code_in_a_browser_that_cannot_read_codes_itself(
        bench: Bench, faults_of_lost_networks: None) -> None:
    """The reader was kept when the page was opened, so it works without connection too."""
    stall, page = bench.stall, bench.page
    [number] = stall.place(stall.request((stall.mug, 2)))
    # A lens that looks at one barcode, in a browser without a detector of its own.
    page.add_init_script("""delete window.BarcodeDetector;
        navigator.mediaDevices.getUserMedia = async () => {
            const picture = new Image(), canvas = document.createElement('canvas');
            picture.src = 'data:image/svg+xml;base64,' + window.lens;
            await picture.decode();
            [canvas.width, canvas.height] = [640, 480];
            const pencil = canvas.getContext('2d');
            setInterval(() => {
                pencil.fillStyle = '#cbc7c0'; pencil.fillRect(0, 0, 640, 480);
                pencil.drawImage(picture, 100, 140, 440, 200);
            }, 50);
            return canvas.captureStream(20);
        };""")
    page.reload()
    page.wait_for_selector("[data-scan][data-ready=true][data-kept=true]")
    drawn = zxingcpp.create_barcode(MUG, zxingcpp.BarcodeFormat.EAN13).to_svg()
    page.evaluate("text => { window.lens = text; }", base64.b64encode(drawn.encode()).decode())
    page.context.set_offline(True)

    page.get_by_role("button", name="Camera").click()
    bench.says("1 of 2", "good")

    # The lens still sees it: one look is one scan. Away for a moment and back, it counts again.
    page.get_by_role("button", name="Camera").click()
    expect(page.locator("[data-scan-video]")).to_be_hidden()
    page.get_by_role("button", name="Camera").click()
    expect(page.locator("[data-scan-queue] li[data-state=waiting]")).to_have_count(1)
    assert bench.sent(number) == "waiting"
