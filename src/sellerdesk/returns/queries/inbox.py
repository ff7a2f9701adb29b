"""What the inbox asks of returns and claims. One query each, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, F, Min, Sum

from sellerdesk.returns import states
from sellerdesk.returns.models import Claim, Return
from sellerdesk.sellers.types import SellerRef


def claims_due(seller: SellerRef, warehouse_ids: Sequence[int] = (), limit: int = 50) -> list[Claim]:
    """Claims in which the shop has the next step, those that end first at the front."""
    rows = Claim.objects.filter(seller_id=seller.id, state__in=states.SELLERS_TURN)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "id")[:limit])


def arrived_by_place(seller: SellerRef, warehouse_ids: Sequence[int] = (), limit: int = 50
                     ) -> list[tuple[int, str, int, int, datetime | None]]:
    """Goods to pick up by return point: id, city, how many, what they were sold for, when the first are disposed of."""
    rows = Return.objects.filter(seller_id=seller.id, state="arrived", place__isnull=False)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    return list(rows.values("place_id", "place__city").annotate(
        count=Count("id"), amount=Sum("amount_minor"), end=Min("dispose_at")).order_by("end", "place_id").values_list(
        "place_id", "place__city", "count", "amount", "end")[:limit])
