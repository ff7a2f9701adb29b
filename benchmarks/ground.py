"""A database to measure in: made like that of the tests, thrown away at the end."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django


def start(*hashers: str) -> None:
    """Settings of the tests; with `hashers`, passwords are kept as in production."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sellerdesk.config.settings.test")
    os.environ.setdefault("SELLERDESK_ENV", "test")
    django.setup()
    from django.conf import settings
    from django.test.utils import setup_test_environment

    if hashers:
        settings.PASSWORD_HASHERS = list(hashers)
    setup_test_environment()


@contextmanager
def database() -> Iterator[str]:
    """An empty, migrated database with the starting rules. Gives the vendor's name."""
    from django.db import connection

    from sellerdesk.core import rules, scope

    before = str(connection.settings_dict["NAME"])
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with scope.across_shops():
            rules.write_defaults()
            yield connection.vendor
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def timed(act: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def p50_p95(sample: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(sample, n=100, method="inclusive")
    return cuts[49], cuts[94]
