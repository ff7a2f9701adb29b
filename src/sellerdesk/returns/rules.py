"""Pure decisions about returns."""

from __future__ import annotations

from sellerdesk.core.money import round_half_even
from sellerdesk.returns.types import STATES

# Who pays the way back, by the reason: the dated rule returns.freight as it starts out.
DEFAULT_FREIGHT: dict[str, dict[str, str]] = {
    "": {"payer": "seller"}, "changed_mind": {"payer": "buyer"}, "does_not_fit": {"payer": "buyer"},
}


def earlier(state: str) -> tuple[str, ...]:
    """The states from which goods may come into `state`: roads only lead forward."""
    return STATES[: STATES.index(state)]


def part(amount_minor: int, quantity: int, of: int) -> int:
    """What `quantity` of `of` units share of an amount: 2 of 3 units of 300.00 are 200.00."""
    return round_half_even(amount_minor * quantity, of)
