"""What packing asks of goods, by the dated rules in force."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from sellerdesk.core import rules as dated
from sellerdesk.orders.packing import needs as needs_of
from sellerdesk.sellers.types import SellerRef


def of_product(seller: SellerRef, type_id: int, category_id: int, at: datetime) -> tuple[str, ...]:
    """The needs of a product that is ordered at a moment. No query beyond rules."""
    rules = {need: rule.value for need, rule in dated.all_of("orders.packing_needs", at).items()}
    return needs_of.of_goods(rules, type_id=type_id, category_id=category_id,
                             cross_border=seller.country != settings.MARKETPLACE_COUNTRY)


def open_of_line(needs: Collection[str], country: str, quantity: int, at: datetime) -> int:
    """How many answers a line of units nobody has described yet still waits for."""
    union = dated.get("orders.customs_union", "", at).value["countries"]
    asked = len(needs_of.in_force(needs, country, union))
    return quantity * asked + (needs_of.COUNTRY in needs and not country)
