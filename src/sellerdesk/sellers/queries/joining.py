"""Reading who asks to work in a shop."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.sellers.models import JoinRequest
from sellerdesk.sellers.team_types import Joining
from sellerdesk.sellers.types import SellerRef


def joining(seller: SellerRef, real_now: datetime, limit: int = 50) -> list[Joining]:
    """Who waits for an answer, the longest first. One query."""
    rows = JoinRequest.objects.filter(seller_id=seller.id, state="waiting", expires_at__gt=real_now).order_by("pk")
    return [Joining(pk, name or email, email, text, created_at, expires_at)
            for pk, name, email, text, created_at, expires_at in rows.values_list(
                "pk", "user__name", "user__email", "text", "created_at", "expires_at")[:limit]]
