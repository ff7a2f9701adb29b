"""Python's collector of cyclic garbage, and when it is in the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Work through one chunk of rows without the collector, which would look through all of them again and again.

    A quarter of the time of an import went there. What has no cycles is freed as ever; cycles wait until the chunk is
    done, so chunks must be small. Of several threads the first to pause lets it run again.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
