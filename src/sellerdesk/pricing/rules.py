"""What a price may be. Pure decisions on plain values: no database, no clock.

Figures come from dated rules (see `apps.py`); this module knows only how they are applied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sellerdesk.core.money import round_half_even, share
from sellerdesk.pricing.types import LIMIT_CODE, Amounts, Problem, Switches, SwitchWish, Wish

#: The API's names of the amounts and ours.
FIELDS = (("price", "price"), ("old_price", "old"), ("min_price", "min"), ("cost", "cost"))


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a crossed-out price must stand above the price. Amounts in minor units of one currency.

    Below `low_below` at least `low_gap`; above `top_above` at least `top_gap`; between them a share of the price.
    The discount it promises, as a share of the crossed-out price, must stay under `most_bp`.
    """

    low_below: int
    low_gap: int
    average_bp: int
    top_above: int | None
    top_gap: int
    most_bp: int

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Gap:
        return cls(value["low_below"], value["low_gap"], value["average_bp"], value["top_above"], value["top_gap"],
                   value["most_bp"])

    def least(self, price: int) -> tuple[str, int]:
        """The code of the band a price is in, and the smallest gap there."""
        if price < self.low_below:
            return "discount_for_low_price_is_too_small", self.low_gap
        if self.top_above is not None and price > self.top_above:
            return "discount_for_top_price_is_too_small", self.top_gap
        return "discount_for_average_price_is_too_small", share(price, self.average_bp)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What prices of a category may be, both ends included, minor units."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Everything `judge` measures against."""

    gap: Gap
    min_share_bp: int
    changes: int
    large_bp: int


def judge(current: Amounts | None, wish: Wish, limits: Limits, recent: int, bounds: Bounds | None = None
          ) -> tuple[Amounts | None, list[Problem]]:
    """The amounts a product would have, and which rules they break; touches nothing.

    `current` is None for a product without a price; `recent` counts its changes within the last hour; `bounds` are
    those of its category. The amounts are None where the row cannot even be completed.
    """
    problems = [
        Problem(field, "price_negative", {"value": value})
        for field, value, least in (("price", wish.price, 1), ("old_price", wish.old, 0), ("min_price", wish.min, 0),
                                    ("cost", wish.cost, 0))
        if value is not None and value < least
    ]
    if problems:
        return None, problems
    if current is None and wish.price is None:
        return None, [Problem("price", "price_missing")]
    after = merged(current, wish)
    if bounds and wish.price is not None and not bounds.least <= after.price <= bounds.most:
        problems.append(Problem("price", "invalid_category_price",
                                {"value": after.price, "least": bounds.least, "most": bounds.most}))
    problems += _crossed_out(after, limits.gap)
    problems += _lowest(after, wish, limits.min_share_bp)
    if not problems and shown_changed(current, after) and recent >= limits.changes:
        problems.append(Problem("price", LIMIT_CODE, {"limit": limits.changes}))
    return after, problems


def merged(current: Amounts | None, wish: Wish) -> Amounts:
    base = current or Amounts(0)
    return Amounts(
        base.price if wish.price is None else wish.price,
        base.old if wish.old is None else wish.old,
        base.min if wish.min is None else wish.min,
        base.cost if wish.cost is None else wish.cost,
    )


#: How people and programs write yes and no.
_WORDS = {"true": "true", "yes": "true", "on": "true", "enabled": "true", "1": "true", "да": "true", "是": "true",
          "false": "false", "no": "false", "off": "false", "disabled": "false", "0": "false", "нет": "false",
          "否": "false", "unknown": "", "": ""}
_SHOP = ("shop", "#clear", "-")


def read_switch(text: str, *, shop: bool = False) -> str | None:
    """true, false, empty for "leave it"; with `shop` also "shop". None where it cannot be read."""
    word = text.strip().casefold()
    return "shop" if shop and word in _SHOP else _WORDS.get(word)


def switched(current: Switches, wish: SwitchWish) -> Switches:
    """The switches after a wish."""
    return Switches(
        current.auto_action if not wish.auto_action else {"true": True, "false": False}.get(wish.auto_action),
        current.strategy if not wish.strategy else wish.strategy == "true")


def judge_switches(after: Amounts, wish: Wish, switches: Switches, asked: SwitchWish, *, min_needed: bool = False
                   ) -> list[Problem]:
    """Nothing joins by itself without a lowest price: neither may be taken away from the other."""
    turned = switches.auto_action and (wish.min is not None or asked.auto_action)
    if not after.min and (turned or min_needed):
        return [Problem("auto_action" if asked.auto_action else "min_price", "action_price_enabled_min_price_missing")]
    return []


def shown_changed(current: Amounts | None, after: Amounts) -> bool:
    """Whether buyers would see a difference. Only such changes are limited and kept as history."""
    return current is None or (current.price, current.old) != (after.price, after.old)


def too_large(current: Amounts | None, after: Amounts, large_bp: int) -> bool:
    """Whether a price moves so far, up or down, that somebody should look before buyers do. A first price never is."""
    return current is not None and abs(after.price - current.price) * 10_000 > current.price * large_bp


def falls(current: Amounts | None, after: Amounts | None, by_bp: int) -> bool:
    """Whether a price falls by more than so many basis points."""
    return current is not None and after is not None and (current.price - after.price) * 10_000 > current.price * by_bp


def moved_meanwhile(seen: Amounts, current: Amounts | None, wish: Wish) -> list[Problem]:
    """The asked fields that no longer hold what the asker saw. A field that already holds the wish is no conflict."""
    found = []
    for field, name in FIELDS:
        wanted, was = getattr(wish, name), getattr(seen, name)
        now = getattr(current, name) if current else 0
        if wanted is not None and now not in (was, wanted):
            found.append(Problem(field, "price_moved", {"value": wanted, "now": now}))
    return found


def _crossed_out(after: Amounts, gap: Gap) -> list[Problem]:
    if after.old == 0:
        return []
    code, least = gap.least(after.price)
    found = after.old - after.price
    if found < least or found <= 0:
        return [Problem("old_price", code, {"value": after.old, "least": after.price + max(least, 1)})]
    if found * 10_000 >= after.old * gap.most_bp:
        return [Problem("old_price", "discount_too_big",
                        {"value": after.old, "percent": gap.most_bp // 100, "most": _most_old(after.price, gap)})]
    return []


def _most_old(price: int, gap: Gap) -> int:
    """The largest crossed-out price whose discount stays under the bound."""
    return (price * 10_000 - 1) // (10_000 - gap.most_bp)


def _lowest(after: Amounts, wish: Wish, share_bp: int) -> list[Problem]:
    if after.min == 0:
        return []
    if after.min >= after.price:
        if wish.min is None:
            return [Problem("price", "price_less_than_min_auto_price", {"value": after.price, "least": after.min})]
        return [Problem("min_price", "min_auto_price_too_big", {"value": after.min, "price": after.price})]
    # An old lower bound never stands in the way of raising the price; only a new one is measured.
    least = share(after.price, share_bp)
    if wish.min is not None and after.min < least:
        return [Problem("min_price", "min_auto_price_too_small", {"value": after.min, "least": least})]
    return []


def scaled(current: Amounts, percent_bp: int, *, whole: int, with_old: bool) -> Wish:
    """A price raised (or with a minus lowered) by basis points, rounded to multiples of `whole` minor units."""

    def moved(amount: int) -> int:
        return round_half_even(amount * (10_000 + percent_bp), 10_000 * whole) * whole

    return Wish(price=moved(current.price), old=moved(current.old) if with_old and current.old else None)
