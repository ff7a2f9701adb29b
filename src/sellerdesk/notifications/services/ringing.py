"""Notes on their way to browsers: put in line when due, sealed for one device, sent, tried again, or given up.

A note that was read meanwhile is not sent. A sender that dies leaves its lease behind, and the note goes out again; its
tag makes the browser show it once. A browser that has unsubscribed is forgotten.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from django.conf import settings
from django.db import close_old_connections
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from uuid_utils import uuid7

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import clock, crypto, fetch, scope, webpush
from sellerdesk.core import rules as dated
from sellerdesk.core.db import atomic
from sellerdesk.core.fetch import FetchFailed
from sellerdesk.notifications import queries, rules
from sellerdesk.notifications.models import Device, Note, Ring
from sellerdesk.notifications.services.devices import PURPOSE, sender, sender_key
from sellerdesk.notifications.types import RingAnswer, RingLetter
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.queries import team as crew

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)
THREADS = 8
IDLE_SECONDS = 1.0
_AT_ONCE = 200
_TEXT_MAX = 600
_ANSWER_BYTES = 4096


def spread(*, real_now: datetime) -> int:
    """Put notes that are due in line for each device of their person. Returns how many were put there."""
    due = list(Note.objects.filter(ring_at__lte=real_now).order_by("ring_at", "pk")[:_AT_ONCE])
    if not due:
        return 0
    devices: dict[int, list[int]] = defaultdict(list)
    for pk, user_id in Device.objects.filter(user_id__in={row.user_id for row in due}).values_list("pk", "user_id"):
        devices[user_id].append(pk)
    # Whoever has left a shop meanwhile hears nothing more of it.
    crews = {seller_id: {one.user_id for one in crew.team(sellers.seller_ref(seller_id))}
             for seller_id in {row.seller_id for row in due if row.user_id in devices}}
    made = 0
    for note in due:
        with atomic():
            # Whoever takes the mark off puts it in line; two workers do not both.
            if not Note.objects.filter(pk=note.pk, ring_at=note.ring_at).update(ring_at=None, rung_at=real_now):
                continue
            if note.read_at is None and note.user_id in crews.get(note.seller_id, ()):
                rows = [Ring(seller_id=note.seller_id, device_id=pk, note_id=note.pk, next_at=real_now,
                             created_at=real_now) for pk in devices[note.user_id]]
                # An older count of the same crowd that still waits says nothing new.
                Ring.objects.filter(note_id=note.pk, state="waiting").update(state="stopped", done_at=real_now)
                made += len(Ring.objects.bulk_create(rows))
    return made


def claim(*, limit: int, real_now: datetime) -> list[RingLetter]:
    """Take up to `limit` that are due under a lease and seal them. A fixed number of queries, and some a shop."""
    free = Q(lease_until=None) | Q(lease_until__lte=real_now)
    token = str(uuid7())
    ids = list(Ring.objects.filter(free, state="waiting", next_at__lte=real_now).order_by("next_at", "pk").values_list(
        "pk", flat=True)[:limit])
    if not ids or not Ring.objects.filter(free, pk__in=ids, state="waiting").update(
            token=token, lease_until=real_now + LEASE):
        return []
    rows = list(Ring.objects.filter(pk__in=ids, token=token).select_related("note", "device").order_by("pk"))
    read = [row for row in rows if row.note is not None and row.note.read_at is not None]
    if read:
        Ring.objects.filter(pk__in=[row.pk for row in read], token=token).update(
            state="stopped", done_at=real_now, token="", lease_until=None)
    return _sealed([row for row in rows if row not in read], token, real_now)


def _sealed(rows: Sequence[Ring], token: str, real_now: datetime) -> list[RingLetter]:
    if not rows:
        return []
    private, public = sender_key(real_now), sender(real_now)
    hours = dated.get("notifications.ring", "", real_now).value["hours"]
    languages = accounts.languages({row.device.user_id for row in rows})
    letters = []
    for row in rows:
        if row.device.sender != public:
            # It was given another key of ours; its page asks to be switched on anew.
            _settle(row.pk, row.device_id, token, RingAnswer("refused", None, "key_changed"), row.tries, real_now)
            continue
        kept = json.loads(crypto.decrypt(row.device.secret.encode(), PURPOSE))
        tag = f"note-{row.note_id}" if row.note_id else "test"
        body = webpush.encrypt(_words(row, tag, languages.get(row.device.user_id, "en")),
                               receiver=webpush.to_bytes(kept["receiver"]), auth=webpush.to_bytes(kept["auth"]))
        letters.append(RingLetter(row.pk, row.seller_id, row.device_id, kept["url"], body, {
            "Authorization": webpush.authorization(kept["url"], private=private, contact=_contact(), at=real_now),
            "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(hours * 3600),
            # A later count of the same crowd takes the place of one that the browser has not fetched yet.
            "Topic": webpush.to_text(hashlib.sha256(tag.encode()).digest())[:32], "Urgency": "high",
        }, row.tries, token))
    return letters


def _words(row: Ring, tag: str, language: str) -> bytes:
    """What the browser shows, in the person's language."""
    # By the shop's own clock, where it has one: what comes of a test shop says so.
    with scope.one_shop(row.seller_id), translation.override(language):
        shop = sellers.seller_ref(row.seller_id).name
        note = row.note
        text = queries.sentence(note.kind, note.event, note.values, note.count) if note else _(
            "This is a test. Notes of “%(shop)s” will appear here.") % {"shop": shop}
        said: dict[str, Any] = {
            "title": f"[TEST] {shop}" if clock.shop() is not None else shop, "body": text[:_TEXT_MAX], "tag": tag,
            "lang": language, "url": (note.link if note else "") or reverse("notifications:notes")}
    return json.dumps(said, ensure_ascii=False).encode()


