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


@dataclass(frozen=True, slots=True)
class PendingChange:
    """A change of e-mail or phone on its way. `waits_until` is set where the old side is lost."""

    id: int
    kind: str
    new: str
    new_proven: bool
    old_proven: bool
    waits_until: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Contacts:
    """How a person is reached, and what is changing about that."""

    email: str
    phone: str
    phone_verified: bool
    email_change: PendingChange | None
    phone_change: PendingChange | None


@dataclass(frozen=True, slots=True)
class LinkedChange:
    """A change that somebody opened by a link from a mail: what the page may show without signing in."""

    kind: str
    old: str
    new: str
    state: str


@dataclass(frozen=True, slots=True)
class Demand:
    """One shop asks this person for a second step, from a moment on; the marketplace itself where there is no shop."""

    seller_id: int
    shop: str
    from_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """`owner`: of any shop. Owners never rely on their telephone number alone. `finance`: handles a shop's money.

    `operator`: of the marketplace.
    """

    owner: bool = False
    demands: tuple[Demand, ...] = ()
    finance: bool = False
    operator: bool = False

    @property
    def careful(self) -> bool:
        """Whether this person takes the second step at every sign-in, on every device."""
        return self.owner or self.finance or self.operator

    def demanded_by(self, now: datetime) -> tuple[str, ...]:
        """Names of the shops whose demand is in force; the marketplace's own has an empty one."""
        return tuple(demand.shop for demand in self.demands if demand.from_at <= now)


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """A request to recover an account. `first_by` and `second_by` are the labels of those who approved it."""

    id: int
    user_id: int
    user_label: str
    user_email: str
    email: str
    state: str
    story: str
    created_at: datetime
    available_at: datetime
    first_by_id: int | None
    first_by: str
    first_at: datetime | None
    second_by: str
    second_at: datetime | None
    closed_at: datetime | None
    reason: str

    @property
    def same_address(self) -> bool:
        return self.email.lower() == self.user_email.lower()


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """What the "cannot sign in?" page found, and what the person wrote."""

    id: int
    code: str
    created_at: datetime
    findings: dict[str, Any]
    email: str
    text: str
    address: str
    agent: str
    state: str
    answered_by: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser where somebody is signed in.

    `place` is a city and country, empty where not known; `local`: the address is of the server's own network.
    """

    id: int
    device: str
    address: str
    place: str
    local: bool
    first_seen_at: datetime
    last_seen_at: datetime
    methods: tuple[str, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A browser that has completed a sign-in. `trusted_until`: the second step is not asked for there until then."""

    id: int
    device: str
    address: str
    first_seen_at: datetime
    last_seen_at: datetime
    trusted_until: datetime | None
    current: bool
