"""Which valid papers products have: the question the rule engine asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from sellerdesk.catalog.models_moderation import Certificate, CertificateProduct, PaperFile
from sellerdesk.catalog.moderation_types import FileInfo
from sellerdesk.core import scanning
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class Held:
    """Kinds of valid papers by product, and brands that the shop has papers of."""

    by_product: dict[int, set[str]] = field(default_factory=dict)
    brands: frozenset[int] = frozenset()

    def kinds(self, product_id: int, brand_ids: Collection[int]) -> frozenset[str]:
        """What one product has; a paper of a brand counts for all goods of that brand."""
        found = set(self.by_product.get(product_id, ()))
        if not self.brands.isdisjoint(brand_ids):
            found.add("brand")
        return frozenset(found)


def _valid(on: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}state": "accepted"}) & (
        Q(**{f"{prefix}expires_on": None}) | Q(**{f"{prefix}expires_on__gte": on}))


def held(seller: SellerRef, product_ids: Collection[int], on: date) -> Held:
    """The valid papers of these products and of the shop's brands. Two queries."""
    by_product: dict[int, set[str]] = defaultdict(set)
    if product_ids:
        for product_id, kind in CertificateProduct.objects.filter(
                _valid(on, "certificate__"), certificate__seller_id=seller.id,
                product_id__in=list(product_ids)).values_list("product_id", "certificate__type"):
            by_product[product_id].add(kind)
    brands = Certificate.objects.filter(_valid(on), seller_id=seller.id, type="brand", brand_id__isnull=False)
    return Held(dict(by_product), frozenset(brand for brand in brands.values_list("brand_id", flat=True) if brand))


def paper_files(**owner: int) -> tuple[FileInfo, ...]:
    """The files of one certificate (`certificate_id`) or appeal (`case_id`), and what the virus scanner said of them.

    Two queries.
    """
    rows = list(PaperFile.objects.filter(**owner).order_by("id").values_list(
        "id", "name", "content_type", "size_bytes", "storage_key"))
    scans = scanning.found(row[-1] for row in rows)
    return tuple(FileInfo(*row[:-1], *scans.get(row[-1], ("", ""))) for row in rows)
