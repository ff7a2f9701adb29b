"""Writing about who works in a shop."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.sellers import events
from sellerdesk.sellers.models import Membership
from sellerdesk.sellers.permissions import ROLES
from sellerdesk.sellers.types import SellerRef


def add_member(*, seller: SellerRef, user_id: int, role: str, label: str, actor: Actor, now: datetime) -> None:
    """Let a person work in a shop. Raises Invalid for a role we do not have; a second call changes the role."""
    if role not in ROLES:
        raise Invalid("role_unknown", _("There is no such role."), field="role", data={"value": role})
    with atomic():
        Membership.objects.update_or_create(user_id=user_id, seller_id=seller.id, defaults={"role": role},
                                            create_defaults={"role": role, "created_at": now})
        activity.record(events.MEMBER_ADDED, now=now, actor=actor, seller_id=seller.id, target_type="user",
                        target_id=user_id, target_label=label, after={"role": role})
