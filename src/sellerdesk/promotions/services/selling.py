"""Counting what orders took of actions, vouchers and approved requests, and what cancelled ones give back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sellerdesk.core.db import execute, fetch_all, json_param, json_rows, locked, of_shop, placeholders
from sellerdesk.promotions import states
from sellerdesk.promotions.models import DiscountRequest, VoucherCode, VoucherUse
from sellerdesk.promotions.queries.quoting import Quoter
from sellerdesk.promotions.types import BuyerPrice, CodeUse
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class Sold:
    """One order that was placed: its lines (product, units, price) and how it came to its prices."""

    order_number: str
    at: datetime
    lines: tuple[tuple[int, int, BuyerPrice], ...]
    voucher: str = ""
    buyer: str = ""
    request_id: int = 0


def buyer_key(text: str) -> str:
    """Tells one buyer from another without saying who."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Share:
    """Units of a product that an order of a moment has at an action's price."""

    action_id: int
    product_id: int
    units: int
    ordered_at: datetime


def take(*, seller: SellerRef, shares: Iterable[Share], codes: Sequence[CodeUse] = ()) -> bool:
    """Count these units and uses of codes, all or none, in the transaction that places the orders: never more units
    than were set aside, no more discounts than a voucher may spend, no code more often than its kind allows.

    False where somebody else was faster, or the product has left the action: then prices must be asked for again. One
    guarded statement for the units and two for the codes, none where there are none.
    """
    shares = list(shares)
    if not _take_units(seller, shares):
        return False
    if not codes or _take_codes(seller, codes):
        return True
    give_back(seller=seller, shares=shares)
    return False


def _take_units(seller: SellerRef, shares: Iterable[Share]) -> bool:
    wanted: dict[tuple[int, int], int] = {}
    for one in shares:
        wanted[one.action_id, one.product_id] = wanted.get((one.action_id, one.product_id), 0) + one.units
    if not wanted:
        return True
    locked(_lock(seller))
    counted = {(action_id, product_id) for action_id, product_id in fetch_all(
        "UPDATE promotions_actionproduct SET taken = promotions_actionproduct.taken + v.units FROM"
        f" {json_rows('v', action='int', product='int', units='int')}"
        " WHERE promotions_actionproduct.seller_id = %s AND promotions_actionproduct.action_id = v.action"
        " AND promotions_actionproduct.product_id = v.product AND (promotions_actionproduct.stock IS NULL"
        " OR promotions_actionproduct.taken + v.units <= promotions_actionproduct.stock)"
        " RETURNING promotions_actionproduct.action_id, promotions_actionproduct.product_id",
        [json_param([[*key, units] for key, units in sorted(wanted.items())]), seller.id])}
    if len(counted) == len(wanted):
        return True
    if counted:
        execute("UPDATE promotions_actionproduct SET taken = promotions_actionproduct.taken - v.units FROM"
                f" {json_rows('v', action='int', product='int', units='int')}"
                " WHERE promotions_actionproduct.seller_id = %s AND promotions_actionproduct.action_id = v.action"
                " AND promotions_actionproduct.product_id = v.product",
                [json_param([[*key, wanted[key]] for key in sorted(counted)]), seller.id])
    return False


def _take_codes(seller: SellerRef, codes: Sequence[CodeUse]) -> bool:
    locked(_lock(seller))
    wanted = _counted(codes)
    budgets = _sums((use.action_id, use.amount_minor) for use in codes)
    paid = {id_ for id_, in fetch_all(
        "UPDATE promotions_action SET spent_minor = promotions_action.spent_minor + v.amount FROM"
        f" {json_rows('v', id='int', amount='int')} WHERE promotions_action.id = v.id"
        " AND promotions_action.seller_id = %s AND (promotions_action.budget_minor = 0"
        " OR promotions_action.spent_minor + v.amount <= promotions_action.budget_minor)"
        " RETURNING promotions_action.id",
        [json_param([list(row) for row in budgets.items()]), seller.id])}
    used = {id_ for id_, in fetch_all(
        "UPDATE promotions_vouchercode SET uses = promotions_vouchercode.uses + v.units FROM"
        f" {json_rows('v', id='int', units='int', single='int')} WHERE promotions_vouchercode.id = v.id"
        " AND promotions_vouchercode.seller_id = %s AND (v.single = 0 OR promotions_vouchercode.uses + v.units <= 1)"
        " RETURNING promotions_vouchercode.id",
        [json_param([[id_, units, int(single)] for (id_, single), units in wanted.items()]), seller.id])}
    # Under the shop's lock nobody adds a use between this look and the writing of ours.
    again = VoucherUse.objects.filter(
        seller_id=seller.id, code_id__in=[use.code_id for use in codes if use.type == "ONE"],
        buyer__in=[use.buyer for use in codes]).values_list("code_id", "buyer")
    if len(paid) == len(budgets) and len(used) == len(wanted) and not {
            (use.code_id, use.buyer) for use in codes if use.type == "ONE"} & set(again):
        return True
    _untake(seller, [(id_, amount) for id_, amount in budgets.items() if id_ in paid],
            [(id_, units) for (id_, _), units in wanted.items() if id_ in used])
    return False


