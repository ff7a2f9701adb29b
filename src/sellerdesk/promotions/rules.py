"""How actions change what a buyer pays. Pure decisions on plain values.

Of actions that give a product a price of its own the lowest price holds. From the sum of the basket at those prices the
best action "from a sum" takes something off, and from what then stands the voucher. Each amount is per unit, rounded so
that buyers never pay more than promised by it; nothing goes below the shop's lowest price.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sellerdesk.core.money import allocate
from sellerdesk.promotions.types import (
    BasketAction,
    BasketLine,
    BuyerPrice,
    Candidate,
    Level,
    Overlap,
    PriceAction,
    Stair,
    StairRemark,
    Terms,
)

#: No action takes more than this off a price.
MOST_DISCOUNT_BP = 9_000
#: Of a discount by quantity: how many steps, and the units that its first one begins with and its last one at most.
MOST_STAIRS, FIRST_QUANTITY, MOST_QUANTITY = 4, 2, 1_000


def highest(price: int, discount_bp: int) -> int:
    """The dearest price that is at least so much below another one."""
    return price * (10_000 - discount_bp) // 10_000


def eligible(terms: Terms, product: Candidate) -> bool:
    """Whether a product may be in an action at all."""
    if product.price_minor <= 0 or product.price_minor < terms.least_price_minor.get(product.currency, 0):
        return False
    return not terms.category_ids or bool(set(terms.category_ids) & set(product.category_ids))


def joins_by_itself(product: Candidate, shop: bool) -> bool:
    """Whether coming actions take a product unasked: as it says itself, else as its shop does.

    Never without a lowest price, since nothing else would stop a discount.
    """
    return bool(product.min_minor) and (shop if product.auto is None else product.auto)


def judge(terms: Terms, product: Candidate, price: int, stock: int | None) -> tuple[str, Mapping[str, Any]]:
    """Why a product may not be in an action at a price; an empty code where it may. Codes are the Seller API's."""
    if not eligible(terms, product):
        return "NOT_ELIGIBLE", {}
    if price <= 0 or price >= product.price_minor:
        return "INVALID_ACTION_PRICE", {"value": price, "price": product.price_minor}
    most = highest(product.price_minor, terms.discount_bp)
    if price > most:
        return "MAX_ACTION_PRICE", {"value": price, "most": most}
    if price < highest(product.price_minor, MOST_DISCOUNT_BP):
        return "EXTREMELY_LOW_PRICE", {"value": price, "least": highest(product.price_minor, MOST_DISCOUNT_BP)}
    if price < product.min_minor:
        return "REJECTED_LOW_PRICE", {"value": price, "least": product.min_minor}
    wanted = terms.least_stock
    if wanted and (product.free < wanted or (stock is not None and stock < wanted)):
        return "STOCK_REQUIRED", {"least": wanted, "free": product.free}
    if stock is not None and stock > product.free:
        return "STOCK_REQUIRED", {"least": stock, "free": product.free}
    return "", {}


def frozen(terms: Terms, now: datetime) -> bool:
    """Whether nobody may join, leave or change prices any more, until the end."""
    return terms.freeze_at is not None and terms.freeze_at <= now < terms.ends_at


def auto_join_at(terms: Terms, now: datetime, hours: int) -> datetime:
    """When products join an action announced now by themselves: so many hours before its list is closed."""
    return max(now, (terms.freeze_at or terms.starts_at) - timedelta(hours=hours))


def status(state: str, terms: Terms, now: datetime) -> str:
    """ended, planned, active, or the state that somebody chose: draft, paused, archived, cancelled."""
    if state != "active":
        return state
    if now >= terms.ends_at:
        return "ended"
    return "planned" if now < terms.starts_at else "active"


def best_price(line: BasketLine, offers: Iterable[PriceAction]) -> BuyerPrice:
    """The lowest of the prices that actions give a product; those below its lowest price, and those used up, do not
    count, nor those above its price."""
    price, action = line.list_minor, 0
    for offer in sorted(offers, key=lambda one: (one.price_minor, one.action_id)):
        if line.min_minor <= offer.price_minor < price and (offer.left is None or offer.left >= line.quantity):
            price, action = offer.price_minor, offer.action_id
    return BuyerPrice(price, line.list_minor, (action,) if action else ())


def stair_price(list_minor: int, stair: Stair) -> int:
    """What one unit costs on a step; rounded down, so that buyers never pay more than promised."""
    return highest(list_minor, stair.discount * 100)


def on_stairs(list_minor: int, steps: Iterable[Stair], quantity: int) -> list[PriceAction]:
    """The prices of the steps that a quantity reaches, each an offer as those of actions."""
    return [PriceAction(0, stair_price(list_minor, step)) for step in steps if step.quantity <= quantity]


