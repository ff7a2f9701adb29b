"""Writing a shop's own roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity, crypto
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers import events_team, permissions, rules
from sellerdesk.sellers.errors_team import RoleInUse, TooManyRoles
from sellerdesk.sellers.models import CustomRole, Invitation, Membership
from sellerdesk.sellers.queries import team as reading
from sellerdesk.sellers.rights import ROLE_NAMES
from sellerdesk.sellers.services import granting
from sellerdesk.sellers.services.telling import NOWHERE, tell_owners
from sellerdesk.sellers.types import SellerRef

NAME_MAX = 80
ROLES_MAX = 50


def _checked(seller: SellerRef, name: str, rights: Iterable[str], role_id: int = 0) -> tuple[str, frozenset[str]]:
    name, chosen = rules.clean_name(name), frozenset(rights)
    wrong = []
    taken = {row.casefold() for row in CustomRole.objects.filter(seller_id=seller.id).exclude(pk=role_id).values_list(
        "name", flat=True)} | {str(ready[0]).casefold() for ready in ROLE_NAMES.values()}
    if not 2 <= len(name) <= NAME_MAX:
        wrong.append(FieldError("name", "length", _("Give the role a name of 2 to 80 characters."), name[:60]))
    elif name.casefold() in taken:
        wrong.append(FieldError("name", "taken", _("There is a role with this name already."), name))
    if unknown := chosen - (permissions.SHOP_RIGHTS - {permissions.TEAM_OWNER}):
        wrong.append(FieldError("rights", "right_unknown", _("Choose from the rights offered."),
                                ", ".join(sorted(unknown))[:60]))
    if not chosen:
        wrong.append(FieldError("rights", "required", _("Choose at least one right."), ""))
    if wrong:
        raise Invalid.many(wrong)
    return name, chosen


def create_role(*, seller: SellerRef, name: str, rights: Iterable[str], actor: Actor, real_now: datetime,
                info: RequestInfo = NOWHERE) -> int:
    """A role of the shop's own. Raises Invalid with every wrong field, CannotGrant or TooManyRoles. Returns its id."""
    with atomic():
        granting.one_at_a_time(seller)
        name, chosen = _checked(seller, name, rights)
        granting.granter(seller, int(actor.id)).must_hold(chosen)
        if CustomRole.objects.filter(seller_id=seller.id).count() >= ROLES_MAX:
            raise TooManyRoles(data={"limit": ROLES_MAX})
        row = CustomRole.objects.create(seller_id=seller.id, key=f"own-{crypto.token(9)}", name=name,
                                        rights=sorted(chosen), created_at=real_now)
        activity.record(events_team.ROLE_CREATED, now=real_now, actor=actor, seller_id=seller.id, target_type="role",
                        target_id=row.pk, target_label=name, after={"rights": row.rights})
        tell_owners("role.custom_created", seller=seller, actor=actor, info=info, others=[int(actor.id)], role=name)
    return row.pk


def change_role(*, seller: SellerRef, role_id: int, name: str, rights: Iterable[str], actor: Actor,
                real_now: datetime, info: RequestInfo = NOWHERE) -> None:
    """Change name and rights; whoever holds the role may do the new things from the next request on.

    Raises NotFound, Invalid with every wrong field, or CannotGrant for rights the actor lacks, old or new.
    """
    with atomic():
        granting.one_at_a_time(seller)
        before = reading.own_role(seller, role_id)
        name, chosen = _checked(seller, name, rights, role_id)
        granting.granter(seller, int(actor.id)).must_hold(chosen | before.rights)
        if (before.name, before.rights) == (name, chosen):
            return
        CustomRole.objects.filter(pk=role_id, seller_id=seller.id).update(name=name, rights=sorted(chosen))
        activity.record(events_team.ROLE_CHANGED, now=real_now, actor=actor, seller_id=seller.id, target_type="role",
                        target_id=role_id, target_label=name,
                        before={"name": before.name, "rights": sorted(before.rights)},
                        after={"name": name, "rights": sorted(chosen)})
        tell_owners("role.custom_changed", seller=seller, actor=actor, info=info, others=[int(actor.id)], role=name)


def remove_role(*, seller: SellerRef, role_id: int, actor: Actor, real_now: datetime,
                info: RequestInfo = NOWHERE) -> str:
    """Delete a role that nobody holds. Returns its name. Raises NotFound, CannotGrant or RoleInUse."""
    with atomic():
        granting.one_at_a_time(seller)
        role = reading.own_role(seller, role_id)
        granting.granter(seller, int(actor.id)).must_hold(role.rights)
        if Membership.objects.filter(seller_id=seller.id, role=role.key).exists() or Invitation.objects.filter(
                seller_id=seller.id, role=role.key, state="pending", expires_at__gt=real_now).exists():
            raise RoleInUse()
        CustomRole.objects.filter(pk=role_id, seller_id=seller.id).delete()
        activity.record(events_team.ROLE_REMOVED, now=real_now, actor=actor, seller_id=seller.id, target_type="role",
                        target_id=role_id, target_label=role.name, before={"rights": sorted(role.rights)})
        tell_owners("role.custom_removed", seller=seller, actor=actor, info=info, others=[int(actor.id)],
                    role=role.name)
    return role.name
