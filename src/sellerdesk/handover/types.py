"""What crosses the border of the domain of handing over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sellerdesk.finance.types import RateRow

# Kinds of papers, in the order offered for search.
LABELS, PICK_LIST, PACKING_SLIP, ACT, WAYBILL, DISCREPANCY, CONTAINERS = (
    "labels", "pick_list", "packing_slip", "act", "waybill", "discrepancy_act", "container_labels")
PAPER_KINDS = (LABELS, PICK_LIST, PACKING_SLIP, ACT, WAYBILL, DISCREPANCY, CONTAINERS)


@dataclass(frozen=True, slots=True)
class Printing:
    """How the shop prints labels: `size` is a key of logistics' sizes, `kind` pdf or zpl, `first_cell` counts from 1
    and matters on sheets only."""

    size: str = "58x40"
    kind: str = "pdf"
    first_cell: int = 1


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A posting of a batch that has no label yet. `code` is not_found, wrong_state or not_ready; the last knows when
    it will be."""

    number: str
    code: str
    ready_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BatchCard:
    """A batch of labels. States are the API's: pending, in_progress, completed, error."""

    id: int
    state: str
    size: str
    kind: str
    total: int
    printed: int
    unprinted: tuple[Unprinted, ...]
    paper_id: int | None
    created_at: datetime
    done_at: datetime | None
    job_id: int | None
    first_cell: int

    @property
    def running(self) -> bool:
        return self.state in ("pending", "in_progress")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of the archive. `postings` counts what is on it; `file_kept` is false when its term is over."""

    id: int
    kind: str
    form: str
    name: str
    carriage_id: int | None
    postings: int
    pages: int
    size_bytes: int
    created_at: datetime
    maker: str
    reprints: int
    file_kept: bool
    keep_until: datetime


@dataclass(frozen=True, slots=True)
class PaperFile:
    """The bytes of a paper, or of a picture, with what a browser wants to know."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """What to list of the archive. Empty means no restriction. Times are of making, the end exclusive."""

    kinds: tuple[str, ...] = ()
    search: str = ""
    since: datetime | None = None
    to: datetime | None = None
    carriage_id: int = 0


@dataclass(frozen=True, slots=True)
class CarriageRow:
    """A carriage. `accepted` and `missed` count parcels by what the carrier scanned; names of the carrier by language;
    `actions` is what may be done now, see states.ACTIONS."""

    id: int
    state: str
    warehouse_id: int
    warehouse_name: str
    method_id: int
    method_name: str
    carrier_number: int
    carrier_names: Mapping[str, str]
    scheme: str
    integration: str
    departs_on: date
    partial_num: int
    postings: int
    accepted: int
    missed: int
    containers: int
    weight_g: int
    created_at: datetime
    formed_at: datetime | None
    changed_at: datetime
    contact_phone: str
    contact_wechat: str
    contact_comment: str
    contact_at: datetime | None
    version: int
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel of a carriage. `sight` is "", accepted or missed; the amount is minor units of `currency`."""

    number: str
    tracking_number: str
    sight: str
    weight_g: int
    units: int
    amount_minor: int
    currency: str
    city: str


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """Goods of one product in one parcel, as customs want them told. `value_minor` is in minor units of `currency`.

    The value is the price of the line in the shop's currency, unless card or packer declare another; `own_minor` is the
    same in the shop's currency. `rate` is that of `currency` when it was ordered, None for the currency that rates are
    quoted in and for older lines. `missing` names what the card does not say
    yet, words of catalog.customs.missing; `usual_code` is a hint where the code is among them. `consignee` are name and
    address of the buyer in Latin letters, empty once buyers are not shown any more.
    """

    number: str
    tracking_number: str
    product_id: int
    offer_id: str
    name: str
    hs_code: str
    usual_code: str
    country: str
    quantity: int
    weight_g: int
    value_minor: int
    currency: str
    own_minor: int
    declared: bool
    rate: RateRow | None
    missing: tuple[str, ...]
    consignee: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Export:
    """The customs declaration of one parcel that has crossed, or will, a customs border: its number and day."""

    posting_number: str
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class DeclarationSum:
    """Goods of one code and one country together; the value is in the shop's currency."""

    hs_code: str
    country: str
    quantity: int
    weight_g: int
    value_minor: int


@dataclass(frozen=True, slots=True)
class Declarations:
    """The customs declarations list of a carriage."""

    carriage_id: int
    currency: str
    lines: tuple[DeclarationLine, ...]
    sums: tuple[DeclarationSum, ...]

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def weight_g(self) -> int:
        return sum(line.weight_g for line in self.lines)

    @property
    def value_minor(self) -> int:
        """In the shop's currency."""
        return sum(line.own_minor for line in self.lines)

    @property
    def incomplete(self) -> int:
        """How many lines customs would send back."""
        return sum(bool(line.missing) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Packed parcels of one delivery method that are in no carriage yet: what a carriage could be made of."""

    method_id: int
    method_name: str
    carrier_names: Mapping[str, str]
    warehouse_id: int
    warehouse_name: str
    postings: int
    weight_g: int
    first_due: datetime


@dataclass(frozen=True, slots=True)
class CarriageFilter:
    """What to list. Empty means no restriction. Days are of departure, both inclusive."""

    states: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    method_ids: tuple[int, ...] = ()
    warehouse_ids: tuple[int, ...] = ()
    since: date | None = None
    to: date | None = None
    integrations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What became of one posting that was to be put into a carriage: `error` is a code or empty."""

    number: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a carrier's scan told of one posting."""

    number: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PassInput:
    """A car and its driver as somebody names them. `id` is that of a pass to change, 0 for a new one.

    Of a pass for returns also when it comes, for which warehouse, and to which return point; one of a carriage comes
    when the carriage leaves.
    """

    driver: str
    phone: str
    model: str
    plate: str
    with_returns: bool = False
    id: int = 0
    arrives_at: datetime | None = None
    warehouse_id: int = 0
    place_id: int = 0


@dataclass(frozen=True, slots=True)
class PassFilter:
    """Which passes are asked for; empty means all. `active_at` leaves out those whose day is over then."""

    ids: tuple[int, ...] = ()
    carriage_id: int | None = None
    returns: bool | None = None
    warehouse_ids: tuple[int, ...] = ()
    place_ids: tuple[int, ...] = ()
    active_at: datetime | None = None


#: For how many hours after that of arrival a gate still lets a car in.
PASS_HOURS = 24


@dataclass(frozen=True, slots=True)
class PassRow:
    """A pass. `carriage_id` is None and `place_id` set where the car fetches returns only."""

    id: int
    carriage_id: int | None
    warehouse_id: int
    place_id: int
    driver: str
    phone: str
    model: str
    plate: str
    with_returns: bool
    arrives_at: datetime
    carriage_state: str | None = None

    def active(self, now: datetime) -> bool:
        """Whether the gate lets the car in: not long after its hour, and not for a carriage that was dissolved."""
        return self.carriage_state != "cancelled" and now < self.arrives_at + timedelta(hours=PASS_HOURS)
