"""Reading about who works in a shop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from sellerdesk.accounts import queries as accounts
from sellerdesk.accounts.queries.presence import last_seen
from sellerdesk.core import clock, crypto, scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import NotFound
from sellerdesk.sellers import permissions, rights
from sellerdesk.sellers.models import CustomRole, Invitation, Membership
from sellerdesk.sellers.queries.shops import OWN_ROLE, REF, in_force
from sellerdesk.sellers.team_types import Bounds, Invited, Letter, Member, OwnRole, Terms
from sellerdesk.sellers.types import SellerRef


@scope.across_shops()  # of a twin: the people of its shop
def members(seller: SellerRef) -> list[tuple[int, str, str]]:
    """Who works in a shop: (user id, name or address, role), the longest there first.

    A shop's own role that handles money reads as `finance`, as rules about roles should treat it.
    """
    rows = list(_memberships(seller).values_list("user_id", "role", "own_rights"))
    names = accounts.labels(user_id for user_id, _role, _own in rows)
    return [(user_id, names.get(user_id, ""), permissions.kind_of(role, permissions.of_role(role, own or ())))
            for user_id, role, own in rows]


@scope.across_shops()  # of a twin: the people of its shop
def owners(seller: SellerRef) -> list[int]:
    """Who owns a shop, the longest first."""
    return list(Membership.objects.filter(in_force(clock.real_now()), seller_id=seller.home_id, role="owner").order_by(
        "pk").values_list("user_id", flat=True))


def holders(seller: SellerRef, right: str) -> list[int]:
    """Who is to be told of something: owners, and whoever holds the right. Six queries."""
    return [one.user_id for one in team(seller) if right in one.rights or one.terms.role == "owner"]


def _memberships(seller: SellerRef) -> Any:
    return Membership.objects.filter(in_force(clock.real_now()), seller_id=seller.home_id).annotate(
        own_name=OWN_ROLE.values("name")[:1], own_rights=OWN_ROLE.values("rights")[:1]).order_by("pk")


_TERMS = ("role", "warehouses", "until", "limits", "read_only", "own_name", "own_rights")


def terms_of(role: str, warehouses: list[int], until: datetime | None, limits: dict[str, int],
             read_only: bool) -> Terms:
    """Terms as the columns of memberships and invitations keep them."""
    return Terms(role, tuple(warehouses), until, Bounds.read(limits), read_only)


@scope.across_shops()  # of a twin: the people of its shop
def team(seller: SellerRef) -> list[Member]:
    """Everybody who works in a shop, with rights and traces, the longest there first. Six queries."""
    return _people(_memberships(seller))


@scope.across_shops()  # of a twin: the people of its shop
def member(seller: SellerRef, user_id: int) -> Member:
    """One of them. Raises NotFound."""
    found = _people(_memberships(seller).filter(user_id=user_id))
    if not found:
        raise NotFound("member_not_found")
    return found[0]


def _people(memberships: Any) -> list[Member]:
    rows = list(memberships.values_list("user_id", "user__email", "created_at", *_TERMS))
    ids = [row[0] for row in rows]
    names, seen, safe = accounts.labels(ids), last_seen(ids), accounts.who_has_second_factor(ids)
    made = []
    for user_id, email, created_at, role, warehouses, until, limits, read_only, own_name, own_rights in rows:
        terms = terms_of(role, warehouses, until, limits, read_only)
        own = own_rights or ()
        withheld = permissions.withheld(role, own, scoped=bool(warehouses), delegated=terms.delegated,
                                        read_only=read_only)
        made.append(Member(user_id, names.get(user_id, ""), email, terms, own_name or "",
                           permissions.of_role(role, own) - frozenset(withheld), withheld, created_at,
                           seen.get(user_id), user_id in safe))
    return made


@scope.across_shops()  # of a twin: the people of its shop
def bounds_of(seller: SellerRef, actor: Actor) -> Bounds:
    """What somebody may change at most; no bounds for programs, the system and most people. One query for people."""
    if actor.kind != "user" or not actor.id.isdigit():
        return Bounds()
    limits = Membership.objects.filter(seller_id=seller.home_id, user_id=int(actor.id)).values_list(
        "limits", flat=True).first()
    return Bounds.read(limits or {})


@scope.across_shops()  # of a twin: the people of its shop
def grantors(seller: SellerRef) -> list[str]:
    """Names of those who can give rights: owners first, then administrators; at most five."""
    rows = list(Membership.objects.filter(
        in_force(clock.real_now()), seller_id=seller.home_id, role__in=("owner", "administrator")).order_by(
        "pk").values_list("user_id", "role"))
    rows = sorted(rows, key=lambda row: row[1] != "owner")[:5]
    names = accounts.labels(user_id for user_id, _role in rows)
    return [names[user_id] for user_id, _role in rows if user_id in names]


# -- roles -------------------------------------------------------------------------------------------------------------


def own_roles(seller: SellerRef) -> list[OwnRole]:
    """A shop's own roles by name, with how many people hold each. One query."""
    holders = Membership.objects.filter(seller_id=OuterRef("seller_id"), role=OuterRef("key")).order_by().values(
        "role").annotate(count=Count("pk")).values("count")
    return [OwnRole(pk, key, name, permissions.of_role(key, rights), count or 0)
            for pk, key, name, rights, count in CustomRole.objects.filter(seller_id=seller.id).order_by(
                "name", "pk").annotate(holders=Subquery(holders)).values_list("pk", "key", "name", "rights", "holders")]


