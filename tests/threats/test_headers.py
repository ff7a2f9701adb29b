"""What browsers are told with every answer: not to frame, not to guess, not to keep, not to run what is not ours."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import addresses, cookies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def policy(answer):
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


def faults(answer):
    """What is missing on one answer."""
    if "Content-Security-Policy" not in answer:
        return ["no policy"]
    rules = policy(answer)
    sandboxed = "sandbox" in rules
    found = []
    if rules.get("default-src") not in ({"'self'"}, {"'none'"}):
        found.append(f"default-src {rules.get('default-src')}")
    if any("unsafe" in source for sources in rules.values() for source in sources):
        found.append("unsafe")
    if not sandboxed and any(rules.get(name) != {"'none'"} for name in ("object-src", "base-uri", "frame-ancestors")):
        found.append("objects, base or frames")
    if not sandboxed and rules.get("form-action") != {"'self'"}:
        found.append("form-action")
    told = {"X-Content-Type-Options": {"nosniff"}, "X-Frame-Options": {"DENY"},
            # "no-referrer" would make browsers send our own forms with "Origin: null".
            "Referrer-Policy": {"same-origin", "strict-origin"},
            "Cross-Origin-Opener-Policy": {"same-origin"}}
    # One page reads codes with the camera.
    camera = "camera=(self)" if answer.request["PATH_INFO"] == "/orders/scan/" else "camera=()"
    if camera not in answer.get("Permissions-Policy", ""):
        found.append("permissions")
    return found + [name for name, good in told.items() if answer.get(name) not in good]


@pytest.fixture
def client_of_anna(anna, stall, operators_by_password):
    anna.is_operator = True
    anna.save()
    client = Client(raise_request_exception=False)
    client.force_login(anna)
    cookies.prove_now(client, anna)
    return client


PUBLIC = ("sellerdesk.core.http.", "django.views.generic.base", "sellerdesk.seller_api.")


def test_B06_every_answer_forbids_frames_guessing_and_foreign_scripts_and_private_ones_are_not_kept(
        client_of_anna, stall):
    [number] = stall.place()
    here = {"product_id": stall.mug, "warehouse_id": stall.warehouse_id, "number": number, "kind": "email",
            "status": "404"}
    bad, kept = [], []
    for address in addresses.every(here):
        answer = client_of_anna.get(address.path)
        if found := faults(answer):
            bad.append((address.path, found))
        if not address.view.__module__.startswith(PUBLIC) and "no-store" not in answer.get("Cache-Control", ""):
            kept.append((address.path, answer.get("Cache-Control")))

    assert bad == []
    assert kept == []


def test_B06_refusals_and_breakdowns_are_no_exception(client_of_anna, monkeypatch, settings):
    def broken(*args, **kwargs):
        raise ZeroDivisionError

    settings.ALLOWED_HOSTS = ["testserver"]
    nobody = Client(enforce_csrf_checks=True)
    answers = {
        "400": client_of_anna.get("/account/", headers={"Host": "evil.example"}),
        "403": nobody.post("/accounts/login/"),
        "404": client_of_anna.get("/nothing/here/"),
        "405": client_of_anna.get("/shop/switch/"),
        "static": client_of_anna.get("/static/core/frame.css"),
    }
    monkeypatch.setattr("sellerdesk.accounts.queries.has_second_factor", broken)
    monkeypatch.setattr("sellerdesk.core.http.access.redirect", broken)
    monkeypatch.setattr("sellerdesk.accounts.web.views.render", broken)
    answers["500"] = client_of_anna.get("/account/")

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "400": 400, "403": 403, "404": 404, "405": 405, "500": 500, "static": 200}
    assert {name: found for name, answer in answers.items() if (found := faults(answer))} == {}


def test_B06_pages_that_open_an_account_are_kept_by_no_browser(anna, fresh_limits):
    pages = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/new-device/",
             "/accounts/phone/", "/account-recovery/987654/", "/account/contacts/confirm/?token=987654")
    nobody = Client()

    assert {page for page in pages if "no-store" not in nobody.get(page).get("Cache-Control", "")} == set()
