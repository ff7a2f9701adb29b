"""Pure decisions about returns and claims: no database, no clock, no Django."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sellerdesk.core.money import round_half_even, share
from sellerdesk.returns import states
from sellerdesk.returns.types import REASON_FACTS, STATES

# Who pays the way back, by the reason: the dated rule returns.freight as it starts out.
DEFAULT_FREIGHT: dict[str, dict[str, str]] = {
    "": {"payer": "seller"}, "changed_mind": {"payer": "buyer"}, "does_not_fit": {"payer": "buyer"},
}
# How long after delivery goods may come back, in days, by department of the catalogue (the dated rule returns.term):
# as good as new, and when something is wrong with them. No days: not at all. Food does not come back, and what is bad
# must be said within a day; clothing, shoes, beauty and children's things have 7 days; what is faulty has its warranty.
DEFAULT_TERMS: dict[str, dict[str, int]] = {
    "": {"good_days": 15, "faulty_days": 365},
    "17001400": {"good_days": 0, "faulty_days": 1},
    "17000500": {"good_days": 7, "faulty_days": 365}, "17000600": {"good_days": 7, "faulty_days": 365},
    "17000700": {"good_days": 7, "faulty_days": 14}, "17000800": {"good_days": 7, "faulty_days": 365},
}
# How long each side of a claim has, in hours: the dated rule returns.claim_terms.
DEFAULT_CLAIM_TERMS: dict[str, dict[str, int]] = {"": {
    "seller_hours": 72, "sending_hours": 336, "way_hours": 720, "inspection_hours": 72, "offer_hours": 72,
    "dispute_hours": 120, "platform_hours": 72}}
# Storing at the return point, by currency in minor units a unit and day after the free days; after `keep_days` goods
# are disposed of for `dispose`. `least` is the smallest bound of a shop's own disposal by price, in whole units.
DEFAULT_STORAGE: dict[str, dict[str, int]] = {
    "": {"free_days": 5, "keep_days": 30, "a_day": 20, "dispose": 50, "least": 1},
    "RUB": {"free_days": 5, "keep_days": 30, "a_day": 1_500, "dispose": 4_500, "least": 50},
    "CNY": {"free_days": 5, "keep_days": 30, "a_day": 130, "dispose": 400, "least": 5},
    "KZT": {"free_days": 5, "keep_days": 30, "a_day": 9_000, "dispose": 27_000, "least": 300},
}
# Goods of which nothing is heard are given up: after how long, which share of the price is paid, and when.
DEFAULT_LOSS: dict[str, dict[str, int]] = {"": {"lost_days": 30, "share_bp": 8_000, "paid_hours": 72}}


def earlier(state: str) -> tuple[str, ...]:
    """The states from which goods may come into `state`: roads only lead forward."""
    return STATES[: STATES.index(state)]


def part(amount_minor: int, quantity: int, of: int) -> int:
    """What `quantity` of `of` units share of an amount: 2 of 3 units of 300.00 are 200.00."""
    return round_half_even(amount_minor * quantity, of)


def term_over(reason: str, delivered_at: datetime, at: datetime, term: Mapping[str, int]) -> bool:
    """Whether it is too late to give goods back: days are counted from the moment of delivery."""
    days = term["faulty_days" if REASON_FACTS[reason].faulty else "good_days"]
    return at > delivered_at + timedelta(days=days)


def claim_due(state: str, at: datetime, terms: Mapping[str, int]) -> datetime | None:
    """Until when a claim may stay in a state; None for a final one."""
    name = states.TERM_OF.get(state)
    return at + timedelta(hours=terms[name]) if name else None


def half_time(at: datetime, due: datetime | None, state: str) -> datetime | None:
    """When the shop is reminded of a claim that waits for it."""
    return at + (due - at) / 2 if due and state in states.SELLERS_TURN else None


def platform_sides_with_buyer(reason: str, buyers_photos: int, sellers_photos: int) -> bool:
    """How the marketplace decides a dispute that no operator decides before its term.

    A fault shown by the buyer's photos outweighs words; the shop's own photos of the inspection outweigh those. Goods
    without a fault are the buyer's own change of mind, and the shop's refusal stands.
    """
    return REASON_FACTS[reason].faulty and buyers_photos > 0 and sellers_photos == 0


def storage_days(arrived_at: datetime, until: datetime, free_days: int) -> tuple[int, int]:
    """(days waited, days that cost), counted in whole days that have begun.

    Arrived on the 1st at noon with 5 free days: collected on the 5th at noon 4 and 0, on the 7th at 13:00 7 and 2.
    """
    waited = -(-(until - arrived_at) // timedelta(days=1)) if until > arrived_at else 0
    return waited, max(0, waited - free_days)


def storage_minor(arrived_at: datetime, until: datetime, quantity: int, rule: Mapping[str, int]) -> int:
    """What storing costs so far: units times begun days after the free ones times the tariff."""
    return storage_days(arrived_at, until, rule["free_days"])[1] * quantity * rule["a_day"]


def dispose_at(arrived_at: datetime, amount_minor: int, quantity: int, reason: str, rule: Mapping[str, int],
               bounds: tuple[int | None, int | None]) -> datetime:
    """When goods are disposed of: after the days of keeping, or at once where the shop wants it for cheap goods.

    `bounds` are the shop's own, minor units for one unit: for sound and for faulty goods, None where it has none.
    """
    bound = bounds[1 if REASON_FACTS[reason].faulty else 0]
    if bound is not None and amount_minor <= bound * quantity:
        return arrived_at
    return arrived_at + timedelta(days=rule["keep_days"])


def compensation_minor(amount_minor: int, rule: Mapping[str, int]) -> int:
    return share(amount_minor, rule["share_bp"])


def claim_number(claim_id: int) -> str:
    """How people call a claim."""
    return f"RET-{claim_id:08d}"


def barcode(return_id: int) -> str:
    """What stands on the parcel that comes back."""
    return f"ii{5_000_000_000 + return_id}"


def fold(*words: Any) -> str:
    """Text as it is searched."""
    return " ".join(str(word) for word in words if word).casefold().replace("ё", "е")