def judge_stairs(numbered: Sequence[tuple[int, Stair]]) -> list[StairRemark]:
    """What is wrong with the steps of one product: numbers from 1 on, more units and more off with each."""
    if not 1 <= len(numbered) <= MOST_STAIRS:
        return [StairRemark(0, "steps", "STEPS_COUNT", str(len(numbered)), {"most": MOST_STAIRS})]
    found, most = [], MOST_DISCOUNT_BP // 100
    before = Stair(FIRST_QUANTITY - 1, 0)
    for place, (number, step) in enumerate(numbered, 1):
        if number != place:
            found.append(StairRemark(number, "step", "STEP_NUMBER", str(number), {"wanted": place}))
        if not before.quantity < step.quantity <= MOST_QUANTITY:
            found.append(StairRemark(number, "quantity", "STEP_QUANTITY", str(step.quantity),
                                     {"least": before.quantity + 1, "most": MOST_QUANTITY}))
        if not before.discount < step.discount <= most:
            found.append(StairRemark(number, "discount", "STEP_DISCOUNT", str(step.discount),
                                     {"least": before.discount + 1, "most": most}))
        before = step
    return found


def warn_of_stairs(numbered: Sequence[tuple[int, Stair]], list_minor: int, min_minor: int) -> list[StairRemark]:
    """Steps that would lie below the shop's lowest price, and so will not count."""
    return [StairRemark(number, "discount", "STEP_BELOW_MIN_PRICE", str(step.discount),
                        {"price": stair_price(list_minor, step), "least": min_minor})
            for number, step in numbered if stair_price(list_minor, step) < min_minor]


def off(levels: Sequence[Level], kind: str, total: int) -> int:
    """What the highest level reached takes off a sum."""
    reached = [level for level in levels if level.from_minor <= total]
    if not reached:
        return 0
    value = max(reached, key=lambda level: level.from_minor).value
    return min(total, total * value // 10_000 if kind == "PERCENT" else value)


def basket(lines: Sequence[BasketLine], offers: Mapping[int, Sequence[PriceAction]], sums: Sequence[BasketAction] = ()
           ) -> list[BuyerPrice]:
    """What each line costs a buyer without a code, per unit, in the order given."""
    prices = [best_price(line, offers.get(line.product_id, ())) for line in lines]
    tried = [(_total_off(lines, prices, action), action) for action in sums]
    if tried:
        best_off, best = max(tried, key=lambda row: (row[0], -row[1].action_id))
        if best_off:
            prices = _taken_off(lines, prices, best)
    return prices


def with_voucher(lines: Sequence[BasketLine], prices: list[BuyerPrice], voucher: BasketAction) -> list[BuyerPrice]:
    """The prices of a basket with a code on top."""
    return _taken_off(lines, prices, voucher)


def _covered(lines: Sequence[BasketLine], prices: Sequence[BuyerPrice], action: BasketAction) -> list[int]:
    """The amounts of the lines that an action covers, 0 for the others."""
    return [price.price_minor * line.quantity if not action.product_ids or line.product_id in action.product_ids else 0
            for line, price in zip(lines, prices, strict=True)]


def _total_off(lines: Sequence[BasketLine], prices: Sequence[BuyerPrice], action: BasketAction) -> int:
    return off(action.levels, action.discount_type, sum(_covered(lines, prices, action)))


def _taken_off(lines: Sequence[BasketLine], prices: list[BuyerPrice], action: BasketAction) -> list[BuyerPrice]:
    """The prices after a basket action: its discount is split by amounts, then rounded up per unit."""
    amounts = _covered(lines, prices, action)
    total = off(action.levels, action.discount_type, sum(amounts))
    if not total:
        return prices
    made = []
    for line, price, part in zip(lines, prices, allocate(total, amounts), strict=True):
        # Rounded up to whole units of money per piece, but never below the lowest price, nor to nothing.
        after = max(price.price_minor - -(-part // line.quantity), min(line.min_minor, price.price_minor), 1)
        made.append(BuyerPrice(after, price.list_minor, (*price.action_ids, action.action_id))
                    if after < price.price_minor else price)
    return made


def overlap(product: BasketLine, offers: Sequence[PriceAction], baskets: Sequence[BasketAction]) -> Overlap | None:
    """What all actions that can meet on one unit take off together; None where fewer than two do.

    The best price, the best level of the best "from a sum", and the best voucher; a fixed sum counts as if the basket
    held this unit alone.
    """
    price, ids = product.list_minor, []
    best = min(offers, key=lambda one: one.price_minor, default=None)
    if best and best.price_minor < price:
        price, ids = best.price_minor, [best.action_id]
    for kinds in (("order_sum", "multi_level"), ("voucher",)):
        found = [(_most_off(one, price), one.action_id) for one in baskets if one.kind in kinds
                 and (not one.product_ids or product.product_id in one.product_ids)]
        if found and max(found)[0]:
            price, ids = price - max(found)[0], [*ids, max(found)[1]]
    if len(ids) < 2:
        return None
    return Overlap(product.product_id, tuple(ids), (product.list_minor - price) * 10_000 // product.list_minor,
                   price, product.min_minor)


def _most_off(action: BasketAction, price: int) -> int:
    if action.discount_type == "PERCENT":
        return price * max(level.value for level in action.levels) // 10_000
    return min(price, max(level.value for level in action.levels))
