"""The VAT rates of products."""

from __future__ import annotations

from collections.abc import Sequence

from sellerdesk.catalog import rules
from sellerdesk.catalog.models import Product
from sellerdesk.core.db import of_shop
from sellerdesk.sellers.types import SellerRef

#: Every rate there is, in the API's spelling.
VAT_RATES = rules.VAT


def vat_rates(seller: SellerRef, product_ids: Sequence[int]) -> dict[int, str]:
    """The rate of each of these products of the shop. One query."""
    return dict(Product.objects.filter(of_shop(seller.id), id__in=set(product_ids)).values_list("id", "vat"))
