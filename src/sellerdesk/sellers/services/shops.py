"""Changing between one's shops."""

from __future__ import annotations

from sellerdesk.accounts import services as accounts
from sellerdesk.core import scope
from sellerdesk.core.errors import NotFound
from sellerdesk.sellers import queries


@scope.across_shops()  # from one shop to another
def switch_shop(*, user_id: int, seller_id: int) -> None:
    """Work in another of one's shops from now on. Raises NotFound for a shop one does not belong to."""
    if seller_id not in {one.id for one in queries.shops_of_user(user_id)}:
        raise NotFound("seller_not_found")
    accounts.remember_shop(user_id=user_id, seller_id=seller_id)
