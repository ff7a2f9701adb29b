"""Changing between one's shops."""

from __future__ import annotations

from sellerdesk.accounts import services as accounts
from sellerdesk.core.errors import NotFound
from sellerdesk.sellers.models import Membership


def switch_shop(*, user_id: int, seller_id: int) -> None:
    """Work in another of one's shops from now on. Raises NotFound for a shop one does not belong to."""
    if not Membership.objects.filter(user_id=user_id, seller_id=seller_id).exists():
        raise NotFound("seller_not_found")
    accounts.remember_shop(user_id=user_id, seller_id=seller_id)
