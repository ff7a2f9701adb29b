"""Counting what orders took of actions, vouchers and approved requests, and what cancelled ones give back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from sellerdesk.core.db import execute, fetch_all, json_param, json_rows, locked
from sellerdesk.promotions import states
from sellerdesk.promotions.models import Action, DiscountRequest, VoucherCode, VoucherUse
from sellerdesk.promotions.queries.quoting import Quoter
from sellerdesk.promotions.types import BuyerPrice
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


def take(*, seller: SellerRef, shares: Iterable[Share]) -> bool:
    """Count these units, all or none, in the transaction that places the orders: never more than were set aside.

    False where somebody else was faster, or the product has left the action: then prices must be asked for again. One
    guarded statement, none without shares.
    """
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


def give_back(*, seller: SellerRef, shares: Iterable[Share]) -> None:
    """What orders that come to nothing had taken is there for others again. One statement, none without shares.

    A product that has left the action and joined it anew owes nothing to orders from before.
    """
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


def _lock(seller: SellerRef) -> str:
    return f"promotions.shares:{seller.id}"


def note_sold(*, seller: SellerRef, quoter: Quoter, sold: Sequence[Sold]) -> None:
    """Count the vouchers and approved requests that these orders used, in the transaction that places them."""
    for order in sold:
        _voucher(seller, quoter, order)
        # Only where its price was the one paid: no action's.
        if order.request_id and any(price.price_minor < price.list_minor and not price.action_ids
                                    for _, _, price in order.lines):
            DiscountRequest.objects.filter(pk=order.request_id, seller_id=seller.id, state=states.APPROVED).update(
                state=states.PURCHASED)


def _voucher(seller: SellerRef, quoter: Quoter, order: Sold) -> None:
    found = quoter.vouchers.get(order.voucher)
    if found is None or not any(found.action.id in price.action_ids for _, _, price in order.lines):
        return
    amount = sum((price.list_minor - price.price_minor) * units for _, units, price in order.lines
                 if found.action.id in price.action_ids)
    VoucherCode.objects.filter(pk=found.code_id).update(uses=F("uses") + 1)
    Action.objects.filter(pk=found.action.id).update(spent_minor=F("spent_minor") + amount)
    VoucherUse.objects.create(code_id=found.code_id, seller_id=seller.id, buyer=order.buyer,
                              order_number=order.order_number, amount_minor=amount, at=order.at)
