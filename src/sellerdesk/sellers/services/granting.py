"""Who may give what: nobody gives or takes away rights and places they do not have themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries as accounts_queries
from sellerdesk.core import scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import FieldError, Forbidden, Invalid, NotFound
from sellerdesk.sellers import permissions, queries, rights
from sellerdesk.sellers.errors_team import CannotGrant, CannotGrantPlaces
from sellerdesk.sellers.models import CustomRole, Membership, Seller
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.team_types import Terms
from sellerdesk.sellers.types import SellerRef

LONGEST_DELEGATION = timedelta(days=366)
SKUS_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Granter:
    """Somebody who gives, as they are now."""

    user_id: int
    rights: frozenset[str]
    warehouse_ids: tuple[int, ...]

    def must_hold(self, wanted: frozenset[str]) -> None:
        """Raises CannotGrant naming what is missing."""
        if lacking := wanted - self.rights:
            raise CannotGrant(data={"rights": ", ".join(sorted(rights.right_name(one) for one in lacking))})


def granter(seller: SellerRef, user_id: int) -> Granter:
    """Raises Forbidden for somebody who does not work in the shop (any more)."""
    try:
        found = reading.member(seller, user_id)
    except NotFound:
        raise Forbidden() from None
    return Granter(user_id, found.rights, found.terms.warehouse_ids)


def check(seller: SellerRef, by: Granter, terms: Terms, real_now: datetime) -> None:
    """Whether somebody may let another work on these terms.

    Raises Invalid with every wrong field, CannotGrant or CannotGrantPlaces.
    """
    held = queries.rights_of_role(seller, terms.role)
    wrong = []
    if held is None:
        wrong.append(FieldError("role", "role_unknown", _("There is no such role."), terms.role[:60]))
    if terms.role == "owner" and (terms.warehouse_ids or terms.delegated or terms.read_only):
        wrong.append(FieldError("role", "owner_unbounded", _("An owner works without end and without limits."), ""))
    if terms.until is not None and not real_now < terms.until <= real_now + LONGEST_DELEGATION:
        wrong.append(FieldError("until", "out_of_range", _("Choose a day within the next year."),
                                terms.until.date().isoformat()))
    if not 0 <= terms.bounds.price_percent <= 100:
        wrong.append(FieldError("price_percent", "out_of_range", _("Choose 1 to 100 percent."),
                                str(terms.bounds.price_percent)))
    if not 0 <= terms.bounds.skus_per_day <= SKUS_MAX:
        wrong.append(FieldError("skus_per_day", "out_of_range", _("Choose 1 to %(limit)s products."),
                                str(terms.bounds.skus_per_day), {"limit": SKUS_MAX}))
    if wrong or held is None:
        raise Invalid.many(wrong)
    by.must_hold(permissions.effective(terms.role, held, scoped=bool(terms.warehouse_ids), delegated=terms.delegated,
                                       read_only=terms.read_only))
    if by.warehouse_ids and not (terms.warehouse_ids and set(terms.warehouse_ids) <= set(by.warehouse_ids)):
        raise CannotGrantPlaces()


@scope.across_shops()  # of a twin: the people of its shop
def must_work_in(seller: SellerRef, actor: Actor, warehouse_ids: Sequence[int]) -> None:
    """Whether somebody may open these warehouses (none: all) to a program. One query.

    Raises CannotGrantPlaces for people of single warehouses and a wider reach.
    """
    if actor.kind != "user" or not actor.id.isdigit():
        return
    own = Membership.objects.filter(seller_id=seller.home_id, user_id=int(actor.id)).values_list(
        "warehouses", flat=True).first()
    if own and not (warehouse_ids and set(warehouse_ids) <= set(own)):
        raise CannotGrantPlaces()


def must_hold(seller: SellerRef, actor: Actor, wanted: frozenset[str]) -> None:
    """Whether a person holds these rights themself; programs and the marketplace are not asked. Raises CannotGrant."""
    if actor.kind == "user" and actor.id.isdigit():
        granter(seller, int(actor.id)).must_hold(wanted)


def one_at_a_time(seller: SellerRef) -> None:
    """Changes to a shop's people wait for each other, so that two owners cannot both remove the other."""
    list(Seller.objects.select_for_update().filter(pk=seller.id).values_list("pk"))


def role_name_for(user_id: int, seller: SellerRef, role: str) -> str:
    """How a role is called in a person's own language."""
    own = CustomRole.objects.filter(seller_id=seller.id, key=role).values_list("name", flat=True).first() or ""
    language = next((language for _email, language in accounts_queries.contacts([user_id])), "en")
    with translation.override(language):
        return rights.role_name(role, own)
