"""What crosses the border of the sellers domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SellerRef:
    """A shop as every other domain knows it. First parameter of every query: no seller, no data."""

    id: int
    name: str
    currency: str
    country: str
    time_zone: str
    state: str

    @property
    def may_sell(self) -> bool:
        return self.state == "active"


@dataclass(frozen=True, slots=True)
class KeyCaller:
    """A program that has proved its key."""

    seller: SellerRef
    key_id: int
    key_name: str
    roles: frozenset[str]
    expires_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop somebody works in, and as what."""

    ref: SellerRef
    role: str
    #: Since when this person needs a second step here; None where the shop does not ask it of them.
    second_factor_from: datetime | None = None

    @property
    def id(self) -> int:
        return self.ref.id

    @property
    def name(self) -> str:
        return self.ref.name


@dataclass(frozen=True, slots=True)
class CompanyInfo:
    """The legal person behind a shop, as in its papers."""

    id: int
    legal_name: str
    country: str
    registration_number: str
    created_at: datetime
    shops: int


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An API key as its shop sees it. The key itself is known to nobody."""

    id: int
    name: str
    prefix: str
    roles: tuple[str, ...]
    created_by: str
    created_at: datetime
    expires_at: datetime
    deactivated_at: datetime | None
    last_used_at: datetime | None
    last_used_address: str
    last_used_method: str
    networks: tuple[str, ...] = ()
    leaked_at: datetime | None = None
    successor_id: int | None = None

    def state_at(self, now: datetime) -> str:
        """active, expiring (two weeks or less are left), replaced (lives on beside its successor), expired, leaked or
        deactivated."""
        if self.leaked_at:
            return "leaked"
        if self.deactivated_at:
            return "deactivated"
        left = self.expires_at - now
        if left.total_seconds() <= 0:
            return "expired"
        if self.successor_id:
            return "replaced"
        return "expiring" if left.days < 14 else "active"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key at the only moment when it is known."""

    id: int
    secret: str
    prefix: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ApiCallRow:
    """One request of a program. `code` is the gRPC code of a refusal, 0 for an answer."""

    id: int
    at: datetime
    method: str
    status: int
    code: int
    milliseconds: int
    address: str
    request_id: str


@dataclass(frozen=True, slots=True)
class CallNote:
    """One request of a program, on its way into the log."""

    key_id: int
    seller_id: int
    at: datetime
    method: str
    status: int
    code: int
    milliseconds: int
    address: str
    request_id: str


@dataclass(frozen=True, slots=True)
class SellerRow:
    """A shop as operators see it."""

    id: int
    name: str
    legal_name: str
    country: str
    registration_number: str
    currency: str
    state: str
    owner_email: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SecurityRules:
    """Who in a shop needs a second step (a key of `rules.SECOND_FACTOR_POLICIES`), from when."""

    second_factor: str = "optional"
    from_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unprotected:
    """A member whose password alone opens the shop. `money`: an owner, an administrator or finance."""

    user_id: int
    name: str
    role: str
    money: bool
