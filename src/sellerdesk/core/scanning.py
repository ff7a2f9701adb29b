"""Files of strangers through a virus scanner, before anybody opens them.

`VIRUS_SCANNER` names a clamd, by its host and port or by its socket. A domain that keeps files says with `register` how
to read one and what follows when it is infected, and calls `submit` in the transaction that keeps the file:

    waits for its scan --clean--> may be opened and approved
                       --infected--> bytes are deleted, the domain is told

Without a scanner nothing waits, and pages say that nothing was looked at. Where the scanner does not answer, files
wait: one that nobody looked at is not taken for a clean one.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from struct import pack
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from sellerdesk.core import clock, jobs, storage
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, NotFound
from sellerdesk.core.models import FileScan

log = structlog.get_logger(__name__)
TIMEOUT_SECONDS = 60.0
_PIECE = 1 << 16
_ANSWER_BYTES = 4096
# A job gives up after some minutes; the timetable asks again for what has waited longer than that.
ASK_AGAIN = timedelta(minutes=10)
State = FileScan.State


class ScannerSilent(Exception):
    """The scanner cannot be reached or does not say whether the file is clean; the job tries again."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Files that one domain keeps: `read` gives the bytes behind a key, `refused` takes key, finding and moment."""

    read: Callable[[str], bytes]
    refused: Callable[[str, str, datetime], None]


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def available() -> bool:
    return bool(settings.VIRUS_SCANNER)


def submit(*, kind: str, keys: Iterable[str], seller_id: int) -> None:
    """Put files in the line to the scanner, in the transaction that keeps them. Nothing happens without a scanner."""
    if not available():
        return
    for key in keys:
        FileScan.objects.create(key=key, kind=kind, seller_id=seller_id, asked_at=clock.real_now())
        jobs.enqueue(scan_file, key, seller_id=seller_id, unique_key=f"core.scan:{key}")


def found(keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """State and finding of files that went to the scanner, by key. One query; others are simply not there."""
    return {key: (state, finding) for key, state, finding in
            FileScan.objects.filter(key__in=list(keys)).values_list("key", "state", "finding")}


def must_be_clean(keys: Iterable[str]) -> None:
    """Before a file is opened or approved. Raises Conflict `file_waits_for_scan`, `file_infected`."""
    states = {state for state, _finding in found(keys).values()}
    if State.REFUSED in states:
        raise Conflict("file_infected", _("The virus scanner found something in this file. It was deleted."))
    if State.PENDING in states:
        raise Conflict("file_waits_for_scan", _("The virus scanner has not looked at this file yet. Come back in a "
                                                "minute; if this stays, the scanner does not answer."))


# A task lives beside the service that puts it in.
@task(queue_name="default")
def scan_file(key: str) -> None:
    """Show one file to the scanner. May run twice. Raises ScannerSilent; the job tries again."""
    row = FileScan.objects.filter(key=key, state=State.PENDING).first()
    if row is None:
        return
    kind = _kinds[row.kind]
    try:
        data = kind.read(key)
    except NotFound:
        row.delete()  # erased meanwhile, together with what it belonged to
        return
    finding = look(data)
    now = clock.now()
    with atomic():
        moved = FileScan.objects.filter(pk=row.pk, state=State.PENDING).update(
            state=State.REFUSED if finding else State.CLEAN, finding=finding[:200], done_at=clock.real_now())
        if moved and finding:
            kind.refused(key, finding, now)
    if moved and finding:
        log.warning("file_infected", kind=row.kind, seller=row.seller_id, finding=finding)
        storage.delete(key)


def ask_again() -> None:
    """Put in once more what waits since the scanner was silent for longer than a job is patient."""
    waiting = FileScan.objects.filter(state=State.PENDING, asked_at__lt=clock.real_now() - ASK_AGAIN)
    for key, seller_id in waiting.order_by("id").values_list("key", "seller_id")[:1000]:
        jobs.enqueue(scan_file, key, seller_id=seller_id, unique_key=f"core.scan:{key}")


def look(data: bytes) -> str:
    """What clamd finds in the bytes, empty where it finds nothing. Raises ScannerSilent."""
    try:
        with closing(_connected(settings.VIRUS_SCANNER)) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), _PIECE):
                piece = data[start:start + _PIECE]
                line.sendall(pack("!L", len(piece)) + piece)
            line.sendall(pack("!L", 0))
            answer = b""
            while b"\0" not in answer and len(answer) < _ANSWER_BYTES:
                more = line.recv(_ANSWER_BYTES)
                if not more:
                    break
                answer += more
    except OSError as error:
        raise ScannerSilent(type(error).__name__) from None
    said = answer.rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerSilent(said[:200] or "no answer")


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), TIMEOUT_SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(TIMEOUT_SECONDS)
    try:
        line.connect(parts.path)
    except OSError:
        line.close()
        raise
    return line
