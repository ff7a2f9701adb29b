"""How passwords are kept, and how many are worked on at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import LimitReached


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
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with slots.taken():
            return super().verify(password, encoded)


class FastForTests(PBKDF2PasswordHasher):
    """One round, so that tests which create people are not about waiting. Named in the test settings only."""

    algorithm = "fast_for_tests"
    iterations = 1
