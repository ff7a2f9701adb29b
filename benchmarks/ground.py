"""A database to measure in: made like that of the tests, thrown away at the end."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django


class _Nothing(dict[str, None]):
    """No app has migrations."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def start(*hashers: str) -> None:
    """Settings of the tests; with `hashers`, passwords are kept as in production."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sellerdesk.config.settings.test")
    os.environ.setdefault("SELLERDESK_ENV", "test")
    django.setup()
    from django.conf import settings
    from django.test.utils import setup_test_environment

    # Tables come from the models, in a third of the time of all migrations, as in the tests.
    settings.MIGRATION_MODULES = _Nothing()
    if hashers:
        settings.PASSWORD_HASHERS = list(hashers)
    setup_test_environment()


@contextmanager
def database(*, keep: bool = False, again: bool = False) -> Iterator[str]:
    """An empty, migrated database with the starting rules; with `keep` it stays at the end, with `again` it is one that
    has stayed. Gives the vendor's name."""
    from django.db import connection

    from sellerdesk.core import rules, scope

    before = str(connection.settings_dict["NAME"])
    connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=again)
    try:
        with scope.across_shops():
            if not again:
                rules.write_defaults()
            yield connection.vendor
    finally:
        connection.creation.destroy_test_db(before, verbosity=0, keepdb=keep)


def timed(act: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def p50_p95(sample: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(sample, n=100, method="inclusive")
    return cuts[49], cuts[94]
