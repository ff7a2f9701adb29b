"""A mail leaves through a real SMTP server, with its headers, its HTML and its code."""

from __future__ import annotations

import re
import socketserver
import threading
from email import message_from_bytes, policy

import pytest
from django.test import override_settings

from sellerdesk.config import env
from sellerdesk.core import mail
from sellerdesk.core.models import Job, Message
from sellerdesk.core.worker import run_until_idle

pytestmark = pytest.mark.django_db


class _Smtp(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as one mail needs."""

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline():
            word = line.split(b" ")[0].strip().upper()
            if word == b"DATA":
                self._say("354 go on")
                body = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    body += line[1:] if line.startswith(b"..") else line
                self.server.got.append(body)
                self._say("250 kept")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self.server.said.append(line.strip().decode())
                self._say("250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def smtp():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp)
    server.daemon_threads, server.got, server.said = True, [], []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_mail_leaves_through_smtp_with_headers_html_and_code(smtp, anna, monkeypatch):
    anna.phrase = "зелёный чай 绿茶"
    anna.save()
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{smtp.server_address[1]}")
    with override_settings(**env.email("EMAIL_URL", "captured://"), SITE_URL="https://sellers.example.com",
                           DEFAULT_FROM_EMAIL="Sellerdesk <no-reply@sellers.example.com>"):
        mail.send("anna@example.com", "accounts/mail/letter",
                  {"subject": "Новый пароль", "text": "Привет, Anna.", "letter": {"button": "Войти"},
                   "url": "https://sellers.example.com/x/"}, "ru")
        run_until_idle()

    [raw] = smtp.got
    letter = message_from_bytes(raw, policy=policy.default)
    row = Message.objects.get()
    assert letter["Subject"] == "Новый пароль"
    assert letter["To"] == "anna@example.com"
    assert letter["From"] == "Sellerdesk <no-reply@sellers.example.com>"
    assert letter["Message-ID"] == f"<{row.code}@sellers.example.com>"
    assert (letter["Auto-Submitted"], letter["Content-Language"]) == ("auto-generated", "ru")
    assert letter["Date"]
    text = letter.get_body(("plain",)).get_content()
    html = letter.get_body(("html",)).get_content()
    for body in (text, html):
        assert row.code in body
        assert "зелёный чай 绿茶" in body
        assert "https://sellers.example.com/x/" in body
        assert "https://sellers.example.com/did-you-send-this/" in body
    assert "<table" in html
    # What a reader without style sheets misses is the dark and the narrow look, nothing else.
    [sheet] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    unasked = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", sheet).strip()
    assert unasked == ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    assert "http-equiv" not in html
    assert "<img" not in html
    assert "rcpt to:<anna@example.com>" in [line.lower() for line in smtp.said]
    assert row.sent_at is not None


def test_a_second_delivery_sends_nothing_and_a_refused_one_is_tried_again(smtp, anna, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{smtp.server_address[1]}")
    with override_settings(**env.email("EMAIL_URL", "captured://")):
        mail.send("anna@example.com", "accounts/mail/letter", {"subject": "S", "text": "T", "letter": None}, "en")
        pk = Message.objects.get().pk
        run_until_idle()
        mail.deliver.func(pk)
    assert len(smtp.got) == 1

    monkeypatch.setenv("EMAIL_URL", "smtp://127.0.0.1:1")
    with override_settings(**env.email("EMAIL_URL", "captured://")):
        mail.send("anna@example.com", "accounts/mail/letter", {"subject": "S", "text": "T", "letter": None}, "en")
        run_until_idle()
    job = Job.objects.latest("pk")
    assert job.state == "ready"
    assert job.attempts == 1
    assert Message.objects.latest("pk").sent_at is None
