"""History and contacts in a real browser: accessible, fitting and within the policy, in three languages."""

from __future__ import annotations

import os
import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import contacts, history
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import clock
from sellerdesk.core.models import Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_limits")]
HOME = RequestInfo(address="203.0.113.7", agent="Mozilla/5.0 Firefox/130.0 (Windows)", device="Firefox, Windows")
EVENTS = (("account.created", {}), ("sign_in.succeeded", {"method": "password"}), ("factor.totp_added", {}),
          ("sign_in.failed", {"method": "password"}), ("key.created", {"name": "ERP", "shop": "Anna's Shop"}),
          ("sign_in.new_device", {}), ("password.changed", {}),
          ("sign_in.denied", {"event": "sign_in.succeeded", "event_detail": {"method": "totp"}}))


@pytest.fixture
def busy_anna(anna):
    """Anna with a history, a phone, and an address on its way."""
    for kind, detail in EVENTS:
        history.record(user_id=anna.pk, kind=kind, info=HOME, detail=detail)
    User.objects.filter(pk=anna.pk).update(phone="+79161234567", phone_verified_at=clock.real_now())
    EmailAddress.objects.filter(user=anna).update(verified=True)
    contacts.start(user_id=anna.pk, kind="email", new="anna.new@example.com", info=HOME, now=clock.real_now())
    return anna


@pytest.mark.parametrize(("width", "theme", "language"), [
    (1440, "light", "en"), (390, "dark", "ru"), (390, "light", "zh-hans"), (1440, "dark", "ru")])
def test_history_and_contacts_are_accessible_fit_and_keep_the_policy(browser, live_server, busy_anna, width, theme,
                                                                      language):
    from tests.browsers import Axe

    User.objects.filter(pk=busy_anna.pk).update(theme=theme, language=language)
    client = Client()
    client.force_login(busy_anna)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme,
                                   reduced_motion="reduce")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    stop = re.search(r"/account/contacts/stop/\S+", Message.objects.filter(to=busy_anna.email).latest("pk").text)[0]

    for address in ("/account/history/", "/account/contacts/", "/account/history/denied/", stop):
        page.goto(live_server.url + address)
        page.wait_for_function("window.Alpine && window.desk")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{address.split('/')[2]}-{address.split('/')[3] or 'page'}-{language}-"
                                 f"{theme}-{width}.png", full_page=True)
    assert complaints == []
    context.close()
