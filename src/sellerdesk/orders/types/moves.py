"""What decides how a posting may go on, and what cancelling it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sellerdesk.core.errors import DomainError

# What an order may have to wait for: a payment or check of the buyer, the marketplace's approval, or a passport for
# customs.
WaitsFor = Literal["", "verification", "approval", "passport"]
# Who ended a posting. The API spells `platform` as ozon.
CancelledBy = Literal["seller", "client", "platform", "delivery"]
# What becomes of goods of a cancelled posting that are still in the shop: on sale again, or gone for good.
StockChoice = Literal["shelf", "write_off"]
# A state and its substate, see states.py.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What deciding about a posting needs to know. `previous` is the substate before this one.

    `tracking`: there is a tracking number. `slots_left`: how often the delivery date may still be changed. `express`:
    handed to a courier against a code. `requirements_open`: marks, country or weight that must be given before packing
    are missing.
    """

    state: str
    substate: str
    scheme: str = "fbs"
    integration: str = "platform"
    previous: str = ""
    tracking: bool = False
    slots_left: int = 2
    express: bool = False
    requirements_open: bool = False

    @property
    def place(self) -> Place:
        return self.state, self.substate


@dataclass(frozen=True, slots=True)
class BuyerView:
    """What may be shown of a buyer: everything empty and `hidden_since` set when the order is long over."""

    name: str
    phone: str
    address: str
    hidden_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SlotBounds:
    """Between which moments a delivery may still be moved, and how often."""

    begin: datetime
    end: datetime
    changes_left: int


@dataclass(frozen=True, slots=True)
class CancelPreview:
    """What a cancellation would do, before anybody says yes. Amounts are minor units of `currency`.

    `goods` is what becomes of the units: `shelf`, `write_off`, or `coming_back` where the carrier has them already.
    `counts` says whether the reason is the shop's fault and counts in its error index.
    """

    number: str
    units: int
    units_left: int
    refund_minor: int
    commission_minor: int
    currency: str
    goods: str
    counts: bool
    kept: tuple[tuple[int, int], ...] = ()

    @property
    def whole(self) -> bool:
        return self.units_left == 0


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
    parcel. `stock` is what is proposed for the goods.
    """

    id: int
    names: Mapping[str, str]
    kind: str
    available: bool
    message_required: bool
    counts_in_rating: bool
    after_hand_over: bool
    rule_id: int
    stock: StockChoice = "shelf"
