"""New amounts by a percentage or a formula, and their pretty ends. Pure decisions on plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sellerdesk.core.money import round_half_even
from sellerdesk.pricing import formula
from sellerdesk.pricing.rules import FIELDS
from sellerdesk.pricing.types import Amounts

#: How a new amount may end, in whole units: the step between such ends, and the end. `cents` leaves minor units.
ENDINGS: dict[str, tuple[int, int]] = {"whole": (1, 0), "9": (10, 9), "90": (100, 90), "99": (100, 99)}
ROUNDINGS = ("cents", *ENDINGS)


@dataclass(frozen=True, slots=True)
class Calculation:
    """One rule for many products. `expression` is a formula; a percentage is the formula `field*(100+n)%`."""

    field: str
    expression: formula.Formula
    rounding: str = "cents"


def percent(field: str, percent_bp: int) -> formula.Formula:
    """The formula that raises (with a minus lowers) an amount by basis points."""
    return formula.Formula(f"{field} {percent_bp / 100:+g}%", (field, Fraction(10_000 + percent_bp, 10_000), "*"),
                           frozenset({field}))


def calculated(rule: Calculation, current: Amounts | None, fees: Mapping[str, int | None], unit: int) -> int:
    """The new amount in minor units; `unit` of them make one of the currency, fees are minor units.

    Raises FormulaError; an amount of 0 counts as not known.
    """
    known: dict[str, Fraction | None] = {name: None if amount is None else Fraction(amount, unit)
                                         for name, amount in fees.items()}
    for name, own in FIELDS:
        amount = getattr(current, own) if current else 0
        known[name] = Fraction(amount, unit) if amount else None
    exact = formula.value(rule.expression, known) * unit
    return rounded(round_half_even(exact.numerator, exact.denominator), rule.rounding, unit)


def rounded(amount: int, rounding: str, unit: int) -> int:
    """The nearest amount that ends so, at least the smallest such; ties go to the even neighbour.

    1,234 to …90 is 1,190; 1,240 lies between 1,190 and 1,290 and becomes 1,290.
    """
    if rounding not in ENDINGS or amount <= 0:
        return amount
    step, end = ENDINGS[rounding][0] * unit, ENDINGS[rounding][1] * unit
    return max(end or step, round_half_even(amount - end, step) * step + end)
