"""The log of what programs ask. Kept in the process first: a committed row per request would cost more than it tells.

A thread writes what has come together every few seconds, or as soon as a batch is full. A killed process loses the
last seconds of the log and nothing else. Bodies are never kept.
"""

from __future__ import annotations

import atexit
import threading
from collections import deque
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from sellerdesk.core import scope
from sellerdesk.sellers.models import ApiCall, ApiKey
from sellerdesk.sellers.types import CallNote

log = structlog.get_logger(__name__)
BATCH = 50
#: While the database is away the oldest notes give way; memory stays bounded.
WAITING_MAX = 5000
KEPT_DAYS = 7
_DELETED_AT_ONCE = 20_000

_waiting: deque[CallNote] = deque(maxlen=WAITING_MAX)
_full = threading.Event()
_starting = threading.Lock()
_flushing = threading.Lock()
_writer: threading.Thread | None = None


def note_call(note: CallNote) -> None:
    """Remember one request. Costs no query."""
    _waiting.append(note)
    if settings.API_CALL_LOG_SECONDS:
        _start()
        if len(_waiting) >= BATCH:
            _full.set()


@scope.across_shops()
def flush_calls() -> int:
    """Write what has come together, one statement per batch. Returns how many rows. What fails waits for next time."""
    written = 0
    with _flushing:
        while _waiting:
            batch = [_waiting.popleft() for _ in range(min(BATCH, len(_waiting)))]
            try:
                written += _insert(batch)
            except Exception:
                _waiting.extendleft(reversed(batch))
                raise
    return written


def _insert(batch: list[CallNote]) -> int:
    # A key may be gone with its shop since the request.
    known = set(ApiKey.objects.filter(pk__in={note.key_id for note in batch}).values_list("pk", flat=True))
    rows = [ApiCall(key_id=note.key_id, seller_id=note.seller_id, at=note.at, method=note.method[:120],
                    status=note.status, code=note.code, milliseconds=note.milliseconds, address=note.address[:45],
                    request_id=note.request_id[:40])
            for note in batch if note.key_id in known]
    ApiCall.objects.bulk_create(rows)
    return len(rows)


def forget() -> None:
    """Drop what is not written yet; for tests."""
    _waiting.clear()


def forget_old_calls(*, real_now: datetime) -> int:
    """Drop what is older than a week, in bounded steps. Returns how many rows."""
    old = ApiCall.objects.filter(at__lt=real_now - timedelta(days=KEPT_DAYS)).order_by("at")
    dropped = 0
    while ids := list(old.values_list("pk", flat=True)[:_DELETED_AT_ONCE]):
        dropped += ApiCall.objects.filter(pk__in=ids)._raw_delete("default")
    return dropped


def _start() -> None:
    global _writer
    if _writer is None or not _writer.is_alive():
        with _starting:
            if _writer is None or not _writer.is_alive():
                _writer = threading.Thread(target=_write_on, name="api-call-log", daemon=True)
                _writer.start()
                atexit.register(_last_words)


def _write_on() -> None:
    while True:
        _full.wait(settings.API_CALL_LOG_SECONDS)
        _full.clear()
        try:
            close_old_connections()
            flush_calls()
        except Exception:
            log.exception("api_call_log_failed")


def _last_words() -> None:
    try:
        flush_calls()
    except Exception:
        log.exception("api_call_log_failed")
    finally:
        connection.close()
