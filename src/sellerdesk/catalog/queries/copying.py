"""Cards of other shops that may be taken over, and what a barcode belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from sellerdesk.catalog import states
from sellerdesk.catalog.models import Product, ProductBarcode, ShopSetting
from sellerdesk.catalog.queries import products
from sellerdesk.catalog.types import CopyOrigin
from sellerdesk.core import clock, scope
from sellerdesk.sellers.types import SellerRef


def copying_forbidden(seller: SellerRef) -> bool:
    """Whether the shop forbids others to take over its cards. One query."""
    return ShopSetting.objects.filter(seller_id=seller.id, copying_forbidden=True).exists()


@scope.across_shops()  # others' cards are what is asked for
def copyable(seller: SellerRef, skus: Iterable[int]) -> dict[int, CopyOrigin]:
    """Cards by SKU that this shop may take over: others', accepted, not archived, and not forbidden. Two queries.
    Never those of test shops.

    Barcodes come along, since they belong to the goods; the offer id and the price do not.
    """
    forbidding = ShopSetting.objects.filter(copying_forbidden=True).values("seller_id")
    rows = Product.objects.filter(clock.shops(), sku__in=set(skus), archived=False, status=states.PRICE_SENT).exclude(
        seller_id=seller.id).exclude(seller_id__in=forbidding)
    return {row[0]: CopyOrigin(row[0], row[1], row[2], products.draft_of(row[3:])) for row in rows.values_list(
        "sku", "seller_id", "id", *products.CARD)}


@scope.across_shops()  # a barcode belongs to the goods, whoever sells them
def by_barcode(code: str, limit: int = 20) -> list[tuple[int, int]]:
    """SKU and type of the products on sale that carry a barcode, in any shop, oldest first. One query."""
    rows = ProductBarcode.objects.filter(
        clock.shops(), code=code, product__archived=False, product__status=states.PRICE_SENT)
    return list(rows.order_by("product_id").values_list("product__sku", "product__type_id")[:limit])


def with_barcode(seller: SellerRef, code: str) -> list[int]:
    """Ids of the shop's own products that carry a barcode. One query."""
    return list(ProductBarcode.objects.filter(seller_id=seller.id, code=code).values_list("product_id", flat=True))
