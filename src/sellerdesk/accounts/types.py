"""Plain data about people and what happens to their accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class RequestInfo:
    """Where an act came from. `session_id` tells sessions apart and is useless to a thief; all may be empty."""

    address: str = ""
    agent: str = ""
    device: str = ""
    session_id: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One event of a person's account, as read back. `erased` rows have lost their personal detail."""

    number: int
    at: datetime
    kind: str
    actor_kind: str
    actor_label: str
    address: str
    agent: str
    device: str
    session_id: str
    seller_id: int | None
    request_id: str
    detail: dict[str, Any]
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a person's history was tampered with: the row's number and what is wrong with it."""

    number: int
    problem: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What checking one person's history found. No breaks: nobody touched it."""

    user_id: int
    events: int
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class AppFactor:
    """An authenticator app."""

    id: int
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeyFactor:
    """A passkey or a security key. A passkey checks the person itself, so it counts as both steps."""

    id: int
    name: str
    passkey: bool
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class PhoneFactor:
    """Codes by phone; `number` shows its last digits only."""

    number: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What stands between a stolen password and somebody's account."""

    totp: AppFactor | None = None
    keys: tuple[KeyFactor, ...] = ()
    recovery_left: int = 0
    recovery_made_at: datetime | None = None
    phone: PhoneFactor | None = None

    def __bool__(self) -> bool:
        return bool(self.totp or self.keys or self.phone)

    @property
    def strong(self) -> int:
        """How many do not hang on a telephone number."""
        return len(self.keys) + bool(self.totp)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a typed code turned out to be: `totp`, `recovery_codes` or `phone`; codes left after a recovery code."""

    method: str
    factor_id: int | None = None
    left: int = 0
