"""Postings as lists and pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.core import latin
from sellerdesk.orders.types.basics import MOST_SLOT_CHANGES
from sellerdesk.orders.types.given import BuyerCompany
from sellerdesk.orders.types.moves import Facts, Place


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
    # What packing asks of this product, words of packing.needs with spaces between them.
    needs: str = ""
    # ISO code of the country of origin, where packing asks for it.
    country: str = ""
    depth_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    batteries: bool = False
    # The price without promotions, 0 where none was met, and the actions that made the price.
    list_price_minor: int = 0
    action_ids: str = ""
    # Per unit, in the buyer's currency, and the version of the rate; refunds are made at the same one.
    buyer_price_minor: int = 0
    buyer_currency: str = ""
    rate_id: int | None = None
    # What customs are told of one unit where it is not the price: as declared, in the shop's currency, and the version
    # of the rate of its currency; 0 and empty where the price is declared.
    declared_minor: int = 0
    declared_currency: str = ""
    declared_price_minor: int = 0
    declared_rate_id: int | None = None

    @property
    def sides_mm(self) -> tuple[int, int, int]:
        """Depth, width and height of one packed unit; 0 is not known."""
        return self.depth_mm, self.width_mm, self.height_mm

    @property
    def amount_minor(self) -> int:
        return self.price_minor * self.quantity


@dataclass(frozen=True, slots=True)
class PackedRow:
    """A packed posting that is still in the shop; `in_carriage` says it is handed over already."""

    number: str
    tracking_number: str
    method_id: int
    warehouse_id: int
    in_carriage: bool
    weight_g: int
    units: int
    amount_minor: int
    currency: str
    city: str
    ship_by: datetime


@dataclass(frozen=True, slots=True)
class Dispatched:
    """A posting that has left its shop. `country` is the buyer's."""

    id: int
    number: str
    handed_over_at: datetime
    warehouse_id: int
    country: str


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting as lists show it."""

    id: int
    number: str
    order_id: int
    order_number: str
    scheme: str
    integration: str
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
    previous_substate: str
    slot_changes: int
    over_limits: str
    lines: tuple[LineRow, ...]

    @property
    def facts(self) -> Facts:
        return Facts(self.state, self.substate, self.scheme, self.integration, self.previous_substate,
                     tracking=bool(self.tracking_number), slots_left=max(0, MOST_SLOT_CHANGES - self.slot_changes))


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
    integration: str
    state: str
    substate: str
    previous_substate: str
    version: int
    available_actions: tuple[str, ...]
    api_actions: tuple[str, ...]
    buyer_name: str
    buyer_phone: str
    city: str
    country: str
    region: str
    address: str
    warehouse_id: int
    warehouse_name: str
    warehouse_city: str
    warehouse_country: str
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
    deliver_from: datetime | None
    deliver_by: datetime | None
    slot_changes: int
    cutoff_at: datetime | None
    failure: str
    packed_at: datetime | None
    handed_over_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    changed_at: datetime
    cancel_reason_id: int | None
    cancel_message: str
    cancelled_by: str
    cancelled_after_ship: bool
    open_needs: int
    box_count: int
    over_limits: str
    latin_name: str
    latin_address: str
    company_name: str
    company_tax_number: str
    company_tax_reason: str
    company_address: str
    lines: tuple[LineRow, ...]

    @property
    def place(self) -> Place:
        return self.state, self.substate

    @property
    def company(self) -> BuyerCompany | None:
        """The legal person that bought; None where a person did."""
        if not self.company_tax_number:
            return None
        return BuyerCompany(self.company_name, self.company_tax_number, self.company_tax_reason, self.company_address)

    @property
    def name_in_latin(self) -> str:
        """The buyer as labels and declarations spell them; empty where nobody can tell."""
        return self.latin_name or latin.transliterate(self.buyer_name)

    @property
    def address_in_latin(self) -> str:
        """City, region and address likewise, smallest first."""
        whole = ", ".join(part for part in (self.address, self.city, self.region) if part)
        return self.latin_address or latin.transliterate(whole)

    @property
    def crosses_border(self) -> bool:
        """Whether the buyer lives in another country than the goods lie in."""
        return bool(self.warehouse_country) and self.country != self.warehouse_country

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
    integrations: tuple[str, ...] = ()
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
    # When it was cancelled or delivered, where it goes, and how it is sold.
    cancelled_from: datetime | None = None
    cancelled_to: datetime | None = None
    delivered_from: datetime | None = None
    delivered_to: datetime | None = None
    region: str = ""
    scheme: str = ""
    sku: int = 0
    # Also what the marketplace ships from its own warehouses, unless `scheme` says which.
    with_fbo: bool = False
