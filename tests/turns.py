"""Tests with a crowd of connections take turns: a database server has a hundred in all, and pytest several workers."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn() -> Iterator[None]:
    """No other worker's crowd meanwhile."""
    with (Path(tempfile.gettempdir()) / "sellerdesk-tests-crowd.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
