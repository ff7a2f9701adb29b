"""Whether the time of an answer tells a known address from an unknown one (row A08).

Both kinds are asked in turn, so that whatever else the machine does hits both alike. Promised: medians within 5 ms.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks import ground

KNOWN, PASSWORD = "anna@example.com", "correct-horse-battery-staple"


def ways() -> dict[str, Callable[[str], Any]]:
    """The doors where somebody may ask about an address, by name."""
    from django.test import Client

    from sellerdesk.accounts.models import User

    def sign_in(email: str) -> Any:
        return Client().post("/accounts/login/", {"login": email, "password": "wrong"})

    def sign_up(email: str, **more: str) -> Any:
        answer = Client().post("/accounts/signup/", {"email": email, "password1": "purple-tractor-seventeen", **more})
        User.objects.exclude(email=KNOWN).filter(email=email).update(email=f"x{User.objects.count()}@example.com")
        return answer

    def reset(email: str) -> Any:
        return Client().post("/accounts/password/reset/", {"email": email})

    def options(email: str) -> Any:
        return Client(SERVER_NAME="localhost").post("/account/passkey-options/", {"purpose": "sign_in", "login": email})

    return {"sign-in": sign_in, "sign-up": sign_up, "sign-up, passkey": lambda email: sign_up(email, **{
        "with": "passkey"}), "reset": reset, "passkey options": options}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tries", type=int, default=200)
    tries = arguments.parse_args().tries
    ground.start("sellerdesk.accounts.hashers.Argon2id")
    from django.core.cache import cache

    from sellerdesk.accounts.services import create_user
    from sellerdesk.core.models import Limit

    with ground.database() as vendor:
        create_user(email=KNOWN, password=PASSWORD)
        print(f"{vendor}: {tries} tries of each kind, in turn")
        print(f"{'door':18} {'known':>9} {'unknown':>9} {'apart':>8} {'ratio':>6}")
        for name, ask in ways().items():
            sample: dict[bool, list[float]] = {True: [], False: []}
            codes = set()
            for number in range(2 * (tries + 5)):
                known = number % 2 == 0
                # Limits are for another program to measure.
                Limit.objects.all().delete()
                cache.clear()
                email = KNOWN if known else f"nobody{number}@example.com"
                begun = time.perf_counter()
                answer = ask(email)
                took = (time.perf_counter() - begun) * 1000
                codes.add(answer.status_code)
                if number >= 10:
                    sample[known].append(took)
            known_ms, unknown_ms = statistics.median(sample[True]), statistics.median(sample[False])
            print(f"{name:18} {known_ms:7.1f}ms {unknown_ms:7.1f}ms {known_ms - unknown_ms:+6.1f}ms "
                  f"{known_ms / unknown_ms:6.3f} {sorted(codes)}")


if __name__ == "__main__":
    main()
