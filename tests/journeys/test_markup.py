"""E06: more than 200 strings that try to become markup or script, in every text of a shop that somebody may type.

Every page of a seller and of an operator is opened in a real browser: nothing runs, and nothing was so near to running
that the content policy had to stop it.
"""

from __future__ import annotations

import html
import itertools
import json
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models
from django.db.transaction import atomic
from django.test import Client
from playwright.sync_api import Browser, Error

from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import create_user
from sellerdesk.catalog.models import Product
from sellerdesk.core import clock
from sellerdesk.core.actor import Actor
from sellerdesk.sellers import services
from tests import cookies, stall
from tests.tenancy import conftest as tenancy
from tests.tenancy import test_pages

MARK = "QXMARKXQ"
#: Columns that hold no text of a person's, but words that the program compares.
KEPT = {"key", "kind", "state", "status", "page", "event", "role"}
JS = "window.hit=1"
TAGS = ("script", "img", "svg", "iframe", "object", "embed", "math", "style", "link", "meta", "base", "form", "input",
        "button", "details", "video", "audio", "body", "table", "marquee", "template", "textarea", "title", "noscript",
        "a", "div", "select", "isindex", "keygen", "animate")
HANDLERS = ("onerror", "onload", "onclick", "onfocus", "onmouseover", "ontoggle", "onanimationstart", "onpointerenter")


def corpus() -> list[str]:
    """Tags × ways of hiding them, breaking out of attributes, and addresses that run."""
    found = [f"<script>{JS}</script>", f"</script><script>{JS}</script>", f"<ScRiPt>{JS}</sCrIpT>",
             f"<script\n>{JS}</script\n>", f"<<script>{JS}//<</script>", f"<script/x>{JS}</script>", "{{7*7}}",
             "{% csrf_token %}", "${7*7}", "{{constructor.constructor('window.hit=1')()}}", "<!--", "-->", "]]>",
             "<![CDATA[<script>window.hit=1</script>]]>", "\u2028<script>window.hit=1</script>", "\x00<script>",
             "<img src=x onerror=\x0bwindow.hit=1>", "＜script＞window.hit=1＜/script＞", "\u202e<script>", "'\"`><"]
    for tag in TAGS:
        found += [f"<{tag} {handler}={JS} src=x autofocus tabindex=0>" for handler in HANDLERS[:3]]
        found += [f'"><{tag} onerror="{JS}" onload="{JS}">', f"'><{tag} onfocus='{JS}' autofocus>"]
    for handler in HANDLERS:
        found += [f'" {handler}="{JS}" x="', f"' {handler}='{JS}' x='", f"` {handler}=`{JS}`", f" {handler}={JS} "]
    for scheme in ("javascript:", "JaVaScRiPt:", "java\tscript:", "\x01javascript:", "data:text/html,", "vbscript:"):
        found += [f"{scheme}{JS}", f'<a href="{scheme}{JS}">x</a>', f'<iframe src="{scheme}{JS}"></iframe>']
    found += [html.escape(text) for text in found[:12]] + [quote(text) for text in found[:6]]
    found += ["<div hx-get=/x hx-trigger=load>", "<div x-data x-init=window.hit=1>", "<b data-hx-on:load='window.hit=1'>",
              "<c-card title=x>", "<div data-drawer href=javascript:window.hit=1>", "<div data-poll=/x id=p>"]
    return list(dict.fromkeys(found))


def fields() -> list[tuple[type[models.Model], Any]]:
    return [(model, field) for model in apps.get_models() for field in model._meta.local_fields
            if isinstance(field, (models.CharField, models.TextField, models.JSONField)) and not field.primary_key
            and field.name not in KEPT and not field.choices]


