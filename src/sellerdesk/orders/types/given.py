"""What is asked of orders, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sellerdesk.orders.types.moves import CancelledBy, StockChoice, WaitsFor

if TYPE_CHECKING:
    from sellerdesk.core.errors import DomainError


@dataclass(frozen=True, slots=True)
class BuyerCompany:
    """The legal person that buys: its name, tax number, reason code (KPP, where its country has one) and address."""

    name: str
    tax_number: str
    tax_reason: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """What one buyer wants from one shop. `lines` are (product id, quantity); `at` is the moment of purchase.

    `waits_for` says what has to happen before the shop may pack, see services.report. `voucher` is a code of the
    shop's, `request_id` a request for a discount that the shop approved. `in_parts` pays in parts what the shop offers
    so. `company` is set where a legal person buys.
    """

    buyer_name: str
    buyer_phone: str
    city: str
    region: str
    address: str
    lines: tuple[tuple[int, int], ...]
    at: datetime
    waits_for: WaitsFor = ""
    voucher: str = ""
    request_id: int = 0
    in_parts: bool = False
    company: BuyerCompany | None = None
    # ISO code of where the buyer lives.
    country: str = "RU"


@dataclass(frozen=True, slots=True)
class Placed:
    order_number: str
    posting_number: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order was not taken: `empty`, `not_on_sale`, `out_of_stock`, `no_warehouse`, `warehouses_full` (each has
    its orders of the day), `not_deliverable`, `shop_closed` for a shop that may not sell, or
    `shop_blocked` for one whose error index is in the last zone."""

    code: str


@dataclass(frozen=True, slots=True)
class Cancellation:
    """One wish to end a posting, for batches. `at` is when."""

    number: str
    reason_id: int
    message: str
    by: CancelledBy
    at: datetime
    stock: StockChoice = "shelf"


@dataclass(frozen=True, slots=True)
class UnitInput:
    """What somebody knows about one unit. `id` 0 means the next unit of its product. `weight_g` None: not weighed.

    `gtd_absent` and `rnpt_absent` say that there is no such paper, which is an answer too.
    """

    id: int = 0
    mark: str = ""
    uin: str = ""
    imeis: tuple[str, ...] = ()
    gtd: str = ""
    gtd_absent: bool = False
    rnpt: str = ""
    rnpt_absent: bool = False
    weight_g: int | None = None


@dataclass(frozen=True, slots=True)
class UnitsInput:
    """What is known about units of one posting, by SKU; each product named comes with all its units.

    `countries` are ISO codes of origin by SKU; empty ones change nothing.
    """

    number: str
    units: Mapping[int, tuple[UnitInput, ...]]
    boxes: int | None = None
    countries: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CancelWish:
    """A buyer's wish to cancel one posting. `reason_id` is a buyer's reason of the catalogue."""

    number: str
    reason_id: int
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a wish: cancelled at once, a request that the shop answers, or refused with the error."""

    number: str
    cancelled: bool = False
    request_id: int = 0
    error: DomainError | None = None
