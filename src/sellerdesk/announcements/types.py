"""What announcements take and hand out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sellerdesk.core.money import Money
from sellerdesk.finance.types import Effect

SEVERITIES = ("info", "important", "critical")
SCHEMES = ("fbs", "rfbs")
#: The offer of sellers is a policy like the others, and always one that must be accepted.
OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it concerns; an empty list means everybody."""

    countries: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    categories: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a person in a shop. Schemes and categories are found out only where something asks for them."""

    user_id: int
    country: str
    role: str
    schemes: frozenset[str] = frozenset()
    categories: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """An announcement as operators write it. Texts by language code en, ru, zh."""

    titles: Mapping[str, str]
    bodies: Mapping[str, str]
    changes: Mapping[str, str] = field(default_factory=dict)
    severity: str = "info"
    audience: Audience = Audience()
    effective_at: datetime | None = None
    must_acknowledge: bool = False


@dataclass(frozen=True, slots=True)
class AnnouncementRow:
    """An announcement in the reader's language. `read` is whether this person has seen or confirmed it."""

    id: int
    title: str
    body: str
    changes: str
    severity: str
    audience: Audience
    effective_at: datetime | None
    must_acknowledge: bool
    published_at: datetime
    withdrawn_at: datetime | None
    read: bool = False


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a policy in the reader's language."""

    key: str
    title: str
    version: str
    text: str
    valid_from: datetime
    must_accept: bool = False


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A person's own feed: `token` stands in its address and is made from what is stored."""

    seller_id: int
    user_id: int
    token: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that comes into force on a day: an announcement, a policy, or dated rules (`kind` says of what)."""

    at: datetime
    kind: str
    title: str
    ref: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class FeeEffects:
    """A shop's own bookings since a moment by the rules that come into force `at` another: (kind of fee, effect)."""

    at: datetime
    since: datetime
    rows: tuple[tuple[str, Effect], ...]

    @property
    def was_minor(self) -> int:
        return sum(one.was_minor for _kind, one in self.rows)

    @property
    def would_be_minor(self) -> int:
        return sum(one.would_be_minor for _kind, one in self.rows)

    @property
    def difference_minor(self) -> int:
        """Plus is what the shop would have paid more."""
        return self.would_be_minor - self.was_minor


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee as a page tells it; `sold` is empty for fees that nothing was sold by."""

    name: str
    units: int
    sold: Money | None
    was: Money
    would_be: Money
    difference: Money

    @property
    def more(self) -> bool:
        return self.difference.amount_minor > 0

    @property
    def less(self) -> bool:
        return self.difference.amount_minor < 0


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of two versions compared: same, gone or new."""

    sign: str
    text: str
