"""Reading a shop's holiday."""

from __future__ import annotations

from sellerdesk.sellers.models import Holiday
from sellerdesk.sellers.types import HolidayRow, SellerRef


def holiday(seller: SellerRef) -> HolidayRow | None:
    """The holiday planned or running; None without one. One query."""
    row = Holiday.objects.filter(seller_id=seller.id, state__in=["planned", "running"]).values_list(
        "id", "start_at", "end_at", "text", "state").first()
    return HolidayRow(*row) if row else None
