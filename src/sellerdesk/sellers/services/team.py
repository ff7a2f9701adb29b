"""Writing about who works in a shop, and on what terms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries as accounts_queries
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.sellers import events, events_team, permissions, queries
from sellerdesk.sellers.errors_team import LastOwner
from sellerdesk.sellers.models import Membership
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.services import granting
from sellerdesk.sellers.services.telling import NOWHERE, tell
from sellerdesk.sellers.team_types import Terms
from sellerdesk.sellers.types import SellerRef

_ENDED_AT_ONCE = 500


def add_member(*, seller: SellerRef, user_id: int, role: str, label: str, actor: Actor, now: datetime) -> None:
    """Let a person work in a shop without asking anybody: for registration, the demo and tests.

    Raises Invalid for a role we do not have; a second call changes the role.
    """
    if role not in permissions.ROLES:
        raise Invalid("role_unknown", _("There is no such role."), field="role", data={"value": role})
    with atomic():
        Membership.objects.update_or_create(user_id=user_id, seller_id=seller.id, defaults={"role": role},
                                            create_defaults={"role": role, "created_at": now})
        activity.record(events.MEMBER_ADDED, now=now, actor=actor, seller_id=seller.id, target_type="user",
                        target_id=user_id, target_label=label, after={"role": role})


def plain(terms: Terms) -> dict[str, Any]:
    """Terms as activity keeps them."""
    return {"role": terms.role, "warehouses": list(terms.warehouse_ids),
            "until": terms.until.isoformat() if terms.until else None, "limits": terms.bounds.plain(),
            "read_only": terms.read_only}


def columns(terms: Terms) -> dict[str, Any]:
    return {"role": terms.role, "warehouses": list(terms.warehouse_ids), "until": terms.until,
            "limits": terms.bounds.plain(), "read_only": terms.read_only}


def change_member(*, seller: SellerRef, user_id: int, terms: Terms, actor: Actor, real_now: datetime,
                  info: RequestInfo = NOWHERE) -> str:
    """Change on what terms somebody works here; it counts from their next request on. Returns their name.

    Raises NotFound, Invalid with every wrong field, LastOwner, CannotGrant for rights the actor lacks, be they the
    person's present or new ones, or CannotGrantPlaces.
    """
    with atomic():
        granting.one_at_a_time(seller)
        target = reading.member(seller, user_id)
        by = granting.granter(seller, int(actor.id))
        by.must_hold(target.rights)
        granting.check(seller, by, terms, real_now)
        if target.terms.role == "owner" and terms.role != "owner":
            _another_owner(seller, user_id)
        if target.terms == terms:
            return target.name
        Membership.objects.filter(seller_id=seller.id, user_id=user_id).update(**columns(terms))
        activity.record(events_team.MEMBER_CHANGED, now=real_now, actor=actor, seller_id=seller.id, target_type="user",
                        target_id=user_id, target_label=target.name, before=plain(target.terms), after=plain(terms))
        tell([user_id], "role.changed", seller=seller, actor=actor, info=info,
             role=granting.role_name_for(user_id, seller, terms.role))
        if by.user_id != user_id:
            tell([by.user_id], "role.given", seller=seller, actor=actor, info=info, person=target.name,
                 role=granting.role_name_for(by.user_id, seller, terms.role))
    return target.name


def _another_owner(seller: SellerRef, user_id: int) -> None:
    if set(queries.owners(seller)) <= {user_id}:
        raise LastOwner()


def remove_member(*, seller: SellerRef, user_id: int, actor: Actor, real_now: datetime,
                  info: RequestInfo = NOWHERE) -> str:
    """End somebody's access at once; anybody may leave by themself. Returns their name.

    Raises NotFound, LastOwner, or CannotGrant for somebody with rights that the actor lacks.
    """
    own = actor.kind == "user" and actor.id == str(user_id)
    with atomic():
        granting.one_at_a_time(seller)
        target = reading.member(seller, user_id)
        if not own:
            granting.granter(seller, int(actor.id)).must_hold(target.rights)
        if target.terms.role == "owner":
            _another_owner(seller, user_id)
        Membership.objects.filter(seller_id=seller.id, user_id=user_id).delete()
        event = events_team.MEMBER_LEFT if own else events_team.MEMBER_REMOVED
        activity.record(event, now=real_now, actor=actor, seller_id=seller.id, target_type="user", target_id=user_id,
                        target_label=target.name, before=plain(target.terms))
        tell([user_id], "role.removed", seller=seller, actor=actor, info=info)
    return target.name


def end_delegations(*, real_now: datetime) -> int:
    """Take out those whose time is over. They had no access from that moment on already. Returns how many."""
    rows = list(Membership.objects.filter(until__lte=real_now).order_by("pk").values_list(
        "pk", "seller_id", "user_id")[:_ENDED_AT_ONCE])
    names = accounts_queries.labels(user_id for _pk, _seller_id, user_id in rows)
    actor = Actor.system("timetable")
    for pk, seller_id, user_id in rows:
        with atomic():
            if Membership.objects.filter(pk=pk, until__lte=real_now).delete()[0]:
                seller = queries.seller_ref(seller_id)
                activity.record(events_team.MEMBER_ENDED, now=real_now, actor=actor, seller_id=seller_id,
                                target_type="user", target_id=user_id, target_label=names.get(user_id, ""))
                tell([user_id], "role.expired", seller=seller, actor=actor)
    return len(rows)
