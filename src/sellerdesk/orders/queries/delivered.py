"""What reached its buyers."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from sellerdesk.core import clock
from sellerdesk.orders.models import PostingLine


def delivered_units(since: datetime, until: datetime) -> list[tuple[int, int, int]]:
    """(shop, product, units) delivered after `since` and not later than `until`, in every shop. One query."""
    return list(PostingLine.objects.filter(
        clock.shops(), posting__delivered_at__gt=since, posting__delivered_at__lte=until).values(
        "seller_id", "product_id").annotate(units=Sum("quantity")).order_by().values_list(
        "seller_id", "product_id", "units"))
