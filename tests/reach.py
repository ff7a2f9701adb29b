"""Which tests a database can have a say in."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

_FIXTURES = {"db", "transactional_db", "django_db_setup", "django_db_reset_sequences", "django_db_serialized_rollback",
             "live_server"}
# Ways round the fixtures: a connection of one's own, a program of one's own, a fixture asked for while the test runs.
_WORDS = ("connection", "database", "postgres", "psycopg", "sqlite", "subprocess", "getfixturevalue", "multiprocessing",
          "db_blocker")
_ROOT = Path(__file__).parents[1]


def may_reach_a_database(item: Any) -> bool:
    """Whether a test asks for the run's database, or its file or that of a fixture of it has a word for other ways to one.

    Without a mark or a fixture pytest-django refuses every statement, so the others fail if they try. In doubt: yes.
    Not so those marked `own_database`, which say themselves that it makes no difference.
    """
    if item.get_closest_marker("own_database"):
        return False
    if item.get_closest_marker("django_db") or not _FIXTURES.isdisjoint(item.fixturenames):
        return True
    return any(_has_a_word(path) for path in _files(item))


def _files(item: Any) -> Iterator[Path]:
    yield item.path
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        for definition in definitions:
            path = Path(inspect.getsourcefile(definition.func) or "")
            # The root's own fixtures for every test look at the connection, and reach no further.
            if path.is_relative_to(_ROOT / "src") or path.is_relative_to(_ROOT / "tests"):
                yield path


@cache
def _has_a_word(path: Path) -> bool:
    text = path.read_text(encoding="utf-8").lower()
    return any(word in text for word in _WORDS)
