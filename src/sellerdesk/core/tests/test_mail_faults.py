"""F02 for mail: whatever the mail server does wrong, nothing is lost and nobody reads the same letter twice.

A letter that the server took although we never learned of it goes again under the same Message-ID, by which mail
programs know the second copy. Every try is counted on its job, with what went wrong.
"""

from __future__ import annotations

import socketserver
import threading
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.test import override_settings

from sellerdesk.config import env
from sellerdesk.core import mail
from sellerdesk.core.jobs import queue
from sellerdesk.core.models import Job, Message
from sellerdesk.core.worker import run_until_idle

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
TIMEOUT_SECONDS = 0.3


class _Smtp(socketserver.StreamRequestHandler):
    """A mail server that can be told at which word it does what: a reply of its own, `slow`, or `closed`."""

    def handle(self) -> None:
        plan = self.server.plan
        if not self._say("220 test", plan.get("GREETING", "")):
            return
        while line := self.rfile.readline():
            word = line.split(b" ")[0].strip().upper().decode()
            if word == "DATA" and "DATA" not in plan:
                self._say("354 go on")
                body = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    body += line
                # What is taken is kept, also where the answer to it gets lost.
                if plan.get("END", "").startswith(("closed", "slow")) or "END" not in plan:
                    self.server.got.append(body)
                word = "END"
            if not self._say("221 bye" if word == "QUIT" else "250 ok", plan.get(word, "")):
                return

    def _say(self, usual: str, planned: str = "") -> bool:
        if planned == "slow":
            time.sleep(TIMEOUT_SECONDS * 2)
        if planned == "closed":
            return False
        self.wfile.write(f"{planned if planned and planned != 'slow' else usual}\r\n".encode())
        return True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that has hung up is what these tests are about."""


@pytest.fixture
def smtp(monkeypatch):
    server = _Server(("127.0.0.1", 0), _Smtp)
    server.got, server.plan = [], {}
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{server.server_address[1]}")
    with override_settings(**{**env.email("EMAIL_URL", "captured://"), "EMAIL_TIMEOUT": TIMEOUT_SECONDS}):
        yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def real():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def write(subject: str = "S") -> int:
    mail.send("anna@example.com", "accounts/mail/letter", {"subject": subject, "text": "T", "letter": None}, "en")
    return Message.objects.latest("pk").pk


def letters(server) -> list:
    return [message_from_bytes(raw, policy=policy.default) for raw in server.got]


@pytest.mark.parametrize("plan", [
    {"GREETING": "slow"}, {"GREETING": "closed"}, {"GREETING": "554 go away"}, {"GREETING": "what?"},
    {"MAIL": "451 later"}, {"RCPT": "450 mailbox busy"}, {"RCPT": "closed"}, {"DATA": "451 later"},
    {"DATA": "not a code"}, {"END": "552 too much"}, {"END": "451 later"}], ids=str)
def test_F02_a_letter_that_was_not_taken_goes_later_and_once(plan, smtp, real):
    pk = write()
    smtp.plan = plan

    run_until_idle()

    job = Job.objects.get()
    assert (job.state, job.attempts, bool(job.error)) == ("ready", 1, True)
    assert (smtp.got, Message.objects.get(pk=pk).sent_at) == ([], None)
    smtp.plan = {}
    real.shift(timedelta(hours=1))
    run_until_idle()
    run_until_idle()
    assert [letter["Subject"] for letter in letters(smtp)] == ["S"]
    assert Message.objects.get(pk=pk).sent_at == START + timedelta(hours=1)
    assert Job.objects.get().state == "done"


@pytest.mark.parametrize("plan", [{"END": "slow"}, {"END": "closed"}], ids=str)
def test_F02_a_letter_taken_without_an_answer_goes_again_under_the_same_id(plan, smtp, real):
    write()
    smtp.plan = plan
    run_until_idle()
    smtp.plan = {}
    real.shift(timedelta(hours=1))
    run_until_idle()

    assert len(smtp.got) == 2
    assert len({letter["Message-ID"] for letter in letters(smtp)}) == 1


def test_F02_a_worker_that_dies_before_or_after_sending_loses_no_letter(smtp, real):
    before, after = write("before"), write("after")
    taken = {job.args[0]: job for job in queue.claim(["fast"], 2)}
    mail.deliver.func(after)  # sent and written down; the worker dies before its job is closed
    assert set(taken) == {before, after}

    real.shift(timedelta(minutes=2))
    run_until_idle()

    assert sorted(letter["Subject"] for letter in letters(smtp)) == ["after", "before"]
    assert Message.objects.filter(sent_at=None).count() == 0


def test_F02_an_address_that_refuses_for_good_does_not_hold_up_the_others(smtp, real):
    first = write("first")
    smtp.plan = {"RCPT": "550 no such mailbox"}
    run_until_idle()
    smtp.plan = {}
    write("second")
    run_until_idle()

    assert [letter["Subject"] for letter in letters(smtp)] == ["second"]
    assert Message.objects.get(pk=first).error == "refused: 550"
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
