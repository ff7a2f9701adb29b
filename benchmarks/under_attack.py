"""A thousand wrong passwords for one account from fifty addresses, then its owner (row A07).

Every try is a whole request to the sign-in page. The owner comes from a browser known to them, with the right password,
and must be in at the first try; printed are the CPU of the tries, how many were hashed, and what the owner waited.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from benchmarks import ground

LOGIN = "/accounts/login/"
EMAIL, PASSWORD = "anna@example.com", "correct-horse-battery-staple"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tries", type=int, default=1000)
    arguments.add_argument("--addresses", type=int, default=50)
    told = arguments.parse_args()
    ground.start("sellerdesk.accounts.hashers.Argon2id")
    with ground.database() as vendor:
        print(f"{vendor}: {told.tries} wrong tries from {told.addresses} addresses")
        measure(told.tries, told.addresses)


def measure(tries: int, addresses: int) -> None:
    from django.test import Client

    from sellerdesk.accounts.services import create_user

    create_user(email=EMAIL, password=PASSWORD)

    def attempt(browser: Client, password: str, address: str) -> int:
        return browser.post(LOGIN, {"login": EMAIL, "password": password}, REMOTE_ADDR=address).status_code

    owner = Client()
    assert attempt(owner, PASSWORD, "198.51.100.1") == 302
    owner.post("/accounts/logout/")
    used = time.process_time()
    answers = Counter(attempt(Client(), f"wrong {number}", f"203.0.113.{number % addresses}")
                      for number in range(tries))
    used = time.process_time() - used
    came: list[int] = []
    milliseconds = ground.timed(lambda: came.append(attempt(owner, PASSWORD, "203.0.113.1")))
    print(f"answers {dict(answers)}; {used / tries * 1000:.1f} ms CPU a try; the owner in after {milliseconds:.0f} ms")
    if came != [302]:
        raise SystemExit(f"the owner was kept out: {came}")


if __name__ == "__main__":
    main()
