"""What crosses the border of the sellers domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sellerdesk.core import latin
from sellerdesk.core.money import Money
from sellerdesk.sellers.checklist import Judged


@dataclass(frozen=True, slots=True)
class SellerRef:
    """A shop as every other domain knows it. First parameter of every query: no seller, no data."""

    id: int
    name: str
    currency: str
    country: str
    time_zone: str
    state: str
    #: The live shop whose test twin this is; nothing in a twin is real.
    twin_of: int | None = None

    @property
    def home_id(self) -> int:
        """The shop whose people work in this one: its own, but for a twin."""
        return self.twin_of or self.id

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
    #: Only these warehouses; none means all.
    warehouse_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop somebody works in, and as what."""

    ref: SellerRef
    role: str
    #: Since when this person needs a second step here; None where the shop does not ask it of them.
    second_factor_from: datetime | None = None
    rights: frozenset[str] = frozenset()
    #: What the shop calls the role, where it is one of its own.
    own_role_name: str = ""
    #: Only these warehouses; none means all.
    warehouse_ids: tuple[int, ...] = ()
    until: datetime | None = None
    #: How many requests of others wait for a second person.
    approvals: int = 0
    #: After how many seconds without doing anything, and since signing in, the person's session ends; None: as usual.
    session_limits: tuple[int, int] | None = None

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
    warehouse_ids: tuple[int, ...] = ()

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


# -- the way to selling ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfferText:
    """A version of the contract, or of a policy that must be accepted like it, in the reader's language.

    The offer's `title` is empty. `until` is when a shop that was asked must have accepted it.
    """

    id: int
    version: str
    text: str
    valid_from: datetime
    key: str = "offer"
    title: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a shop has come, item by item, and what its reviewer wrote to each field."""

    state: str
    reason: str
    until: datetime | None
    cross_border: bool
    items: tuple[Judged, ...]
    remarks: Mapping[str, str]

    @property
    def done(self) -> int:
        return sum(one.done for one in self.items)

    @property
    def total(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    id: int
    country: str
    registration_number: str
    legal_name: str
    local_name: str
    address: str
    director: str
    cross_border: bool
    main_category: int | None
    created_at: datetime
    latin_address: str = ""

    @property
    def address_in_latin(self) -> str:
        """As declarations print it; empty where nobody wrote it and no rule spells its script."""
        return self.latin_address or latin.transliterate(self.address)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A paper handed in, without its content. `reason` as kept; see wording.reason_text."""

    id: int
    item_key: str
    file_name: str
    content_type: str
    size_bytes: int
    state: str
    reason: str
    created_at: datetime
    reviewed_at: datetime | None
    uploaded_by: str
    #: What the virus scanner said: pending, clean, refused; empty where none looked at it. And what it found.
    scan: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class LegalChangeRow:
    """A request to change legal data. `before` is filled once it was decided."""

    id: int
    changes: Mapping[str, str]
    before: Mapping[str, str]
    reason: str
    state: str
    remark: str
    created_at: datetime
    closed_at: datetime | None
    document_id: int | None
    document_name: str | None
    requested_by: str


# -- the end -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """Something unfinished that a higher domain knows of a shop which is to be closed.

    `blocks`: the shop stays in closing until it is gone; otherwise its owners should know of it. `url_name` is the page
    where it is dealt with, `query` what to show there.
    """

    key: str
    label: Any
    url_name: str
    query: str = ""
    count: int = 0
    amount: Money | None = None
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """A closing under way."""

    id: int
    state: str
    reason: str
    started_at: datetime
    due_at: datetime
    started_by: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a closed shop's owners hold in hand: that, when and what was closed, and how long what is kept."""

    number: str
    shop_id: int
    shop_name: str
    legal_name: str
    country: str
    registration_number: str
    opened_at: datetime
    closed_at: datetime
    kept_until: datetime


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A holiday planned or running. `end_at` is the first moment on which the shop sells again."""

    id: int
    start_at: datetime
    end_at: datetime
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class NameChangeRow:
    """A name asked for. `remark` as kept; see wording.reason_text. `before` is empty for the name of registration."""

    id: int
    seller_id: int
    before: str
    wanted: str
    given: str
    state: str
    remark: str
    created_at: datetime
    due_at: datetime
    closed_at: datetime | None
    legal_name: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """A shop in the operator's queue; `since` is when it came into its state."""

    id: int
    name: str
    legal_name: str
    country: str
    state: str
    cross_border: bool
    since: datetime
    until: datetime | None
    reason: str
    papers: int
