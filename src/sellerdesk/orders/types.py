"""What crosses the border of the orders domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sellerdesk.core.errors import DomainError

# Who ended a posting. The API spells `platform` as ozon.
CancelledBy = Literal["seller", "client", "platform", "delivery"]

OUT_OF_STOCK = 352
OTHER_SELLER_FAULT = 402
BUYER_CHANGED_MIND = 505
NOT_COLLECTED = 665
NO_DELIVERY = 666
LOST_BY_CARRIER = 667


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """What one buyer wants from one shop. `lines` are (product id, quantity); `at` is the moment of purchase."""

    buyer_name: str
    buyer_phone: str
    city: str
    region: str
    address: str
    lines: tuple[tuple[int, int], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    order_number: str
    posting_number: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order was not taken: `empty`, `not_on_sale`, `out_of_stock`, `no_warehouse`, `not_deliverable`, or
    `shop_closed` for a shop that may not sell."""

    code: str


@dataclass(frozen=True, slots=True)
class Cancellation:
    """One wish to end a posting, for batches. `at` is when."""

    number: str
    reason_id: int
    message: str
    by: CancelledBy
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one posting of a batch: done, or refused with the error."""

    number: str
    error: DomainError | None = None

    @property
    def done(self) -> bool:
        return self.error is None


@dataclass(frozen=True, slots=True)
class CancelReason:
    """An entry of the catalogue of reasons, in the version in force. `kind` is seller or buyer: whose fault it is.

    `available` says whether sellers may use it at all, `after_hand_over` that they may only when the carrier has the
    parcel.
    """

    id: int
    names: Mapping[str, str]
    kind: str
    available: bool
    message_required: bool
    counts_in_rating: bool
    after_hand_over: bool
    rule_id: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a posting. `price_minor` is per unit; the commission is for the whole line."""

    product_id: int
    sku: int
    offer_id: str
    name: str
    quantity: int
    price_minor: int
    old_price_minor: int
    commission_minor: int
    commission_bp: int
    commission_rule_id: int
    weight_g: int = 0

    @property
    def amount_minor(self) -> int:
        return self.price_minor * self.quantity


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting as lists show it."""

    id: int
    number: str
    order_id: int
    order_number: str
    state: str
    substate: str
    warehouse_id: int
    delivery_method_id: int
    tracking_number: str
    buyer_name: str
    city: str
    currency: str
    units: int
    amount_minor: int
    in_process_at: datetime
    ship_by: datetime
    handed_over_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    changed_at: datetime
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class PostingCard:
    """Everything about one posting. Amounts are minor units of `currency`."""

    id: int
    seller_id: int
    number: str
    parent_number: str
    order_id: int
    order_number: str
    scheme: str
    state: str
    substate: str
    previous_substate: str
    version: int
    available_actions: tuple[str, ...]
    buyer_name: str
    buyer_phone: str
    city: str
    region: str
    address: str
    warehouse_id: int
    warehouse_name: str
    warehouse_city: str
    delivery_method_id: int
    delivery_method_name: str
    carrier_code: str
    carrier_number: int
    carrier_names: Mapping[str, str]
    tracking_number: str
    upper_barcode: str
    lower_barcode: str
    currency: str
    units: int
    weight_g: int
    amount_minor: int
    commission_minor: int
    logistics_minor: int
    logistics_rule_id: int | None
    in_process_at: datetime
    ship_by: datetime
    deliver_by: datetime | None
    packed_at: datetime | None
    handed_over_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    changed_at: datetime
    cancel_reason_id: int | None
    cancel_message: str
    cancelled_by: str
    cancelled_after_ship: bool
    lines: tuple[LineRow, ...]

    @property
    def payout_minor(self) -> int:
        """Price less commission and logistics: what the shop expects, before acquiring."""
        return self.amount_minor - self.commission_minor - self.logistics_minor


@dataclass(frozen=True, slots=True)
class PostingFilter:
    """What to list. Empty means no restriction; all given restrictions hold together.

    `tab` is a key of states.TABS. Times: `since`/`to` look at in_process_at, `cutoff_*` at ship_by, `delivering_*` at
    the hand-over, `changed_*` at the last change of state; starts are inclusive, ends exclusive.
    """

    tab: str = ""
    states: tuple[str, ...] = ()
    search: str = ""
    numbers: tuple[str, ...] = ()
    order_numbers: tuple[str, ...] = ()
    order_id: int = 0
    product_id: int = 0
    warehouse_ids: tuple[int, ...] = ()
    delivery_method_ids: tuple[int, ...] = ()
    since: datetime | None = None
    to: datetime | None = None
    cutoff_from: datetime | None = None
    cutoff_to: datetime | None = None
    delivering_from: datetime | None = None
    delivering_to: datetime | None = None
    changed_from: datetime | None = None
    changed_to: datetime | None = None
    # Only what still has to leave the shop.
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class DayRow:
    """Orders of one local day. `amount_minor` and `units` leave cancelled postings out; `orders` counts all."""

    day: date
    orders: int
    units: int
    amount_minor: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class SoldRow:
    """How a product sold over some time, cancelled postings left out."""

    product_id: int
    units: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Due:
    """What waits for the seller. `overdue` and `due_today` count postings not yet handed over."""

    to_pack: int
    to_hand_over: int
    overdue: int
    due_today: int


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An open posting as couriers see it, whoever sells it. `since` is when it came into its present place."""

    seller_id: int
    number: str
    tracking_number: str
    state: str
    substate: str
    city: str
    in_process_at: datetime
    ship_by: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class MarketPosting:
    """A posting of any shop, as operators see it: no buyer, only what keeps the market running."""

    id: int
    seller_id: int
    number: str
    state: str
    city: str
    currency: str
    units: int
    amount_minor: int
    in_process_at: datetime
    ship_by: datetime


@dataclass(frozen=True, slots=True)
class MarketFigures:
    """The whole market at a glance."""

    ordered: int
    open: int
    overdue: int
