"""Who stands beside a person in their shops, and the keys they answer for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sellerdesk.core import scope
from sellerdesk.sellers.models import ApiKey, Membership


@dataclass(frozen=True, slots=True)
class ReviewKey:
    """One working key, for looking through after an account was in doubt."""

    seller_id: int
    shop: str
    key_id: int
    name: str
    prefix: str
    roles: tuple[str, ...]
    created_at: datetime
    last_used_at: datetime | None
    last_used_address: str


@scope.across_shops()  # every shop of one person
def owners_beside(user_id: int) -> frozenset[int]:
    """The other owners of the shops a person works in. One query."""
    mine = Membership.objects.filter(user_id=user_id).values("seller_id")
    return frozenset(Membership.objects.filter(seller_id__in=mine, role="owner").exclude(user_id=user_id).values_list(
        "user_id", flat=True))


@scope.across_shops()  # every shop of one person
def co_owners(user_id: int) -> frozenset[int]:
    """The other owners of the shops a person owns. One query."""
    mine = Membership.objects.filter(user_id=user_id, role="owner").values("seller_id")
    return frozenset(Membership.objects.filter(seller_id__in=mine, role="owner").exclude(user_id=user_id).values_list(
        "user_id", flat=True))


@scope.across_shops()  # every shop of one person
def people_of_owner(user_id: int) -> list[int]:
    """Everybody who works in a shop that this person owns, without the person. One query."""
    mine = Membership.objects.filter(user_id=user_id, role="owner").values("seller_id")
    return list(Membership.objects.filter(seller_id__in=mine).exclude(user_id=user_id).order_by(
        "user_id").values_list("user_id", flat=True).distinct())


@scope.across_shops()  # every shop of one person
def keys_to_review(user_id: int, now: datetime) -> list[ReviewKey]:
    """Working keys of the shops that a person owns or administers, shop by shop, the newest first. One query."""
    mine = Membership.objects.filter(user_id=user_id, role__in=["owner", "administrator"]).values("seller_id")
    rows = ApiKey.objects.filter(
        Q(seller_id__in=mine) | Q(seller__twin_of_id__in=mine), deactivated_at=None, expires_at__gt=now).order_by(
        "seller_id", "-pk").values_list("seller_id", "seller__name", "id", "name", "prefix", "roles", "created_at",
                                        "last_used_at", "last_used_address")
    return [ReviewKey(*row[:5], tuple(row[5]), *row[6:]) for row in rows]
