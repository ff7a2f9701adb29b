"""What scanners read from goods."""

from __future__ import annotations

from collections.abc import Collection

from sellerdesk.catalog.models import Product
from sellerdesk.core.db import of_shop
from sellerdesk.sellers.types import SellerRef


def barcodes(seller: SellerRef, product_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The barcodes on the cards of these products, by product. One query."""
    return {product_id: tuple(codes) for product_id, codes in Product.objects.filter(
        of_shop(seller.id), id__in=product_ids).values_list("id", "barcodes")}
