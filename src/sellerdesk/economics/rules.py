"""The engine of unit economics: a price becomes its parts, and the price at which nothing is left.

Pure, on plain values, in whole minor units; every part is rounded half to even once. All parts are for one unit that
stays with its buyer. Where a share r of the delivered units comes back, each unit that stays also pays for r / (1 − r)
units that do not: their way there and back, their payment, which the bank keeps, and their packing.

Worked: 1,200.00, commission 12 %, payment 1.5 %, delivery 110.00, returns 5 %, VAT 20 % within, cost 500.00:
1,200.00 − 144.00 − 18.00 − 110.00 − (2 × 110.00 + 18.00) × 5/95 − 200.00 − 500.00 = 215.47.

A shop that pays VAT deducts the VAT within what it paid: within the cost, and within what the marketplace took. Above,
with 20 % in both, 500.00 hold 83.33, and 144.00 + 18.00 + 110.00 + 12.53 for units that come back = 284.53 hold 47.42:
346.22 is left.
"""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.core.money import round_half_even, share
from sellerdesk.economics.types import Band, FreightStep, Part, Terms, Unit

#: Above any price.
MOST = 10**13
#: Nothing is calculated for goods of which nine in ten come back.
MOST_RETURNS_BP = 9_000


def unit(terms: Terms, price: int, *, with_break_even: bool = True) -> Unit:
    """A unit sold at a price above zero."""
    parts = _parts(terms, price)
    known = terms.cost_minor is not None
    margin = sum(part.amount_minor or 0 for part in parts) if known else None
    return Unit(price, parts, margin, break_even(terms) if with_break_even and known else None)


def margin(terms: Terms, price: int) -> int:
    """What is left of a price; a cost that is not known counts as nothing."""
    return sum(part.amount_minor or 0 for part in _parts(terms, price))


def break_even(terms: Terms) -> int | None:
    """The lowest price at which something more than a loss is left; None where there is none.

    From one price to the next a margin grows by at most one minor unit, so it is exactly 0 here, except where a cheaper
    band begins and the margin leaps over 0. Shares that rise with the price can make a loss again above it.
    """
    low = 1
    for high in _ends(terms):
        if high < low:
            continue
        if margin(terms, low) >= 0:
            return low
        if margin(terms, high) >= 0:
            return _crossing(terms, low, high)
        low = high + 1
    return None


def bp_at(bands: Sequence[Band], price: int) -> int:
    """The share of the band that a price is in."""
    return next(band.bp for band in bands if band.up_to is None or price <= band.up_to)


def freight_at(steps: Sequence[FreightStep], price: int) -> FreightStep:
    return next(step for step in steps if step.up_to is None or price <= step.up_to)


def vat_bp(rate: str) -> int:
    """Basis points of a rate as cards spell it: 0.2 is 2,000."""
    whole, _, part = rate.partition(".")
    return int(whole or 0) * 10_000 + int((part + "0000")[:4])


def vat_within(price: int, bp: int) -> int:
    """The VAT inside a price: at 20 percent, 1,200.00 hold 200.00."""
    return round_half_even(price * bp, 10_000 + bp)


def returns_bp(delivered: int, returned: int) -> int:
    """A share of returns from counted units, within what the engine takes."""
    return min(round_half_even(returned * 10_000, delivered), MOST_RETURNS_BP) if delivered > 0 else 0


def _parts(terms: Terms, price: int) -> tuple[Part, ...]:
    commission_bp = bp_at(terms.commission, price)
    commission, acquiring = share(price, commission_bp), share(price, terms.acquiring_bp)
    instalment = share(price, terms.instalment_bp)
    # Neither is given back for a unit that comes back.
    paying = acquiring + instalment
    step = freight_at(terms.freight, price)
    freight = step.amount_minor or 0
    back_bp = min(terms.returns_bp, MOST_RETURNS_BP)
    returns = round_half_even((2 * freight + paying + terms.packing_minor) * back_bp, 10_000 - back_bp)
    fx = share(max(0, price - commission - paying - freight), terms.fx_bp)
    vat, storage = vat_within(price, terms.vat_bp), terms.storage_minor or 0
    input_vat = vat_within(terms.cost_minor or 0, terms.cost_vat_bp) + vat_within(
        commission + paying + freight + _fees_of_returns(freight, paying, back_bp)
        + (storage if terms.storage_rule else 0), terms.fees_vat_bp)
    left = (price - commission - paying - freight - returns - storage - terms.packing_minor - fx - vat + input_vat
            - (terms.cost_minor or 0))
    parts = [
        Part("price", price), Part("commission", -commission, commission_bp, terms.commission_rule),
        Part("acquiring", -acquiring, terms.acquiring_bp, terms.acquiring_rule),
        Part("instalment", -instalment, terms.instalment_bp, terms.instalment_rule),
        Part("delivery", None if step.amount_minor is None else -freight, None, step.rule_id),
        Part("returns", -returns, back_bp, terms.returns_rule),
        Part("storage", None if terms.storage_minor is None else -storage, None, terms.storage_rule),
        Part("packing", -terms.packing_minor), Part("fx", -fx, terms.fx_bp), Part("vat", -vat, terms.vat_bp),
        Part("input_vat", input_vat, terms.fees_vat_bp, terms.fees_vat_rule),
        Part("cost", None if terms.cost_minor is None else -terms.cost_minor)]
    if terms.tax_base:
        base = price if terms.tax_base == "income" else max(0, left)
        tax = max(share(base, terms.tax_bp), share(price, terms.tax_least_bp))
        parts.append(Part("tax", -tax, terms.tax_bp, terms.tax_rule))
    return tuple(parts)


def _fees_of_returns(freight: int, paying: int, back_bp: int) -> int:
    """What the marketplace takes for the units that come back: the part of returns that is not packing."""
    return round_half_even((2 * freight + paying) * back_bp, 10_000 - back_bp)


def _ends(terms: Terms) -> list[int]:
    """The last price of every stretch in which neither a share nor the freight changes."""
    ends = {one.up_to for one in terms.commission} | {one.up_to for one in terms.freight}
    return [*sorted(end for end in ends if end is not None), MOST]


def _crossing(terms: Terms, low: int, high: int) -> int:
    """A price in (low, high] with a loss one minor unit below it; `low` makes a loss, `high` does not."""
    while high - low > 1:
        middle = (low + high) // 2
        if margin(terms, middle) >= 0:
            high = middle
        else:
            low = middle
    return high
