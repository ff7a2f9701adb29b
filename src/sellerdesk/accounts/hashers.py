"""How passwords are kept."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the OWASP minimum, about 25 ms on the reference machine.

    Django's own setting takes 100 MiB a sign-in, which a small server cannot spare for several people at once.
    """

    time_cost = 2
    memory_cost = 19456
    parallelism = 1


class FastForTests(PBKDF2PasswordHasher):
    """One round, so that tests which create people are not about waiting. Named in the test settings only."""

    algorithm = "fast_for_tests"
    iterations = 1
