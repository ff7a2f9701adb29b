"""One person answers buyers by keyboard, in a real browser; the pages are accessible, fitting and quiet."""

from __future__ import annotations

import os

import pytest
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.messaging import queries, services
from sellerdesk.messaging.types import QuestionInput, ReviewInput, Said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DMITRI = Actor.buyer("Dmitri")


def test_a_buyer_is_answered_by_keyboard_and_their_next_word_comes_by_itself(stall, anna, anna_client, live_server, browser):
    from tests.browsers import Axe

    numbers = stall.handed_over(*[stall.request(buyer=name) for name in ("Dmitri Orlov", "Анна Соколова", "王小明")])
    for number, text in zip(numbers, ("Where is my mug? Call +7 903 123-45-67", "Когда придёт мой заказ?",
                                      "我的订单什么时候到？"), strict=True):
        stall.scan(number, "accepted", "delivered")
        services.buyers_say(seller=stall.seller, actor=DMITRI, said=[Said(number, text, stall.now)])
    services.write_reviews(seller=stall.seller, actor=DMITRI, reviews=[
        ReviewInput(number, stall.sku(stall.mug), stars, text, stall.now) for number, stars, text in zip(
            numbers, (2, 5, 4), ("Smaller than I thought: the page said nothing about size.", "Отличная кружка!", "很好用"),
            strict=True)])
    services.ask_questions(seller=stall.seller, actor=DMITRI, questions=[
        QuestionInput(stall.mug, text, stall.now, "Olga") for text in ("What size is it?", "Какой размер?", "什么材质的？")])
    services.save_template(seller=stall.seller, name="Greeting", text="Hello {buyer}!", actor=stall.actor, now=stall.now)
    first = queries.chat_of_posting(stall.seller, numbers[0])
    addresses = {"chats": reverse("messaging:chats"), "chat": reverse("messaging:chat", args=[first.id]),
                 "templates": reverse("messaging:templates"), "reviews": reverse("messaging:reviews"),
                 "review": reverse("messaging:review", args=[1]), "questions": reverse("messaging:questions"),
                 "question": reverse("messaging:question", args=[1])}
    faults, complaints = [], []
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": morsel.value, "url": live_server.url}
                         for name, morsel in anna_client.cookies.items()])
    page = context.new_page()
    page.set_default_timeout(20000)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(live_server.url + addresses["chat"])
    page.wait_for_function("window.Alpine && window.desk")
    page.select_option("[data-chat-templates]", label="Greeting")
    page.locator("#chat-text").press("End")
    page.locator("#chat-text").type(" It is with you today.")
    page.locator("#chat-text").press("Control+Enter")
    page.locator(".chat-text", has_text="Hello Dmitri! It is with you today.").wait_for()
    assert page.locator("#chat-text").input_value() == ""
    services.buyers_say(seller=stall.seller, actor=DMITRI, said=[Said(numbers[0], "Thank you", stall.now)])
    page.locator(".chat-text", has_text="Thank you").wait_for()
    page.locator(".chat-read.is-read").wait_for()

    for width, theme, language in ((1440, "light", "en"), (390, "dark", "ru"), (390, "light", "zh-hans")):
        anna.language, anna.theme = language, theme
        anna.save()
        page.set_viewport_size({"width": width, "height": 900})
        for name, address in addresses.items():
            page.goto(live_server.url + address)
            page.wait_for_function("window.Alpine && window.desk")
            if folder := os.environ.get("LOOK"):
                page.screenshot(path=f"{folder}/{name}-{width}-{theme}-{language}.png", full_page=name != "chat")
            found = Axe().run(page, context="main", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
            faults += [(name, width, one["id"], [node["target"] for node in one["nodes"]][:3])
                       for one in found["violations"]]
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                faults.append((name, width, "too wide", []))
    context.close()

    assert (faults, complaints) == ([], [])
    assert not queries.chat(stall.seller, first.id).unread
