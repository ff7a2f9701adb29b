"""What crosses the border of promotions. Amounts are minor units of the shop's currency, shares are basis points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

#: "platform": made by the marketplace, shops join. The others are a shop's own.
Kind = Literal["platform", "discount", "order_sum", "multi_level", "voucher", "instalment"]
OWN_KINDS: tuple[Kind, ...] = ("discount", "order_sum", "multi_level", "voucher", "instalment")
#: Actions that give each product a price of its own; the others take something off a basket, or, as an instalment,
#: nothing: buyers pay in parts, and the shop a fee.
PRICE_KINDS: tuple[Kind, ...] = ("platform", "discount")
DiscountType = Literal["PERCENT", "CURRENCY"]
#: ONE: one code, once for each buyer. MULTIPLE: one code, any number of times. UNIQUE: many codes, each of them once.
VoucherType = Literal["ONE", "MULTIPLE", "UNIQUE"]
VOUCHER_TYPES: tuple[VoucherType, ...] = ("ONE", "MULTIPLE", "UNIQUE")


@dataclass(frozen=True, slots=True)
class Level:
    """From this sum of a basket on, this much is taken off: basis points or minor units."""

    from_minor: int
    value: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What an action promises and asks.

    `discount_bp` is what a platform action asks at least of each product, and the least of an own discount.
    `levels` hold what basket actions take off, by rising sums; one level from 0 is a plain voucher. `category_ids`,
    empty for all, and `least_price_minor` (by currency) say which products are eligible; `least_stock` how many units.
    """

    kind: Kind
    title: str
    starts_at: datetime
    ends_at: datetime
    discount_bp: int = 0
    discount_type: DiscountType = "PERCENT"
    levels: tuple[Level, ...] = ()
    description: str = ""
    freeze_at: datetime | None = None
    category_ids: tuple[int, ...] = ()
    least_price_minor: Mapping[str, int] = field(default_factory=dict)
    least_stock: int = 0
    budget_minor: int = 0
    voucher_type: VoucherType = "MULTIPLE"
    private: bool = False
    codes: int = 0
    #: The marketplace's, by language (en, ru, zh-hans); the two above are then the reader's, or those there.
    titles: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action with how far it is. `seller_id` is None for the marketplace's own."""

    id: int
    seller_id: int | None
    state: str
    terms: Terms
    spent_minor: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None
    #: When products that want it join by themselves; whether that is over.
    auto_join_at: datetime | None = None
    auto_joined: bool = False

    @property
    def own(self) -> bool:
        return self.seller_id is not None


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """How many products of a shop could join an action, and how many are in it."""

    candidates: int = 0
    joined: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product as an action sees it. `price_minor` is the one in force, `min_minor` the shop's lowest, 0 for none."""

    product_id: int
    category_ids: tuple[int, ...]
    price_minor: int
    min_minor: int
    free: int
    currency: str
    #: Joins by itself: yes, no, or None: as the shop says.
    auto: bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A product in an action. `stock` is the share of units set aside, None for all; `taken` are those sold of it."""

    action_id: int
    product_id: int
    price_minor: int
    stock: int | None
    taken: int
    auto: bool
    added_at: datetime

    @property
    def left(self) -> int | None:
        return None if self.stock is None else max(0, self.stock - self.taken)


@dataclass(frozen=True, slots=True)
class Planned:
    """A product that will join an action by itself. `by_hand`: somebody put it there or gave its price, the switches
    did not. `stock` None sets nothing aside."""

    product: Candidate
    price_minor: int
    stock: int | None
    by_hand: bool


@dataclass(frozen=True, slots=True)
class JoinInput:
    """A wish to take a product into an action, or to change it there. `price` is text, None for the dearest allowed.

    `percent_bp` asks for a price so much below the one in force instead. `stock` None sets nothing aside.
    """

    product_id: int = 0
    offer_id: str = ""
    sku: int = 0
    price: str | None = None
    percent_bp: int | None = None
    stock: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class JoinOutcome:
    """What became of one row, in the order asked. `code` is empty where it was done."""

    product_id: int
    offer_id: str
    price_minor: int = 0
    code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return not self.code


@dataclass(frozen=True, slots=True)
class PriceAction:
    """A price that an action gives one product; action 0 is the discount for the quantity."""

    action_id: int
    price_minor: int
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Stair:
    """From so many units of a product in one order on, each costs this much less: whole percent."""

    quantity: int
    discount: int


@dataclass(frozen=True, slots=True)
class StairwayInput:
    """A wish to sell a product cheaper by quantity. `numbered` are the steps by their numbers, as given."""

    sku: int
    enabled: bool
    numbered: tuple[tuple[int, Stair], ...]


@dataclass(frozen=True, slots=True)
class StairwayRow:
    product_id: int
    sku: int
    enabled: bool
    steps: tuple[Stair, ...]
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class StairRemark:
    """What is wrong with a step, or worth knowing. `step` is its number, 0 for all; `where` the field; `data` fills the
    words of the code."""

    step: int
    where: str
    code: str
    value: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StairwaysOutcome:
    """What became of a call: all of it or nothing. Errors and warnings by SKU."""

    accepted: bool
    errors: Mapping[int, tuple[StairRemark, ...]]
    warnings: Mapping[int, tuple[StairRemark, ...]]


@dataclass(frozen=True, slots=True)
class BuyerPrice:
    """What one unit costs a buyer at a moment, and by which actions. `list_minor` is the price without them,
    `code_minor` what a code took off; `asked`: the shop approved this buyer's request."""

    price_minor: int
    list_minor: int
    action_ids: tuple[int, ...] = ()
    code_minor: int = 0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class CodeUse:
    """A code in an order: what it takes off all of it, minor units. `buyer` tells one from another, not who it is."""

    code_id: int
    action_id: int
    type: VoucherType
    buyer: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class BasketLine:
    product_id: int
    quantity: int
    list_minor: int
    min_minor: int


@dataclass(frozen=True, slots=True)
class BasketAction:
    """An action that takes something off a basket of its products."""

    action_id: int
    kind: Kind
    discount_type: DiscountType
    levels: tuple[Level, ...]
    product_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """A product on which several actions meet. `together_bp` is what they take off at most, before the lowest price
    stops them."""

    product_id: int
    action_ids: tuple[int, ...]
    together_bp: int
    price_minor: int
    min_minor: int

    @property
    def below(self) -> bool:
        return bool(self.min_minor) and self.price_minor < self.min_minor
