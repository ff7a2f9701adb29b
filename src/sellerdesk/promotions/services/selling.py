"""Counting what orders took of actions, vouchers and approved requests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from sellerdesk.core.db import execute, json_param, json_rows
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


def note_sold(*, seller: SellerRef, quoter: Quoter, sold: Sequence[Sold]) -> None:
    """Count what these orders took, in the transaction that places them. No statement where no action was met."""
    taken: dict[tuple[int, int], int] = {}
    for order in sold:
        for product_id, units, price in order.lines:
            for action_id in price.action_ids:
                taken[action_id, product_id] = taken.get((action_id, product_id), 0) + units
    if taken:
        execute(
            "UPDATE promotions_actionproduct SET taken = promotions_actionproduct.taken + v.units FROM"
            f" {json_rows('v', action='int', product='int', units='int')}"
            " WHERE promotions_actionproduct.action_id = v.action AND promotions_actionproduct.product_id = v.product",
            [json_param([[*key, units] for key, units in sorted(taken.items())])])
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
