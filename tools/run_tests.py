"""The whole suite on SQLite, then the same suite on PostgreSQL where one answers.

TEST_POSTGRES_URL names the server (default: the loopback's standard port, user postgres). The browser journeys run
once, on SQLite: they test pages, not databases; so do the tests of the source text. On PostgreSQL every migration runs,
on SQLite tables come from the models: the journeys' servers and the commands' tests migrate there.
"""

from __future__ import annotations

import os
import subprocess
import sys

DEFAULT = "postgres://postgres@127.0.0.1:5432/postgres"


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
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


def main() -> int:
    extra = sys.argv[1:]
    without_url = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    os.environ.clear()
    os.environ.update(without_url)
    results = {
        "SQLite": run("SQLite", "-n", "2", "--dist", "worksteal", "-m", "not browser", *extra),
        "browser": run("browser journeys, SQLite", "-m", "browser", *extra, DJANGO_ALLOW_ASYNC_UNSAFE="true"),
    }
    url = os.environ.get("TEST_POSTGRES_URL", DEFAULT)
    if postgres_answers(url):
        results["PostgreSQL"] = run("PostgreSQL", "-n", "2", "--dist", "worksteal", "--migrations", "-m",
                                    "not browser", "--ignore=tests/architecture", *extra, DATABASE_URL=url)
    else:
        print(f"== PostgreSQL: no server answers at {url.rpartition('@')[2]}; skipped")
    print("== " + ", ".join(f"{name}: {'passed' if code == 0 else 'FAILED'}" for name, code in results.items()))
    return max(results.values())


if __name__ == "__main__":
    sys.exit(main())
