"""The shelf is complete, true to today's rules, and safe to show."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sellerdesk.core import rules
from sellerdesk.core.errors import DomainError
from sellerdesk.core.ui import nav
from sellerdesk.help import harvest, markdown, queries, shelf
from sellerdesk.help.types import LANGUAGES
from sellerdesk.help.web import views

pytestmark = pytest.mark.django_db
#: The topics that people ask about first, and where they are answered.
ASKED = ("signing-in", "warehouse-name", "food", "choosing-products", "closing", "cross-border-selling", "changing-email",
         "price-currency", "how-the-platform-earns", "logistics-fees", "what-to-sell", "late-shipment",
         "finding-a-seller", "cross-border-shop", "country")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_article_renders_with_the_rules_in_force_and_leads_to_pages_that_exist(dated_rules, now, language):
    with translation.override(language):
        for entry in shelf.SHELF:
            one = queries.article(entry.key, language, now)
            assert "{{" not in one.body, entry.key
            assert len(one.body) > 80, entry.key
            assert one.words, entry.key
            for _words, target in re.findall(r"\[([^\]]+)\]\(([^)]+)\)", one.body):
                if target.startswith("help:"):
                    shelf.article(target[5:], language)
                elif target.startswith("view:"):
                    assert views._address(target) is not None, (entry.key, target)
            assert "<script" not in markdown.render(one.body, views._address)


def test_every_topic_asked_for_and_every_screen_of_the_menu_has_an_article():
    assert set(ASKED) <= {entry.key for entry in shelf.SHELF}
    lacking = [item.url_name for item in nav.items("seller")
               if not shelf.of_screen(item.url_name) and not item.url_name.startswith("help:")]
    assert lacking == []


def test_a_figure_changes_with_its_rule(dated_rules, now):
    rules.put("sellers.closing_days", "", 21, valid_from=now, source="test")

    assert "21 days to think better" in queries.article("closing", "en", now).body


def test_nothing_an_author_writes_becomes_markup_or_leads_away():
    html = markdown.render('<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](//evil.example/) **x** `<b>`\n\n- [c](/help/)')

    assert "<img" not in html
    assert "javascript" not in html
    assert "evil" not in html
    assert "<strong>x</strong>" in html
    assert markdown.render("*y* 2 * 3") == "<p><em>y</em> 2 * 3</p>"
    assert '<li><a href="/help/">c</a></li>' in html


# -- codes -------------------------------------------------------------------------------------------------------------


def subclasses(base):
    yield base
    for one in base.__subclasses__():
        yield from subclasses(one)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_a_refusal_carries_has_a_page(client, language):
    known = queries.error_codes()
    declared = {one.code for one in subclasses(DomainError) if one.__module__.startswith("sellerdesk.") and "tests" not in one.__module__}
    written = {code for path in harvest._ROOT.rglob("*.py") if not {"tests", "migrations", "harvest.py"} & set(path.parts)
               for code in re.findall(r"\b(?:Invalid|NotFound|Forbidden|Conflict|Unavailable|LimitReached)\(\s*\"(\w+)\"",
                                      path.read_text(encoding="utf-8"))}

    assert declared | written - {"error"} <= set(known) | {"error"}
    client.cookies["language"] = language
    for code in sorted(known)[::12]:
        page = client.get(reverse("help:error", args=[code]))
        assert page.status_code == 200, code
        assert code in page.content.decode()
    with translation.override(language):
        for one in known.values():
            assert queries.doors(one), one.code
            assert views.WHAT_TO_DO[one.kind]
            assert all("%(" not in text for text in queries.error_texts(one)), one.code


def test_a_code_tells_how_the_api_spells_it(client):
    page = client.get(reverse("help:error", args=["product_unknown"])).content.decode()

    assert "PRODUCT_NOT_FOUND" in page
    assert "404" in page
    assert client.get(reverse("help:error", args=["no-such-code"])).status_code == 404


def test_a_refused_page_leads_to_the_page_of_its_code(client):
    page = client.get(reverse("help:article", args=["nothing-of-this-name"])).content.decode()

    assert reverse("help:error", args=["article_unknown"]) in page


# -- pages -------------------------------------------------------------------------------------------------------------


def test_help_is_open_to_people_who_cannot_sign_in(dated_rules, now):
    guest = Client(headers={"accept-language": "ru"})

    assert "Вход и трудности с ним" in guest.get(reverse("help:index")).content.decode()
    assert "Код не подходит" in guest.get(reverse("help:article", args=["signing-in"])).content.decode()
    assert reverse("help:article", args=["late-shipment"]) in guest.get(reverse("help:index"), {"q": "штраф"}).content.decode()


def test_the_drawer_opens_the_article_of_the_screen(shop, anna_client, dated_rules):
    link = re.search(r'href="([^"]*for-screen[^"]*)"', anna_client.get(reverse("orders:postings")).content.decode())[1]
    drawer = anna_client.get(link, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in drawer
    assert shelf.article("orders", "en").title in drawer
    assert f"{reverse('help:drawer')}?article=late-shipment" in drawer
    # Without script the same address is a page.
    assert "<html" in anna_client.get(link).content.decode()


def test_emphasis_stands_before_chinese_without_a_blank():
    assert markdown.render("**限额：**每天十次，**“价格”**上限") == (
        "<p><strong>限额：</strong>每天十次，<strong>“价格”</strong>上限</p>")
