"""Switching notes on and off in a browser, as far as a browser without a push service goes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sellerdesk.core import webpush
from sellerdesk.notifications.models import Device, SenderKey
from sellerdesk.notifications.services.devices import sender_key

# The one thing that needs the network: a browser asks its maker's push service for an address. All else is real: the
# permission, the service worker, its registration. As in a browser, a subscription outlives the page.
PUSH_SERVICE = """
const kept = () => localStorage.getItem("subscribed");
const bytes = (list) => new Uint8Array(list).buffer;
const made = (stored) => stored && ({
  endpoint: stored.endpoint, options: { applicationServerKey: bytes(stored.key) },
  toJSON: () => ({ endpoint: stored.endpoint, keys: { p256dh: "%(point)s", auth: "%(auth)s" } }),
  unsubscribe: async () => { localStorage.removeItem("subscribed"); return true; },
});
PushManager.prototype.getSubscription = async () => made(JSON.parse(kept()));
PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
  const times = Number(localStorage.getItem("times") || 0) + 1;
  localStorage.setItem("times", times);
  localStorage.setItem("subscribed", JSON.stringify({
    endpoint: `https://fcm.googleapis.com/fcm/send/${times}`, key: [...applicationServerKey] }));
  return made(JSON.parse(kept()));
};
"""


@pytest.fixture
def her_page(open_browser: Any, anna_client: Any, stall: Any) -> Page:
    page: Page = open_browser()
    address = page.context._impl_obj._options["baseURL"]
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": address}
                              for name, morsel in anna_client.cookies.items()])
    page.context.grant_permissions(["notifications"], origin=address)
    point = webpush.public_of(webpush.make_key())
    page.add_init_script(PUSH_SERVICE % {"point": point, "auth": webpush.to_text(bytes(16))})
    return page


def test_a_browser_is_switched_on_and_off(her_page: Page, anna: Any) -> None:
    page = her_page
    page.goto("/notes/settings/")
    state = page.locator("#this-browser")
    expect(state).to_have_attribute("data-state", "off")
    assert not SenderKey.objects.exists()

    page.get_by_role("button", name="Tell me in this browser").click()

    row = page.locator("[data-device]")
    expect(row).to_have_count(1)
    expect(row.locator("[data-here]")).to_be_visible()
    expect(state).to_have_attribute("data-state", "on")
    device = Device.objects.get()
    assert (device.user_id, device.host) == (anna.pk, "fcm.googleapis.com")
    # What the browser subscribed for is the key that the page was given, and the one we sign with.
    given = bytes(page.evaluate("JSON.parse(localStorage.getItem('subscribed')).key"))
    assert webpush.to_text(given) == device.sender == webpush.public_of(sender_key(device.created_at))

    row.get_by_role("button", name="off the list").click()

    expect(page.locator("[data-device]")).to_have_count(0)
    expect(state).to_have_attribute("data-state", "off")
    assert not Device.objects.exists()
    assert page.evaluate("localStorage.getItem('subscribed')") is None


def test_a_changed_key_is_subscribed_for_anew(her_page: Page, settings: Any) -> None:
    page = her_page
    page.goto("/notes/settings/")
    page.get_by_role("button", name="Tell me in this browser").click()
    expect(page.locator("#this-browser")).to_have_attribute("data-state", "on")
    settings.WEB_PUSH_KEY = webpush.make_key()
    page.reload()
    expect(page.locator("#this-browser")).to_have_attribute("data-state", "off")

    page.get_by_role("button", name="Tell me in this browser").click()

    expect(page.locator("#this-browser")).to_have_attribute("data-state", "on")
    assert page.evaluate("localStorage.getItem('times')") == "2"
    assert Device.objects.filter(sender=webpush.public_of(settings.WEB_PUSH_KEY)).count() == 1


def test_a_browser_that_does_not_allow_notes_is_told_what_to_do(her_page: Page) -> None:
    her_page.context.clear_permissions()
    her_page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
    her_page.goto("/notes/settings/")

    expect(her_page.locator("#this-browser")).to_have_attribute("data-state", "denied")
    expect(her_page.get_by_role("button", name="Tell me in this browser")).to_be_hidden()
