"""Memory while many people type wrong passwords at the same instant (row A04).

Promised: no more than HASHING_SLOTS x 19 MiB + 50 MiB on top, because that many are hashed at once and the others wait.
Each try has a thread and a database connection of its own here, which a server does not give out so freely. So the same
number of people first only open the page, and what they take is told apart from what hashing adds. Both runs begin in a
process of their own.
"""

from __future__ import annotations

import argparse
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks import ground

LOGIN = "/accounts/login/"


def resident_mib() -> float:
    """What this process holds in memory now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 2**20


def together(count: int, act: Callable[[int], Any]) -> tuple[float, str]:
    """The highest growth of memory while so many act at once, and how often which status was answered."""
    from django.db import connection

    at_rest, most, over = resident_mib(), 0.0, threading.Event()
    codes: Counter[int] = Counter()

    def one(number: int) -> None:
        try:
            codes[act(number).status_code] += 1
        finally:
            connection.close()

    def watch() -> None:
        nonlocal most
        while not over.is_set():
            most = max(most, resident_mib() - at_rest)
            time.sleep(0.01)

    watcher = threading.Thread(target=watch)
    threads = [threading.Thread(target=one, args=[number]) for number in range(count)]
    for thread in (watcher, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    watcher.join()
    return most, str(dict(codes))


def apart(act: Callable[[], tuple[float, str]]) -> tuple[float, str]:
    """What `act` returns, done in a child that begins with the memory this process has now."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        grown, text = act()
        os.write(writing, f"{grown} {text}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number, _space, text = answer.read().partition(" ")
    os.waitpid(child, 0)
    return float(number), text


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tries", type=int, default=200)
    tries = arguments.parse_args().tries
    ground.start("sellerdesk.accounts.hashers.Argon2id")
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from sellerdesk.accounts.services import create_user

    with ground.database() as vendor:
        if vendor != "sqlite":
            raise SystemExit("Every try takes a connection of its own: measure on SQLite, without DATABASE_URL.")
        create_user(email="anna@example.com", password="correct-horse-battery-staple")

        connection.close()
        looked, _answers = apart(lambda: together(tries, lambda number: Client().get(LOGIN)))
        grown, answers = apart(lambda: together(tries, lambda number: Client().post(
            LOGIN, {"login": f"user{number}@example.com", "password": "wrong"},
            REMOTE_ADDR=f"203.0.113.{number % 250}")))
    bound = settings.HASHING_SLOTS * 19 + 50
    print(f"{vendor}: {tries} at once, {settings.HASHING_SLOTS} slots: opening the page +{looked:.0f} MiB, wrong "
          f"passwords +{grown:.0f} MiB, so hashing {grown - looked:+.0f} MiB, bound {bound} MiB; answers {answers}")


if __name__ == "__main__":
    main()
