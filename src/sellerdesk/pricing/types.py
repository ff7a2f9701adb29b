"""What crosses the border of the pricing domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sellerdesk.core.errors import FieldError

# The Seller API's own code for the limit of changes an hour.
LIMIT_CODE = "error limiting: acquire limit per item: items limit: limit exceeded"


@dataclass(frozen=True, slots=True)
class PriceInput:
    """A wished change, amounts as text in the shop's currency. None leaves an amount as it is.

    The product is named by `offer_id` or `product_id`; the offer id wins where both are given. An `old_price` of "0"
    removes the crossed-out price, likewise `min_price` and `cost`. `currency` None means the shop's own. `vat` is a
    rate as people write it (20%, 0.2). `seen` are the amounts the asker had before their eyes: where somebody changed
    one of the asked fields since, the row is refused instead of writing over it.

    `auto_action` says whether actions of the marketplace take the product by themselves, `strategy` whether its pricing
    strategy may change the price: words for yes and no; `auto_action` also "shop", as the shop says for all products.
    With `min_needed` the row is refused where no lowest price would stand.
    """

    offer_id: str = ""
    product_id: int = 0
    price: str | None = None
    old_price: str | None = None
    min_price: str | None = None
    cost: str | None = None
    currency: str | None = None
    vat: str | None = None
    seen: Amounts | None = None
    auto_action: str | None = None
    strategy: str | None = None
    min_needed: bool = False


@dataclass(frozen=True, slots=True)
class PriceOutcome:
    """What became of one row, in the order asked. `updated` is true as well where the row held these prices already.

    `quarantined`: the change is too large to go live at once; it waits to be released, and the old price stays.
    """

    product_id: int
    offer_id: str
    updated: bool
    errors: tuple[FieldError, ...] = ()
    quarantined: bool = False


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What a product costs now. Zero means none: no crossed-out price, no lowest price, no cost known."""

    product_id: int
    price_minor: int
    old_price_minor: int
    min_price_minor: int
    cost_minor: int
    currency: str
    updated_at: datetime
    #: Actions of the marketplace take the product by themselves; None: as the shop says.
    auto_action: bool | None = None
    #: A pricing strategy may change the price.
    strategy: bool = True


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of a product's price history. The amounts before are None for the first price."""

    at: datetime
    currency: str
    price_before_minor: int | None
    price_minor: int
    old_price_before_minor: int | None
    old_price_minor: int
    by: str
    actor_kind: str = ""
    source: str = ""
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A price in quarantine. The amounts are those asked for, None where one stays as it is."""

    id: int
    product_id: int
    currency: str
    price_minor: int
    old_price_minor: int | None
    min_price_minor: int | None
    cost_minor: int | None
    before_minor: int
    at: datetime
    expires_at: datetime
    by: str
    source: str
    #: Two people release it.
    by_two: bool = False


@dataclass(frozen=True, slots=True)
class Amounts:
    """The four amounts of a product, minor units."""

    price: int
    old: int = 0
    min: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """Amounts as asked for, minor units; None leaves what is there."""

    price: int | None = None
    old: int | None = None
    min: int | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Switches:
    """What acts on a product's price without being asked each time; see `PriceRow`."""

    auto_action: bool | None = None
    strategy: bool = True


@dataclass(frozen=True, slots=True)
class SwitchWish:
    """Switches as asked for. An empty word leaves one as it is; "shop", "true" and "false" set it."""

    auto_action: str = ""
    strategy: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule: where, which, and the figures that explain it (amounts in minor units)."""

    field: str
    code: str
    data: Mapping[str, Any] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What a wished change would do to one product, without doing it."""

    product_id: int
    offer_id: str
    before: PriceRow | None
    after: Amounts | None
    currency: str
    errors: tuple[FieldError, ...] = ()
    quarantined: bool = False

    @property
    def change_percent(self) -> float | None:
        """For reading only; never calculated with."""
        if self.before is None or self.after is None:
            return None
        return (self.after.price - self.before.price_minor) * 100 / self.before.price_minor


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What a rule does to the products it meets, amounts in minor units.

    `changed` go live at once, `held` wait in quarantine, `refused` break a rule (how often, by code), `skipped` have no
    amount to start from or changed since they were counted. The sums are of the prices that change.
    """

    changed: int = 0
    unchanged: int = 0
    held: int = 0
    skipped: int = 0
    raised: int = 0
    lowered: int = 0
    before_minor: int = 0
    after_minor: int = 0
    refused: Mapping[str, int] = dataclass_field(default_factory=dict)

    @property
    def refused_total(self) -> int:
        return sum(self.refused.values())

    @property
    def touched(self) -> int:
        """How many products somebody agrees to change, at once or after a release."""
        return self.changed + self.held


@dataclass(frozen=True, slots=True)
class RunSample:
    """One product of a run, for people to look at. `code` and `data` say which rule it breaks, where it does."""

    product_id: int
    offer_id: str
    before_minor: int
    after_minor: int
    outcome: str
    code: str = ""
    data: Mapping[str, Any] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A rule for many products and how far it is."""

    id: int
    state: str
    title: str
    by: str
    created_at: datetime
    finished_at: datetime | None
    total: int
    done: int
    foreseen: RunCounts
    result: RunCounts
    samples: tuple[RunSample, ...]
    batch_id: int
    rule: Mapping[str, Any]

    @property
    def running(self) -> bool:
        return self.state in ("counting", "applying")

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0
