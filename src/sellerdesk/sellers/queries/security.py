"""Reading what a shop asks of its people's accounts."""

from __future__ import annotations

from sellerdesk.accounts import queries as accounts
from sellerdesk.accounts.types import Demand, Standing
from sellerdesk.sellers import permissions
from sellerdesk.sellers.models import SecurityPolicy
from sellerdesk.sellers.queries.shops import shops_of_user
from sellerdesk.sellers.queries.team import members
from sellerdesk.sellers.rules import needs_second_factor
from sellerdesk.sellers.types import SecurityRules, SellerRef, Unprotected


def security_rules(seller: SellerRef) -> SecurityRules:
    row = SecurityPolicy.objects.filter(pk=seller.id).values_list("second_factor", "from_at").first()
    return SecurityRules(*row) if row else SecurityRules()


def session_limits(seller: SellerRef) -> dict[str, tuple[int, int]]:
    """Roles whose sessions end sooner: seconds without doing anything, and since signing in. One query."""
    kept = SecurityPolicy.objects.filter(pk=seller.id).values_list("sessions", flat=True).first() or {}
    return {role: (idle, life) for role, (idle, life) in kept.items()}


def unprotected(seller: SellerRef) -> list[Unprotected]:
    """Members of a shop without a second step. Five queries at most."""
    people = members(seller)
    safe = accounts.who_has_second_factor(user_id for user_id, _name, _role in people)
    return [Unprotected(user_id, name, role, needs_second_factor("owner_finance", role))
            for user_id, name, role in people if user_id not in safe]


def standing_of(user_id: int) -> Standing:
    """What the shops somebody works for ask of them. One query."""
    shops = shops_of_user(user_id)
    return Standing(
        owner=any(shop.role == "owner" for shop in shops),
        finance=any(permissions.kind_of(shop.role, shop.rights) == "finance" for shop in shops),
        demands=tuple(Demand(shop.id, shop.name, shop.second_factor_from) for shop in shops
                      if shop.second_factor_from))
