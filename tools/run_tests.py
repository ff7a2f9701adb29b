"""The whole suite on SQLite, then what a database has a say in once more on PostgreSQL, where one answers.

TEST_POSTGRES_URL names the server (default: the loopback's standard port, user postgres). The browser journeys run
once, on SQLite: they test pages, not databases; so do the tests of the source text and of plain values. On PostgreSQL
every migration runs, once, beside the other tests: each process of the tests there begins with a copy of the tables it
leaves. On SQLite tables come from the models: the commands' tests migrate there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

DEFAULT = "postgres://postgres@127.0.0.1:5432/postgres"
TWO = ("-n", "2", "--dist", "worksteal")
_MIGRATE = """
import django
django.setup()
from django.db import connection
connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
"""


def postgres_answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def run(title: str, *arguments: str, **environment: str) -> int:
    print(f"== {title}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    begun = time.monotonic()
    code = subprocess.run(command, env={**os.environ, **environment}, check=False).returncode
    print(f"== {title}: {(time.monotonic() - begun) / 60:.1f} min", flush=True)
    return code


class Template:
    """A database on PostgreSQL that all migrations have run on, for others to be copied from."""

    def __init__(self, url: str) -> None:
        self._server = urlunsplit(urlsplit(url)._replace(path="/postgres"))
        self.name = f"{os.environ.get('TEST_DB_NAME', 'test_sellerdesk')}_template"
        self._making = subprocess.Popen([sys.executable, "-c", _MIGRATE], env={
            **os.environ, "DATABASE_URL": url, "TEST_DB_NAME": self.name,
            "DJANGO_SETTINGS_MODULE": "sellerdesk.config.settings.test"})

    def ready(self) -> bool:
        """Waits until the migrations have run. Whether they came to an end."""
        return self._making.wait() == 0

    def drop(self) -> None:
        import psycopg
        from psycopg import sql

        self._making.kill()
        self._making.wait()
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))


def on_postgres(url: str, template: Template, *extra: str) -> int:
    if not template.ready():
        print("== PostgreSQL: the migrations failed", flush=True)
        return 1
    return run("PostgreSQL", *TWO, "--migrations", "-m", "not browser", "--only-database",
               "--ignore=tests/architecture", *extra, DATABASE_URL=url, TEST_DB_TEMPLATE=template.name)


def main() -> int:
    extra = sys.argv[1:]
    without_url = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    os.environ.clear()
    os.environ.update(without_url)
    url = os.environ.get("TEST_POSTGRES_URL", DEFAULT)
    template = Template(url) if postgres_answers(url) else None
    try:
        results = {
            "SQLite": run("SQLite", *TWO, "-m", "not browser", *extra),
            "browser": run("browser journeys, SQLite", "-m", "browser", *extra, DJANGO_ALLOW_ASYNC_UNSAFE="true"),
        }
        if template:
            results["PostgreSQL"] = on_postgres(url, template, *extra)
        else:
            print(f"== PostgreSQL: no server answers at {url.rpartition('@')[2]}; skipped")
    finally:
        if template:
            template.drop()
    print("== " + ", ".join(f"{name}: {'passed' if code == 0 else 'FAILED'}" for name, code in results.items()))
    return max(results.values())


if __name__ == "__main__":
    sys.exit(main())
