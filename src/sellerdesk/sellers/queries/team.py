"""Reading about who works in a shop."""

from __future__ import annotations

from sellerdesk.accounts import queries as accounts
from sellerdesk.sellers.models import Membership
from sellerdesk.sellers.types import SellerRef


def members(seller: SellerRef) -> list[tuple[int, str, str]]:
    """Who works in a shop: (user id, name or address, role), the longest there first."""
    rows = list(Membership.objects.filter(seller_id=seller.id).order_by("pk").values_list("user_id", "role"))
    names = accounts.labels(user_id for user_id, _role in rows)
    return [(user_id, names.get(user_id, ""), role) for user_id, role in rows]


def owners(seller: SellerRef) -> list[int]:
    """Who owns a shop, the longest first."""
    return list(Membership.objects.filter(seller_id=seller.id, role="owner").order_by("pk").values_list(
        "user_id", flat=True))
