"""Somebody on a telephone who does not know how: help beside the screen by keyboard, then a ticket, and the news."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.announcements import services as announcements
from sellerdesk.announcements.types import Draft
from sellerdesk.core.actor import Actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_help_opens_by_keyboard_and_leads_to_a_ticket_about_the_thing(stall, anna, anna_client, live_server, browser):
    from tests.browsers import Axe

    texts = {"en": "Fees", "ru": "Тарифы", "zh": "费率"}
    announcements.publish(draft=Draft(texts, texts, texts, "important", effective_at=stall.now + timedelta(days=9)),
                          actor=Actor.operator(1, "Olga"), now=stall.now)
    number = stall.place()[0]
    anna.language, anna.theme = "ru", "dark"
    anna.save()
    faults, complaints = [], []
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": morsel.value, "url": live_server.url}
                         for name, morsel in anna_client.cookies.items()])
    page = context.new_page()
    page.set_default_timeout(20000)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def look(name):
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=f"{folder}/{name}.png")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
        faults.extend((name, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"])
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            faults.append((name, "too wide", []))

    page.goto(live_server.url + reverse("orders:posting", args=[number]))
    page.wait_for_function("window.Alpine && window.desk")
    page.focus("#help-open")
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer-body .help-text h2")
    page.wait_for_selector("#drawer.show:not(.showing)")
    for _step in range(12):
        page.keyboard.press("Tab")
        # Whoever walks by keyboard stays in the drawer; between its end and its beginning nothing has the focus.
        where = page.evaluate("[document.activeElement.tagName, document.activeElement.id, document.querySelector("
                              "'#drawer').contains(document.activeElement)]")
        assert where[0] == "BODY" or where[2], where
    look("drawer")
    page.fill("#help-drawer-q", "штраф")
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer-body .help-found a[href*='late-shipment']")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer", state="hidden")
    page.focus("#help-open")
    page.keyboard.press("Enter")
    page.click("#drawer-body .help-ask a")
    page.wait_for_selector(".topic-grid")
    look("topics")
    page.click(f"a[href*='kind=posting'][href*='{number}']")
    page.wait_for_selector(".fact-list")
    look("topic")
    page.fill("#id_text", "Этикетка не печатается уже час.")
    page.click("main form .btn-primary")
    page.wait_for_selector(".talk")
    assert number in page.inner_text("main")
    look("ticket")
    for name in ("index", "calendar", "policies", "fees"):
        page.goto(live_server.url + reverse(f"announcements:{name}"))
        look(name)
    context.close()

    assert (faults, complaints) == ([], [])
