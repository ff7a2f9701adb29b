"""Discounts by quantity, as they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.promotions import rules
from sellerdesk.promotions.models import Stairway
from sellerdesk.promotions.types import Stair, StairwayRow
from sellerdesk.sellers.types import SellerRef

#: What one unit costs on a step, by the price without it.
stair_price = rules.stair_price


def stairways(seller: SellerRef, *, product_ids: Sequence[int] = (), skus: Sequence[int] = ()) -> list[StairwayRow]:
    """Those of the products named, by product id; nothing is asked where none is. One query."""
    if not product_ids and not skus:
        return []
    rows = Stairway.objects.filter(seller_id=seller.id)
    if product_ids:
        rows = rows.filter(product_id__in=list(product_ids))
    if skus:
        rows = rows.filter(product__sku__in=list(skus))
    return [StairwayRow(product_id, sku, enabled, tuple(Stair(*step) for step in steps), at)
            for product_id, sku, enabled, steps, at in rows.order_by("product_id").values_list(
                "product_id", "product__sku", "enabled", "steps", "updated_at")]
