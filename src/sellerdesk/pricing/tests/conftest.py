from __future__ import annotations

from collections.abc import Callable

import pytest

from sellerdesk.catalog.models import Category, Product, ProductType
from sellerdesk.core import ids
from sellerdesk.sellers.types import SellerRef


@pytest.fixture
def goods(now) -> Callable[..., list[int]]:
    """Puts plain products on a shop's shelf, named A-1, A-2 …; returns their ids."""

    def make(seller: SellerRef, count: int = 1, *, prefix: str = "A", **fields) -> list[int]:
        category, _ = Category.objects.get_or_create(id=17000101, defaults={
            "name_en": "Audio", "name_ru": "Аудио", "name_zh": "音响"})
        kind, _ = ProductType.objects.get_or_create(id=91101, defaults={
            "category": category, "name_en": "Headphones", "name_ru": "Наушники", "name_zh": "耳机"})
        taken = ids.allocate("catalog.product", count, seller.id)
        skus = ids.allocate("catalog.sku", count)
        Product.objects.bulk_create(Product(**{
            "id": id_, "seller_id": seller.id, "offer_id": f"{prefix}-{at}", "sku": sku, "name": f"Item {prefix}-{at}",
            "search_text": f"item {prefix}-{at} {sku}".lower(), "category": category, "type": kind,
            "status": "price_sent", "created_at": now, "updated_at": now, **fields,
        }) for at, (id_, sku) in enumerate(zip(taken, skus, strict=True), 1))
        return taken

    return make
