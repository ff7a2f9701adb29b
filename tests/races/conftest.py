"""A crowd: processes with threads of their own, all of which act in the same instant on the same database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from tests.stall import Stall
from tests.turns import turn

PROCESSES, THREADS = 8, 8
#: Rounds of each race. Few by default; `SELLERDESK_RACE_ROUNDS=200` is the promise.
ROUNDS = int(os.environ.get("SELLERDESK_RACE_ROUNDS", "2"))
_START_SECONDS = 0.05
_PROGRAM = f"import django; django.setup(); from tests.races import buyer; buyer.main({THREADS})"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.django_db(transaction=True))


def _address() -> str:
    """The test database as other processes write it."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    user = quote(told["USER"]) + (f":{quote(told['PASSWORD'])}" if told["PASSWORD"] else "")
    return f"postgres://{user}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


class Crowd:
    """64 people at once."""

    def __init__(self) -> None:
        self.people = [subprocess.Popen(
            [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, cwd=Path(__file__).parents[2], env={
                **os.environ, "DATABASE_URL": _address(), "DJANGO_SETTINGS_MODULE": "sellerdesk.config.settings.test"})
            for _ in range(PROCESSES)]
        assert [self._heard(process) for process in self.people] == ["ready"] * PROCESSES

    @staticmethod
    def _heard(process: subprocess.Popen[str]) -> str:
        assert process.stdout is not None
        return process.stdout.readline().strip()

    def all_at_once(self, stall: Stall, now: datetime, wishes: list[list[Any]]) -> list[str]:
        """Everybody does their own thing in the same instant; what became of each, in the order of the wishes."""
        assert len(wishes) == PROCESSES * THREADS
        with turn():
            start = time.time() + _START_SECONDS
            for index, process in enumerate(self.people):
                assert process.stdin is not None
                process.stdin.write(json.dumps({
                    "seller": stall.seller.id, "now": now.isoformat(), "at": start,
                    "acts": wishes[index * THREADS:(index + 1) * THREADS]}) + "\n")
                process.stdin.flush()
            return [word for process in self.people for word in json.loads(self._heard(process))]

    def leave(self) -> None:
        for process in self.people:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(20)
            assert process.stdout is not None
            process.stdout.close()


@pytest.fixture(scope="session")
def crowd(django_db_setup: None, django_db_blocker: Any) -> Iterator[Crowd]:
    with django_db_blocker.unblock():
        made = Crowd()
    yield made
    made.leave()
