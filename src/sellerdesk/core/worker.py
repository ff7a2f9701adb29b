"""One worker drains the outbox, runs jobs and keeps the timetable. In demo and tests it runs inside the process."""

from __future__ import annotations

import threading
import time

import structlog
from django.db import close_old_connections

from sellerdesk.core import outbox
from sellerdesk.core.jobs import queue, timetable

log = structlog.get_logger(__name__)
QUEUES = ["fast", "default", "slow"]
IDLE_SECONDS = 0.25
TIMETABLE_SECONDS = 5.0
HEARTBEAT_SECONDS = 15.0


def step(queues: list[str] | None = None, limit: int = 20) -> int:
    """One round. Returns how much was done."""
    done = outbox.drain()
    for lease in queue.claim(queues or QUEUES, limit):
        with _Heartbeat(lease):
            queue.run(lease)
        done += 1
    return done


def run_until_idle(rounds: int = 100) -> None:
    """For tests and for commands that want everything settled before they end."""
    for _ in range(rounds):
        if not step():
            return
    raise RuntimeError("the worker does not come to rest: does a handler cause itself?")


def run(stop: threading.Event, queues: list[str] | None = None) -> None:
    """Work until told to stop. A failing round is logged and tried again; the loop itself never dies."""
    next_timetable = 0.0
    while not stop.is_set():
        done = 0
        try:
            close_old_connections()
            if time.monotonic() >= next_timetable:
                timetable.enqueue_due()
                next_timetable = time.monotonic() + TIMETABLE_SECONDS
            done = step(queues, limit=5)
        except Exception:
            log.exception("worker_round_failed")
            stop.wait(2)
        if not done:
            stop.wait(IDLE_SECONDS)


class _Heartbeat:
    """Extends the lease while a job runs, however long it takes; a killed worker stops beating by itself."""

    def __init__(self, lease: queue.Lease) -> None:
        self.lease = lease
        self.ended = threading.Event()
        self.thread: threading.Thread | None = None

    def __enter__(self) -> None:
        self.thread = threading.Thread(target=self._beat, daemon=True)
        self.thread.start()

    def _beat(self) -> None:
        from django.db import connection

        while not self.ended.wait(HEARTBEAT_SECONDS):
            try:
                queue.extend(self.lease)
            finally:
                connection.close()

    def __exit__(self, *details: object) -> None:
        self.ended.set()
        if self.thread:
            self.thread.join(timeout=1)
