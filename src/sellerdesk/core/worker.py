"""One worker drains the outbox, runs jobs and keeps the timetable. In demo and tests it runs inside the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog
from django.db import OperationalError, close_old_connections

from sellerdesk.core import outbox, scope
from sellerdesk.core.jobs import queue, timetable

log = structlog.get_logger(__name__)
QUEUES = ["fast", "default", "slow"]
IDLE_SECONDS = 0.25
TIMETABLE_SECONDS = 5.0
HEARTBEAT_SECONDS = 15.0
# How long a companion has to come to its end.
STOP_SECONDS = 6.0
BEAT_SECONDS = 1.0
Beat = Callable[[], int]
_beats: list[Beat] = []


def every_second(beat: Beat) -> None:
    """Let the worker call this about once a real second, and again at once while it says that it did something.

    For small steps of work that never ends, such as markets of test shops. Registered in `AppConfig.ready`; several
    workers may call it at the same time. Work with a beginning and an end is a job.
    """
    if beat not in _beats:
        _beats.append(beat)


def beat() -> int:
    """Call everything that wants to be called every second. Returns how much was done."""
    return sum(one() for one in _beats)

Companion = Callable[[threading.Event], None]
_companions: dict[str, Companion] = {}


def beside(name: str, loop: Companion) -> None:
    """Register at start-up what runs in a thread of its own beside the worker, until told to stop.

    For work that waits on strangers: a job that waits holds up every other one.
    """
    _companions[name] = loop


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


@scope.across_shops()
def run(stop: threading.Event, queues: list[str] | None = None) -> None:
    """Work until told to stop. A failing round is logged and tried again; the loop itself never dies."""
    beside_us = [threading.Thread(target=_accompany, args=(name, loop, stop), name=name, daemon=True)
                 for name, loop in _companions.items()]
    for thread in beside_us:
        thread.start()
    next_timetable = next_beat = 0.0
    while not stop.is_set():
        done = 0
        try:
            close_old_connections()
            if time.monotonic() >= next_timetable:
                timetable.enqueue_due()
                next_timetable = time.monotonic() + TIMETABLE_SECONDS
            done = step(queues, limit=5)
            if time.monotonic() >= next_beat:
                beaten = beat()
                done += beaten
                next_beat = 0.0 if beaten else time.monotonic() + BEAT_SECONDS
        except Exception:
            log.exception("worker_round_failed")
            stop.wait(2)
        if not done:
            stop.wait(IDLE_SECONDS)
    for thread in beside_us:
        thread.join(timeout=STOP_SECONDS)


def _accompany(name: str, loop: Companion, stop: threading.Event) -> None:
    from django.db import connection

    try:
        while not stop.is_set():
            try:
                loop(stop)
            except Exception:
                log.exception("companion_failed", name=name)
                stop.wait(2)
    finally:
        connection.close()


class _Heartbeat:
    """Extends the lease while a job runs, however long it takes; a killed worker stops beating by itself."""

    def __init__(self, lease: queue.Lease) -> None:
        self.lease = lease
        self.ended = threading.Event()
        self.thread: threading.Thread | None = None

    def __enter__(self) -> None:
        self.thread = threading.Thread(target=self._beat, daemon=True)
        self.thread.start()

    @scope.across_shops()
    def _beat(self) -> None:
        from django.db import connection

        while not self.ended.wait(HEARTBEAT_SECONDS):
            try:
                queue.extend(self.lease)
            except OperationalError:
                # The job itself is writing, and SQLite has one writer; the next beat is in time.
                log.info("heartbeat_skipped", job=self.lease.id)
            finally:
                connection.close()

    def __exit__(self, *details: object) -> None:
        self.ended.set()
        if self.thread:
            self.thread.join(timeout=1)
