"""Memory while many people type wrong passwords at the same instant (row A04).

Promised: no more than HASHING_SLOTS x 19 MiB + 50 MiB on top, because that many are hashed at once and the others wait.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections import Counter

from benchmarks import ground


def resident_mib() -> float:
    """What this process holds in memory now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 2**20


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

        def attempt(number: int) -> int:
            try:
                return Client().post("/accounts/login/", {"login": f"user{number}@example.com", "password": "wrong"},
                                     REMOTE_ADDR=f"203.0.113.{number % 250}").status_code
            finally:
                connection.close()

        def together(count: int, codes: Counter[int]) -> float:
            """The highest growth of memory while so many try at once."""
            at_rest, most, over = resident_mib(), 0.0, threading.Event()

            def watch() -> None:
                nonlocal most
                while not over.is_set():
                    most = max(most, resident_mib() - at_rest)
                    time.sleep(0.002)

            watcher = threading.Thread(target=watch)
            watcher.start()
            threads = [threading.Thread(target=lambda n=n: codes.update([attempt(n)])) for n in range(count)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            over.set()
            watcher.join()
            return most

        together(2, Counter())
        codes: Counter[int] = Counter()
        grown = together(tries, codes)
    bound = settings.HASHING_SLOTS * 19 + 50
    print(f"{vendor}: {tries} wrong passwords at once, {settings.HASHING_SLOTS} slots: +{grown:.0f} MiB, "
          f"bound {bound} MiB, ratio {grown / bound:.2f}; answers {dict(codes)}")


if __name__ == "__main__":
    main()