def plant(strings: Any) -> set[str]:
    """Puts a string in place of the mark wherever it stands; long texts get the whole corpus. Returns where."""
    planted, everything = set(), " ".join(corpus()).replace("\x00", "")
    for model, field in fields():
        column, table = (connection.ops.quote_name(name) for name in (field.column, model._meta.db_table))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE {column} LIKE %s LIMIT 1", [f"%{MARK}%"])
            if cursor.fetchone() is None:
                continue
            longest = getattr(field, "max_length", None)
            text = (next(strings) if longest else everything).replace("\x00", "")
            if isinstance(field, models.JSONField):
                text = json.dumps(next(strings))[1:-1]
            try:
                with atomic():
                    cursor.execute(f"UPDATE {table} SET {column} = substr(replace({column}, %s, %s), 1, %s)"
                                   f" WHERE {column} LIKE %s", [MARK, text, longest or 100_000, f"%{MARK}%"])
            except IntegrityError:
                continue
            planted.add(f"{model._meta.label}.{field.name}")
    return planted


@pytest.fixture
def shop(market_ready: None) -> Any:
    owner = User.objects.get(pk=create_user(email="eva@example.com", password="violet-harbour-lantern-7", name="Eva"))
    staff = User.objects.get(pk=create_user(email="li@example.com", password="violet-harbour-lantern-8",
                                            name=f"{MARK} Li"))
    User.objects.filter(pk=owner.pk).update(name=f"{MARK} Eva")
    owner.refresh_from_db()
    now = clock.now()
    seller = services.register_shop(
        user_id=owner.pk, legal_name="Eva LLC", country="RU", registration_number="7707083893", shop_name="Eva's",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=Actor.user(owner.pk, owner.name), now=now)
    world = tenancy.fill(owner, stall.build(seller, Actor.user(owner.pk, owner.name), now), MARK, staff)
    Product.objects.filter(seller_id=seller.id).update(
        name=MARK, names={"ru": MARK, "zh-hans": MARK}, description=MARK, descriptions={"ru": MARK}, barcodes=[MARK],
        attributes=[{"id": 85, "values": [{"dictionary_value_id": 0, "value": MARK}]}], brand=MARK)
    return world


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    cookies.prove_now(client, user)
    return client


def addresses(client: Client, kinds: set[str], ids: dict[str, Any]) -> list[str]:
    """The pages that this person gets as pages."""
    found = []
    for page in test_pages.pages():
        if page.kind in kinds and all(page.thing(one) in ids for one in page.own):
            path = page.path(ids)
            answer = client.get(path)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                found.append(path)
    return found


@pytest.mark.parametrize("round_", range(2))
def test_E06_no_text_of_a_shop_becomes_markup_or_script(shop, browser: Browser, live_server, round_) -> None:
    operator = User.objects.get(pk=create_user(email="operator@example.com", password="violet-harbour-lantern-9",
                                               name="Olga", operator=True))
    ids = test_pages.ids_of(shop)
    strings = corpus()
    # Each round begins elsewhere in the corpus, so that short fields meet other strings.
    planted = plant(itertools.cycle(strings[round_ * 101:] + strings[:round_ * 101]))
    seen: list[str] = []
    alarms: list[str] = []
    for user, kinds in ((shop.owner, {"seller", "user"}), (operator, {"operator"})):
        client = signed_in(user)
        context = browser.new_context(base_url=live_server.url, locale="en-US")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "url": live_server.url,
                              "value": client.cookies[settings.SESSION_COOKIE_NAME].value}])
        context.add_init_script("window.stopped = []; document.addEventListener('securitypolicyviolation',"
                                " event => window.stopped.push(event.violatedDirective + ' ' + event.sample))")
        page = context.new_page()
        page.on("dialog", lambda dialog: (alarms.append(f"dialog {dialog.message}"), dialog.dismiss()))
        for path in addresses(client, kinds, ids):
            try:
                page.goto(path, wait_until="domcontentloaded")
            except Error:
                # Offered as a file: nothing is drawn.
                continue
            seen.append(path)
            if page.evaluate("window.hit || 0") or page.evaluate("window.stopped.length"):
                alarms.append(f"{path}: {page.evaluate('window.stopped')}")
        context.close()

    assert alarms == []
    assert len(strings) > 200
    assert len(seen) > 60
    assert len(planted) > 25
