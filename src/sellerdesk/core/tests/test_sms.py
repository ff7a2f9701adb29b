"""A code leaves through a gateway that takes one HTTP request; without one nobody is asked for a code by phone."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.test import override_settings
from django.utils import timezone

from sellerdesk.accounts.services import phone_factor
from sellerdesk.config import env
from sellerdesk.core import mail, rules, sms
from sellerdesk.core.models import Job, Message
from sellerdesk.core.worker import run_until_idle
from sellerdesk.sellers import queries as sellers

pytestmark = pytest.mark.django_db
TEXT = "“123456” is your code.\nНикому — 别告诉任何人 & \"quotes\""


class _Gateway(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def gateway():
    server = HTTPServer(("127.0.0.1", 0), _Gateway)
    server.got, server.answer = [], 200
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def setting(gateway: HTTPServer, monkeypatch: pytest.MonkeyPatch, **more: str) -> override_settings:
    monkeypatch.setenv("SMS_URL", f"http://127.0.0.1:{gateway.server_address[1]}/send")
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    return override_settings(MAIL_CAPTURED=False, **env.sms("SMS_URL"))


def test_a_message_leaves_as_json_with_the_gateways_secret(gateway, monkeypatch):
    with setting(gateway, monkeypatch, SMS_HEADERS="Authorization: Bearer secret\nX-App: 1"):
        mail.send_sms("+79031234567", TEXT, "en")
        run_until_idle()
        mail.deliver.func(Message.objects.get().pk)

    [(headers, body)] = gateway.got
    assert (headers["Authorization"], headers["X-App"], headers["Content-Type"]) == (
        "Bearer secret", "1", "application/json")
    row = Message.objects.get()
    assert json.loads(body) == {"to": "+79031234567", "text": f"{TEXT}\n{row.code}"}
    assert row.sent_at is not None


def test_a_message_leaves_as_form_fields(gateway, monkeypatch):
    with setting(gateway, monkeypatch, SMS_BODY="To={to}&From=%2B15005550006&Body={text}"):
        mail.send_sms("+79031234567", TEXT, "en")
        run_until_idle()

    [(headers, body)] = gateway.got
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body, strict_parsing=True) == {
        "To": ["+79031234567"], "From": ["+15005550006"], "Body": [f"{TEXT}\n{Message.objects.get().code}"]}


def test_a_refused_message_is_tried_again_and_never_logged(gateway, monkeypatch, capsys):
    gateway.answer = 503
    with setting(gateway, monkeypatch):
        mail.send_sms("+79031234567", TEXT, "en")
        run_until_idle()

    job = Job.objects.get()
    assert (job.state, job.attempts, Message.objects.get().sent_at) == ("ready", 1, None)
    assert "123456" not in job.error + capsys.readouterr().out


def test_without_a_gateway_nobody_is_asked_for_a_code_by_phone(dated_rules):
    now = timezone.now()
    assert (sellers.phone_policy(now), phone_factor.offered(now)) != ("off", False)

    with override_settings(MAIL_CAPTURED=False, SMS_URL=""):
        assert sellers.phone_policy(now) == "off"
        assert not phone_factor.offered(now)
        assert not sms.available()
    assert rules.get("sellers.phone_required", "", now).value["policy"] in ("required", "optional")


@pytest.mark.parametrize(("name", "value"), [
    ("SMS_URL", "gateway.example.com"), ("SMS_BODY", '{"to": "{to}"}'), ("SMS_HEADERS", "Bearer secret"),
])
def test_a_gateway_that_cannot_be_read_stops_the_start(name, value, monkeypatch):
    monkeypatch.setenv("SMS_URL", "https://gateway.example.com/send")
    monkeypatch.setenv(name, value)

    with pytest.raises(env.BadSetting) as stopped:
        env.sms("SMS_URL")
    assert stopped.value.name == name