def _contact() -> str:
    return settings.WEB_PUSH_CONTACT or f"mailto:{settings.SUPPORT_ADDRESS}"


def client() -> httpx.Client:
    return fetch.guarded_client(ports={443}, inner=settings.PUSH_NETWORKS, connections=THREADS)


def send(calls: httpx.Client, letter: RingLetter) -> RingAnswer:
    """Hand one to its push service. No database here, so it may run in any thread. Never raises for what comes back."""
    try:
        answer = fetch.post(calls, letter.url, letter.body, letter.headers, limit=_ANSWER_BYTES,
                            seconds=rules.TIMEOUT_SECONDS)
    except FetchFailed as failed:
        return RingAnswer("again", None, failed.code)
    verdict = rules.judge_ring(answer.status)
    return RingAnswer(verdict, answer.status, "" if verdict == "done" else "status",
                      answer.headers.get("retry-after", ""))


def note_answer(*, letter: RingLetter, answer: RingAnswer, real_now: datetime) -> None:
    """Write down what came of a try and what follows from it."""
    _settle(letter.ring_id, letter.device_id, letter.token, answer, letter.tries, real_now)


def _settle(ring_id: int, device_id: int, token: str, answer: RingAnswer, tries: int, real_now: datetime) -> None:
    device = Device.objects.filter(pk=device_id)
    if answer.verdict == "gone":
        # With everything that is on its way there.
        device.delete()
        log.info("device_gone", device=device_id)
        return
    with atomic():
        mine = Ring.objects.filter(pk=ring_id, token=token, state="waiting")
        said: dict[str, Any] = {"status": answer.status, "code": answer.code, "token": "", "lease_until": None,
                                "tries": F("tries") + 1}
        if answer.verdict == "done":
            mine.update(**said, state="done", done_at=real_now)
            device.update(last_ok_at=real_now, failed_at=None, code="")
            return
        pauses = dated.get("notifications.ring", "", real_now).value["pauses"]
        pause = None if answer.verdict == "refused" else rules.ring_pause(
            pauses, tries + 1, secrets.randbelow(1001) / 1000, answer.wait)
        if pause is None:
            mine.update(**said, state="dropped", done_at=real_now)
        else:
            mine.update(**said, next_at=real_now + pause)
        device.update(failed_at=real_now, code=(str(answer.status) if answer.status else answer.code)[:40])


def run_due(*, real_now: datetime, limit: int = 500) -> int:
    """Put in line and send what is due now, in this thread; returns how many tries were made. For tests and by hand."""
    spread(real_now=real_now)
    made = 0
    with client() as calls:
        while made < limit and (letters := claim(limit=20, real_now=real_now)):
            for letter in letters:
                note_answer(letter=letter, answer=send(calls, letter), real_now=real_now)
                made += 1
    return made


@scope.across_shops()
def run(stop: threading.Event) -> None:
    """Send until told to stop: threads wait for push services, this one keeps the books."""
    with client() as calls, ThreadPoolExecutor(THREADS, thread_name_prefix="ring") as pool:
        while not stop.is_set():
            close_old_connections()
            spread(real_now=clock.real_now())
            letters = claim(limit=THREADS, real_now=clock.real_now())
            if not letters:
                stop.wait(IDLE_SECONDS)
                continue
            _finish(zip(letters, [pool.submit(send, calls, letter) for letter in letters], strict=True))


def _finish(sent: Iterable[tuple[RingLetter, Future[RingAnswer]]]) -> None:
    for letter, future in sent:
        note_answer(letter=letter, answer=future.result(), real_now=clock.real_now())


def forget_old(*, real_now: datetime, days: int) -> int:
    """Drop what went to devices longer ago than so many days. Returns how many."""
    return Ring.objects.filter(created_at__lt=real_now - timedelta(days=days)).delete()[0]
