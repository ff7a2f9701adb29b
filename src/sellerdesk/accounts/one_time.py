"""Codes of authenticator apps (RFC 6238: SHA-1, six digits, a new one every 30 seconds) and the spelling of recovery
codes. Pure figures; what was used already is known to the services."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata

STEP_SECONDS = 30
DIGITS = 6
#: Steps before and after the present one whose codes still count.
TOLERANCE = 1
#: How far a telephone's clock is looked for, in steps: ten minutes either way.
_SEARCHED = 20

# Without I, L, O and U: nothing to misread or to blush about. 16 of 32 signs are 80 bits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
RECOVERY_LENGTH = 16


def new_seed() -> str:
    """160 random bits, as apps take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_at(unix_seconds: float) -> int:
    return int(unix_seconds) // STEP_SECONDS


def code_at(seed: str, step: int) -> str:
    key = base64.b32decode(seed.encode(), casefold=True)
    mac = hmac.new(key, step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = mac[-1] & 0x0F
    number = int.from_bytes(mac[start:start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def typed(text: str) -> str:
    """What somebody typed, without blanks and dashes, full-width digits as plain ones, letters as capitals."""
    plain = unicodedata.normalize("NFKC", text[:100])
    return "".join(sign for sign in plain if sign.isalnum()).upper()


def is_app_code(code: str) -> bool:
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def find_step(seed: str, code: str, around: int, *, back: int, ahead: int) -> int | None:
    """The step nearest to `around` whose code this is; all steps are tried, so that time tells nothing."""
    found = [step for step in range(around - back, around + ahead + 1)
             if hmac.compare_digest(code_at(seed, step), code)]
    return min(found, key=lambda step: abs(step - around), default=None)


def accepted_steps(seed: str, code: str, now_step: int) -> list[int]:
    """The steps within the tolerance whose code this is, oldest first. Usually one or none."""
    return [step for step in range(now_step - TOLERANCE, now_step + TOLERANCE + 1)
            if hmac.compare_digest(code_at(seed, step), code)]


def find_pair(seed: str, first: str, second: str, now_step: int) -> int | None:
    """The step of the second of two codes shown one after the other, within ten minutes of now; None for no pair."""
    pairs = [step for step in range(now_step - _SEARCHED, now_step + _SEARCHED + 1)
             if hmac.compare_digest(code_at(seed, step), second)
             and hmac.compare_digest(code_at(seed, step - 1), first)]
    return min(pairs, key=lambda step: abs(step - now_step), default=None)


def seconds_behind(seed: str, code: str, now_step: int) -> int:
    """How many seconds late a code is that has just expired; 0 for a code that belongs to no past step.

    Only the past is told at a sign-in: naming a step to come would tell a guesser what opens the door in a minute.
    """
    step = find_step(seed, code, now_step, back=_SEARCHED, ahead=-TOLERANCE - 1)
    return (now_step - step) * STEP_SECONDS if step is not None else 0


def new_recovery_code() -> str:
    """80 random bits in four groups of four signs."""
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(RECOVERY_LENGTH))
    return "-".join(signs[start:start + 4] for start in range(0, RECOVERY_LENGTH, 4))


def recovery_text(code: str) -> str:
    """The one spelling of a recovery code, whatever was typed: letters misread for digits count as these."""
    return typed(code).translate(_MISREAD)
