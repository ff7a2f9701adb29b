"""Goods that are kept for companies which have not paid yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Sum

from sellerdesk.core.db import cursor_decode, cursor_encode
from sellerdesk.core.errors import Invalid
from sellerdesk.core.types import Page
from sellerdesk.orders import states
from sellerdesk.orders.models import PostingLine
from sellerdesk.sellers.types import SellerRef


def unpaid_by_companies(seller: SellerRef, *, warehouse_ids: Sequence[int] = (), cursor: str | None = None,
                        limit: int = 100) -> Page[tuple[int, int]]:
    """Product ids, in their order, with the units that orders of companies keep until they are paid.

    One query. Raises Invalid `cursor_invalid`.
    """
    lines = PostingLine.objects.filter(posting__seller_id=seller.id, posting__order__company_name__gt="",
                                       posting__state=states.STARTS["verification"][0])
    if warehouse_ids:
        lines = lines.filter(posting__warehouse_id__in=warehouse_ids)
    if cursor:
        [after] = cursor_decode(cursor, 1)
        if not isinstance(after, int):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
        lines = lines.filter(product_id__gt=after)
    rows = list(lines.values("product_id").annotate(units=Sum("quantity")).order_by("product_id").values_list(
        "product_id", "units")[:limit + 1])
    return Page(rows[:limit], cursor_encode(rows[limit - 1][0]) if len(rows) > limit else "", "")
