"""Named points in the program, between a look and a write or between two transactions, for tests alone.

    SELLERDESK_FAULT=catalog.import.applied:3 sellerdesk worker

kills the process with SIGKILL when it passes the point for the third time, to see that nothing is lost or done twice.
Nobody else sets the variable. `at` lets a test act as a second person at the point: a race that threads alone would
find once in a thousand runs.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_name, _, _count = os.environ.get("SELLERDESK_FAULT", "").partition(":")
_left = int(_count or 1)
_waiting: dict[str, Callable[[], object]] = {}


def point(name: str) -> None:
    """A place where dying, or somebody else's act, must do no harm."""
    global _left
    if _waiting and (act := _waiting.pop(name, None)):
        act()
    if name != _name:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def at(name: str, act: Callable[[], object]) -> Iterator[None]:
    """Do something when the program next passes the point, once. Raises AssertionError where it never did."""
    _waiting[name] = act
    try:
        yield
        assert name not in _waiting, f"the program never passed {name}"
    finally:
        _waiting.pop(name, None)
