"""What crosses the border of the returns domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# The API's words for why goods come back.
CLIENT_RETURN = "ClientReturn"
CANCELLATION = "Cancellation"
# On the road only forward; what was given up as lost may still arrive.
STATES = ("requested", "on_the_way", "lost", "arrived", "received", "disposed")
DONE = ("received", "disposed", "lost")
# Codes of why a buyer sends goods back; their wording is in texts.py.


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """`number` is the API's id of a reason; `faulty` says that something is wrong with the goods."""

    number: int
    faulty: bool


REASON_FACTS: dict[str, ReasonFacts] = {
    "defective": ReasonFacts(1, True), "wrong_item": ReasonFacts(2, True), "not_as_described": ReasonFacts(3, True),
    "does_not_fit": ReasonFacts(4, False), "changed_mind": ReasonFacts(5, False),
    "not_collected": ReasonFacts(6, False), "cancelled_under_way": ReasonFacts(7, False),
    "incomplete": ReasonFacts(8, True),
}
REASONS = tuple(REASON_FACTS)
# How a buyer brings goods back to a shop that delivers itself: the API's number, our word.
METHODS: dict[int, str] = {1: "post", 2: "courier", 3: "in_person"}


@dataclass(frozen=True, slots=True)
class RejectionFacts:
    """A reason for which a shop may refuse a claim. `after` says that it needs the goods in hand; None: either way."""

    number: int
    comment_required: bool
    after: bool | None


REJECTIONS: dict[str, RejectionFacts] = {
    "term_over": RejectionFacts(1, False, None), "used": RejectionFacts(2, True, None),
    "buyers_fault": RejectionFacts(3, True, None), "no_fault": RejectionFacts(4, True, True),
    "other_goods": RejectionFacts(5, True, True), "incomplete": RejectionFacts(6, True, True),
    "no_proof": RejectionFacts(7, False, False), "not_returnable": RejectionFacts(8, False, None),
    "other": RejectionFacts(9, True, None),
}
REJECTION_OF = {facts.number: code for code, facts in REJECTIONS.items()}
MOST_PHOTOS = 10


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """A buyer wants to give back `quantity` units of one SKU of a delivered posting."""

    posting_number: str
    sku: int
    quantity: int
    reason: str
    at: datetime
    # For goods that the shop delivered itself: what the buyer says and shows (keys of stored photos), and how the
    # goods come back, a number of METHODS.
    comment: str = ""
    photos: tuple[str, ...] = ()
    method: int = 1


@dataclass(frozen=True, slots=True)
class RequestOutcome:
    """What became of a wish: a return that the marketplace carries, or a claim that the shop decides; 0 is neither.

    `code` says why it was refused: unknown_posting, unknown_sku, not_delivered, too_many, twice, term_over.
    """

    posting_number: str
    sku: int
    return_id: int
    code: str = ""
    claim_id: int = 0


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """Goods that the marketplace brings back. Amounts are minor units of `currency`.

    `from_city` is where they start from and `city` the return point where they wait for the shop. `storage_minor` and
    `disposal_minor` are what was booked at the end; until then the fee grows by the rule.
    """

    id: int
    seller_id: int
    scheme: str
    posting_number: str
    order_id: int
    order_number: str
    kind: str
    product_id: int
    warehouse_id: int
    sku: int
    offer_id: str
    name: str
    quantity: int
    amount_minor: int
    commission_minor: int
    currency: str
    reason: str
    state: str
    created_at: datetime
    changed_at: datetime
    arrived_at: datetime | None
    received_at: datetime | None
    place_id: int
    from_city: str
    city: str
    storage_minor: int
    storage_rule_id: int | None
    dispose_at: datetime | None
    disposal_minor: int
    compensation: str
    compensation_minor: int
    compensation_at: datetime | None
    giveout_id: int | None


@dataclass(frozen=True, slots=True)
class Storage:
    """What waiting costs. Days are begun days; `starts_at` is when it begins to cost, `ends_at` when goods are
    disposed of."""

    days: int
    paid_days: int
    fee_minor: int
    disposal_minor: int
    currency: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class ReturnFilter:
    """Empty means no restriction. `tab` is a state, or `open`, or empty; times look at created_at, `arrived_*` at the
    arrival, `changed_*` at the last move, `stored_*` at when storing begins to cost; ends are exclusive."""

    tab: str = ""
    search: str = ""
    kind: str = ""
    reason: str = ""
    scheme: str = ""
    states: tuple[str, ...] = ()
    posting_numbers: tuple[str, ...] = ()
    offer_ids: tuple[str, ...] = ()
    warehouse_ids: tuple[int, ...] = ()
    order_id: int = 0
    product_name: str = ""
    place_id: int = 0
    ids: tuple[int, ...] = ()
    compensation: str = ""
    since: datetime | None = None
    to: datetime | None = None
    arrived_from: datetime | None = None
    arrived_to: datetime | None = None
    changed_from: datetime | None = None
    changed_to: datetime | None = None
    stored_from: datetime | None = None
    stored_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A return point with what waits there for the shop."""

    id: int
    city: str
    returns: int
    units: int
    warehouse_ids: tuple[int, ...]
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class GiveoutRow:
    """Goods handed to the shop at a return point at once."""

    id: int
    place_id: int
    city: str
    status: str
    created_at: datetime
    total: int
    approved: int


@dataclass(frozen=True, slots=True)
class DisposalSetting:
    """At which price of a unit goods are disposed of at once instead of being kept: minor units, None is never."""

    price_minor: int | None
    faulty_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as lists show it. `offer_minor` is the compensation offered; `due_at` when time decides."""

    id: int
    seller_id: int
    posting_number: str
    order_number: str
    product_id: int
    warehouse_id: int
    sku: int
    offer_id: str
    name: str
    quantity: int
    amount_minor: int
    currency: str
    reason: str
    comment: str
    method: int
    tracking_number: str
    state: str
    due_at: datetime | None
    rejection: str
    rejection_comment: str
    offer_minor: int
    back_way_minor: int
    delivered_at: datetime
    created_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Photo:
    """`by` is buyer or seller."""

    key: str
    by: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    row: ClaimRow
    available_actions: tuple[str, ...]
    photos: tuple[Photo, ...]
    term_days: int
    term_rule_id: int


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Empty means no restriction. `groups` are words of states.GROUPS; times look at created_at, the end exclusive."""

    groups: tuple[str, ...] = ()
    search: str = ""
    posting_number: str = ""
    offer_id: str = ""
    reason: str = ""
    warehouse_ids: tuple[int, ...] = ()
    since: datetime | None = None
    to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the shop says to a claim. `action` is a name of states.ACTION_IDS.

    Rejecting needs `rejection`, a code of REJECTIONS, and for most of them `comment`; offering needs `offer_minor`.
    `back_way_minor` is what the shop pays the buyer for sending the goods; `stock` what becomes of received goods.
    """

    action: str
    comment: str = ""
    rejection: str = ""
    offer_minor: int = 0
    back_way_minor: int = 0
    stock: str = "shelf"
    photos: tuple[str, ...] = ()
