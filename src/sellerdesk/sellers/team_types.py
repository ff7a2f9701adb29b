"""Plain data about the people of a shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a delegate may do at most; 0 stands for no bound. Percent against the price at the start of the day."""

    price_percent: int = 0
    skus_per_day: int = 0

    def __bool__(self) -> bool:
        return bool(self.price_percent or self.skus_per_day)

    @classmethod
    def read(cls, limits: Mapping[str, int]) -> Bounds:
        return cls(int(limits.get("price_percent", 0)), int(limits.get("skus_per_day", 0)))

    def plain(self) -> dict[str, int]:
        return {name: value for name, value in (("price_percent", self.price_percent),
                                                ("skus_per_day", self.skus_per_day)) if value}


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody works in a shop. No warehouses: all of them."""

    role: str
    warehouse_ids: tuple[int, ...] = ()
    until: datetime | None = None
    bounds: Bounds = field(default_factory=Bounds)
    #: Sees what the role sees and changes nothing.
    read_only: bool = False

    @property
    def delegated(self) -> bool:
        return self.until is not None or bool(self.bounds)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works in a shop."""

    user_id: int
    name: str
    email: str
    terms: Terms
    own_role_name: str
    rights: frozenset[str]
    #: What the role would give and the terms rule out, with the reason, see permissions.withheld.
    withheld: Mapping[str, str]
    created_at: datetime
    last_seen_at: datetime | None
    second_factor: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as its shop sees it: pending, expired, accepted, declined or revoked."""

    id: int
    email: str
    terms: Terms
    own_role_name: str
    state: str
    invited_by: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation as whoever holds its link sees it."""

    id: int
    seller: SellerRef
    email: str
    terms: Terms
    own_role_name: str
    state: str
    invited_by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """An act that waits, or waited, for a second person: waiting, approved, refused, done or expired."""

    id: int
    kind: str
    label: str
    state: str
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    decided_by: str
    wish: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody who asks to work in the shop, as its people see them."""

    id: int
    name: str
    email: str
    text: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A shop's own role."""

    id: int
    key: str
    name: str
    rights: frozenset[str]
    members: int
