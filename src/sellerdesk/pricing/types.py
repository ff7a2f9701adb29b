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
    removes the crossed-out price, likewise `min_price` and `cost`. `currency` None means the shop's own.
    """

    offer_id: str = ""
    product_id: int = 0
    price: str | None = None
    old_price: str | None = None
    min_price: str | None = None
    cost: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class PriceOutcome:
    """What became of one row, in the order asked. `updated` is true as well where the row held these prices already."""

    product_id: int
    offer_id: str
    updated: bool
    errors: tuple[FieldError, ...] = ()


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

    @property
    def change_percent(self) -> float | None:
        """For reading only; never calculated with."""
        if self.before is None or self.after is None:
            return None
        return (self.after.price - self.before.price_minor) * 100 / self.before.price_minor
