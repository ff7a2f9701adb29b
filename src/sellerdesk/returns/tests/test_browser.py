"""The pages of returns, claims and cancellations in a real browser: accessible, fitting, quiet."""

from __future__ import annotations

import io
import os

import pytest
from django.urls import reverse
from PIL import Image, ImageDraw

from sellerdesk.core.actor import Actor
from sellerdesk.orders import services as orders
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import CancelWish
from sellerdesk.returns import services
from sellerdesk.returns.types import ReturnRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DMITRI = Actor.buyer("Dmitri")


@pytest.fixture
def full(stall, claimed) -> dict[str, str]:
    """One of everything; addresses by name."""
    out = io.BytesIO()
    picture = Image.new("RGB", (900, 900), "linen")
    ImageDraw.Draw(picture).ellipse((200, 200, 700, 700), fill="teal")
    picture.save(out, "JPEG")
    claim = claimed(photos=tuple(services.store_photos(seller=stall.seller, files=[out.getvalue()], now=stall.now)))
    [carried] = stall.handed_over(stall.request((stall.pan, 2)))
    stall.scan(carried, "accepted", "delivered")
    made = services.request_returns(seller=stall.seller, actor=DMITRI, requests=[
        ReturnRequest(carried, stall.sku(stall.pan), 2, "defective", stall.now)])[0]
    services.advance(return_ids=[made.return_id], to_state="arrived", at=stall.now, actor=Actor.courier("Veloport"))
    services.reset_code(seller=stall.seller, actor=stall.actor, now=stall.now)
    services.set_bounds(seller=stall.seller, price=100, faulty=None, actor=stall.actor, now=stall.now)
    several, own = stall.place(stall.request((stall.mug, 3), (stall.pan, 1)), stall.request((stall.mug, 1)))
    Posting.objects.filter(number=own).update(scheme="rfbs", integration="non_integrated")
    orders.ask_to_cancel(seller=stall.seller, actor=DMITRI, wishes=[CancelWish(own, 505, "Found it", stall.now)])
    return {"claim": reverse("returns:claim", args=[claim]), "claims": reverse("returns:claims"),
            "returns": reverse("returns:returns"), "pick-up": reverse("returns:pick_up"),
            "disposal": reverse("returns:disposal"), "cancel": reverse("orders:cancel", args=[several]),
            "requests": reverse("orders:cancel_requests"), "asked": reverse("orders:posting", args=[own])}


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "en"), (390, "dark", "ru"),
                                                          (390, "light", "zh-hans")])
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
        if name == "claim":
            page.check("#action-offer")
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=f"{folder}/{name}-{width}-{theme}-{language}.png", full_page=True)
        # The rest of the posting's page has tests of its own.
        part = ".posting-asked" if name == "asked" else None
        found = Axe().run(page, context=part, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
        faults += [(name, one["id"], [node["target"] for node in one["nodes"]][:3])
                   for one in found["violations"]]
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            faults.append((name, "too wide", []))
    context.close()

    assert (faults, complaints) == ([], [])
