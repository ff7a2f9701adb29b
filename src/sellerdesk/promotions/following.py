"""What a strategy makes of competitors' prices. Pure decisions on plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sellerdesk.core.money import round_half_even

LEAST_COEFFICIENT_BP, MOST_COEFFICIENT_BP = 5_000, 12_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A competitor's price of the same goods, in the currency of the shop that follows."""

    competitor_id: int
    product_id: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Followed:
    """What a product should cost now. `outcome` is "changed", "same", "stopped", "alone" (nobody sells it) or "paused"
    (the shop switched it off for the product)."""

    outcome: str
    price_minor: int = 0
    seen: Seen | None = None
    coefficient_bp: int = 0


PAUSED = Followed("paused")


def follow(price: int, floor: int, base: int, stop_loss_bp: int, seen: Sequence[Seen],
           coefficients: Mapping[int, int]) -> Followed:
    """The lowest of the competitors' prices, each times its coefficient, but above the floor.

    A price must stay above the shop's lowest one, so the floor is one minor unit more. Where the price wanted lies more
    than `stop_loss_bp` below `base`, the price the product had when it joined, nothing is changed: stopped.
    """
    found = [(round_half_even(one.price_minor * coefficients[one.competitor_id], 10_000), one) for one in seen
             if one.competitor_id in coefficients]
    if not found:
        return Followed("alone")
    wanted, one = min(found, key=lambda row: (row[0], row[1].competitor_id))
    wanted = max(wanted, floor + 1)
    coefficient = coefficients[one.competitor_id]
    if (base - wanted) * 10_000 > base * stop_loss_bp:
        return Followed("stopped", price, one, coefficient)
    return Followed("same" if wanted == price else "changed", wanted, one, coefficient)
