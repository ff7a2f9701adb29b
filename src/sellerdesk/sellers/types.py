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
