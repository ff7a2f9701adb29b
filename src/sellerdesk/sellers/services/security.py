"""What a shop asks of its people's accounts, and telling its owners when somebody stops having it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import queries as accounts
from sellerdesk.accounts.services import history
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import activity, scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Conflict, FieldError, Invalid
from sellerdesk.sellers import events, events_team, rules
from sellerdesk.sellers.models import Membership, SecurityPolicy, Seller
from sellerdesk.sellers.queries.security import security_rules, session_limits
from sellerdesk.sellers.queries.team import rights_of_role, role_label
from sellerdesk.sellers.rules import SECOND_FACTOR_POLICIES, needs_second_factor
from sellerdesk.sellers.services import granting
from sellerdesk.sellers.services.telling import tell_owners
from sellerdesk.sellers.types import SellerRef

#: People get at least so long to set a second step up, at most so long to put it off.
LONGEST_NOTICE = timedelta(days=90)


def change_security_rules(*, seller: SellerRef, second_factor: str, from_at: datetime | None, user_id: int,
                          actor: Actor, now: datetime) -> None:
    """Say who needs a second step and from when; every member concerned is written to.

    Raises Invalid for an unknown choice or a date out of bounds, and Conflict `own_factor_first` when the person who
    decides has none: nobody locks themself out.
    """
    if second_factor not in SECOND_FACTOR_POLICIES:
        raise Invalid("unknown", _("Choose one of the options."), field="second_factor")
    if second_factor == "optional":
        from_at = None
    elif from_at is None or not now - timedelta(days=1) <= from_at <= now + LONGEST_NOTICE:
        raise Invalid("date_bounds", _("Choose a day between today and %(days)s days from now."), field="from_day",
                      data={"days": LONGEST_NOTICE.days})
    elif not accounts.has_second_factor(user_id):
        raise Conflict("own_factor_first", _("Set a second step up for yourself first. Otherwise this rule would lock "
                                             "you out."))
    with atomic():
        before = security_rules(seller)
        after = {"second_factor": second_factor, "from_at": from_at}
        if (before.second_factor, before.from_at) == (second_factor, from_at):
            return
        SecurityPolicy.objects.update_or_create(pk=seller.id, defaults={**after, "updated_at": now})
        activity.record(
            events.SECURITY_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="seller",
            target_id=seller.id, target_label=seller.name,
            before={"second_factor": before.second_factor, "from_at": _text(before.from_at)},
            after={"second_factor": second_factor, "from_at": _text(from_at)})
        for member, role in Membership.objects.filter(seller_id=seller.id).order_by("pk").values_list(
                "user_id", "role"):
            if needs_second_factor(second_factor, role) or needs_second_factor(before.second_factor, role):
                history.record(user_id=member, kind="role.policy_changed",
                               info=RequestInfo(request_id=actor.request_id), seller_id=seller.id,
                               actor_label="" if member == user_id else actor.label, detail={"shop": seller.name})


def set_session_limits(*, seller: SellerRef, role: str, idle_minutes: int | None, life_hours: int | None, actor: Actor,
                       now: datetime) -> None:
    """Say how long people of a role stay signed in; None for both: as long as everybody. Holds from the next request.

    Raises Invalid for a role the shop does not have, and for limits longer than the installation's.
    """
    longest = settings.SESSION_IDLE_SECONDS // 60, settings.SESSION_LIFE_SECONDS // 3600
    wrong = []
    if rights_of_role(seller, role) is None:
        wrong.append(FieldError("role", "role_unknown", _("There is no such role."), role[:60]))
    for field, value, least, most, text in (
            ("idle_minutes", idle_minutes, rules.SHORTEST_IDLE_MINUTES, longest[0],
             _("Choose %(from)s to %(to)s minutes.")),
            ("life_hours", life_hours, 1, longest[1], _("Choose %(from)s to %(to)s hours."))):
        if value is not None and not least <= value <= most:
            wrong.append(FieldError(field, "out_of_range", text, str(value), {"from": least, "to": most}))
    if wrong:
        raise Invalid.many(wrong)
    wanted = None if idle_minutes is None and life_hours is None else (
        60 * (longest[0] if idle_minutes is None else idle_minutes),
        3600 * (longest[1] if life_hours is None else life_hours))
    with atomic():
        granting.one_at_a_time(seller)
        kept = session_limits(seller)
        before = kept.pop(role, None)
        if before == wanted:
            return
        if wanted:
            kept[role] = wanted
        SecurityPolicy.objects.update_or_create(pk=seller.id, defaults={"sessions": kept, "updated_at": now})
        activity.record(events_team.SESSIONS_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="role",
                        target_id=role, target_label=role_label(seller, role), before=_limits(before),
                        after=_limits(wanted))
        concerned = Membership.objects.filter(seller_id=seller.id, role=role).values_list("user_id", flat=True)
        tell_owners("role.policy_changed", seller=seller, actor=actor, others=concerned)


def _limits(limits: tuple[int, int] | None) -> dict[str, int]:
    return {"idle_seconds": limits[0], "life_seconds": limits[1]} if limits else {}


@scope.across_shops()  # every shop of one person
def tell_last_factor_removed(user_id: int, label: str, now: datetime) -> None:
    """Write to every owner of every shop somebody works for that they have taken their last second step down."""
    shops = Membership.objects.filter(user_id=user_id).exclude(seller__state=Seller.State.CLOSED).values("seller_id")
    owners = Membership.objects.filter(seller_id__in=shops, role="owner").exclude(user_id=user_id).order_by(
        "seller_id", "pk").values_list("user_id", "seller_id", "seller__name")
    for owner, seller_id, shop in owners:
        history.record(user_id=owner, kind="role.last_factor_of", info=RequestInfo(), actor_label=label,
                       seller_id=seller_id, detail={"person": label, "shop": shop})


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
