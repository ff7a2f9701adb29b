"""Giving a test shop the goods of its live shop."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.catalog.models import Picture, Product, ProductBarcode, ProductFile, ShopSetting
from sellerdesk.core import ids, scope
from sellerdesk.core.db import atomic, copy_of
from sellerdesk.sellers.types import SellerRef

_BATCH = 500


@scope.across_shops()  # from one shop into another
def copy_goods(*, source: SellerRef, target: SellerRef, now: datetime) -> dict[int, int]:
    """Copy every product outside the archive as it stands, with SKUs of its own; returns new ids by old ones.

    Pictures and files are the same stored bytes under both shops; nothing ever writes into them. What waits for a
    moderator is copied as it is shown to buyers: nobody moderates a test shop.
    """
    made: dict[int, int] = {}
    with atomic():
        for model in (Picture, ProductFile, ShopSetting):
            model.objects.bulk_create([copy_of(row, seller_id=target.id) for row in model.objects.filter(
                seller_id=source.id).iterator(_BATCH)], batch_size=_BATCH)
        files = dict(zip(
            ProductFile.objects.filter(seller_id=source.id).order_by("sha256").values_list("pk", flat=True),
            ProductFile.objects.filter(seller_id=target.id).order_by("sha256").values_list("pk", flat=True),
            strict=True))
        after = 0
        while rows := list(Product.objects.filter(seller_id=source.id, archived=False, id__gt=after).order_by(
                "id")[:_BATCH]):
            made.update(_copy(rows, files, target, now))
            after = rows[-1].pk
    return made


def _copy(rows: list[Product], files: dict[int, int], target: SellerRef, now: datetime) -> dict[int, int]:
    taken = zip(ids.allocate("catalog.product", len(rows), target.id), ids.allocate("catalog.sku", len(rows)),
                strict=True)
    fresh = [copy_of(row, id=id_, sku=sku, seller_id=target.id, version=1, in_review=False, created_at=now,
                     updated_at=now, documents=[{**one, "id": files.get(one["id"], 0)} for one in row.documents],
                     search_text=row.search_text.replace(str(row.sku), str(sku)))
             for row, (id_, sku) in zip(rows, taken, strict=True)]
    Product.objects.bulk_create(fresh)
    ProductBarcode.objects.bulk_create([ProductBarcode(seller_id=target.id, product_id=row.pk, code=code)
                                        for row in fresh for code in row.barcodes])
    return {old.pk: new.pk for old, new in zip(rows, fresh, strict=True)}
