"""A real worker process on a real database file, to be killed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_PRELUDE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "sellerdesk.config.settings.test"
import time_machine
from datetime import UTC, datetime
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
travel = time_machine.travel(NOW, tick=False)
travel.start()
import django
django.setup()
"""
#: What tells one run from another without being a difference: who held the job, how often, since when.
_LEFT_OUT = {"core_job", "sqlite_sequence", "django_migrations"}


_WORK = """
from sellerdesk.catalog.services import import_run, undoing
import_run.CHUNK, import_run._PARSED_AT_ONCE, undoing.CHUNK = 100, 200, 100
from sellerdesk.core import worker
worker.run_until_idle(500)
"""


def _inherited() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SELLERDESK_FAULT")}


class Place:
    """A folder with a database and files, and programs that work in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def database(self) -> Path:
        return self.folder / "sellerdesk.sqlite3"

    def copy(self, name: str) -> Place:
        target = self.folder.parent / name
        shutil.copytree(self.folder, target)
        return Place(target)

    def run(self, program: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a program in a process of its own."""
        return subprocess.run(
            [sys.executable, "-c", _PRELUDE + program], capture_output=True, text=True, timeout=240,
            cwd=Path(__file__).parents[2], env={**_inherited(), "SELLERDESK_DATA": str(self.folder), **env})

    def work(self, **env: str) -> subprocess.CompletedProcess[str]:
        """The worker, until nothing is left to do."""
        return self.run(_WORK, **env)

    def work_until_killed(self, seconds: float) -> bool:
        """The worker, killed after so long. False when it was done before."""
        with subprocess.Popen(
                [sys.executable, "-c", _PRELUDE + "print('up', flush=True)\n" + _WORK], stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[2], text=True,
                env={**_inherited(), "SELLERDESK_DATA": str(self.folder)}) as process:
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                return True
        return False

    def lease_runs_out(self) -> int:
        """As if a minute had gone by since the worker died. Returns how many leases ran out."""
        with sqlite3.connect(self.database) as connection:
            return connection.execute(
                "UPDATE core_job SET lease_until = '2000-01-01 00:00:00' WHERE state = 'running'").rowcount

    def fingerprints(self) -> dict[str, str]:
        """A hash of each table's rows."""
        connection = sqlite3.connect(self.database)
        # The pages of a search index lie as they were written, one by one or many at once, and are made from the tables.
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                 if "_words" not in row[0]]
        found = {}
        for name in sorted(set(names) - _LEFT_OUT):
            rows = sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
            found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16] + f" ({len(rows)})"
        connection.close()
        return found

    def scalar(self, sql: str) -> Any:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(sql).fetchone()[0]
        finally:
            connection.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Anna's shop, and a file of 600 rows, twelve of them wrong, uploaded and not yet read."""
    made = Place(tmp_path_factory.mktemp("durability") / "start")
    made.folder.mkdir()
    done = made.run("""
from datetime import time
from tests import starting
starting.make_tables()
from sellerdesk.accounts.services import create_user
from sellerdesk.catalog.services import importing, loading
from sellerdesk.core import rules
from sellerdesk.core.actor import Actor
from sellerdesk.inventory import services as inventory
from sellerdesk.sellers import services as sellers
rules.write_defaults()
loading.load_starter(NOW)
user_id = create_user(email="anna@example.com", password="correct-horse-battery-staple", name="Anna")
actor = Actor.user(user_id, "Anna")
shop = sellers.register_shop(
    user_id=user_id, legal_name="Anna LLC", country="RU", registration_number="7707083893", shop_name="Anna's Shop",
    currency="RUB", time_zone="Europe/Moscow", language="en", actor=actor, now=NOW)
inventory.create_warehouse(seller=shop, name="Depot", city="Moscow", address="Lesnaya 1", time_zone="Europe/Moscow",
                           cut_off=time(18), actor=actor, now=NOW)
head = ("Offer ID;Product name;Product type;Price;Stock;Package depth, mm;Package width, mm;Package height, mm;"
        "Weight with package, g;VAT;Brand;Model name;Product colour;Connection")
rows = [f"K-{at};Aria {at};91101;{1000 + at};{at % 50};200;90;220;350;20%;No brand;M-{at};"
        f"{'blakc' if at % 50 == 7 else 'Black'};Bluetooth" for at in range(600)]
importing.upload_file(seller=shop, file_name="goods.csv", data="\\n".join([head, *rows]).encode(), language="en",
                      actor=actor, now=NOW, ask=True)
""")
    assert done.returncode == 0, done.stderr
    return made