def own_role(seller: SellerRef, role_id: int) -> OwnRole:
    """Raises NotFound."""
    found = next((one for one in own_roles(seller) if one.id == role_id), None)
    if found is None:
        raise NotFound("role_not_found")
    return found


def rights_of_role(seller: SellerRef, role: str) -> frozenset[str] | None:
    """What a role holds in this shop; None where the shop has no such role."""
    if role in permissions.ROLES:
        return permissions.ROLES[role]
    own = CustomRole.objects.filter(seller_id=seller.id, key=role).values_list("rights", flat=True).first()
    return None if own is None else permissions.of_role(role, own)


def role_names() -> dict[str, str]:
    """The ready roles as the reader calls them."""
    return {role: str(rights.role_name(role, "")) for role in permissions.ROLES}


@scope.across_shops()  # of a twin: the people of its shop
def role_label(seller: SellerRef, role: str) -> str:
    """How a role is called in the active language. One query for a shop's own role, none for a ready one."""
    own = "" if role in permissions.ROLES else CustomRole.objects.filter(
        seller_id=seller.home_id, key=role).values_list("name", flat=True).first() or ""
    return rights.role_name(role, own)


# -- invitations -------------------------------------------------------------------------------------------------------

_INVITED_TERMS = ("role", "warehouses", "member_until", "limits", "read_only")
_INVITED_ROLE = CustomRole.objects.filter(seller_id=OuterRef("seller_id"), key=OuterRef("role"))


def _state(state: str, expires_at: datetime) -> str:
    return "expired" if state == "pending" and expires_at <= clock.real_now() else state


def invitations(seller: SellerRef, limit: int = 100) -> list[Invited]:
    """A shop's invitations, newest first. Two queries."""
    rows: list[Any] = list(
        Invitation.objects.filter(seller_id=seller.id).annotate(own_name=_INVITED_ROLE.values("name")[:1])
        .order_by("-pk").values_list("pk", "email", *_INVITED_TERMS, "state", "invited_by_id", "created_at",
                                     "expires_at", "own_name")[:limit])
    names = accounts.labels(row[8] for row in rows if row[8])
    return [Invited(row[0], row[1], terms_of(*row[2:7]), row[11] or "", _state(row[7], row[10]),
                    names.get(row[8], ""), row[9], row[10]) for row in rows]


@scope.across_shops()  # the link alone tells which shop it is
def letter(token: str) -> Letter:
    """The invitation behind a link, whatever its state. Raises NotFound for a link that never was or was replaced."""
    row: Any = Invitation.objects.filter(token_hash=crypto.digest(token)).annotate(
        own_name=_INVITED_ROLE.values("name")[:1]).values_list(
        "pk", "email", *_INVITED_TERMS, "state", "invited_by_id", "expires_at", "own_name",
        *(f"seller__{name}" for name in REF)).first()
    if row is None:
        raise NotFound("invitation_not_found")
    state, by, expires_at, own_name = row[7:11]
    return Letter(row[0], SellerRef(*row[11:]), row[1], terms_of(*row[2:7]), own_name or "",
                  _state(state, expires_at), accounts.labels([by]).get(by, "") if by else "", expires_at)


