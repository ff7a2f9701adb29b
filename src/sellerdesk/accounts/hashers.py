"""How passwords are kept, and how many are worked on at once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import LimitReached

T = TypeVar("T")


class HashingBusy(LimitReached):
    code = "hashing_busy"
    message = _("Very many people are signing in at this moment. Try again in %(seconds)s s.")


class Slots:
    """At most `size` at work; up to `queue` others wait `patience` seconds and are then refused.

    Hashing is the cheapest way to put a small server down, whatever address the tries come from.
    """

    def __init__(self, size: int, queue: int, patience: float) -> None:
        self.patience = patience
        self._free = threading.BoundedSemaphore(size)
        self._waiting = threading.BoundedSemaphore(queue)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Raises HashingBusy."""
        if not self._free.acquire(blocking=False):
            if not self._waiting.acquire(blocking=False):
                raise HashingBusy(retry_after_seconds=2)
            try:
                if not self._free.acquire(timeout=self.patience):
                    raise HashingBusy(retry_after_seconds=2)
            finally:
                self._waiting.release()
        try:
            yield
        finally:
            self._free.release()


slots = Slots(settings.HASHING_SLOTS, settings.HASHING_SLOTS * 50, 2.0)


class Workers:
    """As many threads as there are slots, and all hashing is done in them.

    The C library keeps the 19 MiB of a hashing with the thread that asked for them. Done by whichever thread answers a
    request, that memory stays in each of them; measured with 200, it was three times as much.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._forget()
        # Threads do not follow into a forked process, so it starts its own.
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._making = threading.Lock()

    def do(self, act: Callable[..., T], *given: str) -> T:
        with self._making:
            self._pool = self._pool or ThreadPoolExecutor(self._size, thread_name_prefix="hashing")
        return self._pool.submit(act, *given).result()


workers = Workers(settings.HASHING_SLOTS)


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the OWASP minimum, about 25 ms on the reference machine.

    Django's own setting takes 100 MiB a sign-in, which a small server cannot spare for several people at once. A
    password kept with other figures is hashed anew at its next use.
    """

    time_cost = 2
    memory_cost = 19456
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with slots.taken():
            return workers.do(super().encode, password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with slots.taken():
            return workers.do(super().verify, password, encoded)


class FastForTests(PBKDF2PasswordHasher):
    """One round, so that tests which create people are not about waiting. Named in the test settings only."""

    algorithm = "fast_for_tests"
    iterations = 1
