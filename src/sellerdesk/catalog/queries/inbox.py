"""What the inbox asks of the catalogue. One query each."""

from __future__ import annotations

from datetime import date

from sellerdesk.catalog.models_moderation import Certificate
from sellerdesk.catalog.queries.products import TABS
from sellerdesk.core.db import fetch_one
from sellerdesk.sellers.types import SellerRef


def faulty(seller: SellerRef) -> int:
    """How many cards the tab of errors holds."""
    row = fetch_one(f"SELECT COUNT(*) FROM catalog_product WHERE seller_id = %s AND {TABS['errors']}", [seller.id])
    return int(row[0]) if row else 0


def papers_ending(seller: SellerRef, until: date, limit: int = 50) -> list[Certificate]:
    """Accepted papers that end until a day and that no other one takes the place of, the earliest first."""
    return list(Certificate.objects.filter(seller_id=seller.id, state="accepted", expires_on__lte=until).exclude(
        pk__in=Certificate.objects.filter(seller_id=seller.id, replaces__isnull=False, state__in=(
            "review", "accepted")).values("replaces_id")).order_by("expires_on", "id")[:limit])