def _counted(codes: Iterable[CodeUse]) -> dict[tuple[int, bool], int]:
    """How often each code is used, and whether it can be used but once."""
    made: dict[tuple[int, bool], int] = {}
    for use in codes:
        key = use.code_id, use.type == "UNIQUE"
        made[key] = made.get(key, 0) + 1
    return dict(sorted(made.items()))


def _sums(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    made: dict[int, int] = {}
    for id_, amount in rows:
        made[id_] = made.get(id_, 0) + amount
    return dict(sorted(made.items()))


def _untake(seller: SellerRef, budgets: Sequence[tuple[int, int]], uses: Sequence[tuple[int, int]]) -> None:
    for table, column, rows in (("promotions_action", "spent_minor", budgets),
                                ("promotions_vouchercode", "uses", uses)):
        if rows:
            execute(f"UPDATE {table} SET {column} = {table}.{column} - v.amount FROM"
                    f" {json_rows('v', id='int', amount='int')} WHERE {table}.id = v.id AND {table}.seller_id = %s",
                    [json_param([list(row) for row in rows]), seller.id])


def give_back(*, seller: SellerRef, shares: Iterable[Share], codes: Sequence[CodeUse] = ()) -> None:
    """What orders that come to nothing had taken is there for others again. One statement, none without shares; two
    more with codes, whose uses must not be written yet.

    A product that has left the action and joined it anew owes nothing to orders from before.
    """
    if codes:
        locked(_lock(seller))
        _untake(seller, list(_sums((use.action_id, use.amount_minor) for use in codes).items()),
                [(id_, units) for (id_, _), units in _counted(codes).items()])
    rows = [[one.action_id, one.product_id, one.units, one.ordered_at] for one in shares]
    if not rows:
        return
    locked(_lock(seller))
    execute(
        "UPDATE promotions_actionproduct SET taken = CASE WHEN promotions_actionproduct.taken > g.units"
        " THEN promotions_actionproduct.taken - g.units ELSE 0 END FROM (SELECT a.id AS id, SUM(v.units) AS units FROM"
        f" {json_rows('v', action='int', product='int', units='int', at='time')} JOIN promotions_actionproduct a"
        " ON a.seller_id = %s AND a.action_id = v.action AND a.product_id = v.product AND a.added_at <= v.at"
        " GROUP BY a.id) g WHERE promotions_actionproduct.id = g.id",
        [json_param(rows), seller.id])


def give_back_codes(*, seller: SellerRef, order_numbers: Sequence[str],
                    cancelled: Callable[[Sequence[str]], Collection[str]]) -> None:
    """What vouchers gave to orders that are cancelled whole can be given again: their budget, a code of one use, and
    the use that a buyer had of a code. Exactly once: who deletes the use gives it back.

    `cancelled` says which of the orders are, and is asked under the shop's lock: of two who cancel the last two
    postings of an order at once, the second one sees what the first one did. One query where no order used a code.
    """
    uses = VoucherUse.objects.filter(seller_id=seller.id, order_number__in=list(order_numbers))
    used = sorted(set(uses.values_list("order_number", flat=True)))
    if not used:
        return
    locked(_lock(seller))
    numbers = sorted(cancelled(used))
    if not numbers:
        return
    gone = fetch_all(
        f"DELETE FROM promotions_voucheruse WHERE seller_id = %s AND order_number IN ({placeholders(numbers)})"
        " RETURNING code_id, amount_minor", [seller.id, *numbers])
    if not gone:
        return
    actions = dict(VoucherCode.objects.filter(
        of_shop(seller.id), pk__in=[code_id for code_id, _ in gone]).values_list("pk", "action_id"))
    _untake(seller, list(_sums((actions[code_id], amount) for code_id, amount in gone).items()),
            list(_sums((code_id, 1) for code_id, _ in gone).items()))


def _lock(seller: SellerRef) -> str:
    return f"promotions.shares:{seller.id}"


def note_sold(*, seller: SellerRef, quoter: Quoter, sold: Sequence[Sold]) -> None:
    """Write down the codes and approved requests that these orders used, in the transaction that places them; the codes
    were counted by `take`."""
    for order in sold:
        _voucher(seller, quoter, order)
        # Only where its price was the one paid: no action's, and not that of the quantity.
        if order.request_id and any(price.asked for _, _, price in order.lines):
            DiscountRequest.objects.filter(pk=order.request_id, seller_id=seller.id, state=states.APPROVED).update(
                state=states.PURCHASED)


def _voucher(seller: SellerRef, quoter: Quoter, order: Sold) -> None:
    use = quoter.code_use(order.voucher, order.buyer, ((units, price) for _, units, price in order.lines))
    if use:
        VoucherUse.objects.create(code_id=use.code_id, seller_id=seller.id, buyer=use.buyer,
                                  order_number=order.order_number, amount_minor=use.amount_minor, at=order.at)
