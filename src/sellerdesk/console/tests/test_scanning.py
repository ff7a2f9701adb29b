"""What sellers hand in goes through a clamd before anybody opens it; a made-up one answers here."""

from __future__ import annotations

import socketserver
import threading
from datetime import timedelta
from struct import unpack

import pytest
from django.urls import reverse

from sellerdesk.catalog.models_moderation import Certificate, PaperFile
from sellerdesk.catalog.services import certificates, paperfiles
from sellerdesk.config import env
from sellerdesk.core import activity, clock, scanning, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Conflict, NotFound
from sellerdesk.core.models import FileScan, Job
from sellerdesk.core.worker import run_until_idle
from sellerdesk.sellers.models import Document
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.services import documents

pytestmark = pytest.mark.django_db
CLEAN = b"%PDF-1.4\n1 0 obj<</Type /Page>>endobj\n" + b"%" * 200_000 + b"\n%%EOF\n"
INFECTED = b"%PDF-1.4\n1 0 obj<</Type /Page>>endobj\nEICAR\n%%EOF\n"
OLGA = Actor.operator(1, "Olga")


class _Clamd(socketserver.StreamRequestHandler):
    """Reads INSTREAM as clamd does, and finds a virus in everything that holds the word EICAR."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        self.server.got.append(data)
        said = self.server.answer or ("stream: Eicar-Test FOUND" if b"EICAR" in data else "stream: OK")
        self.wfile.write(said.encode() + b"\0")


@pytest.fixture(params=["tcp", "socket"])
def clamd(request, settings, tmp_path, monkeypatch):
    if request.param == "tcp":
        server = socketserver.TCPServer(("127.0.0.1", 0), _Clamd)
        monkeypatch.setenv("VIRUS_SCANNER", f"clamd://127.0.0.1:{server.server_address[1]}")
    else:
        server = socketserver.UnixStreamServer(str(tmp_path / "clamd.ctl"), _Clamd)
        monkeypatch.setenv("VIRUS_SCANNER", f"clamd://{tmp_path}/clamd.ctl")
    server.got, server.answer = [], ""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    settings.VIRUS_SCANNER = env.scanner("VIRUS_SCANNER")
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def paper(rival_shop, clara, now):
    def hand_in(data: bytes) -> Document:
        return Document.objects.get(pk=documents.keep(
            seller=rival_shop, item_key="charter", name="charter.pdf", data=data, user_id=clara.pk,
            actor=Actor.user(clara.pk, "Clara"), now=now))

    return hand_in


def opened(row: Document, now) -> bytes:
    return documents.open_document(seller_id=row.seller_id, document_id=row.pk, actor=OLGA, now=now)[2]


def approve(row: Document, now) -> None:
    documents.judge_document(seller_id=row.seller_id, document_id=row.pk, approved=True, actor=OLGA, now=now)


def test_a_paper_waits_for_the_scanner_and_is_opened_and_approved_once_it_is_clean(clamd, paper, now, operator_client):
    row = paper(CLEAN)
    page = reverse("console:review", args=[row.seller_id])

    assert "Virus scan under way" in operator_client.get(page).content.decode()
    for act in (opened, approve):
        with pytest.raises(Conflict) as refused:
            act(row, now)
        assert refused.value.code == "file_waits_for_scan"
    run_until_idle()

    assert clamd.got == [CLEAN]
    assert "No virus found" in operator_client.get(page).content.decode()
    assert opened(row, now) == CLEAN
    approve(row, now)
    assert Document.objects.get().state == "approved"


def test_an_infected_paper_is_refused_with_the_reason_and_its_bytes_are_deleted(clamd, paper, now, operator_client):
    row = paper(INFECTED)

    run_until_idle()

    row.refresh_from_db()
    assert row.state == "rejected"
    assert "virus scanner" in wording.reason_text(row.reason)
    entry = activity.history(row.seller_id, "document", row.pk)[0]
    assert (entry.event, entry.actor.kind, entry.data["finding"]) == (
        "sellers.document.rejected", "system", "Eicar-Test")
    assert "Infected: Eicar-Test" in operator_client.get(
        reverse("console:review", args=[row.seller_id])).content.decode()
    with pytest.raises(Conflict) as refused:
        opened(row, now)
    assert refused.value.code == "file_infected"
    with pytest.raises(NotFound):
        storage.open_bytes(row.storage_key)


def test_a_paper_about_goods_goes_the_same_way(clamd, rival_shop, now):
    def hand_in(number: str, data: bytes) -> int:
        return certificates.create(
            seller=rival_shop, paper=certificates.Paper("declaration", number, "Cups", now.date()),
            files=[("a.pdf", data)], actor=Actor.system("test"), now=now)

    good, bad = hand_in("D-1", CLEAN), hand_in("D-2", INFECTED)
    with pytest.raises(Conflict):
        certificates.decide(certificate_id=good, accepted=True, actor=OLGA, now=now)
    with pytest.raises(Conflict):
        paperfiles.open_file(file_id=PaperFile.objects.get(certificate_id=good).pk)
    run_until_idle()

    certificates.decide(certificate_id=good, accepted=True, actor=OLGA, now=now)
    states = dict(Certificate.objects.values_list("number", "state"))
    assert states == {"D-1": "accepted", "D-2": "declined"}
    assert Certificate.objects.get(pk=bad).reason == "infected"
    assert paperfiles.open_file(file_id=PaperFile.objects.get(certificate_id=good).pk)[2] == CLEAN


def test_a_silent_scanner_lets_nothing_pass_and_is_asked_again(clamd, paper, now):
    clamd.answer = "INSTREAM size limit exceeded. ERROR"
    row = paper(CLEAN)
    Job.objects.update(attempts=4)

    run_until_idle()

    assert FileScan.objects.get().state == "pending"
    assert Job.objects.get(task__endswith="scan_file").state == "failed"
    with pytest.raises(Conflict):
        opened(row, now)
    clamd.answer = ""
    FileScan.objects.update(asked_at=clock.real_now() - timedelta(hours=1))
    scanning.ask_again()
    run_until_idle()
    assert opened(row, now) == CLEAN


def test_without_a_scanner_nothing_waits_and_the_page_says_so(paper, now, operator_client):
    row = paper(INFECTED)

    assert not FileScan.objects.exists()
    assert opened(row, now) == INFECTED
    assert "Not scanned for viruses" in operator_client.get(
        reverse("console:review", args=[row.seller_id])).content.decode()


@pytest.mark.parametrize("address", ["127.0.0.1:3310", "http://127.0.0.1", "clamd://", "clamd://host:x"])
def test_an_address_that_names_no_scanner_stops_the_start(monkeypatch, address):
    monkeypatch.setenv("VIRUS_SCANNER", address)

    with pytest.raises(env.BadSetting, match="VIRUS_SCANNER"):
        env.scanner("VIRUS_SCANNER")
